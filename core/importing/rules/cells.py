"""Cells as people and spreadsheets fill them: exact numbers, moments, dates, yes and no, packs, barcodes.

A cell is text, or what a workbook knows it to be (a number, a date, a moment, true or false); `Broken` is a formula that
has no value. Every reader raises InvalidInput with a sentence that says what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.i18n import _
from core.values import parse_money, parse_number, parse_quantity, plain, to_micro

LONGEST = 4_000
SHOWN = 40
SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet's calendar
SERIALS = (20_000, 80_000)  # 1954 to 2119
YES = frozenset({"1", "y", "yes", "true", "x", "是", "对", "有", "√", "✓"})
NO = frozenset({"", "0", "n", "no", "false", "-", "否", "无", "×"})


class Broken(str):
    """What a cell shows whose formula has no value: `=A1*2`, `#REF!`."""

    __slots__ = ()


Cell: TypeAlias = str | Decimal | datetime | date | bool


def text_of(cell: Cell) -> str:
    """What stands in a cell, as text without blanks around it."""
    if isinstance(cell, str):
        if isinstance(cell, Broken):
            raise InvalidInput(
                _(
                    "The formula {formula} has no value in this file. Open and save it in a spreadsheet, or paste values.",
                    formula=short(cell),
                )
            )
        if len(cell) > LONGEST:
            raise InvalidInput(
                _("The text is too long: {n} characters. At most {most} can be read.", n=len(cell), most=LONGEST)
            )
        return cell.strip()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, Decimal):
        return f"{plain(cell):f}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time(0) else cell.date().isoformat()
    return cell.isoformat()


def short(text: str) -> str:
    """A text as a sentence may quote it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[:SHOWN] + "…"


def word_of(text: str) -> str:
    """A word as it is compared: half-width, small letters, blanks and hyphens as underscores."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", text).strip().casefold()).strip("_")


def quantity_of(cell: Cell) -> Decimal | None:
    """A quantity, or None for an empty cell."""
    if isinstance(cell, Decimal):
        to_micro(cell)
        return plain(cell)
    text = _number_text(cell)
    return None if not text else parse_quantity(text)


def money_of(cell: Cell, digits: int) -> Decimal | None:
    """An amount of money, or None for an empty cell."""
    text = _number_text(cell)
    return None if not text else parse_money(text, digits)


def price_of(cell: Cell) -> Decimal | None:
    """A price of one unit with as many decimals as stand there, not below zero; None for an empty cell."""
    text = _number_text(cell)
    if not text:
        return None
    price = parse_number(re.sub(r"^[¥￥€£$]\s*|\s*[元€]$", "", text))
    if price < 0:
        raise InvalidInput(_("A price cannot be below zero."))
    return price


def rate_of(cell: Cell) -> Decimal | None:
    """An exchange rate or a tax rate, not below zero; None for an empty cell."""
    text = _number_text(cell)
    if not text:
        return None
    rate = parse_number(text.rstrip("%％ "))
    if rate < 0:
        raise InvalidInput(_("A rate cannot be below zero."))
    return rate


def whole_of(cell: Cell) -> int | None:
    """A whole number not below zero, or None for an empty cell."""
    text = _number_text(cell)
    if not text:
        return None
    number = parse_number(text)
    if number != number.to_integral_value() or not 0 <= number <= 1_000_000:
        raise InvalidInput(_("“{text}” is not a whole number.", text=short(text)))
    return int(number)


def truth_of(cell: Cell) -> bool:
    """Yes or no; an empty cell is no."""
    if isinstance(cell, bool):
        return cell
    word = word_of(text_of(cell))
    if word in YES:
        return True
    if word in NO:
        return False
    raise InvalidInput(_("“{text}” is neither yes nor no. Write 1 or 0.", text=short(word)))


def day_of(cell: Cell) -> date | None:
    """A day: a workbook's date, 2026-05-17, 17.05.2026, 2026年5月17日, 20260517; 2026-05 is the month's last day, as
    printed on packs. None for an empty cell."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text:
        return None
    moment = _serial(text)
    return moment.date() if moment else _split_moment(text)[0]


def moment_of(cell: Cell, zone: ZoneInfo, day_start_hour: int) -> datetime | None:
    """A moment: with an offset as it says, without one on the site's clock; a day alone is the start of that business
    day. None for an empty cell."""
    if isinstance(cell, datetime):
        return _placed(cell.date(), cell.time(), zone, day_start_hour)
    if isinstance(cell, date):
        return _placed(cell, None, zone, day_start_hour)
    text = text_of(cell)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None and 1 < moment.year < 9999:
        return moment
    if moment is not None and (len(text) > 10 or ":" in text):
        return moment.replace(tzinfo=zone)
    serial = _serial(text)
    if serial is not None:
        return _placed(serial.date(), serial.time(), zone, day_start_hour)
    day, clock = _split_moment(text)
    return _placed(day, clock, zone, day_start_hour)


def _placed(day: date, clock: time | None, zone: ZoneInfo, day_start_hour: int) -> datetime:
    """A spreadsheet writes a day alone as midnight, so midnight without further ado is the day alone."""
    return datetime.combine(day, time(day_start_hour) if clock is None or clock == time(0) else clock, zone)


def _number_text(cell: Cell) -> str:
    if isinstance(cell, (date, bool)):
        raise InvalidInput(_("“{text}” is not a number.", text=text_of(cell)))
    return text_of(cell)


def _serial(text: str) -> datetime | None:
    """A day as a spreadsheet counts it (46027.5 is 2026-01-05 12:00); None when the text is no such number."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", text, flags=re.ASCII):
        return None
    if not SERIALS[0] <= float(text) <= SERIALS[1]:
        return None
    seconds = round(Decimal(text) * 86_400)
    return SERIAL_START + timedelta(seconds=seconds)


_DAYS = (
    (r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", "ymd"),
    (r"(\d{4})(\d{2})(\d{2})", "ymd"),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", "dmy"),
    (r"(\d{4})[-/.年]?(\d{1,2})月?", "ym"),
)
_CLOCK = r"(?:T|\s+|(?<=日))(\d{1,2})[:时](\d{2})分?(?::?(\d{2})(?:[.,]\d+)?)?秒?"


def _split_moment(text: str) -> tuple[date, time | None]:
    typed = unicodedata.normalize("NFKC", text).strip()
    for pattern, order in _DAYS:
        found = re.fullmatch(rf"{pattern}(?:{_CLOCK})?", typed, flags=re.ASCII)
        if found is None:
            continue
        parts = found.groups()
        count = len(order)
        try:
            clock = parts[count:]
            return _day(parts[:count], order), time(int(clock[0]), int(clock[1]), int(clock[2] or 0)) if clock[
                0
            ] else None
        except ValueError:
            continue
    raise InvalidInput(_("“{text}” is not a date. Write 2026-05-17, or 2026-05-17 14:30.", text=short(text)))


def _day(parts: tuple[str | None, ...], order: str) -> date:
    numbers = dict(zip(order, (int(part or 0) for part in parts), strict=True))
    first = date(numbers["y"], numbers["m"], numbers.get("d", 1))
    if "d" in numbers:
        return first
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def packs_of(cell: Cell) -> tuple[tuple[str, Decimal], ...]:
    """Pack units as `case=12;bag=2.5`: unit and base units in one."""
    found: list[tuple[str, Decimal]] = []
    for part in parts_of(cell):
        unit, sign, factor = part.partition("=")
        if not sign or not unit.strip():
            raise InvalidInput(_("“{text}” is no pack unit. Write case=12;bag=2.5.", text=short(part)))
        number = parse_quantity(factor)
        if number <= 0:
            raise InvalidInput(_("A pack holds more than nothing: {text}.", text=short(part)))
        found.append((unit.strip(), number))
    return tuple(found)


def barcodes_of(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Barcodes as `6901234567892;16901234567899@case`: code and the unit it stands for (empty: the base unit)."""
    found: list[tuple[str, str]] = []
    for part in parts_of(cell):
        if re.fullmatch(r"\d(\.\d+)?E\+\d+", part, flags=re.IGNORECASE):
            raise InvalidInput(
                _(
                    "A spreadsheet has cut the barcode to {text}. Format the column as text and enter it again.",
                    text=short(part),
                )
            )
        code, _sign, unit = part.partition("@")
        found.append((code.strip(), unit.strip()))
    return tuple(found)


def parts_of(cell: Cell) -> list[str]:
    """The parts of a cell that holds several things, divided by semicolons."""
    text = text_of(cell).replace("；", ";").replace("\n", ";")
    return [part.strip() for part in text.split(";") if part.strip()]
