"""What a person can see of what is owed and paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.steps.payables import money, payables
from core.purchasing.steps.payment_files import faults_of, file_of
from core.purchasing.types.money import Due
from core.purchasing.types.payments import (
    AgeingRow,
    PayableFilter,
    PayableRow,
    PaymentFile,
    PaymentRow,
    ProposalCard,
    ProposalLine,
    ProposalRow,
)
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.enums import Permission, ProposalState
from db.identity import Person
from db.purchasing import Invoice, Payment, PaymentProposal, PaymentProposalLine
from db.sql import total

P, L = PaymentProposal, PaymentProposalLine
_ALL = PayableFilter()


@query(Permission.COST_VIEW)
def list_payables(uow: UnitOfWork, *, filters: PayableFilter = _ALL) -> list[PayableRow]:
    """Invoices and credit notes that are not settled, the oldest debt first.

    Invoices of which the match is not agreed yet are owed too, but only approved ones are free to be paid.
    """
    rows = payables(uow, *_conditions(filters), on=filters.on)
    if filters.age is not None:
        rows = [row for row in rows if row.age is filters.age]
    return [row for row in rows if row.is_free] if filters.is_free else rows


def _conditions(filters: PayableFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.supplier_id is not None:
        found.append(Invoice.supplier_id == filters.supplier_id)
    if filters.due_by is not None:
        found.append(Invoice.due_on <= filters.due_by)
    if filters.text.strip():
        columns = (Invoice.number, Invoice.own_number, Supplier.name, Supplier.name_en)
        found.append(or_(*(column.icontains(filters.text.strip(), autoescape=True) for column in columns)))
    return found


@query(Permission.COST_VIEW)
def list_ageing(uow: UnitOfWork, *, on: date | None = None) -> list[AgeingRow]:
    """What is owed to each supplier by age of the debt, the largest first; at the end of a day, or now."""
    grouped: dict[tuple[int, str], list[PayableRow]] = defaultdict(list)
    for row in payables(uow, on=on):
        grouped[row.supplier_id, row.currency].append(row)
    found = [_aged(own) for own in grouped.values()]
    return sorted(found, key=lambda row: (-row.total_site, row.supplier_id))


def _aged(rows: list[PayableRow]) -> AgeingRow:
    by_age: Mapping[Due, Decimal] = {due: sum((row.open for row in rows if row.age is due), Decimal(0)) for due in Due}
    return AgeingRow(
        rows[0].supplier_id,
        rows[0].supplier,
        rows[0].currency,
        by_age,
        sum(by_age.values(), Decimal(0)),
        sum((row.open_site for row in rows), Decimal(0)),
    )


@query(Permission.COST_VIEW)
def list_proposals(uow: UnitOfWork, *, state: ProposalState | None = None) -> list[ProposalRow]:
    """Payment proposals, the newest first."""
    statement = _proposals().order_by(P.id.desc())
    if state is not None:
        statement = statement.where(P.state == state)
    return [_proposal(row._mapping) for row in uow.sql.execute(statement)]


@query(Permission.COST_VIEW)
def get_proposal(uow: UnitOfWork, *, proposal_id: int) -> ProposalCard:
    """A payment proposal with its invoices, and what keeps it from becoming a file. Raises NotFound."""
    found = uow.sql.execute(_proposals().where(P.id == proposal_id)).first()
    if found is None:
        raise NotFound(_("This payment proposal is not there any more."), field="proposal")
    row = _proposal(found._mapping)
    lines = uow.sql.execute(
        select(
            Invoice.id, Invoice.own_number, Invoice.number, Invoice.supplier_id, Invoice.due_on, L.amount, Supplier.name,
            Supplier.name_en, Supplier.iban, Supplier.bank_account, Invoice.paid,
        )
        .join(Invoice, Invoice.id == L.invoice_id)
        .join(Supplier, Supplier.id == Invoice.supplier_id)
        .where(L.proposal_id == proposal_id)
        .order_by(Invoice.supplier_id, Invoice.due_on, Invoice.id)
    )  # fmt: skip
    faults = faults_of(uow, proposal_id, row.number, row.currency) if row.state is ProposalState.DRAFT else ()
    note = uow.sql.execute(select(P.note).where(P.id == proposal_id)).scalar_one()
    return ProposalCard(row, note, tuple(_line(line, row.currency) for line in lines), faults)


def _line(line: Any, currency: str) -> ProposalLine:
    return ProposalLine(
        invoice_id=line.id,
        own_number=line.own_number,
        number=line.number,
        supplier_id=line.supplier_id,
        supplier=Name(line.name, line.name_en),
        due_on=line.due_on,
        amount=money(line.amount, currency),
        account=line.iban or line.bank_account,
        paid=money(line.paid, currency),
    )


def _proposals() -> Any:
    lines = (
        select(
            L.proposal_id,
            total(L.amount).label("total"),
            func.count().label("lines"),
            func.count(func.distinct(Invoice.supplier_id)).label("suppliers"),
        )
        .join(Invoice, Invoice.id == L.invoice_id)
        .group_by(L.proposal_id)
        .subquery()
    )
    columns = (P.id, P.version, P.number, P.state, P.pay_on, P.currency, P.created_at, P.exported_at, P.way)
    statement = select(*columns, Person.name.label("by"), lines.c.total, lines.c.lines, lines.c.suppliers)
    return statement.join(Person, Person.id == P.person_id).outerjoin(lines, lines.c.proposal_id == P.id)


def _proposal(row: Any) -> ProposalRow:
    return ProposalRow(
        id=row["id"],
        version=row["version"],
        number=row["number"],
        state=ProposalState(row["state"]),
        pay_on=row["pay_on"],
        currency=row["currency"],
        total=money(int(row["total"] or 0), row["currency"]),
        lines=row["lines"] or 0,
        suppliers=row["suppliers"] or 0,
        by=row["by"],
        created_at=row["created_at"],
        exported_at=row["exported_at"],
        way=row["way"],
    )


@query(Permission.PAYMENT_EDIT)
def get_payment_file(uow: UnitOfWork, *, proposal_id: int) -> PaymentFile:
    """The file for the bank of an exported proposal, the same to the byte each time.

    Raises Refused when none was made yet, Rejected when an account was changed since so that it cannot be made again.
    """
    return file_of(uow, proposal_id)


@query(Permission.COST_VIEW)
def list_payments(uow: UnitOfWork, *, invoice_id: int) -> list[PaymentRow]:
    """What was paid on an invoice, the newest first; what was taken back is left out."""
    rows = uow.sql.execute(
        select(
            Payment.id, Payment.invoice_id, Payment.paid_on, Payment.amount, Invoice.currency, P.number, Payment.note,
            Person.name.label("by"),
        )
        .join(Invoice, Invoice.id == Payment.invoice_id)
        .join(Person, Person.id == Payment.person_id)
        .outerjoin(P, P.id == Payment.proposal_id)
        .where(Payment.invoice_id == invoice_id, Payment.undone_at.is_(None))
        .order_by(Payment.id.desc())
    )  # fmt: skip
    return [
        PaymentRow(
            row.id, row.invoice_id, row.paid_on, money(row.amount, row.currency), row.currency, row.number or "",
            row.note, row.by,
        )
        for row in rows
    ]  # fmt: skip
