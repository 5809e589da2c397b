"""A chosen file as a table of cells: text files and workbooks alike, with limits said in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core import documents
from core.errors import InvalidInput
from core.i18n import _
from core.importing.rules.cells import Broken, Cell, text_of
from core.importing.rules.columns import header_row
from core.importing.rules.delimited import decode, read_delimited
from core.importing.steps.workbook import is_workbook, read_workbook
from core.importing.types import ImportFile

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"%PDF", b"\xd0\xcf\x11\xe0", b"II*\0", b"MM\0*", b"RIFF")


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and the rows under them with their place (1 is the first row under the headings); empty rows are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def check_size(size: int) -> None:
    """Refuse a file that is too large to be a table, before it is read. Raises InvalidInput."""
    if size > MOST_BYTES:
        raise InvalidInput(
            _(
                "The file is too large: {size} MB. At most {most} MB can be brought in at once.",
                size=size // 1048576,
                most=MOST_BYTES // 1048576,
            ),
            field="file",
        )


def read_table(kind: str, file: ImportFile) -> Table:
    """Read a CSV or XLSX file. Raises InvalidInput when it is neither, empty, or beyond the limits."""
    check_size(len(file.content))
    if is_workbook(file.content):
        sheet, sheets, rows = read_workbook(file.content, file.sheet, MOST_ROWS + 100, MOST_COLUMNS)
    elif file.content.startswith(PICTURES):
        raise InvalidInput(_("{file} is no table. Choose an XLSX or CSV file.", file=file.name), field="file")
    else:
        sheet, sheets, rows = "", (), _delimited(file.content)
    return _table(kind, rows, sheet, sheets)


def _delimited(content: bytes) -> list[list[Cell]]:
    records = read_delimited(decode(content))
    unguarded = documents.unguarded
    return [[unguarded(cell) if cell[:1] == "'" else cell for cell in record] for record in records]


def _table(kind: str, rows: Sequence[Sequence[Cell]], sheet: str, sheets: tuple[str, ...]) -> Table:
    head = header_row(kind, [[_shown(cell) for cell in row] for row in rows[:20]])
    if head < 0:
        raise InvalidInput(
            _("The file is empty. The first row must hold headings, the next ones the data."), field="file"
        )
    header = tuple(_shown(cell).strip() for cell in rows[head])
    while header and not header[-1]:
        header = header[:-1]
    found = tuple((number, tuple(row)) for number, row in enumerate(rows[head + 1 :], start=1) if not _is_blank(row))
    if len(found) > MOST_ROWS:
        raise InvalidInput(_("The file has more than {most} rows. Divide it.", most=MOST_ROWS), field="file")
    if len(header) > MOST_COLUMNS:
        raise InvalidInput(_("The file has more than {most} columns.", most=MOST_COLUMNS), field="file")
    return Table(header, found, sheet, sheets)


def _shown(cell: Cell) -> str:
    if isinstance(cell, Broken):
        return str(cell)
    return cell if isinstance(cell, str) else text_of(cell)


def _is_blank(row: Sequence[Cell]) -> bool:
    return all(isinstance(cell, str) and not cell.strip() for cell in row)
