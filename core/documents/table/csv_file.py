"""Lists as CSV: UTF-8 with byte order mark, CRLF, commas (RFC 4180), as spreadsheets open it without asking."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from core.documents.table.cells import guarded, plain_cell, title_of
from core.documents.types import Cell, Measure, Sheet
from core.i18n import Language, Text

MOST_KNOWN = 20_000


def to_csv(sheet: Sheet, language: Language) -> bytes:
    """The list as CSV. Totals and facts are left out: the file holds rows only."""
    target = io.BytesIO()
    write_csv(sheet, language, target)
    return target.getvalue()


def write_csv(sheet: Sheet, language: Language, target: BinaryIO) -> None:
    """Write the list row by row to an open binary file."""
    stream = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([guarded(title_of(column, sheet, language)) for column in sheet.columns])
    writer.writerows(_rows(sheet, language))
    stream.flush()
    stream.detach()


def _rows(sheet: Sheet, language: Language) -> Iterator[list[str]]:
    """The fields of each row. Words come again and again (units, kinds, names), and what becomes of them is the same."""
    known: dict[str, str] = {}
    for row in sheet.rows:
        fields = []
        for cell in row:
            if type(cell) is not str:
                fields.append("" if cell is None else _field(cell, sheet, language))
                continue
            field = known.get(cell)
            if field is None:
                if len(known) >= MOST_KNOWN:
                    known.clear()
                field = known[cell] = _field(cell, sheet, language)
            fields.append(field)
        yield fields


def _field(cell: Cell, sheet: Sheet, language: Language) -> str:
    text = plain_cell(cell, sheet.notation, language)
    return guarded(text) if isinstance(cell, str | Text | Measure) else text
