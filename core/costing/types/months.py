"""Months: where each stands, what closing one stored, and what became different since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.i18n import Text
from db.enums import PostingKind


class MonthState(StrEnum):
    """Where a month stands."""

    RUNNING = "running"
    """Not over yet."""
    OPEN = "open"
    """Over and not closed."""
    CLOSED = "closed"
    REOPENED = "reopened"
    """Closed once, open again."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month in the list, the newest first.

    `closing_id` is its newest closing (0: never closed), `closed_at` and `closed_by` when and by whom; `reopened_at`,
    `reopened_by` and `reason` say the same of its reopening. `closing_value` and `usage` are what that closing stored:
    None when the month was never closed, or without the right to see costs. `is_next` is the month to close next.
    """

    month: str
    first: date
    last: date
    state: MonthState
    closed_at: datetime | None = None
    closed_by: str = ""
    closing_id: int = 0
    closing_number: str = ""
    reopened_at: datetime | None = None
    reopened_by: str = ""
    reason: str = ""
    closing_value: Decimal | None = None
    usage: Decimal | None = None
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """A month that was just closed: `number` of its closing (MC26-00001), and the money at stake in checks left open."""

    closing_id: int
    month: str
    number: str
    closed_at: datetime
    at_stake: Decimal | None


@dataclass(frozen=True, slots=True)
class ClosedMany:
    """Months that were just closed one after the other; where it stopped before the last, at which month and why."""

    closed: tuple[Closed, ...]
    stopped_at: str = ""
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """A month that was just reopened."""

    closing_id: int
    month: str
    reopened_at: datetime


@dataclass(frozen=True, slots=True)
class ClosingCard:
    """A closing as it was stored: who closed when, over which moments, what the checks said, and the proof of what it holds.

    `rows_hash` is the SHA-256 over all rows stored, `ledger_posting_id` and `ledger_hash` the end of the ledger's chain
    at that moment. `totals` are the columns of the review by name, `checks` what the checklist said then: kind, level,
    count and money at stake. `history` are all closings of its month, the newest first: more than one when it was reopened.
    """

    closing_id: int
    month: str
    number: str
    start: datetime
    end: datetime
    closed_at: datetime
    closed_by: str
    is_standing: bool
    reopened_at: datetime | None
    reopened_by: str
    reason: str
    ledger_posting_id: int
    ledger_hash: str
    rows_hash: str
    items: int
    totals: tuple[tuple[str, Decimal], ...]
    checks: tuple[StoredCheck, ...]
    history: tuple[ClosingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One of a month's closings. `value_change` and `usage_change`: how much closing value and usage of the month became
    different until the closing after it; None of the newest."""

    closing_id: int
    number: str
    closed_at: datetime
    closed_by: str
    reopened_at: datetime | None
    reopened_by: str
    reason: str
    closing_value: Decimal
    usage: Decimal
    value_change: Decimal | None = None
    usage_change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StoredCheck:
    """What a check said when the month was closed."""

    kind: str
    level: str
    count: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A figure of an item that is not what was stored: `column` of the review, in money and quantity."""

    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    column: str
    stored: Decimal
    now: Decimal
    stored_qty: Decimal
    now_qty: Decimal

    @property
    def change(self) -> Decimal:
        """By how much the money changed."""
        return self.now - self.stored

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An entry of the month that was posted after the closing was reopened."""

    entry_id: int
    posting_id: int
    number: str
    at: datetime
    posted_at: datetime
    kind: PostingKind
    is_reversal: bool
    item_code: str
    item_name: str
    item_name_en: str
    qty: Decimal
    unit: str
    amount: Decimal
    by: str
    note: str

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.item_name_en or self.item_name) if language == "en" else self.item_name


@dataclass(frozen=True, slots=True)
class Differences:
    """What a closing stored against what the closing after it did (`following` is its number), or, of the newest, against
    what the ledger says today.

    `totals` are the columns of the whole that differ: column, stored, now; `rows` the figures of items, the largest
    change first; `entries` what was posted into the month since.
    """

    closing_id: int
    month: str
    number: str
    made_at: datetime
    is_same: bool
    totals: tuple[tuple[str, Decimal, Decimal], ...]
    rows: tuple[DifferenceRow, ...]
    entries: tuple[LateEntry, ...]
    following: str = ""
