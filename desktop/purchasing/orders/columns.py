"""Columns of the list of orders and of the board of deliveries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from core.documents import Column as FileColumn
from core.i18n import _
from core.purchasing import DueRow, OrderRow
from core.words import OrderState
from desktop.purchasing.orders.looks import due_look, items_words, late_words, mail_look, order_look, waiting_words
from desktop.theme import Meaning
from desktop.widgets import Align, Column, Kind, language


def order_columns(now: Callable[[], datetime], *, sees_cost: bool) -> list[Column]:
    """The list: number, supplier, state, when, how much."""
    columns = [
        Column("number", _("Number"), 132),
        Column("supplier", _("Supplier"), 190, stretch=True, value=lambda row: row.supplier.render(language())),
        Column("state", _("State"), 150, kind=Kind.BADGE, value=lambda row: order_look(row, now())),
        Column("due_on", _("Expected on"), 104, kind=Kind.DATE),
        Column(
            "late", _("Overdue"), 96, value=late_words, sortable=False, meaning=lambda _row: Meaning.DANGER,
        ),
        Column("lines", _("Awaited / lines"), 112, Align.RIGHT, value=_lines),
        Column(
            "mail", _("E-mail"), 164, kind=Kind.BADGE, value=lambda row: mail_look(row.mail), sortable=False
        ),
        Column("created_at", _("Ordered on"), 132, kind=Kind.INSTANT, muted=True, wide_only=True),
        Column("by", _("Made by"), 90, muted=True, wide_only=True, sortable=False),
    ]  # fmt: skip
    if sees_cost:
        columns.insert(5, Column("value", _("Value"), 112, kind=Kind.MONEY))
    return columns


def due_columns(today: Callable[[], date], *, sees_cost: bool) -> list[Column]:
    """The board: when, who, what is missing, whom to phone."""
    columns = [
        Column("due_on", _("When"), 140, kind=Kind.BADGE, value=lambda row: due_look(row, today()), sortable=False),
        Column("supplier", _("Supplier"), 160, value=lambda row: row.supplier.render(language())),
        Column("number", _("Order"), 132),
        Column(
            "items", _("What is awaited"), 220, stretch=True, sortable=False,
            value=lambda row: items_words(row.first_items, row.lines),
        ),
        Column("phone", _("Phone"), 124, sortable=False),
        Column("state", _("State"), 124, value=waiting_words, meaning=_waiting),
    ]  # fmt: skip
    if sees_cost:
        columns.append(Column("value", _("Value"), 112, kind=Kind.MONEY, wide_only=True))
    return columns


def _lines(row: OrderRow) -> str:
    """How many lines there are; of how many goods are awaited."""
    return f"{row.open_lines} / {row.lines}" if row.open_lines else f"{row.lines}"


def _waiting(row: DueRow) -> Meaning | None:
    return Meaning.SOON if row.state is OrderState.APPROVED else None


FILE = (
    FileColumn("number", _("Number")), FileColumn("supplier", _("Supplier")), FileColumn("state", _("State")),
    FileColumn("created_at", _("Ordered on"), "instant"), FileColumn("sent_at", _("Sent on"), "instant"),
    FileColumn("deliver_on", _("Wanted on"), "date"), FileColumn("first_promise", _("First promise"), "date"),
    FileColumn("last_promise", _("Last promise"), "date"), FileColumn("due_on", _("Expected on"), "date"),
    FileColumn("days_late", _("Days late"), "qty"), FileColumn("lines", _("Lines"), "qty"),
    FileColumn("open_lines", _("Open lines"), "qty"), FileColumn("currency", _("Currency")),
    FileColumn("amount", _("Amount"), "number"), FileColumn("value", _("Value"), "money"),
    FileColumn("mail", _("E-mail")), FileColumn("reference", _("Supplier's number")), FileColumn("by", _("Made by")),
)  # fmt: skip
