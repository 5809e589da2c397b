"""Orders for tests: steps behind commands, and what they start from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from core.office import Office
from core.purchasing.steps import orders as steps
from core.purchasing.types.orders import NewOrder, NewOrderLine, OpenOrderLine
from core.registry import command, query
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import InspectionState, OrderState
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from db.stock import StockPosting

O, L = table_of(PurchaseOrder), table_of(PurchaseOrderLine)  # noqa: E741
R, RL = table_of(PurchaseReceipt), table_of(PurchaseReceiptLine)


@command(None)
def create_orders_for_test(uow: UnitOfWork, *, orders: tuple[NewOrder, ...]) -> list[int]:
    """Make orders for a test."""
    return steps.create_orders(uow, orders)


@command(None)
def set_state_for_test(uow: UnitOfWork, *, order_id: int, state: OrderState) -> None:
    """Put an order into a state for a test."""
    sent = None if state in (OrderState.DRAFT, OrderState.APPROVED) else uow.now
    uow.sql.execute(O.update().where(O.c.id == order_id).values(state=str(state), sent_at=sent))


@command(None)
def receive_for_test(uow: UnitOfWork, *, order_id: int, came: tuple[Decimal, ...], is_free: bool = False) -> int:
    """Write down a receipt of an order's lines, in base units, without stock, for a test."""
    order = uow.sql.execute(select(O).where(O.c.id == order_id)).one()
    number = f"RC-T-{uow.request_id[:20]}"
    head = {
        "number": number, "supplier_id": order.supplier_id, "currency": order.currency, "received_at": uow.now,
        "person_id": uow.actor.person_id,
    }  # fmt: skip
    receipt_id = uow.sql.execute(insert(R).values(**head).returning(R.c.id)).scalar_one()
    lines = uow.sql.execute(select(L).where(L.c.order_id == order_id).order_by(L.c.line)).all()
    for number_, (line, qty) in enumerate(zip(lines, came, strict=True), start=1):
        uow.sql.execute(
            insert(RL).values(
                receipt_id=receipt_id, line=number_, order_line_id=line.id, item_id=line.item_id, qty=qty,
                unit=line.unit, factor=Decimal(1), base_qty=int(qty * 1_000_000), accrued=0, location_id=1,
                inspection=str(InspectionState.ACCEPTED), is_free=is_free,
            )
        )  # fmt: skip
    steps.after_delivery(uow, [order_id])
    return int(receipt_id)


@command(None)
def take_back_for_test(uow: UnitOfWork, *, receipt_id: int, order_id: int) -> None:
    """Reverse such a receipt for a test."""
    posting = {
        "number": f"RV-T-{receipt_id}", "kind": "reversal", "at": uow.now, "posted_at": uow.now, "hash": "",
        "person_id": uow.actor.person_id, "station": "", "request_id": uow.request_id[:40], "previous_hash": "",
    }  # fmt: skip
    key = uow.sql.execute(insert(table_of(StockPosting)).values(**posting).returning(StockPosting.id)).scalar_one()
    uow.sql.execute(R.update().where(R.c.id == receipt_id).values(reversal_id=key))
    steps.after_delivery(uow, [order_id])


@query(None)
def get_open_lines_for_test(
    uow: UnitOfWork, *, supplier_id: int | None = None, item_ids: Collection[int] | None = None
) -> list[OpenOrderLine]:
    """What is awaited."""
    return steps.open_order_lines(uow, supplier_id, item_ids)


@query(None)
def get_on_order_for_test(uow: UnitOfWork, *, item_ids: Collection[int]) -> dict[int, Decimal]:
    """What is on its way."""
    return steps.on_order(uow, item_ids)


@query(None)
def get_order_row(uow: UnitOfWork, *, order_id: int) -> Any:
    """An order as it is stored."""
    return uow.sql.execute(select(O).where(O.c.id == order_id)).one()


@query(None)
def list_line_rows(uow: UnitOfWork, *, order_id: int) -> list[Any]:
    """An order's lines as they are stored."""
    return list(uow.sql.execute(select(L).where(L.c.order_id == order_id).order_by(L.c.line)).all())


def draft(office: Office, supplier_id: int, *lines: NewOrderLine, deliver_on: date | None = None, **over: Any) -> int:
    """One draft through the step."""
    new = NewOrder(supplier_id, lines, deliver_on=deliver_on, **over)
    return int(office.do(create_orders_for_test, orders=(new,))[0])
