"""What the pictures of this room show."""

from __future__ import annotations

from typing import Any

from core import purchasing


def some_answered(office: Any) -> int | None:
    """The request with the most answers, else the newest."""
    rows = office.ask(purchasing.list_rfqs)
    return max(rows, key=lambda row: row.answers).id if rows else None


def some_asked(office: Any) -> tuple[int, int] | None:
    """A request and a supplier it asks."""
    rfq_id = some_answered(office)
    if rfq_id is None:
        return None
    suppliers = office.ask(purchasing.get_rfq, rfq_id=rfq_id).suppliers
    return (rfq_id, suppliers[0].supplier_id) if suppliers else None
