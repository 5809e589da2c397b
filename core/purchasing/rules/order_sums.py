"""What lines of an order come to while they are typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from core.purchasing.rules.money import convert
from core.purchasing.rules.orders import line_amount
from core.purchasing.rules.taxes import taxes_by_rate
from core.purchasing.types.money import Priced
from core.purchasing.types.order_views import OrderSums, OrderTax
from core.values import digits_of, from_minor

PriceLine = tuple[Decimal, Decimal | None, Decimal]
"""Quantity, price of one unit (None: free, or none known), tax rate in per cent."""


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
