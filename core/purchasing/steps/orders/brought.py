"""Orders from a file: drafts, or orders the supplier has already; and such orders taken back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from core.errors import Refused
from core.i18n import _n
from core.purchasing.steps.orders.approval import A, approve
from core.purchasing.steps.orders.awaited import RL, L, O
from core.purchasing.steps.orders.create import create_orders
from core.purchasing.steps.orders.records import V, load_lines, load_order, order_facts, write
from core.purchasing.steps.orders.revise import IL
from core.purchasing.steps.requests import release_ordered
from core.purchasing.types.orders import NewOrder
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import OrderState, SendWay
from db.mail import MailOutbox
from db.sql import chunks

M = table_of(MailOutbox)


def bring_in_orders(uow: UnitOfWork, orders: Sequence[tuple[NewOrder, OrderState]]) -> list[int]:
    """Make orders as drafts, sent or confirmed ones; their ids in the order given.

    Sent and confirmed ones are approved by who brings them in, up to the limit that is set, and count as ordered by
    phone: nothing goes out. A confirmed one is promised for the day it is wanted on. Raises as `create_orders`, and
    NotAllowed for one over the limit unless somebody with its role stands in.
    """
    made = create_orders(uow, [order for order, _state in orders])
    for order_id, (_order, state) in zip(made, orders, strict=True):
        if state is not OrderState.DRAFT:
            _mark_sent(uow, order_id, state)
    return made


def _mark_sent(uow: UnitOfWork, order_id: int, state: OrderState) -> None:
    row = load_order(uow, order_id)
    approve(uow, row)
    version = {
        "order_id": order_id, "revision": 1, "at": uow.now, "person_id": uow.actor.person_id, "way": str(SendWay.PHONE)
    }  # fmt: skip
    uow.sql.execute(insert(V).values(**version, facts=order_facts(uow, row, load_lines(uow, order_id))))
    is_confirmed = state is OrderState.CONFIRMED
    write(
        uow, row, state=str(state), revision=1, approved_at=uow.now, sent_at=uow.now,
        confirmed_at=uow.now if is_confirmed else None, first_promise=row.deliver_on if is_confirmed else None,
        last_promise=row.deliver_on if is_confirmed else None,
    )  # fmt: skip


def remove_orders(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Remove orders nothing happened to yet. Raises Refused naming those that were received, invoiced or mailed."""
    for part in chunks(ids):
        lines = list(uow.sql.execute(select(L.c.id).where(L.c.order_id.in_(part))).scalars())
        _check_untouched(uow, part)
        release_ordered(uow, lines)
        uow.sql.execute(update(O).where(O.c.copied_from_id.in_(part)).values(copied_from_id=None))
        for table in (A, V, L):
            uow.sql.execute(delete(table).where(table.c.order_id.in_(part)))
        uow.sql.execute(delete(O).where(O.c.id.in_(part)))


def _check_untouched(uow: UnitOfWork, ids: Sequence[int]) -> None:
    mine = select(L.c.id).where(L.c.order_id.in_(ids))
    listed = select(L.c.order_id).where(
        L.c.id.in_(select(RL.c.order_line_id).where(RL.c.order_line_id.in_(mine)))
        | L.c.id.in_(select(IL.c.order_line_id).where(IL.c.order_line_id.in_(mine)))
    )
    used = set(uow.sql.execute(listed).scalars())
    mailed = select(M.c.owner_id).where(M.c.owner_kind == "order", M.c.owner_id.in_(ids))
    used |= set(uow.sql.execute(mailed).scalars())
    if not used:
        return
    few = select(O.c.number).where(O.c.id.in_(sorted(used)[:5])).order_by(O.c.id)
    raise Refused(
        _n(
            "{n} order of this file was received, invoiced or mailed by now: {numbers}. It stays; cancel or close it.",
            "{n} orders of this file were received, invoiced or mailed by now: {numbers}. They stay; cancel or close them.",
            len(used),
            numbers=", ".join(uow.sql.execute(few).scalars()),
        )
    )
