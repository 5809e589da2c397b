"""A table on show as a list for a file: its columns as they stand, every row."""

from __future__ import annotations

from typing import Any

from core.documents import Cell, Kind, Sheet
from core.documents import Column as FileColumn
from core.i18n import Text, join, verbatim
from desktop.costing.explain.rows import ListTable
from desktop.printing.list_file import MakeSheet
from desktop.widgets import Column, ui_text
from desktop.widgets import Kind as Shown

KINDS: dict[Shown, Kind] = {
    Shown.QTY: "qty",
    Shown.MONEY: "money",
    Shown.DATE: "date",
    Shown.INSTANT: "instant",
    Shown.PERCENT: "percent",
}


def table_sheet(title: Text, table: ListTable) -> MakeSheet:
    """All rows of a table with its columns; called on the window's thread, read beside it."""
    columns = tuple(FileColumn(one.key, _text(one), KINDS.get(one.kind, "text")) for one in table.columns)
    cells = [tuple(_cell(column, row) for column in table.columns) for row in table.rows]
    return lambda: Sheet(title, columns, cells)


def _text(column: Column) -> Text:
    return column.title if isinstance(column.title, Text) else join([verbatim(column.title)])


def _cell(column: Column, row: Any) -> Cell:
    value = column.of(row)
    if column.kind in KINDS:
        return value  # type: ignore[return-value]
    look = getattr(value, "words", value)
    return None if look is None else ui_text(look) if isinstance(look, Text | str) else str(look)
