"""What a person can do with an order's state: approve, confirm, close, open again, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.purchasing.rules.orders import AWAITED
from core.purchasing.rules.states import ORDER, order_state_after_reopening, state_after
from core.purchasing.steps.orders import approval
from core.purchasing.steps.orders.awaited import L, S
from core.purchasing.steps.orders.questions import ask_day
from core.purchasing.steps.orders.records import last_sent, load_order, move, write
from core.purchasing.steps.orders.revise import LONGEST_REF
from core.purchasing.steps.orders.sending import mail_cancelled
from core.purchasing.steps.orders.states import after_delivery, line_progress
from core.purchasing.steps.requests import release_ordered
from core.purchasing.types.orders import OrderStanding
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from db.enums import OrderState, Permission, SendWay

LONGEST_REASON = 200


@command(Permission.PURCHASE_ORDER)
def approve_order(uow: UnitOfWork, *, order_id: int, version: int, note: str = "") -> OrderStanding:
    """Approve an order.

    Who orders approves up to the limit that is set. Raises NotAllowed when its amount in the site's currency is over it:
    somebody with the limit's role can stand in with a PIN; Conflict, NotFound, Refused.
    """
    row = load_order(uow, order_id, version)
    standing = move(uow, row, Event.APPROVE, approved_at=uow.now)
    approval.approve(uow, row, note)
    return standing


@command(Permission.PURCHASE_ORDER)
def withdraw_approval(uow: UnitOfWork, *, order_id: int, version: int, note: str = "") -> OrderStanding:
    """Take the approval of an order back.

    It is a draft again. Raises NotAllowed for somebody else's approval without the right to approve purchases, Refused
    for an order that was sent, Conflict, NotFound.
    """
    row = load_order(uow, order_id, version)
    if row.revision and row.state == OrderState.APPROVED:
        raise Refused(
            _("{number} was sent already. Send the change, or cancel the order.", number=row.number), field="state"
        )
    standing = move(uow, row, Event.WITHDRAW, approved_at=None)
    approval.withdraw(uow, row, note)
    return standing


@command(Permission.PURCHASE_ORDER)
def confirm_order(
    uow: UnitOfWork,
    *,
    order_id: int,
    version: int,
    promised_on: date | None = None,
    line_days: tuple[tuple[int, date | None], ...] = (),
    supplier_ref: str | None = None,
) -> OrderStanding:
    """Enter the supplier's confirmation.

    `promised_on` is the day promised for the whole order, `line_days` (line, day) for single lines, None as the order;
    the first promise is kept for ever, the last one moves. Asks about days that have passed. Raises Conflict,
    InvalidInput, NotFound, Refused.
    """
    row = load_order(uow, order_id, version)
    for day in {promised_on, *(day for _line, day in line_days)}:
        ask_day(uow, day, "promised_on")
    _promise_lines(uow, row, line_days)
    promise = promised_on or _latest(uow, row)
    ref = row.supplier_ref if supplier_ref is None else supplier_ref.strip()
    if len(ref) > LONGEST_REF:
        raise InvalidInput(_("A number has at most {n} characters.", n=LONGEST_REF), field="supplier_ref")
    return move(
        uow, row, Event.CONFIRM, confirmed_at=row.confirmed_at or uow.now, supplier_ref=ref,
        first_promise=row.first_promise or promise, last_promise=promise or row.last_promise,
    )  # fmt: skip


def _promise_lines(uow: UnitOfWork, row: Any, line_days: Sequence[tuple[int, date | None]]) -> None:
    known = set(uow.sql.execute(select(L.c.id).where(L.c.order_id == row.id)).scalars())
    for line_id, day in line_days:
        if line_id not in known:
            raise NotFound(_("A line is not in this order ({line}).", line=line_id), field="lines")
        uow.sql.execute(update(L).where(L.c.id == line_id).values(promised_on=day))


def _latest(uow: UnitOfWork, row: Any) -> date | None:
    """The last day promised of the lines, when each has one."""
    days = list(
        uow.sql.execute(select(L.c.promised_on).where(L.c.order_id == row.id, L.c.is_closed.is_(False))).scalars()
    )
    said = [day for day in days if day is not None]
    return max(said) if said and len(said) == len(days) else None


@command(Permission.PURCHASE_ORDER)
def close_order(uow: UnitOfWork, *, order_id: int, version: int, reason: str) -> OrderStanding:
    """Close an order.

    Nobody waits for what has not come. Raises InvalidInput without a reason, Conflict, NotFound, Refused.
    """
    row = load_order(uow, order_id, version)
    return move(uow, row, Event.CLOSE, closed_at=uow.now, close_reason=_reason(reason))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise InvalidInput(_("Say why."), field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise InvalidInput(_("A note has at most {n} characters.", n=LONGEST_REASON), field="reason")
    return reason.strip()


@command(Permission.PURCHASE_ORDER)
def reopen_order(uow: UnitOfWork, *, order_id: int, version: int) -> OrderStanding:
    """Open a closed order again.

    It stands where its lines say. Raises Conflict, NotFound, Refused.
    """
    row = load_order(uow, order_id, version)
    if row.state != OrderState.CLOSED:
        state_after(ORDER, OrderState(row.state), Event.REOPEN, row.number)
    tolerance = uow.sql.execute(select(S.c.short_tolerance).where(S.c.id == row.supplier_id)).scalar_one()
    after = order_state_after_reopening(
        line_progress(uow, [order_id])[order_id], row.number, is_confirmed=row.confirmed_at is not None,
        short_tolerance=tolerance,
    )  # fmt: skip
    return write(uow, row, state=str(after), closed_at=None, close_reason="")


@command(Permission.PURCHASE_ORDER)
def close_line(uow: UnitOfWork, *, order_id: int, version: int, line_id: int, reason: str) -> OrderStanding:
    """Close a line of an order.

    Nobody waits for the rest of it; once all lines came or are closed, the order is received. Raises InvalidInput without
    a reason, Conflict, NotFound, Refused.
    """
    uow.note(reason=_reason(reason))
    return _set_closed(uow, order_id, version, line_id, is_closed=True)


@command(Permission.PURCHASE_ORDER)
def reopen_line(uow: UnitOfWork, *, order_id: int, version: int, line_id: int) -> OrderStanding:
    """Wait for a closed line again.

    Raises Conflict, NotFound, Refused.
    """
    return _set_closed(uow, order_id, version, line_id, is_closed=False)


def _set_closed(uow: UnitOfWork, order_id: int, version: int, line_id: int, *, is_closed: bool) -> OrderStanding:
    row = load_order(uow, order_id, version)
    if OrderState(row.state) not in (*AWAITED, OrderState.RECEIVED):
        raise Refused(_("Lines are closed while an order is on its way. Change the order instead."), field="state")
    mine = (L.c.id == line_id, L.c.order_id == order_id)
    if not uow.sql.execute(update(L).where(*mine).values(is_closed=is_closed)).rowcount:
        raise NotFound(_("A line is not in this order ({line}).", line=line_id), field="lines")
    standing = write(uow, row, state=row.state)
    after = after_delivery(uow, [order_id])[order_id]
    return standing if after is standing.state else OrderStanding(order_id, standing.version + 1, after)


@command(Permission.PURCHASE_ORDER)
def cancel_order(
    uow: UnitOfWork, *, order_id: int, version: int, reason: str = "", tells_supplier: bool | None = None
) -> OrderStanding:
    """Cancel an order.

    The supplier gets an e-mail that it is cancelled when the order went by e-mail (`tells_supplier` None), always or
    never; what departments asked for waits to be ordered again. Raises Refused once goods have come, or while no mail
    server is set up; Conflict, NotFound, InvalidInput without a reason for an order that was sent.
    """
    row = load_order(uow, order_id, version)
    said = _reason(reason) if row.revision else reason.strip()[:LONGEST_REASON]
    standing = move(uow, row, Event.CANCEL, closed_at=uow.now, close_reason=said)
    release_ordered(uow, uow.sql.execute(select(L.c.id).where(L.c.order_id == order_id)).scalars())
    sent = last_sent(uow, order_id)
    if sent is not None and (tells_supplier if tells_supplier is not None else sent.way == SendWay.MAIL):
        mail_cancelled(uow, row, said)
    return standing
