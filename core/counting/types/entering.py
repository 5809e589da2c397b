"""What goes in when counts are started, counted, completed and approved, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.errors import CoreError
from core.i18n import Text
from db.enums import CountKind, CountState


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


class NotCounted(CoreError):
    """Some lines are not counted: keep what the book says, or take them as zero? Must be chosen."""

    def __init__(self, text: Text, lines: int) -> None:
        super().__init__(text, field="uncounted")
        self.lines = lines
