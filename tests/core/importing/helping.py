"""Bringing files in, for tests."""

from __future__ import annotations

import io
from typing import Any

from core import catalog, importing, stock
from core.importing import FileRejected, ImportFile, ImportOptions, ImportResult
from core.office import Office
from db.enums import ImportKind as K

ITEM_HEAD = "code,name,unit,cost_method,lot_tracked,pack_units"
MOVE_HEAD = (
    "at,type,item,location,to_location,qty,unit,unit_cost,value,lot,expires_on,reason,supplier,document,ref,note"
)


def bring_in(office: Office, kind: K, content: str | bytes, **over: Any) -> ImportResult:
    """Bring in a file given as text or bytes."""
    given = content.encode() if isinstance(content, str) else content
    options = {key: over.pop(key) for key in ("columns", "is_rehearsal", "is_update") if key in over}
    return office.do(
        importing.import_file,
        kind=kind,
        content=ImportFile("file.csv", given),
        options=ImportOptions(**options),
        **over,
    )


def faults_of(office: Office, kind: K, content: str | bytes) -> list[tuple[int, str, str]]:
    """What is wrong with a file: row, field, sentence."""
    try:
        bring_in(office, kind, content)
    except FileRejected as fault:
        return [(one.row or 0, one.field or "", one.text.render("en")) for one in fault.errors]
    raise AssertionError("the file was brought in")


def places_of(faults: list[tuple[int, str, str]]) -> list[tuple[int, str]]:
    """Rows and fields alone."""
    return [(row, field) for row, field, _sentence in faults]


def make_items(office: Office, *rows: str) -> None:
    """Items by rows of ITEM_HEAD."""
    bring_in(office, K.ITEMS, "\n".join([ITEM_HEAD, *rows]))


def moves(*rows: str) -> str:
    """A movements file: each row as `key=value` parts."""
    keys = MOVE_HEAD.split(",")
    lines = [MOVE_HEAD]
    for row in rows:
        given = dict(part.split("=", 1) for part in row.split())
        assert not set(given) - set(keys), row
        lines.append(",".join(given.get(key, "") for key in keys))
    return "\n".join(lines) + "\n"


def move(office: Office, *rows: str) -> ImportResult:
    """Bring in movements."""
    return bring_in(office, K.MOVEMENTS, moves(*rows))


def values(office: Office) -> dict[str, tuple[str, str]]:
    """Quantity and value of each item."""
    return {row.item_code: (f"{row.qty:f}", f"{row.value:f}") for row in office.ask(stock.list_values)}


def items(office: Office) -> list[catalog.ItemRow]:
    """All items by code."""
    ids = office.ask(catalog.list_item_ids, filters=catalog.ItemFilter(), sort="code")
    return office.ask(catalog.list_items_page, ids=ids)


def ledger(office: Office) -> list[tuple[str, str, str, str]]:
    """Kind, item, quantity, value of each entry in order."""
    rows = office.ask(stock.list_ledger, wanted=stock.LedgerFilter())
    return [(str(row.kind), row.item_code, f"{row.qty:f}", f"{row.value:f}") for row in rows]


def workbook(rows: list[list[Any]], *, sheets: int = 1) -> bytes:
    """An XLSX whose last sheet holds the rows; the sheets before it are empty."""
    from openpyxl import Workbook

    book = Workbook()
    for _unused in range(sheets - 1):
        book.create_sheet()
    sheet = book.worksheets[-1]
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
