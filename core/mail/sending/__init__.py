"""Handing e-mails to a mail server, as windows, the command line and schedules do it: through commands, each mail written
down as being sent before the server hears of it, in whichever thread calls."""
