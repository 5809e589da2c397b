"""Requests for quotation: what is asked, what suppliers answer, how the answers compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Name
from db.enums import RfqState


@dataclass(frozen=True, slots=True)
class NewRfqLine:
    """One thing asked for. `unit` empty: the item's purchase unit."""

    item_id: int
    qty: Decimal
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewRfq:
    """A request for quotation to several suppliers."""

    lines: tuple[NewRfqLine, ...]
    supplier_ids: tuple[int, ...]
    title: str = ""
    needed_on: date | None = None
    answer_by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewAnswerLine:
    """What a supplier asks for a line: `price` of one `unit` (empty: the unit asked for); None: not offered."""

    line_id: int
    price: Decimal | None
    unit: str = ""
    tax_rate: Decimal | None = None
    minimum_qty: Decimal | None = None
    lead_days: int | None = None
    supplier_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """A supplier's answer. `freight` in its currency for all lines together; `rate` the site's currency for 1 of it,
    None: the one last used. A declined one has no lines."""

    supplier_id: int
    lines: tuple[NewAnswerLine, ...] = ()
    is_declined: bool = False
    currency: str = ""
    rate: Decimal | None = None
    is_tax_incl: bool | None = None
    freight: Decimal = Decimal(0)
    deliver_on: date | None = None
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """So much of a line (in its unit) goes to a supplier."""

    line_id: int
    supplier_id: int
    qty: Decimal


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as it is compared: quantities and prices of the supplier's `unit` (`factor` base units), `wanted` base units
    asked for, money in the offer's currency with or without tax."""

    line_id: int
    supplier_id: int
    wanted: Decimal
    factor: Decimal
    price: Decimal
    tax_rate: Decimal = Decimal(0)
    minimum_qty: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """What holds for all offers of one answer."""

    supplier_id: int
    currency: str
    digits: int
    rate: Decimal
    is_tax_incl: bool
    freight: Decimal


@dataclass(frozen=True, slots=True)
class Landed:
    """What a line costs at the door from one supplier, in minor units of the site's currency without recoverable tax:
    `goods` for `qty` base units (at least the supplier's minimum), its share of the `freight`. `rank` 1 is the cheapest
    by one base unit; `more` the share it is dearer than that (0.05 is 5 %)."""

    line_id: int
    supplier_id: int
    qty: Decimal
    goods: int
    freight: int
    rank: int
    more: Decimal

    @property
    def total(self) -> int:
        """Goods and freight."""
        return self.goods + self.freight


@dataclass(frozen=True, slots=True)
class SupplierSum:
    """All a supplier offers together, in minor units: `lines` of the lines asked for; complete when none is missing."""

    supplier_id: int
    lines: int
    total: int
    is_complete: bool
    best: int


@dataclass(frozen=True, slots=True)
class RfqRow:
    """A request for quotation in a list."""

    id: int
    version: int
    number: str
    state: RfqState
    title: str
    needed_on: date | None
    answer_by: date | None
    lines: int
    suppliers: int
    answers: int
    is_overdue: bool
    by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RfqLineRow:
    """A line that is asked for."""

    id: int
    line: int
    item_id: int
    code: str
    item: Name
    qty: Decimal
    unit: str
    factor: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A supplier's offer for a line, with what it comes to. `unit_cost` is landed, in the site's currency, for one unit
    that was asked for; `is_chosen`: (a part of it) was awarded."""

    line_id: int
    supplier_id: int
    price: Decimal
    unit: str
    tax_rate: Decimal
    minimum_qty: Decimal | None
    lead_days: int | None
    supplier_code: str
    note: str
    unit_cost: Decimal
    total: Decimal
    rank: int
    more: Decimal
    awarded: Decimal

    @property
    def is_chosen(self) -> bool:
        """Whether something of it was awarded."""
        return self.awarded > 0


@dataclass(frozen=True, slots=True)
class AskedSupplier:
    """A supplier who was asked, and what the answer comes to in the site's currency; None while there is none."""

    supplier_id: int
    supplier: Name
    sent_at: datetime | None
    answered_at: datetime | None
    is_declined: bool
    currency: str
    rate: Decimal
    is_tax_incl: bool
    freight: Decimal
    deliver_on: date | None
    valid_until: date | None
    note: str
    lines: int
    total: Decimal | None
    is_complete: bool
    best: int
    is_in_time: bool | None


@dataclass(frozen=True, slots=True)
class RfqCard:
    """A request for quotation with its answers side by side, and the two ways to award that suggest themselves: all to the
    cheapest who offers everything, or every line to its cheapest."""

    row: RfqRow
    note: str
    lines: tuple[RfqLineRow, ...]
    suppliers: tuple[AskedSupplier, ...]
    offers: tuple[OfferRow, ...]
    one_supplier: tuple[Award, ...]
    cheapest: tuple[Award, ...]
    orders: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Seller:
    """A supplier that may be asked; `items`: how many of the things asked for it is known to sell."""

    supplier_id: int
    supplier: Name
    items: int
