"""Sending jobs to printers, as windows, the command line and schedules do it: through commands, label by label in the
journal, from whichever thread calls."""
