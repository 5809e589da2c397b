"""Bringing a filled count sheet into its count."""

from __future__ import annotations

from datetime import datetime

from core import counting
from core.errors import Rejected
from core.importing.rules.columns import COUNT, certain_columns, check_columns
from core.importing.steps.count_rows import read_figures
from core.importing.steps.reading import read_table
from core.importing.steps.rows import Rows, check_faults
from core.importing.types import CountFileResult, ImportFile
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission


@command(Permission.COUNT_ENTER)
def import_count(uow: UnitOfWork, *, count_id: int, content: ImportFile, at: datetime | None = None) -> CountFileResult:
    """Bring in a filled count sheet.

    Lines are found by item code or barcode, place and lot; rows of one line are added up, each in its own unit; a row without
    a figure is left open. `at` is when it was counted. All rows or none. Raises FileRejected with an error for each wrong
    row; InvalidInput for a file that cannot be read; NeedsConfirmation for lines that are counted already.
    """
    uow.note(file=content.name)
    table = read_table(COUNT, content)
    columns = certain_columns(COUNT, table.header)
    check_columns(COUNT, columns)
    rows = Rows(table, columns)
    lines = counting.list_count_lines(uow, count_id=count_id)
    figures = read_figures(uow, rows, lines)
    check_faults(rows)
    try:
        entered, unchanged = counting.enter_figures(uow, count_id=count_id, figures=figures, at=at)
    except Rejected as fault:
        rows.faults.extend(fault.errors)
        check_faults(rows)
        raise
    counted = sum(len(one.parts) for one in figures)
    return CountFileResult(len(table.rows), entered, unchanged, len(table.rows) - counted)
