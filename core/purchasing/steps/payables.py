"""What is open of invoices, now or at the end of a day, for lists, proposals and statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from core.clock import business_day
from core.errors import Conflict, NotFound
from core.i18n import Name, _
from core.purchasing.rules.money import age_of, convert
from core.purchasing.types.payments import PayableRow
from core.uow import UnitOfWork
from core.values import digits_of, from_minor
from db.catalog import Supplier
from db.enums import InvoiceKind, InvoiceState, ProposalState
from db.purchasing import Invoice, Payment, PaymentProposal, PaymentProposalLine
from db.sql import chunks, total

OWED = (InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES, InvoiceState.MATCHED, InvoiceState.APPROVED)
I = Invoice  # noqa: E741


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice as far as its payment is concerned; amounts in minor units of its currency."""

    id: int
    version: int
    own_number: str
    number: str
    state: InvoiceState
    supplier_id: int
    currency: str
    due_on: date
    gross: int
    paid: int

    @property
    def open(self) -> int:
        """What is left to be paid."""
        return self.gross - self.paid


def calendar_today(uow: UnitOfWork) -> date:
    """The site's calendar day."""
    return business_day(uow.now, uow.site.zone, 0)


def _paid_until(day: date) -> Select[int, int]:
    return (
        select(Payment.invoice_id, total(Payment.amount).label("paid"))
        .where(Payment.paid_on <= day, Payment.undone_at.is_(None))
        .group_by(Payment.invoice_id)
    )


def payables(uow: UnitOfWork, *conditions: ColumnElement[bool], on: date | None = None) -> list[PayableRow]:
    """Invoices and credit notes that are not settled, the oldest debt first; with `on` as they stood at the end of that
    day, whatever was paid later."""
    in_proposal = (
        select(PaymentProposalLine.invoice_id, func.min(PaymentProposal.number).label("proposal"))
        .join(PaymentProposal, PaymentProposal.id == PaymentProposalLine.proposal_id)
        .where(PaymentProposal.state != ProposalState.PAID)
        .group_by(PaymentProposalLine.invoice_id)
        .subquery()
    )
    statement = select(I, Supplier.name, Supplier.name_en, in_proposal.c.proposal).join(
        Supplier, Supplier.id == I.supplier_id
    )
    statement = statement.outerjoin(in_proposal, in_proposal.c.invoice_id == I.id)
    if on is None:
        paid: Any = I.paid
        statement = statement.where(I.state.in_(OWED))
    else:
        then = _paid_until(on).subquery()
        paid = func.coalesce(then.c.paid, 0)
        statement = statement.outerjoin(then, then.c.invoice_id == I.id).where(
            I.invoiced_on <= on, I.state.in_((*OWED, InvoiceState.PAID))
        )
    statement = statement.add_columns(paid.label("settled")).where(paid != I.gross, *conditions)
    rows = uow.sql.execute(statement.order_by(I.due_on, I.supplier_id, I.id))
    today = on or calendar_today(uow)
    return [_row(uow, row._mapping, today) for row in rows]


def _row(uow: UnitOfWork, row: Any, today: date) -> PayableRow:
    digits = digits_of(row["currency"])
    open_minor = row["gross"] - int(row["settled"])
    return PayableRow(
        id=row["id"],
        own_number=row["own_number"],
        number=row["number"],
        kind=InvoiceKind(row["kind"]),
        state=InvoiceState(row["state"]),
        supplier_id=row["supplier_id"],
        supplier=Name(row["name"], row["name_en"]),
        invoiced_on=row["invoiced_on"],
        due_on=row["due_on"],
        age=age_of(row["due_on"], today),
        days_late=max((today - row["due_on"]).days, 0),
        currency=row["currency"],
        gross=from_minor(row["gross"], digits),
        paid=from_minor(int(row["settled"]), digits),
        open=from_minor(open_minor, digits),
        open_site=uow.money(convert(open_minor, row["rate"], digits, uow.site.digits)),
        proposal=row["proposal"] or "",
    )


def owed_invoices(uow: UnitOfWork, invoice_ids: Iterable[int]) -> dict[int, Owed]:
    """These invoices, held until the end so that nobody pays them at the same time."""
    found: dict[int, Owed] = {}
    columns = (I.id, I.version, I.own_number, I.number, I.state, I.supplier_id, I.currency, I.due_on, I.gross, I.paid)
    for part in chunks(sorted(set(invoice_ids))):
        for row in uow.sql.execute(select(*columns).where(I.id.in_(part)).order_by(I.id).with_for_update()):
            facts = dict(row._mapping)
            found[row.id] = Owed(**{**facts, "state": InvoiceState(facts["state"])})
    return found


def held_proposal(uow: UnitOfWork, proposal_id: int, version: int) -> Any:
    """A proposal, held. Raises NotFound, Conflict."""
    row = uow.sql.execute(
        select(PaymentProposal.__table__).where(PaymentProposal.id == proposal_id).with_for_update()
    ).first()
    if row is None:
        raise NotFound(_("This payment proposal is not there any more."), field="proposal")
    if row.version != version:
        raise Conflict(
            _("Somebody else changed {number} meanwhile. Look at it again.", number=row.number),
            base={}, mine={}, theirs={},
        )  # fmt: skip
    return row


def proposal_lines(uow: UnitOfWork, proposal_id: int) -> list[tuple[int, int]]:
    """Invoice and amount in minor units of each line."""
    rows = uow.sql.execute(
        select(PaymentProposalLine.invoice_id, PaymentProposalLine.amount)
        .where(PaymentProposalLine.proposal_id == proposal_id)
        .order_by(PaymentProposalLine.id)
    )
    return [(row.invoice_id, row.amount) for row in rows]


def proposed_ids(uow: UnitOfWork, invoice_ids: Iterable[int], but: int = 0) -> dict[int, str]:
    """Which of these invoices stand in a proposal that is not paid yet, and in which."""
    found: dict[int, str] = {}
    for part in chunks(sorted(set(invoice_ids))):
        rows = uow.sql.execute(
            select(PaymentProposalLine.invoice_id, PaymentProposal.number)
            .join(PaymentProposal, PaymentProposal.id == PaymentProposalLine.proposal_id)
            .where(
                and_(PaymentProposalLine.invoice_id.in_(part), PaymentProposal.state != ProposalState.PAID),
                PaymentProposal.id != but,
            )
        )
        found.update({row.invoice_id: row.number for row in rows})
    return found


def money(minor: int, currency: str) -> Decimal:
    """Minor units of a currency as money."""
    return from_minor(minor, digits_of(currency))
