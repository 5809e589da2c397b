"""What crosses the door of counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.errors import CoreError
from core.i18n import Text
from db.enums import CountKind, CountState, PostingKind


class Onto(StrEnum):
    """What a figure does to the one that is there already."""

    FIRST = "first"
    ADD = "add"
    REPLACE = "replace"


class FlagKind(StrEnum):
    """What is odd about a figure."""

    LOOK_AGAIN = "look_again"
    ZERO = "zero"
    BELOW_HALF = "below_half"
    ABOVE_DOUBLE = "above_double"
    UNEXPECTED = "unexpected"
    PACK = "pack"
    TEN = "ten"
    SWAPPED = "swapped"
    NEIGHBOUR = "neighbour"
    MOVEMENT = "movement"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something odd about a figure, with what would explain it: a unit, a document, another item."""

    kind: FlagKind
    about: str = ""


@dataclass(frozen=True, slots=True)
class NewCount:
    """A count to be started.

    `location_ids` and `category_ids` stand for all that lies under them, empty for everything. `share` is the percent
    of a spot count; `most_lines` ends a cycle or spot count there. Tolerances: `tolerance_pct` of the book quantity,
    `tolerance_amount` in money (0: not looked at). `with_empty` takes in what the book holds at zero but moved lately.
    """

    kind: CountKind
    location_ids: tuple[int, ...] = ()
    category_ids: tuple[int, ...] = ()
    title: str = ""
    is_blind: bool = True
    share: Decimal = Decimal(10)
    most_lines: int | None = None
    tolerance_pct: Decimal = Decimal(5)
    tolerance_amount: Decimal = Decimal(0)
    with_empty: bool = True


@dataclass(frozen=True, slots=True)
class CountPlan:
    """What a count would hold, before it is started. `in_other` lines stand on another open count."""

    lines: int
    items: int
    places: int
    minutes: int
    in_other: int
    never_counted: int


@dataclass(frozen=True, slots=True)
class CountPart:
    """A part of what lies there: so many of a unit (empty: the base unit)."""

    qty: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure that was kept: the line's whole quantity now. `expected` is None for who counts blind."""

    line_id: int
    position: int
    counted: Decimal
    round: int
    expected: Decimal | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """Where a count stands after it was completed."""

    count_id: int
    number: str
    state: CountState
    lines: int
    differing: int
    to_recount: int
    need_reason: int


@dataclass(frozen=True, slots=True)
class CountPosted:
    """A count that was approved: its posting, and what it did to the value (None without the right to see cost)."""

    count_id: int
    number: str
    posting_id: int
    posting_number: str
    lines: int
    differing: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count in a list. `accuracy` is lines within tolerance by lines counted, once it is posted."""

    id: int
    version: int
    number: str
    kind: CountKind
    state: CountState
    title: str
    is_blind: bool
    created_at: datetime
    created_by: str
    lines: int
    counted: int
    to_recount: int
    posting_id: int | None
    posting_number: str
    is_reversed: bool
    accuracy: Decimal | None
    value: Decimal | None

    @property
    def share(self) -> Decimal:
        """Counted lines of all lines, 0 to 1."""
        return Decimal(self.counted) / self.lines if self.lines else Decimal(0)


@dataclass(frozen=True, slots=True)
class PlaceProgress:
    """How far a place is counted, and who counted there last."""

    location_id: int
    code: str
    name: str
    name_en: str
    lines: int
    counted: int
    by: tuple[str, ...]
    last_at: datetime | None

    def title(self, language: str) -> str:
        """The place's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class CountCard:
    """A count with its progress by place. `sees_book` says whether book quantities may be shown to who asks."""

    row: CountRow
    tolerance_pct: Decimal
    tolerance_amount: Decimal
    places: tuple[PlaceProgress, ...]
    completed_at: datetime | None
    completed_by: str
    approved_at: datetime | None
    approved_by: str
    sees_book: bool
    may_manage: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class EntryUnit:
    """A unit a line may be counted in: its stored word, its names, and base units in one."""

    unit: str
    factor: Decimal
    name: str
    name_en: str

    def title(self, language: str) -> str:
        """The unit's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of a count sheet. `expected` is None for who counts blind; `parts` are the figures of this round."""

    id: int
    position: int
    item_id: int
    code: str
    name: str
    name_en: str
    spec: str
    location_id: int
    location_code: str
    location_name: str
    location_name_en: str
    lot_id: int
    lot: str
    expires_on: date | None
    unit: str
    units: tuple[EntryUnit, ...]
    parts: tuple[CountPart, ...]
    counted: Decimal | None
    expected: Decimal | None
    counted_at: datetime | None
    counted_by: str
    round: int
    needs_recount: bool
    is_assumed: bool

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name

    def place(self, language: str) -> str:
        """The place's name in a language."""
        return (self.location_name_en or self.location_name) if language == "en" else self.location_name

    def unit_title(self, language: str) -> str:
        """The base unit's name in a language."""
        return next((one.title(language) for one in self.units if one.unit == self.unit), self.unit)

    @property
    def is_open(self) -> bool:
        """Whether this line still waits for a figure."""
        return self.counted is None or self.needs_recount


@dataclass(frozen=True, slots=True)
class LineHit:
    """What a scanned code means on a count: lines of that item (best first), the unit of the code, or only the item."""

    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    line_ids: tuple[int, ...]


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


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A line worth counting now: days since it was counted (None: never), what lies there, how wrong it was before."""

    item_id: int
    code: str
    name: str
    name_en: str
    location_id: int
    location: str
    location_en: str
    abc_class: str
    days: int | None
    due_in: int
    value: Decimal | None
    error: Decimal
    is_negative: bool

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name

    def place(self, language: str) -> str:
        """The place's name in a language."""
        return (self.location_en or self.location) if language == "en" else self.location


@dataclass(frozen=True, slots=True)
class ItemCountRow:
    """One posted count of an item."""

    count_id: int
    number: str
    counted_at: datetime
    location: str
    location_en: str
    lot: str
    counted: Decimal
    expected: Decimal
    difference: Decimal
    value: Decimal | None
    is_within: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well stock was counted in a period.

    `lines_within` by `lines` is the accuracy; `value_accuracy` is 1 less the absolute differences by the book value of
    what was counted; `coverage` is items counted by items in stock; `net` the gain or loss. Amounts need the right.
    """

    counts: int
    lines: int
    lines_within: int
    items: int
    items_in_stock: int
    value_accuracy: Decimal | None
    net: Decimal | None
    absolute: Decimal | None
    by_reason: tuple[ReasonSum, ...] = ()

    @property
    def accuracy(self) -> Decimal | None:
        """Lines within tolerance by lines counted."""
        return Decimal(self.lines_within) / self.lines if self.lines else None

    @property
    def coverage(self) -> Decimal | None:
        """Items counted by items in stock."""
        return min(Decimal(self.items) / self.items_in_stock, Decimal(1)) if self.items_in_stock else None


@dataclass(frozen=True, slots=True)
class ReasonSum:
    """Differences outside tolerance by their reason."""

    reason: str
    lines: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class ToleranceRow:
    """A tolerance for one item, or for a class."""

    id: int
    version: int
    item_id: int
    code: str
    name: str
    name_en: str
    abc_class: str
    pct: Decimal
    amount: Decimal

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class KeyItemRow:
    """An item that is counted every day, or one that is proposed for it by what is used of it."""

    item_id: int
    code: str
    name: str
    name_en: str
    is_key: bool
    used: Decimal | None = None

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


class NotCounted(CoreError):
    """Some lines are not counted: keep what the book says, or take them as zero? Must be chosen."""

    def __init__(self, text: Text, lines: int) -> None:
        super().__init__(text, field="uncounted")
        self.lines = lines
