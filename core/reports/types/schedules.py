"""Schedules and their runs as they cross the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.i18n import Text
from db.enums import Period, Rhythm, RunState, ScheduleTarget

EVERY_DAY = 127


@dataclass(frozen=True, slots=True)
class When:
    """When a schedule is due on the site's clock: `at_time` HH:MM, `weekdays` a mask (Monday 1, Tuesday 2 ... Sunday 64),
    `month_day` 1 to 31, where a shorter month takes its last day."""

    rhythm: Rhythm
    at_time: str = "06:00"
    weekdays: int = EVERY_DAY
    month_day: int = 1


@dataclass(frozen=True, slots=True)
class ScheduleEdit:
    """A schedule as it is set up. `report` is made as it stands, or, where `view_id` is not 0, that saved view.

    `period` is the time it is about, seen from the day it is due; after a month is closed it is always that month.
    `folder` is a full path; `station` the PC that writes there, empty where every PC of the site reaches it.
    `recipients` are e-mail addresses, with commas between.
    """

    name: str
    report: str = ""
    view_id: int = 0
    when: When = When(Rhythm.DAILY)
    period: Period = Period.MOMENT
    form: str = "xlsx"
    language: str = ""
    target: ScheduleTarget = ScheduleTarget.FOLDER
    folder: str = ""
    station: str = ""
    recipients: str = ""
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a schedule. `missed` counts earlier ones it stands in for; `next_at` when a waiting one is tried (again);
    `why` what happened last; `path` the file, or `mail_id` the e-mail in the outbox."""

    id: int
    schedule_id: int
    name: str
    due_at: datetime
    state: RunState
    attempts: int
    missed: int
    next_at: datetime
    taken_by: str
    ended_at: datetime | None
    path: str
    mail_id: int | None
    size: int
    why: Text | None


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule and how it stands. `title` is what is made; `next_at` when it is due next (None: switched off, or after a
    month is closed). `warning` says why nothing will come of it as things are now; `last` is its newest run."""

    id: int
    version: int
    edit: ScheduleEdit
    title: Text
    owner: str
    saved_at: datetime
    next_at: datetime | None
    warning: Text | None = None
    last: RunRow | None = None


@dataclass(frozen=True, slots=True)
class RunCounts:
    """How many runs wait to be made or tried again, are being made, and how many schedules' newest run failed."""

    waiting: int = 0
    running: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class JobsDue:
    """What a program finds to do: schedules that came due, runs it may make now, runs another program left behind."""

    to_plan: int = 0
    to_make: int = 0
    stranded: int = 0

    @property
    def is_any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.to_plan or self.to_make or self.stranded)


@dataclass(frozen=True, slots=True)
class TakenRun:
    """A run that a pass holds: to be written into `folder`, or sent by e-mail when that is empty."""

    run_id: int
    folder: str
    file_name: str


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A scheduled report made: a file of `size` bytes at `path`, or, for an e-mail, its name and content."""

    name: str
    size: int
    path: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class JobsRun:
    """What came of a pass: runs made, put off for later, given up; `troubles` say why, each once."""

    made: int = 0
    later: int = 0
    failed: int = 0
    troubles: tuple[Text, ...] = ()
