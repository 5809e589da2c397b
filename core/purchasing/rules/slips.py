"""Slips of the hand, asked about before they are booked: ten, a hundred or many times too much, a price that jumps, a price
of nothing, a date that lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.i18n import Text, _
from core.purchasing.types.slips import Slip, SlipKind
from core.values import plain, round_decimal

PRICE_LIMIT = Decimal(20)
"""Per cent of change from which a price asks for a reason where nobody said another limit."""
LAST_PRICES = 5
LOOKS_LIKE = Decimal("1.25")
"""A slip is 10 (or 100) times the usual figure, up to a quarter more or a fifth less."""
LONG_AGO = timedelta(days=365)

_FACTORS: tuple[tuple[Decimal, SlipKind], ...] = (
    (Decimal(100), SlipKind.TIMES_HUNDRED),
    (Decimal(10), SlipKind.TIMES_TEN),
    (Decimal("0.1"), SlipKind.TENTH),
    (Decimal("0.01"), SlipKind.HUNDREDTH),
)


def usual_of(figures: Sequence[Decimal]) -> Decimal | None:
    """What is usual: the middle of the last five figures above zero (newest first); of an even number the newer of the
    two in the middle. None when there are none."""
    known = [(figure, -age) for age, figure in enumerate(figures) if figure > 0][:LAST_PRICES]
    if not known:
        return None
    ranked = sorted(known)
    middle = ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]
    return max(middle, key=lambda one: one[1])[0]


def slip_factor(figure: Decimal, usual: Decimal) -> SlipKind | None:
    """Which slip a figure looks like beside what is usual, both above zero."""
    for factor, kind in _FACTORS:
        if usual * factor <= figure * LOOKS_LIKE and figure <= usual * factor * LOOKS_LIKE:
            return kind
    return None


def doubted_factor(figure: Decimal, usual: Decimal) -> SlipKind | None:
    """Which slip a figure looks like; one that is larger than ten times what is usual and like no other slip is far off."""
    kind = slip_factor(figure, usual)
    return SlipKind.FAR if kind is None and figure > usual * 10 else kind


def change_percent(price: Decimal, last: Decimal) -> Decimal:
    """The change from the last price (above zero) in per cent, one decimal: 12.5 for dearer, -3.0 for cheaper."""
    return round_decimal((price - last) * 100 / last, 1)


def price_slips(
    price: Decimal, last_prices: Sequence[Decimal], limit: Decimal = PRICE_LIMIT, *, is_free: bool = False
) -> tuple[Slip, ...]:
    """What to ask about a price of one unit; `last_prices` of the same unit and currency, newest first.

    A price below zero is refused. Zero is asked about unless the goods are free. A slip of ten or a hundred is asked
    instead of a jump; a jump is a change of more than `limit` per cent, either way, from the last price above zero.
    """
    if price < 0:
        return (_negative("price", _("A price cannot be below zero. Use a return or a credit note.")),)
    if price == 0:
        text = _("The price is 0. Are these goods free?")
        return () if is_free else (Slip(SlipKind.PRICE_ZERO, "price", text, usual_of(last_prices)),)
    usual = usual_of(last_prices)
    if usual is None:
        return ()
    kind = doubted_factor(price, usual)
    if kind is not None:
        return (_slip(kind, "price", price, usual),)
    last = next(known for known in last_prices if known > 0)
    if abs(price - last) * 100 <= limit * last:
        return ()
    change = change_percent(price, last)
    return (Slip(SlipKind.PRICE_JUMP, "price", _jump(price, last, change), last, change),)


def qty_slips(qty: Decimal, expected: Decimal | None, usual_qtys: Sequence[Decimal] = ()) -> tuple[Slip, ...]:
    """What to ask about a quantity: against what was ordered, else against what is usual (newest first, same unit).

    A quantity below zero is refused; zero is an answer (nothing came).
    """
    if qty < 0:
        return (_negative("qty", _("A quantity cannot be below zero. Use a return.")),)
    usual = expected if expected is not None and expected > 0 else usual_of(usual_qtys)
    if not qty or usual is None:
        return ()
    kind = doubted_factor(qty, usual)
    return () if kind is None else (_slip(kind, "qty", qty, usual),)


def date_slips(day: date, today: date, field: str) -> tuple[Slip, ...]:
    """What to ask about the date of something that has happened (a delivery, an invoice).

    A date ahead is refused; more than a year back is asked about.
    """
    if day > today:
        text = _("{day} is in the future; today is {today}.", day=day, today=today)
        return (Slip(SlipKind.FUTURE, field, text, today, is_refused=True),)
    if today - day > LONG_AGO:
        return (Slip(SlipKind.LONG_AGO, field, _("{day} is more than a year ago. Is that right?", day=day), today),)
    return ()


def promise_slips(day: date, today: date, field: str) -> tuple[Slip, ...]:
    """What to ask about a day something is expected: a past one, or one more than a year ahead."""
    if day < today:
        text = _("{day} has passed; goods cannot be expected then. Is that right?", day=day)
        return (Slip(SlipKind.PASSED, field, text, today),)
    if day - today > LONG_AGO:
        text = _("{day} is more than a year ahead. Is that right?", day=day)
        return (Slip(SlipKind.FUTURE, field, text, today),)
    return ()


def _negative(field: str, text: Text) -> Slip:
    return Slip(SlipKind.NEGATIVE, field, text, is_refused=True)


def _jump(price: Decimal, last: Decimal, change: Decimal) -> Text:
    facts = {"price": plain(price), "last": plain(last), "percent": abs(change)}
    if change > 0:
        return _("{price} is {percent} % more than last time ({last}). Why?", **facts)
    return _("{price} is {percent} % less than last time ({last}). Why?", **facts)


def _slip(kind: SlipKind, field: str, figure: Decimal, usual: Decimal) -> Slip:
    facts = {"figure": plain(figure), "usual": plain(usual), "times": plain(round_decimal(figure / usual, 0))}
    percent = change_percent(figure, usual)
    return Slip(kind, field, _ASKED[kind](facts), usual, percent)


_ASKED = {
    SlipKind.FAR: lambda facts: _("{figure} is {times} times the usual {usual}. Is that right?", **facts),
    SlipKind.TIMES_HUNDRED: lambda facts: _("{figure} is about 100 times the usual {usual}. Is that right?", **facts),
    SlipKind.TIMES_TEN: lambda facts: _("{figure} is about 10 times the usual {usual}. Is that right?", **facts),
    SlipKind.TENTH: lambda facts: _("{figure} is about a tenth of the usual {usual}. Is that right?", **facts),
    SlipKind.HUNDREDTH: lambda facts: _("{figure} is about a hundredth of the usual {usual}. Is that right?", **facts),
}
