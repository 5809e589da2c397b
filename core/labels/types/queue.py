"""What crosses the door of the label queue and of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.i18n import Name, Text
from db.enums import LabelJobState, LabelReason, LabelState, LabelSubject


@dataclass(frozen=True, slots=True)
class NewWish:
    """Labels of one thing: a shelf label is an item's (`subject_id`) at `location_id`; `copies` None takes the item's usual
    number, `layout` empty its usual layout."""

    subject: LabelSubject
    subject_id: int
    location_id: int = 0
    layout: str = ""
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a printed label that is no longer true."""

    field: str
    printed: str
    true: str


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A shelf label that is not true (any more). `is_gone`: its item or place is no longer used, so it is to be taken down."""

    item_id: int
    location_id: int
    layout: str
    copies: int
    code: str
    name: Name
    place: str
    place_name: Name
    printed_at: datetime
    is_gone: bool
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One thing on the queue, with everything a list shows. `wish_id` None: it stands here because its label is stale.

    `stock` is the paper its layout needs, `device_id` the printer it would go to (None: nobody said yet).
    """

    key: str
    wish_id: int | None
    subject: LabelSubject
    subject_id: int
    location_id: int
    layout: str
    layout_name: Name
    copies: int
    reason: LabelReason
    due_on: date
    is_late: bool
    document: str
    code: str
    name: Name
    place: str
    place_name: Name
    stock: str
    device_id: int | None
    printer: str
    differences: tuple[Difference, ...] = ()

    @property
    def id(self) -> str:
        """What a list knows the row by."""
        return self.key


@dataclass(frozen=True, slots=True)
class LabelsDue:
    """How much there is to print today: `stale` labels that are no longer true, `wished` things put on the queue, `gone`
    labels to take down, jobs that `ask` a question or were stopped."""

    stale: int
    wished: int
    gone: int
    asks: int

    @property
    def to_print(self) -> int:
        """Things that would be printed now."""
        return self.stale + self.wished


@dataclass(frozen=True, slots=True)
class ShelfCheck:
    """What a scan of a shelf label on a walk said: true, stale, unknown (never printed here) or gone."""

    word: str
    item_id: int
    location_id: int
    code: str
    name: Name
    differences: tuple[Difference, ...] = ()
    is_queued: bool = False


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A layout in a list; `is_own` was made here, others came with the program."""

    code: str
    name: Name
    subject: str
    width: float
    height: float
    is_own: bool
    is_active: bool = True
    version: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""

    @property
    def id(self) -> str:
        """What a list knows the row by."""
        return self.code


@dataclass(frozen=True, slots=True)
class StartedJob:
    """A job that can be sent now."""

    job_id: int
    number: str
    labels: int
    device_id: int | None
    printer: str
    stock: str


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job in a list. `trouble` is the word of what stopped it last."""

    job_id: int
    version: int
    number: str
    state: LabelJobState
    title: str
    device_id: int | None
    printer: str
    stock: str
    station: str
    labels: int
    confirmed: int
    asked: int
    left: int
    trouble: str
    is_held: bool
    created_at: datetime
    created_by: str
    ended_at: datetime | None

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.job_id


@dataclass(frozen=True, slots=True)
class JobLabel:
    """One label of a job as it stands in the journal; `content` is everything written on it."""

    number: int
    state: LabelState
    subject: LabelSubject
    subject_id: int
    location_id: int
    layout: str
    content: Mapping[str, Any]
    hash: str
    is_once: bool
    sent_at: datetime | None = None
    confirmed_at: datetime | None = None

    @property
    def code(self) -> str:
        """How people call what it is about."""
        return str(self.content.get("code", ""))

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.number


@dataclass(frozen=True, slots=True)
class JobCard:
    """A job with its labels. `last_good` is the program's guess for the question which was the last good label."""

    row: JobRow
    labels: tuple[JobLabel, ...]
    layouts: Mapping[str, Any]
    language: str
    last_good: int
    counter: int | None


@dataclass(frozen=True, slots=True)
class LabelWindow:
    """The next labels to send, already written down as sent; empty when nothing is left."""

    job_id: int
    numbers: tuple[int, ...]
    state: LabelJobState


@dataclass(frozen=True, slots=True)
class JobStand:
    """Where a job stands after a step."""

    job_id: int
    state: LabelJobState
    labels: int
    confirmed: int
    asked: tuple[int, ...]
    left: int
    last_good: int


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A label that came out, in the history."""

    label_id: int
    job_id: int
    job_number: str
    number: int
    subject: LabelSubject
    subject_id: int
    location_id: int
    layout: str
    code: str
    content: Mapping[str, Any] = field(repr=False)
    printed_at: datetime
    by: str
    printer: str

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.label_id


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A sale price that will hold from a day on."""

    item_id: int
    code: str
    name: Name
    from_on: date
    price: Decimal
    price_now: Decimal | None
    by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come while it is being sent; `words` say what the printer says."""

    number: str
    state: LabelJobState
    confirmed: int
    labels: int
    words: Text
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class JobRun:
    """How a run of a job ended. With state `asked` a person must say which label was the last good one."""

    job_id: int
    number: str
    state: LabelJobState
    labels: int
    confirmed: int
    asked: tuple[int, ...]
    last_good: int
    trouble: str
    words: Text
