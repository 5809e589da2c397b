"""A month of everything, and its closing, for tests of journals."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal as D

from sqlalchemy import insert

from core import purchasing
from core.costing import Month, period_moments
from core.office import Office
from core.registry import command
from core.stock import NewLine
from core.uow import UnitOfWork
from db.costing import MonthClosing, MonthReopening
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room
from tests.core.purchasing.books import await_invoices, charge, goods, invoice, receive
from tests.factories import make_supplier

MARCH = "2026-03"


@command(None)
def close_for_test(uow: UnitOfWork, *, month: str, number: str) -> int:
    """Close a month for a test."""
    wanted = Month.parse(month)
    start, end = period_moments(wanted.days, uow.site.zone, uow.site.day_start_hour)
    values = {
        "number": number, "month": month, "starts_at": start, "ends_at": end, "closed_at": uow.now,
        "person_id": uow.actor.person_id, "ledger_posting_id": 0, "ledger_hash": "", "rows_hash": "", "items": 0,
        "stock_minor": 0,
    }  # fmt: skip
    return int(uow.sql.execute(insert(MonthClosing).values(**values).returning(MonthClosing.id)).scalar_one())


@command(None)
def reopen_for_test(uow: UnitOfWork, *, closing_id: int) -> None:
    """Reopen a month for a test."""
    uow.sql.execute(
        insert(MonthReopening).values(closing_id=closing_id, at=uow.now, person_id=uow.actor.person_id, reason="查")
    )


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
    office.do(purchasing.pay_invoice, invoice_id=made.invoice_id, amount=D(50), paid_on=datetime(2026, 3, 4).date())
    return room, supplier, made.invoice_id
