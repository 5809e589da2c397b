"""Lists as JSON: one object a row, keys from the columns, every figure a decimal string."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import BinaryIO

from core.documents.formats import format_date, say
from core.documents.table.cells import encodable, plain_number
from core.documents.types import Cell, Measure, Sheet
from core.i18n import Language, Text


def to_json(sheet: Sheet, language: Language) -> bytes:
    """The rows as a JSON list in UTF-8, one row a line."""
    target = io.BytesIO()
    write_json(sheet, language, target)
    return target.getvalue()


def write_json(sheet: Sheet, language: Language, target: BinaryIO) -> None:
    """Write the rows one by one to an open binary file. A missing value is null, a moment is ISO 8601 in UTC."""
    keys = [column.key for column in sheet.columns]
    before = b"[\n"
    for row in sheet.rows:
        fields = {key: _value(cell, language) for key, cell in zip(keys, row, strict=False)}
        target.write(before + json.dumps(fields, ensure_ascii=False).encode("utf-8"))
        before = b",\n"
    target.write(b"\n]\n" if before == b",\n" else b"[]\n")


def _value(cell: Cell, language: Language) -> object:
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, str | Text):
        return encodable(say(cell, language))
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat() if cell.tzinfo else cell.isoformat()
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, Measure):
        return {"qty": plain_number(cell.qty), "unit": encodable(say(cell.unit, language))}
    return plain_number(Decimal(cell))
