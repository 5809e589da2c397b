"""How a supplier did in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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
