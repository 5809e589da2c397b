"""What crosses the door of the detective: a difference, what may explain it, and how that is put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.i18n import Name, Text
from db.enums import Permission

LIKELY = 60
WORTH_SAYING = 25


class FindingKind(StrEnum):
    """What may explain a difference between the book and the shelf."""

    PACK = "pack"
    MIXED_PACK = "mixed_pack"
    TEN = "ten"
    SWAPPED = "swapped"
    ENTERED_TWICE = "entered_twice"
    NEIGHBOUR = "neighbour"
    OTHER_LOT = "other_lot"
    OTHER_ITEM = "other_item"
    OPEN_ORDER = "open_order"
    ORDER_DRAFT = "order_draft"
    ARRIVED = "arrived"
    NOT_SENT = "not_sent"
    INVOICED = "invoiced"
    RECEIPT_TWICE = "receipt_twice"
    ISSUE_TWICE = "issue_twice"
    POSTED_UNIT = "posted_unit"
    POSTED_TEN = "posted_ten"
    POSTED_SWAPPED = "posted_swapped"
    POSTED_ONLY = "posted_only"
    LATE = "late"
    COUNT_BEFORE = "count_before"


class EvidenceKind(StrEnum):
    """What a piece of evidence is, and so which page shows it."""

    POSTING = "posting"
    ORDER = "order"
    INVOICE = "invoice"
    COUNT = "count"
    FIGURE = "figure"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for an explanation: what it is in words, when, how much. `id` is the posting, order, invoice
    or count to open; 0 where there is nothing to open."""

    kind: EvidenceKind
    words: Text
    id: int = 0
    at: datetime | None = None
    qty: Decimal | None = None
    unit: Name = field(default_factory=lambda: Name(""))


@dataclass(frozen=True, slots=True)
class Mend:
    """How a difference is put right: `words` for the button, and either an existing command with its arguments (named
    `domain.function`) or a page that does it with what it is opened with. Nothing is posted before a person agrees."""

    words: Text
    command: str = ""
    page: str = ""
    args: Mapping[str, object] = field(default_factory=dict)
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One explanation. `likelihood` 0 to 100 orders them; `explains` is how much of the difference, in base units."""

    kind: FindingKind
    words: Text
    likelihood: int
    explains: Decimal
    evidence: tuple[Evidence, ...] = ()
    mend: Mend | None = None

    @property
    def is_likely(self) -> bool:
        """Whether it is said as a likely cause, not only as a possible one."""
        return self.likelihood >= LIKELY


@dataclass(frozen=True, slots=True)
class Facts:
    """The difference in question. `counted` is None for stock that is only odd in the book (below zero); then
    `difference` is the least that is missing there. `value` is None without the right to see cost. `date_before`: what
    corrects the book must be dated before that, because the count is not posted yet and would correct it once more."""

    item_id: int
    code: str
    item: Name
    location_id: int
    place: Name
    lot_id: int
    lot: str
    unit: Name
    counted: Decimal | None
    expected: Decimal
    difference: Decimal
    value: Decimal | None
    at: datetime
    last_counted_at: datetime | None
    entries: int
    count_id: int = 0
    count_number: str = ""
    count_line_id: int = 0
    date_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A difference with everything that may explain it, the likeliest first."""

    facts: Facts
    findings: tuple[Finding, ...]


class OddKind(StrEnum):
    """Why a line is worth looking into."""

    NEGATIVE = "negative"
    COUNTED = "counted"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class OddRow:
    """A line worth looking into: stock below zero, or a count that differs by more than is tolerated."""

    kind: OddKind
    item_id: int
    code: str
    item: Name
    location_id: int
    place: Name
    lot_id: int
    lot: str
    unit: Name
    difference: Decimal
    value: Decimal | None
    at: datetime | None
    count_line_id: int = 0
    count_number: str = ""

    @property
    def id(self) -> str:
        """What a list knows the row by."""
        return f"{self.kind}:{self.item_id}:{self.location_id}:{self.lot_id}:{self.count_line_id}"
