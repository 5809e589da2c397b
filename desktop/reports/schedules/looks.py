"""How schedules and their runs look in a list."""

from __future__ import annotations

from datetime import datetime

from core.i18n import Text, _, join
from core.reports import RunRow, ScheduleRow, When
from core.words import Rhythm, RunState, ScheduleTarget, word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind

WEEKDAYS: tuple[Text, ...] = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
LAST_DAY = 31
MEANINGS = {
    RunState.WAITING: Meaning.WATCH,
    RunState.RUNNING: Meaning.ACCENT,
    RunState.DONE: Meaning.GOOD,
    RunState.FAILED: Meaning.DANGER,
}


def run_look(run: RunRow | None) -> BadgeLook | None:
    """The state of a run."""
    return None if run is None else BadgeLook(word(run.state), MEANINGS[run.state])


def schedule_look(row: ScheduleRow) -> BadgeLook | None:
    """How a schedule stands: switched off, in trouble, or as its newest run."""
    if not row.edit.is_on:
        return BadgeLook(_("Paused"), Meaning.PLAIN)
    if row.warning is not None:
        return BadgeLook(_("Will not come"), Meaning.DANGER)
    return run_look(row.last)


def when_words(when: When) -> Text:
    """When a schedule is due, in words."""
    if when.rhythm is Rhythm.WEEKLY:
        days = [name for at, name in enumerate(WEEKDAYS) if when.weekdays >> at & 1]
        return _("{days} at {time}", days=join(days, ", "), time=when.at_time)
    if when.rhythm is Rhythm.MONTHLY:
        if when.month_day == LAST_DAY:
            return _("Last day of the month at {time}", time=when.at_time)
        return _("Day {day} of the month at {time}", day=when.month_day, time=when.at_time)
    if when.rhythm is Rhythm.DAILY:
        return _("Every day at {time}", time=when.at_time)
    return word(when.rhythm)


def where_words(row: ScheduleRow) -> Text | str:
    """Where a report goes."""
    if row.edit.target is ScheduleTarget.MAIL:
        return row.edit.recipients
    return row.edit.folder


def _last(row: ScheduleRow) -> datetime | None:
    return None if row.last is None else row.last.due_at


def why_words(row: ScheduleRow) -> Text | str:
    """What stands in the way, or why the newest run failed or waits."""
    if row.warning is not None:
        return row.warning
    last = row.last
    if last is not None and last.why is not None and last.state is not RunState.DONE:
        return last.why
    return ""


COLUMNS = (
    Column("name", _("Name"), 180, value=lambda row: row.edit.name),
    Column("title", _("What is made"), 180, wide_only=True),
    Column("when", _("When"), 170, value=lambda row: when_words(row.edit.when), sortable=False),
    Column("next_at", _("Next run"), 138, kind=Kind.INSTANT),
    Column("where", _("Where to"), 170, value=where_words, wide_only=True),
    Column("state", _("State"), 172, kind=Kind.BADGE, value=schedule_look, sortable=False),
    Column("last_at", _("Last run"), 138, kind=Kind.INSTANT, wide_only=True, value=_last),
    Column("why", _("Reason"), 160, stretch=True, muted=True, value=why_words, sortable=False),
)
RUNS = (
    Column("due_at", _("Date and time"), 130, kind=Kind.INSTANT),
    Column("state", _("State"), 130, kind=Kind.BADGE, value=run_look, sortable=False),
    Column("why", _("What became of it"), 160, stretch=True, value=lambda run: run.why or run.path, sortable=False),
)
