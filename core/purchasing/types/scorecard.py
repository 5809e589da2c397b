"""How a supplier did in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Name


@dataclass(frozen=True, slots=True)
class Arrival:
    """One delivery of an order line, in base units; `rejected` of `qty` were refused."""

    on: date
    qty: Decimal
    rejected: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A line of an order that was sent, with its deliveries. Without promises it counts for neither promise. `price` of one
    base unit in the site's currency, without tax."""

    item_id: int
    ordered_on: date
    qty: Decimal
    price: Decimal
    first_promise: date | None = None
    last_promise: date | None = None
    arrivals: tuple[Arrival, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both counted; `percent` with one decimal, None of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """The part in per cent of the whole."""
        if not self.whole:
            return None
        return (Decimal(self.part) * 100 / self.whole).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean of whole days, how far they lie around it (standard deviation), and the extremes; two decimals."""

    count: int
    mean: Decimal
    deviation: Decimal
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The figures of one supplier in one period. `price_index` 100 is the price level before; None where nothing can be
    compared. Each figure's definition is in `core.purchasing.rules.scorecard`."""

    on_time_first: Share
    on_time_last: Share
    in_full: Share
    rejected: Share
    price_index: Decimal | None
    lead_days: Spread | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One supplier's period in a list: what was ordered (net, in the site's currency), how many lines are overdue today,
    and what of claims is still open (in the site's currency)."""

    supplier_id: int
    supplier: Name
    orders: int
    lines: int
    ordered: Decimal
    overdue: int
    claims: int
    claimed: Decimal
    card: Scorecard

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.supplier_id


@dataclass(frozen=True, slots=True)
class MonthScore:
    """The figures of one month."""

    month: date
    card: Scorecard


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """An order's line behind the figures: what was promised, what came when, and how many days late (None: not there and
    not due yet). Quantities in `unit`."""

    order_id: int
    number: str
    item_id: int
    item: Name
    ordered_on: date
    promised_on: date | None
    arrived_on: date | None
    days_late: int | None
    qty: Decimal
    came: Decimal
    rejected: Decimal
    unit: str

    @property
    def is_short(self) -> bool:
        """Whether the first delivery, if there was one, brought less than was ordered."""
        return self.arrived_on is not None and self.came - self.rejected < self.qty

    @property
    def id(self) -> str:
        """What a list knows the row by."""
        return f"{self.order_id}/{self.item_id}/{self.number}"


@dataclass(frozen=True, slots=True)
class SupplierScore:
    """A supplier's period with its months and the lines behind, the latest first."""

    row: ScoreRow
    months: tuple[MonthScore, ...]
    lines: tuple[ScoreLine, ...]
