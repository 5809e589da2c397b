"""What crosses the door of the inbox: alerts as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.i18n import Text
from db.enums import AlertEvent, AlertKind, AlertState, AlertUrgency

# What an alert is about, which tells a window where to go.
ITEM, LOT, ORDER, COUNT, POSTING, MONTH, SCHEDULE, CATEGORY, MAIL, SITE, UNUSUAL = (
    "item", "lot", "order", "count", "posting", "month", "schedule", "category", "mail", "site", "unusual",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Something a rule found: its subject and the facts its words are made of. `part` tells several of one subject apart
    (a place, a month); `urgency` where it is not the rule's own."""

    subject_kind: str
    subject_id: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    urgency: AlertUrgency | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is known by from one pass to the next."""
        return self.subject_kind, self.subject_id, self.part


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Which alerts. Without states: open ones. `is_unread`: only those this person has not read; `since`: told of since
    then, or opened after the alert `after_id`;
    `everybody`: also those others are told of (needs the right to change rules). `text` is looked for in words."""

    states: tuple[AlertState, ...] = (AlertState.OPEN,)
    kinds: tuple[AlertKind, ...] = ()
    urgencies: tuple[AlertUrgency, ...] = ()
    subject_kind: str = ""
    subject_id: int = 0
    is_unread: bool = False
    everybody: bool = False
    since: datetime | None = None
    after_id: int = 0


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert in the inbox. `title` names what it is about, `words` say why and what to do; `route` says where a window
    shows it: the kind of the subject. `told_at` is when it was last brought to people's notice."""

    id: int
    rule_id: int
    kind: AlertKind
    urgency: AlertUrgency
    title: Text
    words: Text
    subject_kind: str
    subject_id: int
    subject_part: str
    route: str
    state: AlertState
    opened_at: datetime
    told_at: datetime
    snoozed_until: datetime | None
    closed_at: datetime | None
    decided_by: str
    note: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class AlertList:
    """A stretch of the inbox, the most urgent and then the newest first; `total` counts all that fit."""

    rows: tuple[AlertRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """Open alerts of one kind and urgency: how many, how many of them unread, and the newest."""

    kind: AlertKind
    urgency: AlertUrgency
    count: int
    unread: int
    newest: AlertRow


@dataclass(frozen=True, slots=True)
class FreshAlerts:
    """Alerts to bring to somebody's notice on their own screen now; `newest_at` is when the newest of them was told,
    `newest_id` the newest alert of the site. `held` counts those that wait for the end of the quiet hours."""

    rows: tuple[AlertRow, ...] = ()
    newest_at: datetime | None = None
    held: int = 0
    newest_id: int = 0


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """For the bell: open alerts this person is told of, how many of them are urgent, and how many are not read yet."""

    open: int
    urgent: int
    unread: int
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlertMoment:
    """Something that happened to an alert. `person` is empty where the program did it."""

    at: datetime
    event: AlertEvent
    person: str
    until: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class AlertCard:
    """One alert with its history, oldest first, who has read it, and the messages that told of it."""

    row: AlertRow
    moments: tuple[AlertMoment, ...]
    readers: tuple[str, ...]
    messages: tuple[tuple[str, str, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class AlertPass:
    """What came of looking at the rules: alerts opened, updated, raised, woken and closed, and how many are live now.
    `skipped`: somebody else had just looked."""

    opened: int = 0
    updated: int = 0
    raised: int = 0
    woken: int = 0
    closed: int = 0
    live: int = 0
    messages: int = 0
    skipped: bool = False
