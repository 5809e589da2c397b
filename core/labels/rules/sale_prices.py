"""What a sale price becomes by a percentage."""

from __future__ import annotations

from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.values import round_decimal

MOST = Decimal(1_000_000_000)
MOST_PERCENT = Decimal(1000)


def check_price(price: Decimal, row: int = 0) -> None:
    """A price of one base unit: not below zero, below a thousand million, at most six decimals. Raises InvalidInput."""
    if price < 0 or price >= MOST or price != round(price, 6):
        raise InvalidInput(_("{price} cannot be a price.", price=price), field="price", row=row)


def check_percent(percent: Decimal) -> None:
    """From -100 % (nothing is left) to +1000 %. Raises InvalidInput."""
    if not -100 <= percent <= MOST_PERCENT:
        raise InvalidInput(_("A price changes by -100 % to +1000 %."), field="percent")


def changed_by(price: Decimal, percent: Decimal, digits: int) -> Decimal:
    """`price` x (1 + `percent` / 100), rounded to the currency's decimals, halves away from zero."""
    return round_decimal(price * (100 + percent) / 100, digits)
