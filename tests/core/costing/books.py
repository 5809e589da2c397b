"""A month of everything, and its closing, for tests of journals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D

from core import costing, purchasing
from core.office import Office
from core.stock import NewLine
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room
from tests.core.purchasing.books import await_invoices, charge, goods, invoice, receive
from tests.factories import make_supplier

MARCH = "2026-03"


def close(office: Office, month: str = MARCH) -> int:
    """Close a month and all before it; answers its closing."""
    rows = [row for row in office.ask(costing.list_months) if row.state is not costing.MonthState.CLOSED]
    done = 0
    for row in sorted(rows, key=lambda row: row.month):
        if row.month <= month:
            closed = office.do(costing.close_month, month=row.month, confirmed=frozenset({"open_checks"}))
            done = int(closed.closing_id)
    return done


def busy_month(office: Office) -> tuple[Room, int, int]:
    """Opening stock, goods received, freight, used, lost, counted, returned; an approved invoice (gross 124.30 with tax of
    14.30 and freight of 10), one partly paid. Answers the room, the supplier and the invoice."""
    room = make_room(office)
    tomato, cucumber, milk, gloves = room.items
    await_invoices(office)
    supplier = make_supplier(office)
    room.post(K.OPENING, NewLine(tomato, D(5), value=D(25)), at=datetime(2026, 2, 20, tzinfo=UTC))
    receive(office, supplier, (tomato, "10", "100"))
    receive(office, supplier, (cucumber, "4", "33.33"), (milk, "10", "35"))
    room.post(K.ISSUE, NewLine(tomato, D(7), location_id=1), purpose="厨房")
    room.post(K.ISSUE, NewLine(milk, D(3), location_id=1), purpose="吧台")
    room.post(K.WASTE, NewLine(cucumber, D(1), location_id=1, reason="expired"))
    room.post(K.WASTE, NewLine(tomato, D(1), location_id=1, reason="spoiled"))
    room.post(K.COUNT, NewLine(milk, D(6), location_id=1))
    room.post(K.ISSUE, NewLine(gloves, D(2), location_id=room.places[1]))
    made = invoice(
        office, supplier, "INV-1", goods(tomato, "10", "100", tax_rate=D(13)), charge("10", tax_rate=D(13)),
        gross=D("124.30"),
    )  # fmt: skip
    office.do(purchasing.approve_invoices, invoice_ids=(made.invoice_id,), confirmed=frozenset({"findings"}))
    office.do(purchasing.pay_invoice, invoice_id=made.invoice_id, amount=D(50), paid_on=date(2026, 3, 4))
    return room, supplier, made.invoice_id
