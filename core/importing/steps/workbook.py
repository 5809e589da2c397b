"""Workbooks (XLSX) as rows of cells: numbers exact as shown, dates as dates, formulas by their kept value."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from core.errors import InvalidInput
from core.i18n import _
from core.importing.rules.cells import Broken, Cell

MOST_UNPACKED = 1024 * 1024 * 1024
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
Rows = list[list[Cell]]


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are a ZIP archive, as every XLSX is."""
    return content.startswith(b"PK\x03\x04")


def read_workbook(content: bytes, sheet: str, most_rows: int, most_columns: int) -> tuple[str, tuple[str, ...], Rows]:
    """The sheet read, all sheets, and its rows. Raises InvalidInput for an archive that is no workbook or too large."""
    _check_archive(content)
    values = _open(content, data_only=True)
    names = tuple(one.title for one in values.worksheets)
    if not names:
        raise InvalidInput(_("The workbook has no sheet with rows."), field="file")
    if sheet and sheet not in names:
        raise InvalidInput(
            _("The workbook has no sheet {sheet}. It has: {sheets}.", sheet=sheet, sheets=", ".join(names)),
            field="file",
        )
    chosen, rows = _first_with_rows(values, (sheet,) if sheet else names, (most_rows, most_columns))
    if _has_formulas(content):
        _mark_broken(rows, _rows(_open(content, data_only=False)[chosen], most_rows, most_columns))
    return chosen, names, [[_cell(value) for value in row] for row in rows]


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as fault:
        raise InvalidInput(
            _("The workbook is damaged. Open it in a spreadsheet and save it again."), field="file"
        ) from fault
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names and not any(name.startswith("xl/") for name in names):
        raise InvalidInput(_("This archive is no XLSX workbook. Choose an XLSX or CSV file."), field="file")
    if sum(part.file_size for part in parts if not part.filename.startswith("xl/media/")) > MOST_UNPACKED:
        raise InvalidInput(_("The workbook is too large. Divide it, or save the sheet as CSV."), field="file")


def _open(content: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    except Exception as fault:
        # openpyxl raises whatever its parsers meet in a damaged or encrypted file.
        raise InvalidInput(
            _("The workbook is damaged. Open it in a spreadsheet and save it again."), field="file"
        ) from fault


def _first_with_rows(book: Any, names: tuple[str, ...], most: tuple[int, int]) -> tuple[str, list[list[Any]]]:
    rows: list[list[Any]] = []
    for name in names:
        rows = _rows(book[name], *most)
        if any(value is not None for row in rows for value in row):
            return name, rows
    return names[0], rows


def _rows(sheet: Any, most_rows: int, most_columns: int) -> list[list[Any]]:
    found: list[list[Any]] = []
    blank = 0
    try:
        for values in _values(sheet, most_columns):
            if all(value is None for value in values):
                blank += 1
                if blank > most_rows:
                    break
            else:
                found.extend([] for _unused in range(blank))
                blank = 0
                found.append(list(values))
            if len(found) > most_rows:
                break
    except InvalidInput:
        raise
    except Exception as fault:
        raise InvalidInput(
            _("The workbook is damaged. Open it in a spreadsheet and save it again."), field="file"
        ) from fault
    return found


def _values(sheet: Any, most_columns: int) -> Iterator[tuple[Any, ...]]:
    # A workbook may say that it is a single cell, or as wide as a sheet can be: the rows themselves know better.
    sheet.reset_dimensions()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in sheet.iter_rows(values_only=True, max_col=most_columns):
            end = len(row)
            while end and row[end - 1] is None:
                end -= 1
            yield row[:end]


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    before = b""
                    while block := part.read(1 << 20):
                        joined = before + block
                        if b"<f>" in joined or b"<f " in joined or b"<f/" in joined:
                            return True
                        before = block[-4:]
    return False


def _mark_broken(values: list[list[Any]], formulas: list[list[Any]]) -> None:
    """Where a formula stands and no value is kept, the formula itself is the (broken) value."""
    for row_number, row in enumerate(formulas):
        if row_number >= len(values):
            values.append([])
        kept = values[row_number]
        for column, formula in enumerate(row):
            if not isinstance(formula, str) or not formula.startswith("="):
                continue
            kept.extend([None] * (column + 1 - len(kept)))
            if kept[column] is None:
                kept[column] = Broken(formula)


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, Broken):
        return value
    if isinstance(value, str):
        return Broken(value) if value in ERRORS else value
    if isinstance(value, (bool, datetime, date)):
        return value
    if isinstance(value, (int, float)):
        # A spreadsheet shows fifteen digits; what a float holds beyond them is noise of its own.
        return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value.total_seconds() / 86_400) if isinstance(value, timedelta) else str(value)
