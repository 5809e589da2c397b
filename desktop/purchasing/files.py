"""What a list shows as a file: every row the filters leave, in the columns of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core.documents import Cell, Notation, Sheet
from core.documents import Column as FileColumn
from core.i18n import Text, _
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.widgets import BadgeLook, Column, Kind, PageBase, RowTable

KINDS: dict[Kind, Any] = {
    Kind.QTY: "qty", Kind.MONEY: "money", Kind.DATE: "date", Kind.INSTANT: "instant", Kind.PERCENT: "percent",
}  # fmt: skip


def add_files(
    page: PageBase, context: AppContext, title: Text, table: RowTable, rows: Callable[[], Sequence[Any]]
) -> ListFile:
    """Put the two ways to save a list behind the dots of its page; `rows` are what it shows."""

    def prepare() -> MakeSheet:
        shown, columns, notation = list(rows()), file_columns(table), Notation()
        cells = [tuple(_cell(column, row) for column in columns) for row in shown]
        heads = tuple(FileColumn(one.key, _title(one), KINDS.get(one.kind, "text")) for one in columns)
        return lambda: Sheet(title, heads, cells, notation=notation_of(context) or notation)

    file = ListFile(context, page, title, prepare)
    page.add_more(_("Export as Excel"), lambda: file.ask("xlsx"), "export")
    page.add_more(_("Export as CSV"), lambda: file.ask("csv"), "export")
    return file


def notation_of(context: AppContext) -> Notation | None:
    """The site's figures, as files write them."""
    site = context.office.site
    return Notation(site.currency, site.digits, site.zone)


def file_columns(table: RowTable) -> list[Column]:
    """Columns with a name; badges without one say nothing in a file."""
    return [column for column in table.columns if column.title]


def _title(column: Column) -> Text:
    return column.title if isinstance(column.title, Text) else Text(column.title)


def _cell(column: Column, row: object) -> Cell:
    value = column.of(row)
    if isinstance(value, BadgeLook):
        return value.words
    return value  # type: ignore[return-value]
