"""What happened to an order: revisions, approvals, deliveries, invoices, e-mails."""

from __future__ import annotations

from sqlalchemy import func, select

from core import mail
from core.purchasing.rules.order_changes import LINE, changes_between
from core.purchasing.steps.orders.approval import A
from core.purchasing.steps.orders.awaited import RL, L, R
from core.purchasing.steps.orders.records import V
from core.purchasing.types.order_views import (
    OrderApprovalRow,
    OrderInvoiceRow,
    OrderMailRow,
    OrderReceiptRow,
    OrderVersionRow,
)
from core.purchasing.types.orders import OrderChange
from core.uow import UnitOfWork
from core.values import digits_of, from_minor
from db.base import table_of
from db.documents import PrintedPaper
from db.enums import InvoiceKind, InvoiceState, Permission, SendWay
from db.identity import Person
from db.purchasing import Invoice, InvoiceLine, InvoiceMatch

P = table_of(Person)
INV, IL, M = table_of(Invoice), table_of(InvoiceLine), table_of(InvoiceMatch)
PRINTED = table_of(PrintedPaper)


def sees_prices(uow: UnitOfWork) -> bool:
    """Whether this person may see the prices of an order: who orders must."""
    return uow.may(Permission.COST_VIEW) or uow.may(Permission.PURCHASE_ORDER)


def shown_changes(uow: UnitOfWork, changes: tuple[OrderChange, ...]) -> tuple[OrderChange, ...]:
    """Changes as this person may see them: other prices only for who sees prices."""
    return changes if sees_prices(uow) else tuple(one for one in changes if one.what != LINE["price"])


def versions_of(uow: UnitOfWork, order_id: int) -> tuple[OrderVersionRow, ...]:
    """The revisions that were sent, the newest first, each with what was new in it and its paper as it was kept."""
    rows = uow.sql.execute(
        select(V, P.c.name.label("by"))
        .join(P, P.c.id == V.c.person_id)
        .where(V.c.order_id == order_id)
        .order_by(V.c.revision)
    ).all()
    own = (PRINTED.c.owner_kind == "order", PRINTED.c.owner_id == order_id)
    listed = select(PRINTED.c.sha256, func.min(PRINTED.c.id).label("id")).where(*own).group_by(PRINTED.c.sha256)
    papers = {row.sha256: int(row.id) for row in uow.sql.execute(listed)}
    found, before = [], None
    for row in rows:
        changes = shown_changes(uow, changes_between(before, row.facts))
        before = row.facts
        found.append(
            OrderVersionRow(row.revision, row.at, row.by, SendWay(row.way), row.reason, changes, papers.get(row.sha256))
        )
    return tuple(reversed(found))


def approvals_of(uow: UnitOfWork, order_id: int) -> tuple[OrderApprovalRow, ...]:
    """Who approved the order and took that back, the newest first."""
    asked = P.alias("asked")
    rows = uow.sql.execute(
        select(A, P.c.name.label("by"), asked.c.name.label("asked_by"))
        .join(P, P.c.id == A.c.person_id)
        .join(asked, asked.c.id == A.c.asked_by_id)
        .where(A.c.order_id == order_id)
        .order_by(A.c.id.desc())
    )
    sees = sees_prices(uow)
    return tuple(
        OrderApprovalRow(
            row.at, row.by, row.asked_by, uow.money(row.amount) if sees else None, bool(row.is_withdrawn), row.note
        )
        for row in rows
    )


def receipts_of(uow: UnitOfWork, order_id: int) -> tuple[OrderReceiptRow, ...]:
    """The deliveries on the order, the newest first."""
    rows = uow.sql.execute(
        select(
            R.c.id, R.c.number, R.c.document, R.c.received_at, P.c.name.label("by"), func.count().label("lines"),
            R.c.posting_id, R.c.reversal_id,
        )
        .join(RL, RL.c.receipt_id == R.c.id)
        .join(L, L.c.id == RL.c.order_line_id)
        .join(P, P.c.id == R.c.person_id)
        .where(L.c.order_id == order_id)
        .group_by(
            R.c.id, R.c.number, R.c.document, R.c.received_at, P.c.name, R.c.posting_id, R.c.reversal_id
        )
        .order_by(R.c.received_at.desc(), R.c.id.desc())
    )  # fmt: skip
    return tuple(
        OrderReceiptRow(
            row.id, row.number, row.document, row.received_at, row.by, int(row.lines), row.posting_id,
            row.reversal_id is not None,
        )
        for row in rows
    )  # fmt: skip


def invoices_of(uow: UnitOfWork, order_id: int) -> tuple[OrderInvoiceRow, ...]:
    """Invoices and credit notes that name a line of the order, or are matched with goods that came on one; newest first."""
    named = select(IL.c.invoice_id).join(L, L.c.id == IL.c.order_line_id).where(L.c.order_id == order_id)
    matched = (
        select(IL.c.invoice_id)
        .join(M, M.c.invoice_line_id == IL.c.id)
        .join(RL, RL.c.entry_id == M.c.entry_id)
        .join(L, L.c.id == RL.c.order_line_id)
        .where(L.c.order_id == order_id, M.c.undone_at.is_(None))
    )
    rows = uow.sql.execute(
        select(INV).where(INV.c.id.in_(named.union(matched))).order_by(INV.c.invoiced_on.desc(), INV.c.id.desc())
    )
    sees = uow.may(Permission.COST_VIEW)
    return tuple(
        OrderInvoiceRow(
            row.id, row.own_number, row.number, InvoiceKind(row.kind), InvoiceState(row.state), row.invoiced_on,
            row.currency, from_minor(row.gross, digits_of(row.currency)) if sees else None,
        )
        for row in rows
    )  # fmt: skip


def mails_of(uow: UnitOfWork, order_id: int) -> tuple[OrderMailRow, ...]:
    """The e-mails of the order, the newest first."""
    kept = mail.list_mails(uow, wanted=mail.MailFilter(owner_kind="order", owner_id=order_id))
    return tuple(OrderMailRow(row.id, row.subject, row.recipients, row.state, row.made_at) for row in kept.rows)
