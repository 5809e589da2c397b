"""Lists as XLSX workbooks: figures stay figures, dates dates, and text is text whatever it looks like."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from core.documents.formats import format_number, say
from core.documents.table.cells import encodable, local_time, plain_cell, title_in
from core.documents.table.text_file import places
from core.documents.types import Cell, Column, Kind, Measure, Notation, Sheet, Subtotal
from core.i18n import Language, Text, _

MAX_ROWS = 1_048_576
_MAX_TEXT = 32_767
_EXACT_DIGITS = 15  # what a spreadsheet's floating point figure keeps
_FIRST_DAY = date(1900, 3, 1)  # earlier days are off by one in a spreadsheet's calendar
_MEASURED_ROWS = 300
_WIDEST = 60
_SHARE = 9  # places of a share in per cent, whatever its digits
_COST_DIGITS = 6
_A4 = 9  # as spreadsheets number papers
_LONGEST_HEAD = 200
_INVALID_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def to_xlsx(sheets: Sheet | Sequence[Sheet], language: Language) -> bytes:
    """One or more lists as a workbook."""
    target = io.BytesIO()
    write_xlsx(sheets, language, target)
    return target.getvalue()


def write_xlsx(sheets: Sheet | Sequence[Sheet], language: Language, target: BinaryIO | Path) -> None:
    """Write one worksheet a list to a file; rows are streamed, so that memory does not grow with them.

    A list longer than a worksheet goes on in a next one. Facts stand in a worksheet of their own at the end. Raises
    OSError when the file cannot be written.
    """
    if isinstance(target, Path):
        with target.open("wb") as file:
            write_xlsx(sheets, language, file)
        return
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    given = [sheets] if isinstance(sheets, Sheet) else list(sheets)
    with Workbook(target, options) as workbook:
        book = XlsxBook(workbook, language)
        for sheet in given:
            book.write(sheet)
        book.write_facts([sheet for sheet in given if sheet.facts])


class XlsxBook:
    """The workbook while it is written: its formats and the names already given."""

    def __init__(self, workbook: Any, language: Language, title: str = "") -> None:
        self._workbook = workbook
        self._language = language
        self._title = encodable(title)
        if self._title:
            workbook.set_properties({"title": self._title})
        self._formats: dict[tuple[str, bool], Any] = {}
        self._names: set[str] = set()
        self._head = workbook.add_format({"bold": True, "bg_color": "#F1F2F3", "bottom": 1, "valign": "vcenter"})

    def write(self, sheet: Sheet) -> None:
        """Write one list."""
        rows = iter(sheet.rows)
        pending = next(rows, None)
        while True:
            page = _Page(self, sheet)
            while pending is not None and page.row < MAX_ROWS - 1:
                page.write(pending, bold=isinstance(pending, Subtotal))
                pending = next(rows, None)
            if pending is None:
                page.finish(sheet.totals)
                return
            page.finish(())

    def write_facts(self, sheets: Sequence[Sheet]) -> None:
        """A last worksheet that says what the lists show."""
        if not sheets:
            return
        worksheet = self.add_worksheet(say(_("About this list"), self._language))
        worksheet.set_column(0, 0, 24)
        worksheet.set_column(1, 1, 60)
        row = 0
        for sheet in sheets:
            put_text(worksheet, (row, 0), say(sheet.title, self._language), self._head)
            for fact in sheet.facts:
                row += 1
                put_text(worksheet, (row, 0), say(fact.label, self._language), None)
                self.put(worksheet, (row, 1), fact.value, (fact.kind, sheet.notation, False))
            row += 2

    def add_worksheet(self, title: str) -> Any:
        """A worksheet under a name that a workbook allows: 31 characters, none forbidden, each once."""
        base = _INVALID_IN_NAME.sub(" ", encodable(title)).strip(" '") or "Sheet"
        base = "List" if base.casefold() == "history" else base
        name, count = _shortened(base, 31), 1
        while name.casefold() in self._names:
            count += 1
            name = f"{_shortened(base, 30 - len(str(count)))} {count}"
        self._names.add(name.casefold())
        return self._workbook.add_worksheet(name)

    def format_of(self, pattern: str, bold: bool = False) -> Any:
        """The cell format of a number pattern, made once."""
        key = (pattern, bold)
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format({"num_format": pattern, "bold": bold})
        return self._formats[key]

    def put(self, worksheet: Any, at: tuple[int, int], cell: Cell, how: tuple[Kind, Notation, bool]) -> None:
        """Write one cell: a figure or date where a spreadsheet can hold it exactly, else its text."""
        kind, notation, bold = how
        if cell is None:
            return
        if isinstance(cell, Decimal | int | Measure) and not isinstance(cell, bool):
            number = cell.qty if isinstance(cell, Measure) else Decimal(cell)
            if is_exact(number):
                unit = say(cell.unit, self._language) if isinstance(cell, Measure) else ""
                pattern = number_pattern(number, kind, notation, unit)
                worksheet.write_number(*at, number, self.format_of(pattern, bold))
                return
        elif isinstance(cell, date) and self._put_date(worksheet, at, cell, notation):
            return
        text = format_number(cell) if isinstance(cell, bool) else plain_cell(cell, notation, self._language)
        put_text(worksheet, at, text, self.format_of("@", bold))

    def _put_date(self, worksheet: Any, at: tuple[int, int], day: date, notation: Notation) -> bool:
        moment = local_time(day, notation) if isinstance(day, datetime) else None
        if (moment.date() if moment else day) < _FIRST_DAY:
            return False
        pattern = "yyyy-mm-dd hh:mm" if moment else "yyyy-mm-dd"
        worksheet.write_datetime(*at, moment or day, self.format_of(pattern))
        return True

    def write_head(self, worksheet: Any, sheet: Sheet) -> list[int]:
        """The row of titles of a list, which stays in sight; the widths they need."""
        return self.write_titles(worksheet, sheet.columns, sheet.notation)

    def write_titles(self, worksheet: Any, columns: Sequence[Column], notation: Notation) -> list[int]:
        """The row of titles, which stays in sight; the widths they need."""
        titles = [title_in(column, notation, self._language) for column in columns]
        for index, title in enumerate(titles):
            put_text(worksheet, (0, index), title, self._head)
        worksheet.freeze_panes(1, 0)
        self._set_up_pages(worksheet)
        return [places(title) + 2 for title in titles]

    def _set_up_pages(self, worksheet: Any) -> None:
        """Printed, a list lies across A4, as wide as the page, with its titles and its page number on each."""
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        worksheet.fit_to_pages(1, 0)
        worksheet.repeat_rows(0)
        words = self._title.replace("&", "&&")[:_LONGEST_HEAD]
        worksheet.set_header(f"&L{words}&R&A" if words else "&R&A")
        worksheet.set_footer("&R&P / &N")

    def shown_width(self, cell: Cell, column: Column, notation: Notation) -> int:
        """How many places a cell takes."""
        if column.kind == "percent":
            return _SHARE
        extra = 3 if column.kind in ("money", "cost", "qty") else 1
        return places(plain_cell(cell, notation, self._language)[: _WIDEST + 1]) + extra

    def name(self, text: Text) -> str:
        """A text in the workbook's language."""
        return say(text, self._language)


class _Page:
    """One worksheet of a list while its rows come in."""

    def __init__(self, book: XlsxBook, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._worksheet = book.add_worksheet(book.name(sheet.title))
        self._widths = book.write_head(self._worksheet, sheet)
        self.row = 0

    def write(self, cells: Sequence[Cell], bold: bool = False) -> None:
        self.row += 1
        for index, (column, cell) in enumerate(self._columns(cells)):
            self._book.put(self._worksheet, (self.row, index), cell, (column.kind, self._sheet.notation, bold))
            if self.row <= _MEASURED_ROWS or bold:
                width = self._book.shown_width(cell, column, self._sheet.notation)
                self._widths[index] = max(self._widths[index], width)

    def _columns(self, cells: Sequence[Cell]) -> Iterator[tuple[Column, Cell]]:
        return zip(self._sheet.columns, cells, strict=False)

    def finish(self, totals: Sequence[Cell]) -> None:
        """Filter, totals and column widths."""
        if self._sheet.columns:
            self._worksheet.autofilter(0, 0, max(1, self.row), len(self._sheet.columns) - 1)
        if totals:
            self.write(totals, bold=True)
        for index, width in enumerate(self._widths):
            self._worksheet.set_column(index, index, min(_WIDEST, max(6, width)))


def put_text(worksheet: Any, at: tuple[int, int], text: str, form: Any) -> None:
    """Write words as words. What is longer than a cell can hold ends in an ellipsis."""
    shown = encodable(text)
    # A cell counts UTF-16 units: a rare character or an emoji is two.
    if len(shown) * 2 > _MAX_TEXT and len(shown.encode("utf-16-le")) // 2 > _MAX_TEXT:
        shown = shown.encode("utf-16-le")[: (_MAX_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
    worksheet.write_string(*at, shown, form)


def is_exact(number: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of the number."""
    return (
        number.is_finite()
        and len(number.normalize().as_tuple().digits) <= _EXACT_DIGITS
        and abs(number.adjusted()) < 300
    )


def number_pattern(number: Decimal, kind: Kind, notation: Notation, unit: str = "") -> str:
    """The number format of a figure: as many decimals as it has, money as its currency has, shares in per cent."""
    exponent = number.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    if kind == "money":
        decimals = max(notation.digits, decimals)
    elif kind == "cost" and notation.digits:
        # A unit cost may have more decimals than its currency: the points stand in one line, empty places as blanks.
        return "#,##0." + "0" * notation.digits + "?" * (_COST_DIGITS - notation.digits)
    elif kind == "cost":
        decimals = min(decimals, _COST_DIGITS)
    elif kind == "percent":
        return "0.0%"
    elif kind == "text":
        return "General"
    pattern = "#,##0" + ("." + "0" * min(decimals, 12) if decimals else "")
    quoted = unit.replace('"', "'")
    return f'{pattern}" {quoted}"' if quoted else pattern


def _shortened(name: str, units: int) -> str:
    return name.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore").rstrip(" '")
