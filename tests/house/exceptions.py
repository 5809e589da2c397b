"""What may be larger than the house allows or stand elsewhere, each with its reason. These lists only shrink.

A size is written as it is: who makes the thing smaller writes the smaller number or, once it fits, removes the line.
"""

from __future__ import annotations

# (kind, place): (size, reason); kind is file, function, class, arguments or complexity;
# place is the path of the file, with the name behind a colon: "core/stock/rules/cost.py:apply".
SIZES: dict[tuple[str, str], tuple[int, str]] = {}

# Files of a domain beside the six rooms: path (of a file or folder): reason.
ROOMS: dict[str, str] = {
    "core/alerts/sending": "messages handed to robots and gateways: commands through the office and a connection, one after the other",
    "core/devices/links": "ways to a label printer: bytes out and answers in; no step of any transaction",
    "core/devices/ports": "open ports with their readers' threads: they live as long as a window, not as a transaction",
    "core/devices/simulators": "devices that are none, for training and tests: they answer on threads of their own",
    "core/documents/formats": "how numbers, days and names are written on paper and in files, in a person's language",
    "core/documents/paper": "the parts a PDF is made of: values in, bytes out; no step of any transaction",
    "core/labels/sending": "a job sent to its printer: commands through the office and bytes to a link, one after the other",
    "core/reports/sending": "a pass over the schedules: commands through the office and files into folders, one after the other",
    "core/mail/sending": "e-mails handed to a server: commands through the office and a connection, one after the other",
    "core/maintenance/site": "whole sites by name, as windows, command line and schedules call it: opens the office itself",
    "core/documents/table": "lists as XLSX and CSV files, and such files read: values in, bytes out",
}

# Commands that need no permission because they concern nobody but the person signed in, or decide nothing: "domain.command": reason.
WITHOUT_PERMISSION: dict[str, str] = {
    "alerts.acknowledge_alerts": "whoever is told of an alert may say so; those of others are refused",
    "alerts.ask_stranded_messages": "rules were made with the right to; the program tells whoever is signed in",
    "alerts.check_alerts": "rules were made with the right to; the program looks whoever is signed in",
    "alerts.mark_alerts_read": "everybody reads for themselves; alerts of others are refused",
    "alerts.mark_message": "rules were made with the right to; the program tells whoever is signed in",
    "alerts.queue_alert_mails": "rules were made with the right to; the program tells whoever is signed in",
    "alerts.reopen_alerts": "whoever is told of an alert may say so; those of others are refused",
    "alerts.save_contact": "everybody says where they are reached; others' need the right to change rules",
    "alerts.snooze_alerts": "whoever is told of an alert may say so; those of others are refused",
    "alerts.take_message": "rules were made with the right to; the program tells whoever is signed in",
    "documents.record_printed": "what leaves by a printer is written down whoever prints it; it changes nothing else",
    "identity.set_own_language": "everybody reads in the language they like",
    "identity.set_own_password": "everybody keeps their own password; the old one is asked for",
    "identity.set_own_pin": "everybody keeps their own PIN; the password is asked for",
    "mail.ask_stranded": "e-mails were queued with the right to; the program sends them whoever is signed in",
    "mail.mark_mail": "e-mails were queued with the right to; the program sends them whoever is signed in",
    "mail.take_mail": "e-mails were queued with the right to; the program sends them whoever is signed in",
    "reports.finish_run": "schedules were set up with the right to; the program makes them whoever is signed in",
    "reports.plan_runs": "schedules were set up with the right to; the program makes them whoever is signed in",
    "reports.put_off_run": "schedules were set up with the right to; the program makes them whoever is signed in",
    "reports.take_run": "schedules were set up with the right to; the program makes them whoever is signed in",
    "labels.take_over_prices": "plans were made with the right to; the program carries them out whoever is signed in",
}
