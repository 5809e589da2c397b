"""What the form of an order knows of its supplier: prices, packs, days, the minimum, the budget; and what its terms say of
a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.catalog import Break, UnitTable, price_for
from core.i18n import Name, Text, _
from core.purchasing.rules.orders import price_in
from core.purchasing.types.needs import StandingOrder
from core.purchasing.types.ordering import Slot
from core.values import plain, round_decimal

SIGHT = 2
"""A price break up to so many times the quantity is worth a word."""


@dataclass(frozen=True, slots=True)
class OrderSheetItem:
    """An item that can be ordered. `unit` is the one the supplier sells it in (`factor` base units), else the purchase
    unit; `price` of it and `breaks` in the supplier's currency, None and empty without terms and for who may
    neither order nor see costs; `is_termed`: the supplier has terms for it."""

    item_id: int
    code: str
    name: Name
    is_active: bool
    table: UnitTable
    unit: str
    factor: Decimal
    tax_rate: Decimal
    supplier_code: str = ""
    price: Decimal | None = None
    breaks: tuple[Break, ...] = ()
    minimum_qty: Decimal | None = None
    multiple_qty: Decimal | None = None
    is_termed: bool = False


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """A supplier as one orders from it today. `rate` is what 1 of `currency` last cost in the site's, None when it never
    was used; `slot` the next delivery and until when to order for it; `spent` what of the month's `budget` is ordered
    already, without the order at hand; `orders` stand for days to come. Money in `currency`, None for who may neither
    order nor see costs."""

    supplier_id: int
    name: Name
    phone: str
    currency: str
    rate: Decimal | None
    is_tax_incl: bool
    today: date
    delivery_days: int
    closed_on: frozenset[date]
    is_blocked: bool
    block_note: str
    slot: Slot | None = None
    minimum_value: Decimal | None = None
    budget: Decimal | None = None
    spent: Decimal | None = None
    orders: tuple[StandingOrder, ...] = ()
    items: tuple[OrderSheetItem, ...] = ()

    def delivers_on(self, day: date) -> bool:
        """Whether the supplier delivers on a day."""
        return (not self.delivery_days or bool(self.delivery_days >> day.weekday() & 1)) and day not in self.closed_on


def sheet_price(item: OrderSheetItem, qty: Decimal, unit: str) -> Decimal | None:
    """The supplier's price of one `unit` when this many are ordered; None without terms. Raises InvalidInput."""
    if item.price is None and not item.breaks:
        return None
    factor = item.table.factor(unit)
    price = price_for(item.price, item.breaks, _own_qty(item, qty, factor))
    return None if price is None else price_in(price, item.factor, factor)


def _own_qty(item: OrderSheetItem, qty: Decimal, factor: Decimal) -> Decimal:
    return qty if factor == item.factor else round_decimal(qty * factor / item.factor, 6)


def sheet_hints(item: OrderSheetItem, qty: Decimal, unit: str) -> tuple[Text, ...]:
    """What the supplier's terms say of a quantity: less than the minimum, no whole multiple, a better price near."""
    own = _own_qty(item, qty, item.table.factor(unit))
    found: list[Text] = []
    if item.minimum_qty is not None and own < item.minimum_qty:
        found.append(_("At least {least} {unit} can be ordered", least=plain(item.minimum_qty), unit=item.unit))
    if item.multiple_qty is not None and own % item.multiple_qty:
        found.append(_("Sold in multiples of {step} {unit}", step=plain(item.multiple_qty), unit=item.unit))
    near = [one for one in sorted(item.breaks, key=lambda one: one.from_qty) if own < one.from_qty <= own * SIGHT]
    now = price_for(item.price, item.breaks, own)
    if near and (now is None or near[0].price < now):
        found.append(
            _(
                "From {qty} {unit} the price is {price}",
                qty=plain(near[0].from_qty), unit=item.unit, price=plain(near[0].price),
            )
        )  # fmt: skip
    return tuple(found)
