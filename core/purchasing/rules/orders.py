"""Amounts of an order, in which states its goods are awaited, and how many of them."""

from __future__ import annotations

from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.values import round_decimal, round_to_minor
from db.enums import OrderState

AWAITED = (OrderState.APPROVED, OrderState.SENT, OrderState.CONFIRMED, OrderState.PART_RECEIVED)
"""Orders whose goods may come."""
OPEN = (OrderState.DRAFT, *AWAITED)
LONGEST_NOTE, LONGEST_LINE_NOTE = 2000, 200
MOST_LINES = 1000


def line_amount(qty: Decimal, price: Decimal | None, digits: int, *, is_free: bool = False) -> int:
    """Quantity times price in minor units, rounded half-up; nothing for free goods and for lines without a price."""
    if price is None or is_free:
        return 0
    return round_to_minor(qty * price, digits)


def price_in(price: Decimal, factor: Decimal, wanted: Decimal) -> Decimal:
    """The price of a unit of `wanted` base units, from that of one of `factor`, rounded to six decimals."""
    return price if factor == wanted else round_decimal(price * wanted / factor, 6)


def outstanding(ordered: int, received: int) -> int:
    """What has not come yet, in millionths; never below zero when more came."""
    return max(ordered - received, 0)


def check_line(qty: Decimal, price: Decimal | None, note: str) -> None:
    """A line has a quantity above zero, a price not below zero, a short note. Raises InvalidInput."""
    if not qty.is_finite() or qty <= 0:
        raise InvalidInput(_("The quantity must be more than 0."), field="qty")
    if price is not None and (not price.is_finite() or price < 0):
        raise InvalidInput(_("A price cannot be below zero. Use a return or a credit note."), field="price")
    if price is not None and round_decimal(price, 6) != price:
        raise InvalidInput(_("The price {price} has more than six decimals.", price=price), field="price")
    if len(note) > LONGEST_LINE_NOTE:
        raise InvalidInput(_("A note has at most {n} characters.", n=LONGEST_LINE_NOTE), field="note")


def check_rate(rate: Decimal, currency: str, site_currency: str) -> None:
    """The rate is above zero, and 1 in the site's own currency. Raises InvalidInput."""
    if not rate.is_finite() or rate <= 0 or round_decimal(rate, 6) != rate:
        raise InvalidInput(_("An exchange rate is above zero: how much one unit costs in your currency."), field="rate")
    if currency == site_currency and rate != 1:
        raise InvalidInput(_("{currency} is the currency of the site: its rate is 1.", currency=currency), field="rate")
