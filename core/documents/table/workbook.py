"""Workbooks with formulas: what can be reckoned in the workbook is reckoned there, the rest are figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

from core.documents.formats import say
from core.documents.table.xlsx_file import XlsxBook, number_pattern
from core.documents.types import Column, Notation
from core.documents.types.workbook import Formula, LiveCell, LiveSheet
from core.i18n import Language, Text

_MEASURED_ROWS = 300
_WIDEST = 60


def to_live_xlsx(sheets: Sequence[LiveSheet], language: Language, title: str = "") -> bytes:
    """The sheets as a workbook. Formulas carry their values, so that it reads right before anything is reckoned; `title`
    stands above each printed page and in the properties of the file."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        book = XlsxBook(workbook, language, title)
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
    page = _Page(book, sheet)
    for cells in sheet.rows:
        page.write(cells)
    page.finish(sheet.totals)


class _Page:
    """One worksheet while its rows come in."""

    def __init__(self, book: XlsxBook, sheet: LiveSheet) -> None:
        self._book, self._columns, self._notation = book, sheet.columns, sheet.notation
        self._worksheet = book.add_worksheet(book.name(sheet.title))
        self._widths = book.write_titles(self._worksheet, sheet.columns, sheet.notation)
        self._row = 0

    def write(self, cells: Sequence[LiveCell], bold: bool = False) -> None:
        """The next row."""
        self._row += 1
        for index, (column, cell) in enumerate(zip(self._columns, cells, strict=True)):
            self._put((self._row, index), cell, column, bold)
            if bold or self._row <= _MEASURED_ROWS:
                shown = cell.value if isinstance(cell, Formula) else cell
                width = self._book.shown_width(shown, column, self._notation)
                self._widths[index] = max(self._widths[index], width)

    def _put(self, at: tuple[int, int], cell: LiveCell, column: Column, bold: bool) -> None:
        if not isinstance(cell, Formula):
            self._book.put(self._worksheet, at, cell, (column.kind, self._notation, bold))
            return
        form = self._book.format_of(_pattern(cell, column, self._notation), bold)
        value = "" if cell.value is None else float(cell.value)
        self._worksheet.write_formula(*at, f"={cell.expression}", form, value)

    def finish(self, totals: Sequence[LiveCell]) -> None:
        """Filter, totals and column widths."""
        self._worksheet.autofilter(0, 0, max(1, self._row), len(self._columns) - 1)
        if totals:
            self.write(totals, bold=True)
        for index, width in enumerate(self._widths):
            self._worksheet.set_column(index, index, min(_WIDEST, max(6, width)))


def _pattern(cell: Formula, column: Column, notation: Notation) -> str:
    """Money keeps its decimals whatever it comes to."""
    return number_pattern(
        Decimal(0) if column.kind in ("money", "percent") else cell.value or Decimal(0), column.kind, notation
    )
