"""What the pictures of this room show."""

from __future__ import annotations

from typing import Any

from core import purchasing
from core.purchasing import OrderFilter
from core.words import OrderState


def some_order(office: Any, *states: OrderState) -> int:
    """The newest order in one of these states, else the newest of all; 0 while there is none."""
    for wanted in (states, ()):
        rows = office.ask(purchasing.list_orders, filters=OrderFilter(states=tuple(wanted)), limit=1).rows
        if rows:
            return int(rows[0].id)
    return 0


def some_supplier(office: Any) -> int:
    """A supplier with prices that may be ordered from."""
    from core import catalog

    rows = [row for row in office.ask(catalog.list_suppliers) if not row.is_blocked]
    return int(max(rows, key=lambda row: row.items).id) if rows else 0


def show_month(page: Any) -> None:
    """The calendar of a whole month."""
    page.calendar.month.click()


def open_first_due(page: Any) -> None:
    """What is missing of the first delivery on the board."""
    row = page.due.table.row_at(0)
    if row is not None:
        page.due.table.select_row(0)
        page.due.open_row(row)
