"""Lists as CSV: UTF-8 with byte order mark, CRLF, commas (RFC 4180), as spreadsheets open it without asking."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from core.documents.table.cells import encodable, guarded, plain_cell, plain_number, title_of
from core.documents.types import MOST_KNOWN, Cell, Known, Measure, Sheet, StoredRows
from core.i18n import Language, Text

WRITTEN_AT_ONCE = 500


def to_csv(sheet: Sheet, language: Language) -> bytes:
    """The list as CSV. Totals and facts are left out: the file holds rows only."""
    target = io.BytesIO()
    write_csv(sheet, language, target)
    return target.getvalue()


def write_csv(sheet: Sheet, language: Language, target: BinaryIO) -> None:
    """Write the list row by row to an open binary file."""
    target.write(codecs.BOM_UTF8)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([guarded(title_of(column, sheet, language)) for column in sheet.columns])
    rows = sheet.rows
    fields = iter(rows.made(_maker(sheet, language)) if isinstance(rows, StoredRows) else _rows(sheet, language))
    while written.tell():
        target.write(written.getvalue().encode())
        written.seek(0)
        written.truncate()
        writer.writerows(islice(fields, WRITTEN_AT_ONCE))


def _rows(sheet: Sheet, language: Language) -> Iterator[list[str]]:
    """The fields of each row. Words come again and again (units, kinds, names), and what becomes of them is the same."""
    make = _maker(sheet, language)
    known = Known(make)
    for row in sheet.rows:
        yield [known[cell] if type(cell) is str else make(cell) for cell in row]
        if len(known) > MOST_KNOWN:
            known.clear()


def _maker(sheet: Sheet, language: Language) -> Callable[[Cell], str]:
    """What makes a field of a cell."""
    notation = sheet.notation

    def words(cell: Cell) -> str:
        return guarded(plain_cell(cell, notation, language))

    makers: dict[type, Callable[[Any], str]] = {Decimal: plain_number, str: _text, Text: words, Measure: words}

    def field(cell: Cell) -> str:
        make = makers.get(type(cell)) or (words if isinstance(cell, str) else None)
        return plain_cell(cell, notation, language) if make is None else make(cell)

    return field


def _text(text: str) -> str:
    return guarded(encodable(text))
