"""Lists for a terminal: columns aligned, Chinese counted two places wide, no control character passed on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from core.documents.formats import format_cell
from core.documents.table.cells import title_of
from core.documents.types import Cell, Sheet
from core.i18n import Language

_FIGURES = frozenset({"qty", "money", "cost", "number", "percent"})
_BETWEEN = "  "
_NARROWEST = 6


def to_text(sheet: Sheet, language: Language, width: int | None = None) -> str:
    """The list as aligned lines with a head, and the totals under a rule.

    With `width` the widest columns of words are cut with an ellipsis until a line fits the terminal.
    """
    return "".join(_lines(sheet, language, width))


def write_text(sheet: Sheet, language: Language, target: BinaryIO, width: int | None = None) -> None:
    """Write the same to an open binary file, line by line. The rows are read twice, first for the widths: rows that can be
    read again (not a generator) are never all in memory."""
    for line in _lines(sheet, language, width):
        target.write(line.encode("utf-8"))


def _lines(sheet: Sheet, language: Language, width: int | None) -> Iterator[str]:
    source = list(sheet.rows) if isinstance(sheet.rows, Iterator) else sheet.rows
    titles = [_clean(title_of(column, sheet, language)) for column in sheet.columns]
    totals = [_row(sheet.totals, sheet, language)] if sheet.totals else []
    widths = [max(places(title), *(places(row[at]) for row in totals)) if totals else places(title)
              for at, title in enumerate(titles)]  # fmt: skip
    for row in source:
        for at, cell in enumerate(_row(row, sheet, language)):
            widths[at] = max(widths[at], places(cell))
    if width is not None:
        _narrow(widths, sheet, width)
    rule = _BETWEEN.join("-" * places for places in widths)
    yield f"{_line(titles, widths, sheet)}\n{rule}\n"
    for row in source:
        yield _line(_row(row, sheet, language), widths, sheet) + "\n"
    if totals:
        yield f"{rule}\n{_line(totals[0], widths, sheet)}\n"


def places(text: str) -> int:
    """How many places of a terminal `text` takes. Source: Unicode, East Asian Width (UAX 11)."""
    return len(text) if text.isascii() else sum(map(_places_of, text))


def _places_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _clean(text: str) -> str:
    """One line without anything a terminal would obey."""
    flat = " ".join(text.split()) if any(char.isspace() and char != " " for char in text) else text
    if flat.isascii() and flat.isprintable():
        return flat
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cs") else char for char in flat)


def _row(cells: Sequence[Cell], sheet: Sheet, language: Language) -> list[str]:
    shown = [
        _clean(format_cell(cell, column.kind, sheet.notation, language, dash=column.dash))
        for column, cell in zip(sheet.columns, cells, strict=False)
    ]
    return shown + [""] * (len(sheet.columns) - len(shown))


def _line(cells: Sequence[str], widths: Sequence[int], sheet: Sheet) -> str:
    parts = []
    for column, cell, width in zip(sheet.columns, cells, widths, strict=True):
        shown = _cut(cell, width)
        pad = " " * (width - places(shown))
        parts.append(pad + shown if column.kind in _FIGURES else shown + pad)
    return _BETWEEN.join(parts).rstrip()


def _narrow(widths: list[int], sheet: Sheet, total: int) -> None:
    words = [index for index, column in enumerate(sheet.columns) if column.kind not in _FIGURES]
    excess = sum(widths) + len(_BETWEEN) * (len(widths) - 1) - total
    while excess > 0 and words:
        widest = max(words, key=lambda index: widths[index])
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1
        excess -= 1


def _cut(text: str, width: int) -> str:
    if places(text) <= width:
        return text
    kept, used = "", 0
    for char in text:
        used += _places_of(char)
        if used > width - 1:
            break
        kept += char
    return kept + "…"
