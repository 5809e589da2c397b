"""What crosses the door of stock when something is posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.stock.rules.cost import unit_cost
from core.stock.rules.posting import is_usable_on
from core.values import from_micro, from_minor
from db.enums import CostMethod, PostingKind


# Never changed once made; not frozen, because hundreds are made for one delivery and a frozen one takes twice as long.
@dataclass(slots=True, unsafe_hash=True)
class NewLine:
    """One line of a posting as a person or file states it.

    `qty` is in `unit` (empty: the item's base unit); positive, except for an adjustment, where the sign says the
    direction; for a count it is what was counted. `value` is the total in money, or `unit_cost` the price of one `unit`.
    `lot` is a number; on goods coming in it is made when it is new. `link_id` is the ledger entry a return refers to.
    `row` is the line's place in a file, for errors. `at` is the line's own moment where it differs from the posting's:
    a count posts each line at the moment it was counted.
    """

    item_id: int
    qty: Decimal
    unit: str = ""
    location_id: int | None = None
    to_location_id: int | None = None
    lot: str = ""
    lot_id: int | None = None
    expires_on: date | None = None
    produced_on: date | None = None
    value: Decimal | None = None
    unit_cost: Decimal | None = None
    link_id: int | None = None
    reason: str = ""
    stage: str = ""
    note: str = ""
    new_method: CostMethod | None = None
    new_standard: Decimal | None = None
    kind: PostingKind | None = None
    row: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewPosting:
    """A document to be posted to the ledger. `at` None is now."""

    kind: PostingKind
    lines: tuple[NewLine, ...]
    at: datetime | None = None
    supplier_id: int | None = None
    document: str = ""
    ref_id: int | None = None
    purpose: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a posting became: its number, how many entries, and what it did to the value of the stock in money."""

    posting_id: int
    number: str
    kind: PostingKind
    entries: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class OnHandRow:
    """What is of one item at one place and lot."""

    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    location_id: int
    location_code: str
    location_name: str
    location_name_en: str
    lot_id: int
    lot: str
    expires_on: date | None
    qty: Decimal
    unit: str
    is_blocked: bool = False

    def is_usable_on(self, day: date) -> bool:
        """Whether it may be issued on a business day: not expired, not blocked."""
        return is_usable_on(self.expires_on, self.is_blocked, day)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """Quantity, value and unit cost of one item at a moment. Kept as whole numbers (millionths, minor units), because a
    large site has a hundred thousand of them; read as decimals."""

    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    category: str
    unit: str
    method: CostMethod
    micro: int
    minor: int
    digits: int

    @property
    def qty(self) -> Decimal:
        """Quantity in the base unit."""
        return from_micro(self.micro)

    @property
    def value(self) -> Decimal:
        """Value in money."""
        return from_minor(self.minor, self.digits)

    @property
    def unit_cost(self) -> Decimal | None:
        """Value of one base unit, six decimals at most; None without stock."""
        return unit_cost(self.micro, self.minor, self.digits)


class _InWords:
    """Supplier and purpose in the reader's language."""

    __slots__ = ()
    supplier: str
    supplier_en: str
    purpose: str
    purpose_en: str

    def supplier_title(self, language: str) -> str:
        """The supplier's name."""
        return (self.supplier_en or self.supplier) if language == "en" else self.supplier

    def purpose_title(self, language: str) -> str:
        """What it is for; the place a transfer goes to by its name."""
        return (self.purpose_en or self.purpose) if language == "en" else self.purpose


@dataclass(frozen=True, slots=True)
class EntryRow(_InWords):
    """One line of the ledger as people read it; amounts are None without the right to see cost."""

    entry_id: int
    posting_id: int
    number: str
    at: datetime
    posted_at: datetime
    kind: PostingKind
    is_reversal: bool
    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    location_id: int
    location_code: str
    location_name: str
    lot_id: int
    lot: str
    qty: Decimal
    unit: str
    value: Decimal | None
    settled: Decimal | None
    variance: Decimal | None
    document: str
    purpose: str
    reason: str
    stage: str
    note: str
    supplier: str
    by: str
    station: str
    supplier_en: str = ""
    purpose_en: str = ""

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.entry_id


@dataclass(frozen=True, slots=True)
class PostingRow(_InWords):
    """A posting in a list."""

    posting_id: int
    number: str
    kind: PostingKind
    at: datetime
    posted_at: datetime
    document: str
    purpose: str
    note: str
    supplier: str
    by: str
    station: str
    lines: int
    value: Decimal | None
    ref_number: str
    reversed_by: str
    supplier_en: str = ""
    purpose_en: str = ""

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.posting_id


@dataclass(frozen=True, slots=True)
class PostingCard:
    """A posting with its lines."""

    row: PostingRow
    lines: tuple[EntryRow, ...]
