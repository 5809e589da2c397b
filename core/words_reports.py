"""Names of the stored words of saved views and schedules, and of how e-mails and papers go out. Read them from
`core.words`."""

from __future__ import annotations

from enum import Enum

from core.i18n import Text, _
from db.enums import MailState, PaperWay, Period, Rhythm, RunState, ScheduleTarget, ViewKind

WORDS: dict[type[Enum], dict[str, Text]] = {
    ViewKind: {ViewKind.REPORT: _("A report"), ViewKind.PIVOT: _("A pivot")},
    Rhythm: {
        Rhythm.DAILY: _("Every day"),
        Rhythm.WEEKLY: _("On days of the week"),
        Rhythm.MONTHLY: _("Once a month"),
        Rhythm.MONTH_CLOSED: _("After a month is closed"),
    },
    Period: {
        Period.VIEW: _("As the view says"),
        Period.MOMENT: _("As of the moment it is due"),
        Period.YESTERDAY: _("The day before"),
        Period.WEEK_TO_DATE: _("This week so far"),
        Period.LAST_WEEK: _("Last week"),
        Period.LAST_7_DAYS: _("The last 7 days"),
        Period.LAST_30_DAYS: _("The last 30 days"),
        Period.MONTH_TO_DATE: _("This month so far"),
        Period.LAST_MONTH: _("Last month"),
        Period.YEAR_TO_DATE: _("This year so far"),
        Period.LAST_12_MONTHS: _("The last 12 months"),
    },
    ScheduleTarget: {ScheduleTarget.FOLDER: _("Into a folder"), ScheduleTarget.MAIL: _("By e-mail")},
    MailState: {
        MailState.QUEUED: _("Waits to be sent"),
        MailState.SENDING: _("Being sent"),
        MailState.SENT: _("E-mail sent"),
        MailState.FAILED: _("Not sent"),
        MailState.UNSURE: _("Perhaps sent"),
        MailState.WITHDRAWN: _("Withdrawn"),
    },
    PaperWay: {
        PaperWay.PRINTER: _("Printed"),
        PaperWay.FILE: _("Saved as a file"),
        PaperWay.MAIL: _("E-mailed"),
    },
    RunState: {
        RunState.WAITING: _("Waits its turn"),
        RunState.RUNNING: _("Being made"),
        RunState.DONE: _("Made and delivered"),
        RunState.FAILED: _("Not made"),
    },
}
