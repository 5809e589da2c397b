"""What a person can do with suppliers' statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from core import catalog
from core.currencies import check_currency
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import _
from core.purchasing.steps.payables import calendar_today
from core.purchasing.types.payments import NewStatement
from core.registry import command
from core.uow import UnitOfWork
from core.values import digits_of, to_minor
from db.enums import Permission
from db.purchasing import SupplierStatement, SupplierStatementLine

S = SupplierStatement
MOST_LINES = 2_000


@command(Permission.INVOICE_EDIT)
def enter_statement(uow: UnitOfWork, *, statement: NewStatement) -> int:
    """Enter a supplier's statement.

    What the supplier says is open at the end of a day, line by line; the lines must sum to its balance. Answers its id.
    Raises InvalidInput.
    """
    deal = catalog.load_suppliers(uow, [statement.supplier_id]).get(statement.supplier_id)
    if deal is None:
        raise InvalidInput(_("Choose the supplier."), field="supplier")
    if statement.until > calendar_today(uow):
        raise InvalidInput(
            _("{day} lies ahead: a statement ends today at the latest.", day=statement.until), field="until"
        )
    currency = check_currency(statement.currency or deal.currency)
    lines = _lines(statement, digits_of(currency))
    balance = to_minor(statement.balance, digits_of(currency))
    said = sum(line["amount"] for line in lines)
    if said != balance:
        raise InvalidInput(
            _(
                "The lines sum to {sum}, the balance is {balance}. One of them is missing or wrong.",
                sum=sum((line.amount for line in statement.lines), start=statement.balance * 0),
                balance=statement.balance,
            ),
            field="balance",
        )
    key = uow.sql.execute(
        insert(S)
        .values(
            supplier_id=deal.id,
            until=statement.until,
            currency=currency,
            balance=balance,
            note=statement.note.strip()[:200],
            is_settled=False,
            person_id=uow.actor.person_id,
            created_at=uow.now,
        )
        .returning(S.id)
    ).scalar_one()
    if lines:
        uow.sql.execute(insert(SupplierStatementLine), [{**line, "statement_id": key} for line in lines])
    return int(key)


def _lines(statement: NewStatement, digits: int) -> list[dict[str, Any]]:
    if len(statement.lines) > MOST_LINES:
        raise InvalidInput(_("A statement has at most {n} lines.", n=MOST_LINES), field="lines")
    found: list[dict[str, Any]] = []
    for number, line in enumerate(statement.lines, start=1):
        if not line.number.strip():
            raise InvalidInput(_("Which invoice is it? Write its number."), field="number", row=number)
        try:
            amount = to_minor(line.amount, digits)
        except InvalidInput as fault:
            raise fault.in_row(number) from None
        found.append(
            {"line": number, "number": line.number.strip()[:60], "day": line.day, "amount": amount, "invoice_id": None}
        )
    return found


@command(Permission.INVOICE_EDIT)
def settle_statement(uow: UnitOfWork, *, statement_id: int, version: int, is_settled: bool = True) -> int:
    """Mark a statement as settled.

    Its differences were cleared up with the supplier; `is_settled` False opens it again. Answers the new version. Raises
    Conflict, NotFound.
    """
    _check(uow, statement_id, version)
    uow.sql.execute(update(S).where(S.id == statement_id).values(is_settled=is_settled, version=version + 1))
    return version + 1


@command(Permission.INVOICE_EDIT)
def remove_statement(uow: UnitOfWork, *, statement_id: int, version: int) -> None:
    """Remove a supplier's statement.

    One that was entered by mistake; no books hang on it. Raises Conflict, NotFound.
    """
    _check(uow, statement_id, version)
    uow.sql.execute(delete(SupplierStatementLine).where(SupplierStatementLine.statement_id == statement_id))
    uow.sql.execute(delete(S).where(S.id == statement_id))


def _check(uow: UnitOfWork, statement_id: int, version: int) -> None:
    row = uow.sql.execute(select(S.version).where(S.id == statement_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("This statement is not there any more."), field="statement")
    if row.version != version:
        raise Conflict(
            _("Somebody else changed this statement meanwhile. Look at it again."), base={}, mine={}, theirs={}
        )
