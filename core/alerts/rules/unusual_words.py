"""What is said about a figure out of its pattern: the figure, what was to be expected, and against what it was held."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.alerts.rules.unusual import Judged
from core.i18n import Name, Text, _, _n
from core.values import from_micro, plain, round_decimal

_WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip


def shown(micro: int) -> Decimal:
    """A quantity as it is said: three figures are enough for what was to be expected."""
    qty = from_micro(micro)
    size = abs(qty)
    return plain(round_decimal(qty, 0 if size >= 100 else 1 if size >= 10 else 2))


def day_words(day: date, judged: Judged, unit: Name, *, is_waste: bool) -> Text:
    """A day against the same weekday before."""
    value, low, high, n = judged.value, judged.low, judged.high, judged.n
    told = {
        "day": day, "value": from_micro(value), "unit": unit, "weekday": _WEEKDAYS[day.weekday()], "low": shown(low),
        "high": shown(high), "n": n,
    }  # fmt: skip
    if is_waste:
        return _("{value} {unit} wasted on {day}. On a {weekday} it was {low} to {high} (last {n}).", **told)
    if value == 0:
        return _("Nothing used on {day}. On a {weekday} it was {low} to {high} {unit} (last {n}). Not booked?", **told)
    return _("{value} {unit} used on {day}. On a {weekday} it was {low} to {high} (last {n}).", **told)


def week_words(day: date, value: int, high: int, unit: Name, *, n: int, is_waste: bool) -> Text:
    """Seven days against the weeks before."""
    told = {"day": day, "value": from_micro(value), "unit": unit, "high": shown(high), "n": n}
    if is_waste:
        return _(
            "{value} {unit} wasted in seven days up to {day}. In a week it was up to {high} (last {n} weeks).", **told
        )
    return _("{value} {unit} used in seven days up to {day}. In a week it was up to {high} (last {n} weeks).", **told)


def size_words(day: date, value: int, most: int, unit: Name, *, n: int, is_waste: bool) -> Text:
    """One day against the days on which anything moved."""
    told = {"day": day, "value": from_micro(value), "unit": unit, "most": shown(most), "n": n}
    if is_waste:
        return _("{value} {unit} wasted on {day}. The {n} times before it was up to {most}.", **told)
    return _("{value} {unit} used on {day}. The {n} times before it was up to {most}.", **told)


def first_waste_words(day: date, value: int, a_day: int, unit: Name) -> Text:
    """Waste of what was hardly ever wasted, against what is used of it."""
    told = {"day": day, "value": from_micro(value), "unit": unit, "usage": shown(a_day)}
    return _("{value} {unit} wasted on {day}; hardly any before, and {usage} are used a day.", **told)


def run_words(day: date, days: int, expected: int, unit: Name) -> Text:
    """Days without anything in a row."""
    return _n(
        "Nothing used for {n} day up to {day}; about {expected} {unit} were to be expected. Not booked?",
        "Nothing used for {n} days up to {day}; about {expected} {unit} were to be expected. Not booked?",
        days, day=day, expected=shown(expected), unit=unit,
    )  # fmt: skip


def price_words(day: date, prices: tuple[Decimal, Decimal, Decimal], unit: Name, *, n: int, supplier: Name) -> Text:
    """A price against those paid before: what was paid, and from what to what was to be expected."""
    value, low, high = prices
    return _(
        "{value} for 1 {unit} paid to {supplier} on {day}; {low} to {high} was to be expected from the last {n} prices.",
        value=value, unit=unit, supplier=supplier, day=day, low=low, high=high, n=n,
    )  # fmt: skip


def count_words(day: date, counted: int, expected: int, unit: Name, *, n: int, place: Name) -> Text:
    """A count's difference against earlier ones."""
    return _(
        "Counted {counted} {unit} at {place} on {day}, the book said {expected}. The {n} counts before were nearer to it.",
        counted=from_micro(counted), unit=unit, place=place, day=day, expected=from_micro(expected), n=n,
    )  # fmt: skip
