"""How figures, dates and quantities are written, the same on every screen, paper and export (terms of the house, 12).

Figures look alike in both languages: 1,234.50 with a real minus sign, dates as 2025-06-30. Only words differ.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.documents.types import BOTH, Cell, Kind, Measure, Notation
from core.i18n import Language, Name, Text, _
from core.values import CURRENCY_SIGNS, round_decimal

MINUS = "\u2212"
DASH = "\u2013"
_COST_DECIMALS = 6
_WIDEST = 24  # digits before or after the point beyond which a figure is shown as Python writes it
_SIGNS_AFTER = ("kr",)
_WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
_MONTHS = (
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
    _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
)  # fmt: skip


def format_number(number: Decimal | int, decimals: int | None = None) -> str:
    """1,234.5 with thousands separators; `decimals` rounds half away from zero, None shows what there is."""
    exact = Decimal(number)
    if not exact.is_finite() or not -_WIDEST < exact.adjusted() < _WIDEST:
        return str(exact)
    shown = exact if decimals is None else round_decimal(exact, decimals)
    digits = f"{shown.copy_abs():,f}"
    if decimals is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return MINUS + digits if shown < 0 else digits


def format_quantity(qty: Decimal, unit: Text | str = "", language: Language = "en", *, dash: bool = False) -> str:
    """A quantity, then its unit: 12.5 kg, 3 箱. With `dash` zero is a dash."""
    if dash and qty.is_zero():
        return DASH
    return f"{format_number(qty)} {say(unit, language)}".rstrip()


def format_money(amount: Decimal, notation: Notation, *, sign: bool = True, dash: bool = False) -> str:
    """An amount: ¥1,234.50, −¥5.00, 12.00 kr; without `sign` for columns that name the currency in their head."""
    if dash and amount.is_zero():
        return DASH
    shown = format_number(amount, notation.digits)
    digits, minus = shown.removeprefix(MINUS), MINUS if shown.startswith(MINUS) else ""
    if not sign:
        return minus + digits
    symbol = currency_sign(notation.currency)
    if symbol.isalpha():
        return f"{minus}{digits} {symbol}" if symbol in _SIGNS_AFTER else f"{minus}{symbol} {digits}"
    return f"{minus}{symbol}{digits}"


def format_cost(cost: Decimal, notation: Notation, *, dash: bool = False) -> str:
    """A unit cost: at least the currency's decimals, more only where there are more, at most six."""
    if dash and cost.is_zero():
        return DASH
    whole, _point, decimals = format_number(cost, _COST_DECIMALS).partition(".")
    decimals = decimals.rstrip("0").ljust(notation.digits, "0")
    return f"{whole}.{decimals}" if decimals else whole


def format_percent(share: Decimal, decimals: int = 1, *, dash: bool = False) -> str:
    """A share of one as per cent: 0.125 is 12.5%."""
    if dash and share.is_zero():
        return DASH
    if not share.is_finite() or abs(share.adjusted()) >= _WIDEST - 2:
        return str(share)
    return f"{format_number(share.scaleb(2), decimals)}%"


def format_date(day: date) -> str:
    """2025-06-30, in both languages."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def format_instant(at: datetime, zone: str, *, seconds: bool = False) -> str:
    """2025-06-30 14:05 on the site's clock. A moment without zone is refused with ValueError."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    local = at.astimezone(ZoneInfo(zone))
    clock = f"{local.hour:02d}:{local.minute:02d}" + (f":{local.second:02d}" if seconds else "")
    return f"{format_date(local.date())} {clock}"


def format_long_date(day: date, language: Language) -> str:
    """A date for wall prints: 6月30日 周一, Mon 30 Jun."""
    weekday = _WEEKDAYS[day.weekday()]
    month = _MONTHS[day.month - 1]
    return _("{weekday} {day} {month}", weekday=weekday, day=day.day, month=month).render(language)


def currency_sign(currency: str) -> str:
    """¥ for CNY; a currency without a sign of its own shows its code."""
    return CURRENCY_SIGNS.get(currency, currency)


def say(words: Text | str, language: Language) -> str:
    """`words` in one language. What a person typed (a plain string) stays as it is and is never looked up."""
    return words if isinstance(words, str) else words.render(language)


def named(title: Callable[[Language], str], language: str) -> Text | str:
    """A name people gave, as a paper in `language` says it; on a paper in both languages it is said in both.

    `title` tells the name in one language.
    """
    if language != BOTH:
        return title(language)
    return Text("{name}", (("name", Name(title("zh"), title("en"))),))


def format_cell(cell: Cell, kind: Kind, notation: Notation, language: Language, *, dash: bool = False) -> str:
    """Any cell of a table as a person reads it. A value that does not fit its kind is shown as what it is."""
    if cell is None:
        return ""
    if isinstance(cell, str | Text):
        return say(cell, language)
    if isinstance(cell, Measure):
        return f"{_figure(cell.qty, kind, notation, dash)} {say(cell.unit, language)}".rstrip()
    if isinstance(cell, datetime):
        return format_instant(cell, notation.zone) if cell.tzinfo else format_date(cell.date())
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, bool):
        return "\u2713" if cell else ""
    return _figure(Decimal(cell), kind, notation, dash)


def _figure(number: Decimal, kind: Kind, notation: Notation, dash: bool) -> str:
    if kind == "money":
        return format_money(number, notation, sign=False, dash=dash)
    if kind == "cost":
        return format_cost(number, notation, dash=dash)
    if kind == "percent":
        return format_percent(number, dash=dash)
    return DASH if dash and number.is_zero() else format_number(number)
