"""Everything an explanation is tested on, as plain values: quantities in millionths of the base unit, moments as
microseconds since the epoch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from core.i18n import Name
from core.values import MICRO, from_micro
from db.enums import CountState, PostingKind

SETTLING = (CountState.TO_RESOLVE, CountState.TO_APPROVE)
NEARLY, MOSTLY = 0.69, 0.5
INWARD = frozenset(
    {PostingKind.RECEIPT, PostingKind.RETURN_FROM_CUSTOMER, PostingKind.PRODUCTION_IN, PostingKind.OPENING}
)


@dataclass(frozen=True, slots=True)
class Pack:
    """A unit of the item other than the base unit: `top / bottom` base units in one."""

    unit: str
    name: Name
    top: int
    bottom: int = 1


@dataclass(frozen=True, slots=True)
class Move:
    """An entry of the ledger that may be wrong. `qty` is signed, `unit_qty` what was written in `unit`; `is_late`: it
    entered the ledger after the line was counted, with an earlier date."""

    entry_id: int
    posting_id: int
    number: str
    kind: PostingKind
    at: int
    posted_at: int
    location_id: int
    lot_id: int
    qty: int
    unit: str
    unit_qty: int
    supplier_id: int = 0
    document: str = ""
    purpose: str = ""
    is_late: bool = False
    place: Name = field(default_factory=lambda: Name(""))


@dataclass(frozen=True, slots=True)
class Gap:
    """A counted line beside the book: the one in question, or another one."""

    line_id: int
    count_id: int
    number: str
    state: CountState
    item_id: int
    item: Name
    location_id: int
    place: Name
    lot_id: int
    lot: str
    counted: int
    expected: int
    at: int
    unit: str = ""
    category_id: int = 0

    @property
    def difference(self) -> int:
        """What the shelf has more than the book."""
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class Held:
    """What the book has of the item at another place, or here in another lot."""

    location_id: int
    place: Name
    lot_id: int
    lot: str
    qty: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """A line of an order whose goods are awaited; `days_to_due` below zero when overdue, None without a day."""

    order_id: int
    number: str
    supplier: Name
    outstanding: int
    days_to_due: int | None
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Goods sent and not arrived: to here, or from here."""

    posting_id: int
    number: str
    qty: int
    at: int
    is_to_here: bool


@dataclass(frozen=True, slots=True)
class Billed:
    """An invoice's line for goods of which no receipt is known."""

    invoice_id: int
    number: str
    supplier: Name
    qty: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure typed at the line in question: `qty` as written, `size` in base units."""

    qty: int
    unit: str
    size: int
    is_replaced: bool


@dataclass(frozen=True)
class Clues:
    """What is known of one difference. `counted` None: stock below zero, nobody counted; then what is missing in the
    book is at least `-expected`. `twins`: postings that repeat an earlier one line for line (later: earlier); `lines`: how
    many entries those postings have."""

    item_id: int
    location_id: int
    lot_id: int
    unit: Name
    counted: int | None
    expected: int
    at: int
    here: Gap | None = None
    place: Name = field(default_factory=lambda: Name(""))
    may_date_back: bool = True
    packs: Sequence[Pack] = ()
    moves: Sequence[Move] = ()
    twins: Mapping[int, int] = field(default_factory=dict)
    lines: Mapping[int, int] = field(default_factory=dict)
    gaps: Sequence[Gap] = ()
    held: Sequence[Held] = ()
    awaited: Sequence[Awaited] = ()
    under_way: Sequence[UnderWay] = ()
    billed: Sequence[Billed] = ()
    typed: Sequence[Typed] = ()
    before: Gap | None = None

    @property
    def difference(self) -> int:
        """What the shelf has more than the book; for stock below zero the least of it."""
        return (0 if self.counted is None else self.counted) - self.expected

    @property
    def is_to_settle(self) -> bool:
        """Whether the line's count is not posted yet. What mends its book must be dated before it was counted: dated later,
        the count would correct the same once more."""
        return self.here is not None and self.here.count_id > 0 and self.here.state is not CountState.POSTED

    @property
    def moves_here(self) -> list[Move]:
        """Entries of the very line in question."""
        return [one for one in self.moves if one.location_id == self.location_id and one.lot_id == self.lot_id]

    @cached_property
    def _usual(self) -> Counter[tuple[bool, int]]:
        return Counter((one.qty > 0, abs(one.qty)) for one in self.moves)

    def is_usual(self, move: Move) -> bool:
        """Whether the item often moves by just this much, so that two alike say little."""
        return self._usual[move.qty > 0, abs(move.qty)] > 3

    def fits(self, qty: int) -> float:
        """How well `qty` more (below zero: less) in the book explains the difference: 0 not at all, 1 exactly and by a
        figure that hardly comes by chance. What only brings stock above zero again explains it less surely."""
        if self.counted is None:
            return 0.9 if 0 < -self.expected <= qty else 0.0
        return distinct(qty) if qty == self.difference != 0 else 0.0

    def fits_nearly(self, qty: int) -> float:
        """The same where a little more may be off besides: within a twelfth, of at least five base units."""
        exact = self.fits(qty)
        if exact or self.counted is None or abs(qty) < 5 * MICRO:
            return exact
        return NEARLY if abs(qty - self.difference) * 12 <= abs(qty) else 0.0

    def fits_mostly(self, qty: int) -> float:
        """The same for what speaks for itself, such as goods awaited or the opposite gap on another shelf: within a quarter,
        of at least four base units."""
        nearly = self.fits_nearly(qty)
        if nearly or self.counted is None or abs(qty) < 4 * MICRO:
            return nearly
        return MOSTLY if abs(qty - self.difference) * 4 <= max(abs(qty), abs(self.difference)) else 0.0


def distinct(qty: int) -> float:
    """How much it says that two figures agree in `qty`, by the digits it has: 1 and 0.8 come often by chance, 37 seldom,
    4.35 hardly."""
    digits = f"{from_micro(abs(qty)):f}".replace(".", "").strip("0")
    if len(digits) <= 1:
        return 0.5 if digits in ("", "1", "2") else 0.65
    return 0.9 if len(digits) == 2 else 1.0


def is_near(one: int, other: int) -> bool:
    """Within two per cent, as a figure that was counted a little off still shows its mistake."""
    return abs(one - other) * 50 <= abs(other)


def swaps_of(qty: int) -> set[int]:
    """The figures that come of two digits beside each other changing places (54 of 45); as written, without zeros at the
    end of decimals."""
    text = f"{from_micro(abs(qty)):f}"
    digits = [at for at, sign in enumerate(text) if sign != "."]
    found = set()
    for first, second in pairwise(digits):
        if text[first] != text[second]:
            signs = list(text)
            signs[first], signs[second] = signs[second], signs[first]
            if signs[0] != "0" or len(signs) == 1 or signs[1] == ".":
                found.add(int(Decimal("".join(signs)).scaleb(6)))
    return found


def moment_of(micros: int) -> datetime:
    """A moment as people's programs have it."""
    return datetime.fromtimestamp(micros // MICRO, UTC).replace(microsecond=micros % MICRO)
