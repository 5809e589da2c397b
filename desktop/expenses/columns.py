"""The columns of claims on screen and in a file."""

from __future__ import annotations

from collections.abc import Sequence

from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.expenses import ExpenseRow
from core.i18n import Language, _
from core.words import word
from desktop.expenses.lines import named
from desktop.expenses.panel import look_of
from desktop.printing.list_file import MakeSheet
from desktop.widgets import Column, Kind, date_words


def expense_columns() -> list[Column]:
    """The list of claims."""
    return [
        Column("number", _("Number"), 140),
        Column("state", _("State"), 164, kind=Kind.BADGE, value=look_of),
        Column("by", _("Claimed by"), 110, stretch=True),
        Column("purpose", _("Spent for"), 160, stretch=True),
        Column("kinds", _("Kind of expense"), 140, value=lambda row: named(row.kinds), muted=True, wide_only=True),
        Column("days", _("Spent on"), 196, value=_days, sortable=False, muted=True, wide_only=True),
        Column("receipts", _("Bills"), 76, kind=Kind.QTY, wide_only=True),
        Column("total", _("Total"), 104, kind=Kind.MONEY),
        Column("paid_on", _("Paid back"), 100, kind=Kind.DATE, wide_only=True),
    ]


def _days(row: ExpenseRow) -> str:
    if row.first_day is None or row.last_day is None:
        return ""
    if row.first_day == row.last_day:
        return date_words(row.first_day)
    return f"{date_words(row.first_day)} – {date_words(row.last_day)}"


def expense_sheet(rows: Sequence[ExpenseRow], said: Language) -> MakeSheet:
    """These claims as a list."""
    columns = (
        FileColumn("number", _("Number")), FileColumn("state", _("State")), FileColumn("by", _("Claimed by")),
        FileColumn("purpose", _("Spent for")), FileColumn("kinds", _("Kind of expense")),
        FileColumn("first_day", _("First day"), "date"), FileColumn("last_day", _("Last day"), "date"),
        FileColumn("receipts", _("Bills"), "number"), FileColumn("tax", _("Tax in it"), "money"),
        FileColumn("total", _("Total"), "money"), FileColumn("paid_on", _("Paid back"), "date"),
    )  # fmt: skip

    def cells(row: ExpenseRow) -> tuple[Cell, ...]:
        return (
            row.number, word(row.state), row.by, row.purpose, row.kinds.render(said), row.first_day, row.last_day,
            row.receipts, row.tax, row.total, row.paid_on,
        )  # fmt: skip

    return lambda: Sheet(_("Expense claims"), columns, (cells(row) for row in rows))
