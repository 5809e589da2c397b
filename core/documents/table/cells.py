"""Cells of an exported list as programs read them: exact figures, ISO dates, and text that stays text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.documents.formats import currency_sign, format_date, say
from core.documents.types import Cell, Column, Measure, Notation, Sheet
from core.i18n import Language, Text

_STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d{1,30}([.,]\d{1,30})?", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula when it opens a CSV: an apostrophe goes before what begins
    with = + - @, their full-width forms, a tab or a line break. A plain number such as -5 or 12,5 stays as it is.

    Source: OWASP, CSV Injection.
    """
    if text[:1].isalnum() or _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _first_that_counts(text) in _STARTS_FORMULA else text


def unguarded(text: str) -> str:
    """The text a guarded one was made from, for reading our own CSV back."""
    bare = text[1:]
    return bare if text.startswith("'") and guarded(bare) == text else text


def _first_that_counts(text: str) -> str:
    """The first character after spaces, apostrophes and invisible ones, which programs skip differently."""
    for char in text:
        if char in _STARTS_FORMULA or not (char == "'" or unicodedata.category(char) in ("Cc", "Cf", "Zs")):
            return char
    return ""


def encodable(text: str) -> str:
    """`text` without halves of characters (lone surrogates), which no file can hold; a replacement mark instead."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def plain_number(number: Decimal) -> str:
    """A decimal string without exponent and separators: 1234.50."""
    text = str(number)
    return f"{number:f}" if "E" in text and abs(number.adjusted()) <= 60 else text


def plain_cell(cell: Cell, notation: Notation, language: Language) -> str:
    """A cell as one string: figures as decimal strings, dates and moments in ISO form on the site's clock."""
    if cell is None:
        return ""
    if isinstance(cell, str | Text):
        return encodable(say(cell, language))
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        return local_time(cell, notation).isoformat(" ", "seconds")
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, Measure):
        return f"{plain_number(cell.qty)} {encodable(say(cell.unit, language))}".rstrip()
    return plain_number(Decimal(cell))


def local_time(at: datetime, notation: Notation) -> datetime:
    """A moment on the site's clock, without zone; one that has none is taken as it stands."""
    return at.astimezone(ZoneInfo(notation.zone)).replace(tzinfo=None) if at.tzinfo else at


def title_of(column: Column, sheet: Sheet, language: Language) -> str:
    """The heading of a column of a list."""
    return title_in(column, sheet.notation, language)


def title_in(column: Column, notation: Notation, language: Language) -> str:
    """The heading of a column; the currency stands there and not in every cell."""
    title = encodable(say(column.title, language))
    if column.kind in ("money", "cost"):
        return f"{title} ({currency_sign(notation.currency)})"
    return title
