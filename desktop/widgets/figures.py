"""How numbers, amounts, dates and moments look on screen. Exact in, words out; nothing here decides anything."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from core.values import plain, round_decimal
from desktop.widgets.language import local_time, money_digits, money_sign

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def number_words(number: Decimal | int) -> str:
    """1234.5 as "1,234.5", with a real minus sign and no trailing zeros."""
    return f"{plain(Decimal(number)):,f}".replace("-", MINUS)


def money_words(amount: Decimal, *, sign: bool = False) -> str:
    """An amount with its currency's decimals (a unit cost may have more), on wish with the sign in front."""
    digits = money_digits()
    exponent = plain(amount).as_tuple().exponent
    decimals = max(digits, -exponent if isinstance(exponent, int) else digits)
    words = f"{abs(amount):,.{decimals}f}"
    return (MINUS if amount < 0 else "") + (money_sign() if sign else "") + words


def percent_words(ratio: Decimal, digits: int = 1) -> str:
    """A ratio as a percentage: 0.125 is "12.5 %"."""
    return f"{round_decimal(ratio * 100, digits):,.{digits}f} %".replace("-", MINUS)


def date_words(day: date) -> str:
    """A day, as 2026-11-21 in both languages; the last day of the calendar stands for no limit."""
    return "\N{INFINITY}" if day == date.max else day.isoformat()


def instant_words(at: datetime) -> str:
    """A moment on the site's clock, to the minute."""
    return local_time(at).strftime("%Y-%m-%d %H:%M")
