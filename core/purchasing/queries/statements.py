"""What a person can see of suppliers' statements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.rules.statements import Booked, reconcile
from core.purchasing.steps.payables import OWED, money
from core.purchasing.types.payments import NewStatementLine, StatementCard, StatementRow
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.enums import InvoiceState, Permission
from db.identity import Person
from db.purchasing import Invoice, Payment, SupplierStatement, SupplierStatementLine
from db.sql import total

S, T = SupplierStatement, SupplierStatementLine


@query(Permission.COST_VIEW)
def list_statements(uow: UnitOfWork, *, supplier_id: int | None = None) -> list[StatementRow]:
    """Suppliers' statements, the newest first, each with what the books say was open on its day."""
    statement = _statements().order_by(S.is_settled, S.until.desc(), S.id.desc())
    if supplier_id is not None:
        statement = statement.where(S.supplier_id == supplier_id)
    return [_row(row._mapping) for row in uow.sql.execute(statement)]


@query(Permission.COST_VIEW)
def get_statement(uow: UnitOfWork, *, statement_id: int) -> StatementCard:
    """A statement with every line held against the books as they were on its day. Raises NotFound."""
    found = uow.sql.execute(_statements().where(S.id == statement_id)).first()
    if found is None:
        raise NotFound(_("This statement is not there any more."), field="statement")
    row = _row(found._mapping)
    lines = uow.sql.execute(select(T.number, T.amount, T.day).where(T.statement_id == statement_id).order_by(T.line))
    theirs = [NewStatementLine(line.number, money(line.amount, row.currency), line.day) for line in lines]
    note = uow.sql.execute(select(S.note).where(S.id == statement_id)).scalar_one()
    return StatementCard(row, note, reconcile(theirs, _booked(uow, row)))


def _paid() -> Any:
    """What was paid on invoices up to the day of a statement."""
    return (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(Payment.invoice_id == Invoice.id, Payment.paid_on <= S.until, Payment.undone_at.is_(None))
        .correlate(Invoice, S)
        .scalar_subquery()
    )


def _booked(uow: UnitOfWork, row: StatementRow) -> list[Booked]:
    rows = uow.sql.execute(
        select(Invoice.id, Invoice.number, Invoice.invoiced_on, Invoice.gross, _paid().label("paid"))
        .join(S, S.supplier_id == Invoice.supplier_id)
        .where(S.id == row.id, Invoice.currency == S.currency, Invoice.invoiced_on <= S.until)
        .where(Invoice.state.in_((*OWED, InvoiceState.PAID)))
        .order_by(Invoice.invoiced_on, Invoice.id)
    )
    return [Booked(one.id, one.number, one.invoiced_on, money(one.gross - int(one.paid), row.currency)) for one in rows]


def _statements() -> Any:
    ours = (
        select(total(Invoice.gross - _paid()))
        .where(Invoice.supplier_id == S.supplier_id, Invoice.currency == S.currency, Invoice.invoiced_on <= S.until)
        .where(Invoice.state.in_((*OWED, InvoiceState.PAID)))
        .correlate(S)
        .scalar_subquery()
    )
    columns = (S.id, S.version, S.supplier_id, S.until, S.currency, S.balance, S.is_settled)
    statement = select(*columns, Supplier.name, Supplier.name_en, Person.name.label("by"), ours.label("ours"))
    return statement.join(Supplier, Supplier.id == S.supplier_id).join(Person, Person.id == S.person_id)


def _row(row: Any) -> StatementRow:
    amounts: list[Decimal] = [money(int(row[name]), row["currency"]) for name in ("balance", "ours")]
    return StatementRow(
        id=row["id"],
        version=row["version"],
        supplier_id=row["supplier_id"],
        supplier=Name(row["name"], row["name_en"]),
        until=row["until"],
        currency=row["currency"],
        balance=amounts[0],
        ours=amounts[1],
        is_settled=row["is_settled"],
        by=row["by"],
    )
