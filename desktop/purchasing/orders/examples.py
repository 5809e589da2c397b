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
