"""What a line of an order costs by the supplier's terms, what its terms ask for, and what lines come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from core.catalog import price_for
from core.i18n import Text, _
from core.purchasing.rules.money import convert
from core.purchasing.rules.orders import line_amount, price_in
from core.purchasing.rules.taxes import taxes_by_rate
from core.purchasing.types.money import Priced
from core.purchasing.types.order_sheet import OrderSheetItem
from core.purchasing.types.order_views import OrderSums, OrderTax
from core.values import digits_of, from_minor, plain, round_decimal

SIGHT = 2
"""A price break up to so many times the quantity is worth a word."""
PriceLine = tuple[Decimal, Decimal | None, Decimal]
"""Quantity, price of one unit (None: free, or none known), tax rate in per cent."""


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


def order_sums(
    lines: Iterable[PriceLine], currency: str, *, is_incl: bool, rate: Decimal, site_digits: int
) -> OrderSums:
    """What lines come to, taxes by rate, as an order will say it. Raises InvalidInput for a rate that is none."""
    digits = digits_of(currency)
    priced = [Priced(line_amount(qty, price, digits), tax) for qty, price, tax in lines]
    taxes: Sequence[OrderTax] = [
        OrderTax(one.rate, from_minor(one.net, digits), from_minor(one.tax, digits))
        for one in taxes_by_rate(priced, is_incl=is_incl)
    ]
    zero = from_minor(0, digits)
    net, tax = sum((one.net for one in taxes), zero), sum((one.tax for one in taxes), zero)
    value = from_minor(convert(sum(one.amount for one in priced), rate, digits, site_digits), site_digits)
    return OrderSums(net, tax, net + tax, value, tuple(taxes))
