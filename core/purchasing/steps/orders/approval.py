"""Approving orders: who orders approves up to the limit that is set, over it its role; with who did it kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from core import identity
from core.purchasing.steps.orders.records import order_total, site_value
from core.uow import UnitOfWork
from core.values import to_minor
from db.base import table_of
from db.enums import ApprovalSubject, Permission
from db.purchasing import OrderApproval

A = table_of(OrderApproval)


def approve(uow: UnitOfWork, row: Any, note: str = "") -> None:
    """Write down that an order is approved for what it comes to now, by the person or who stands in.

    Raises NotAllowed when the amount, in the site's currency, is over the limit and nobody with its role stands in.
    """
    value = site_value(uow, row, order_total(uow, row.id))
    identity.check_approval(uow, ApprovalSubject.ORDER, value)
    asked_by = uow.actor.person_id if uow.approver is not None else row.person_id
    _write(uow, row.id, asked_by, to_minor(value, uow.site.digits), note, is_withdrawn=False)


def withdraw(uow: UnitOfWork, row: Any, note: str = "") -> None:
    """Write down that an approval was taken back: one's own, or by who approves purchases. Raises NotAllowed."""
    if approved_by(uow, row.id) != uow.actor.person_id:
        uow.require(Permission.PURCHASE_APPROVE)
    unapprove(uow, row, note)


def unapprove(uow: UnitOfWork, row: Any, note: str = "") -> None:
    """Write down that an approval does not hold any more, because the order changed."""
    _write(uow, row.id, row.person_id, approved_amount(uow, row.id) or 0, note, is_withdrawn=True)


def _write(uow: UnitOfWork, order_id: int, asked_by: int, amount: int, note: str, *, is_withdrawn: bool) -> None:
    person = uow.actor if uow.approver is None else uow.approver
    values = {
        "order_id": order_id, "at": uow.now, "person_id": person.person_id, "asked_by_id": asked_by, "amount": amount,
        "is_withdrawn": is_withdrawn, "note": note.strip()[:200],
    }  # fmt: skip
    uow.sql.execute(insert(A).values(**values))


def approved_amount(uow: UnitOfWork, order_id: int) -> int | None:
    """For how much an order is approved, in minor units of the site's currency; None when it is not."""
    row = _newest(uow, order_id)
    return None if row is None else int(row.amount)


def approved_by(uow: UnitOfWork, order_id: int) -> int | None:
    """Whose approval an order stands on; None when it is not approved."""
    row = _newest(uow, order_id)
    return None if row is None else int(row.person_id)


def _newest(uow: UnitOfWork, order_id: int) -> Any:
    """The approval that holds, or None."""
    row = uow.sql.execute(select(A).where(A.c.order_id == order_id).order_by(A.c.id.desc()).limit(1)).first()
    return None if row is None or row.is_withdrawn else row


def approve_again(uow: UnitOfWork, row: Any) -> None:
    """An order that was sent and became dearer is approved for its new amount by who changes it. Raises NotAllowed over
    the limit."""
    value = to_minor(site_value(uow, row, order_total(uow, row.id)), uow.site.digits)
    approved = approved_amount(uow, row.id)
    if approved is None or abs(value) > approved:
        approve(uow, row)
