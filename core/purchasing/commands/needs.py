"""What a person does with the sheet of needs: orders are made of it."""

from __future__ import annotations

from sqlalchemy import select, update

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.purchasing.rules.states import ORDER, state_after
from core.purchasing.steps.made import made_orders
from core.purchasing.steps.orders import create_orders
from core.purchasing.steps.requests import release_ordered
from core.purchasing.types.needs import OrderMade
from core.purchasing.types.orders import NewOrder
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from db.enums import OrderState, Permission
from db.purchasing import PurchaseOrder, PurchaseOrderLine


@command(Permission.PURCHASE_ORDER)
def make_orders(uow: UnitOfWork, *, choices: tuple[NewOrder, ...]) -> tuple[OrderMade, ...]:
    """Make orders of what is needed.

    A draft for each supplier, in the order given; lines of requests they serve are marked as ordered. Raises InvalidInput
    for none, Refused with the row (supplier blocked, item retired, a request ordered by somebody else meanwhile).
    """
    if not choices:
        raise InvalidInput(_("Nothing is chosen to be ordered."), field="lines")
    made = create_orders(uow, choices)
    rows = made_orders(uow, made)
    uow.note(numbers=[rows[order_id].number for order_id in made])
    return tuple(rows[order_id] for order_id in made)


@command(Permission.PURCHASE_ORDER)
def take_back_orders(uow: UnitOfWork, *, order_ids: tuple[int, ...]) -> None:
    """Take back orders made a moment ago.

    They are cancelled, and requests they served wait again. Raises Refused when one of them is no draft any more.
    """
    o = PurchaseOrder
    rows = uow.sql.execute(
        select(o.id, o.number, o.state).where(o.id.in_(sorted(order_ids))).order_by(o.id).with_for_update()
    ).all()
    for row in rows:
        after = state_after(ORDER, OrderState(row.state), Event.CANCEL, row.number)
        if row.state != OrderState.DRAFT:
            raise Refused(
                _("{number} is approved or sent already. Cancel it on its own page.", number=row.number), field="order"
            )
        uow.sql.execute(update(o).where(o.id == row.id).values(state=after, closed_at=uow.now, version=o.version + 1))
    line = PurchaseOrderLine
    lines = uow.sql.execute(select(line.id).where(line.order_id.in_(sorted(order_ids)))).scalars()
    release_ordered(uow, list(lines))
    uow.note(numbers=[row.number for row in rows])
