"""Workbooks with formulas: what can be reckoned in the workbook is reckoned there, the rest are figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.documents.formats import say
from core.documents.table.xlsx_file import XlsxBook, number_pattern
from core.documents.types import Column, Notation
from core.documents.types.workbook import Formula, LiveCell, LiveSheet
from core.i18n import Language, Text

_MEASURED_ROWS = 300
_WIDEST = 60


def to_live_xlsx(sheets: Sequence[LiveSheet], language: Language) -> bytes:
    """The sheets as a workbook. Formulas carry their values, so that it reads right before anything is reckoned."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        book = XlsxBook(workbook, language)
        for sheet in sheets:
            _write(book, sheet)
    return target.getvalue()


def sheet_name(title: Text, language: Language) -> str:
    """How formulas call a worksheet: its title in quotes. Titles of live sheets have 31 characters at most and none that a
    workbook forbids."""
    return "'" + say(title, language).replace("'", "''") + "'"


def column_letter(index: int) -> str:
    """The letters of a column, the first being 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _write(book: XlsxBook, sheet: LiveSheet) -> None:
    worksheet = book.add_worksheet(book.name(sheet.title))
    widths = book.write_titles(worksheet, sheet.columns, sheet.notation)
    row = 0
    for row, cells in enumerate(sheet.rows, start=1):
        _row(book, worksheet, row, cells, sheet, widths if row <= _MEASURED_ROWS else None)
    worksheet.autofilter(0, 0, max(1, row), len(sheet.columns) - 1)
    if sheet.totals:
        _row(book, worksheet, row + 1, sheet.totals, sheet, widths, bold=True)
    for index, width in enumerate(widths):
        worksheet.set_column(index, index, min(_WIDEST, max(6, width)))


def _row(
    book: XlsxBook,
    worksheet: Any,
    row: int,
    cells: Sequence[LiveCell],
    sheet: LiveSheet,
    widths: list[int] | None,
    *,
    bold: bool = False,
) -> None:
    for index, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
        shown = cell.value if isinstance(cell, Formula) else cell
        if isinstance(cell, Formula):
            form = book.format_of(_pattern(cell, column, sheet.notation), bold)
            value = "" if cell.value is None else float(cell.value)
            worksheet.write_formula(row, index, f"={cell.expression}", form, value)
        else:
            book.put(worksheet, (row, index), cell, (column.kind, sheet.notation, bold))
        if widths is not None:
            widths[index] = max(widths[index], book.shown_width(shown, column, sheet.notation))


def _pattern(cell: Formula, column: Column, notation: Notation) -> str:
    """Money keeps its decimals whatever it comes to."""
    return number_pattern(
        Decimal(0) if column.kind in ("money", "percent") else cell.value or Decimal(0), column.kind, notation
    )
