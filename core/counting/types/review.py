"""Differences beside the book, and how the book came to its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from db.enums import PostingKind


@dataclass(frozen=True, slots=True)
class Since:
    """What moved since the item was last counted there, summed by kind of posting."""

    kind: PostingKind
    qty: Decimal


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A counted line beside the book at the moment it was counted.

    `late` entered the ledger afterwards with an earlier date; `moved_since` happened after it was counted and is not
    touched. Amounts are None without the right to see cost; `share` is the difference by the book quantity.
    """

    id: int
    position: int
    item_id: int
    code: str
    name: str
    name_en: str
    location_id: int
    location: str
    location_en: str
    lot: str
    unit: str
    unit_en: str
    counted: Decimal
    first_counted: Decimal | None
    expected: Decimal
    difference: Decimal
    share: Decimal | None
    value: Decimal | None
    is_within: bool
    is_impossible: bool
    needs_recount: bool
    is_assumed: bool
    rounds: int
    counted_at: datetime
    counted_by: str
    late: Decimal
    moved_since: Decimal
    last_counted_at: datetime | None
    last_counted: Decimal | None
    since: tuple[Since, ...]
    reason: str
    note: str

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name

    def place(self, language: str) -> str:
        """The place's name in a language."""
        return (self.location_en or self.location) if language == "en" else self.location

    def unit_title(self, language: str) -> str:
        """The base unit's name in a language."""
        return (self.unit_en or self.unit) if language == "en" else self.unit

    @property
    def needs_reason(self) -> bool:
        """Whether it must say why before the count can be approved."""
        return not self.is_within and not self.reason


@dataclass(frozen=True, slots=True)
class CountReview:
    """The differences of a count, largest amount first, with their sums. `digest` stands for exactly these figures."""

    rows: tuple[DifferenceRow, ...]
    lines: int
    uncounted: int
    within: int
    gain: Decimal | None
    loss: Decimal | None
    book_value: Decimal | None
    digest: str

    @property
    def accuracy(self) -> Decimal | None:
        """Lines within tolerance by lines counted."""
        return Decimal(self.within) / self.lines if self.lines else None


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One figure somebody entered for a line."""

    round: int
    qty: Decimal
    unit: str
    unit_en: str
    is_replaced: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A ledger entry between the last count and this one."""

    at: datetime
    number: str
    kind: PostingKind
    qty: Decimal
    by: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class LineStory:
    """How the book quantity of a line came about: `start`, then the entries; they sum to `expected`.

    `after` is what moved after the line was counted.
    """

    line_id: int
    start: Decimal
    start_at: datetime | None
    entries: tuple[StoryEntry, ...]
    expected: Decimal
    after: tuple[StoryEntry, ...]
    tallies: tuple[TallyRow, ...]
