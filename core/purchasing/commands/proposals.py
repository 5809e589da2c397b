"""What a person can do about payment proposals: make them, make the bank's file, book what was paid, take it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from core import documents
from core.errors import InvalidInput, Refused
from core.i18n import _
from core.purchasing.rules.states import PROPOSAL, state_after
from core.purchasing.steps.payables import (
    calendar_today,
    held_proposal,
    owed_invoices,
    payables,
    proposal_lines,
)
from core.purchasing.steps.paying import check_part, pay, take_back
from core.purchasing.steps.payment_files import file_of
from core.purchasing.types.payments import PayableRow
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from core.values import digits_of, to_minor
from db.enums import InvoiceState, Permission, ProposalState
from db.purchasing import Invoice, Payment, PaymentProposal, PaymentProposalLine

PREFIX = "PP"
WAYS = ("csv", "pain001")


@command(Permission.PAYMENT_EDIT)
def propose_payments(
    uow: UnitOfWork,
    *,
    due_by: date,
    pay_on: date,
    invoice_ids: tuple[int, ...] = (),
    supplier_id: int | None = None,
    note: str = "",
) -> tuple[int, ...]:
    """Propose payments.

    Every approved invoice due by a day (or just the ones named) that stands in no other proposal, with the approved
    credit notes of the same suppliers taken off; one proposal a currency. A supplier to whom nothing would be paid is
    left out. Answers the proposals. Raises Refused when there is nothing to pay, InvalidInput for a day that has passed.
    """
    _check_day(uow, pay_on)
    conditions = [Invoice.state == InvoiceState.APPROVED]
    if supplier_id is not None:
        conditions.append(Invoice.supplier_id == supplier_id)
    rows = [row for row in payables(uow, *conditions) if row.is_free]
    wanted = set(invoice_ids)
    rows = [row for row in rows if (row.id in wanted if wanted else row.open < 0 or row.due_on <= due_by)]
    if wanted - {row.id for row in rows}:
        raise _not_free()
    chosen = [row for group in _by_supplier(rows).values() for row in group if sum(one.open for one in group) > 0]
    if not chosen:
        raise Refused(_("Nothing approved is due by {day}.", day=due_by), field="due_by")
    _hold(uow, chosen)
    made = []
    for currency in sorted({row.currency for row in chosen}):
        own = [row for row in chosen if row.currency == currency]
        made.append(_propose(uow, own, currency, pay_on, note))
    return tuple(made)


def _hold(uow: UnitOfWork, chosen: Sequence[PayableRow]) -> None:
    """Hold the invoices; what others did with them since they were read is seen only then."""
    ids = [row.id for row in chosen]
    owed_invoices(uow, ids)
    now = {row.id: row for row in payables(uow, Invoice.id.in_(ids))}
    if any(one.id not in now or not now[one.id].is_free or now[one.id].open != one.open for one in chosen):
        raise _not_free()


def _not_free() -> Refused:
    return Refused(_("One of these invoices is not free to be paid any more. Look at the list again."))


def _by_supplier(rows: Sequence[PayableRow]) -> Mapping[tuple[int, str], list[PayableRow]]:
    found: dict[tuple[int, str], list[PayableRow]] = defaultdict(list)
    for row in rows:
        found[row.supplier_id, row.currency].append(row)
    return found


def _propose(uow: UnitOfWork, rows: Sequence[PayableRow], currency: str, pay_on: date, note: str) -> int:
    number = documents.next_number(uow, PREFIX, uow.now)
    proposal_id = uow.sql.execute(
        insert(PaymentProposal)
        .values(
            number=number,
            state=ProposalState.DRAFT,
            pay_on=pay_on,
            currency=currency,
            note=note.strip()[:200],
            person_id=uow.actor.person_id,
            created_at=uow.now,
        )
        .returning(PaymentProposal.id)
    ).scalar_one()
    digits = digits_of(currency)
    lines = [{"proposal_id": proposal_id, "invoice_id": row.id, "amount": to_minor(row.open, digits)} for row in rows]
    uow.sql.execute(insert(PaymentProposalLine), lines)
    return int(proposal_id)


def _check_day(uow: UnitOfWork, pay_on: date) -> None:
    if pay_on < calendar_today(uow):
        raise InvalidInput(_("{day} has passed. Choose a day from today on.", day=pay_on), field="pay_on")


@command(Permission.PAYMENT_EDIT)
def update_proposal(
    uow: UnitOfWork,
    *,
    proposal_id: int,
    version: int,
    pay_on: date | None = None,
    note: str | None = None,
    amounts: Mapping[int, Decimal] | None = None,
) -> int:
    """Change a payment proposal.

    `amounts` by invoice, in the proposal's currency: a part of what is open, or 0 to leave the invoice out. Answers the
    new version. Raises Refused once the file was made, InvalidInput for more than is open, Conflict, NotFound.
    """
    row = held_proposal(uow, proposal_id, version)
    _check_draft(row)
    values: dict[str, object] = {"version": version + 1}
    if pay_on is not None:
        _check_day(uow, pay_on)
        values["pay_on"] = pay_on
    if note is not None:
        values["note"] = note.strip()[:200]
    uow.sql.execute(update(PaymentProposal).where(PaymentProposal.id == proposal_id).values(**values))
    for invoice_id, amount in (amounts or {}).items():
        _set_amount(uow, proposal_id, row.currency, invoice_id, amount)
    return version + 1


def _set_amount(uow: UnitOfWork, proposal_id: int, currency: str, invoice_id: int, amount: Decimal) -> None:
    line = (PaymentProposalLine.proposal_id == proposal_id) & (PaymentProposalLine.invoice_id == invoice_id)
    if not amount:
        uow.sql.execute(delete(PaymentProposalLine).where(line))
        return
    owed = owed_invoices(uow, [invoice_id])[invoice_id]
    minor = to_minor(amount, digits_of(currency))
    check_part(owed, minor)
    uow.sql.execute(update(PaymentProposalLine).where(line).values(amount=minor))


def _check_draft(row: Row[Any]) -> None:
    if row.state != ProposalState.DRAFT:
        raise Refused(_("The file of {number} was made. Take it back first.", number=row.number))


@command(Permission.PAYMENT_EDIT)
def drop_proposal(uow: UnitOfWork, *, proposal_id: int, version: int) -> None:
    """Drop a payment proposal.

    Its invoices are free again; its number is not given twice. Raises Refused once the file was made, Conflict, NotFound.
    """
    row = held_proposal(uow, proposal_id, version)
    _check_draft(row)
    uow.note(number=row.number)
    uow.sql.execute(delete(PaymentProposalLine).where(PaymentProposalLine.proposal_id == proposal_id))
    uow.sql.execute(delete(PaymentProposal).where(PaymentProposal.id == proposal_id))


@command(Permission.PAYMENT_EDIT)
def export_proposal(uow: UnitOfWork, *, proposal_id: int, version: int, way: str) -> int:
    """Make the payment file.

    `way` is csv for any bank or pain001 for SEPA (euro). From then on the proposal does not change; `get_payment_file`
    gives the file, the same to the byte each time. Answers the new version. Raises Rejected with every fault, Refused,
    Conflict, NotFound.
    """
    row = held_proposal(uow, proposal_id, version)
    after = state_after(PROPOSAL, ProposalState(row.state), Event.EXPORT, row.number)
    if way not in WAYS:
        raise InvalidInput(_("The file is CSV or SEPA (pain.001)."), field="way")
    for owed in owed_invoices(uow, [invoice_id for invoice_id, _amount in proposal_lines(uow, proposal_id)]).values():
        if owed.state is not InvoiceState.APPROVED:
            raise Refused(_("Invoice {number} is not approved any more. Leave it out.", number=owed.number))
    uow.sql.execute(
        update(PaymentProposal)
        .where(PaymentProposal.id == proposal_id)
        .values(state=after, way=way, exported_at=uow.now, version=version + 1)
    )
    made = file_of(uow, proposal_id)
    uow.sql.execute(
        update(PaymentProposal).where(PaymentProposal.id == proposal_id).values(sha256=sha256(made.content).hexdigest())
    )
    return version + 1


@command(Permission.PAYMENT_EDIT)
def withdraw_proposal(uow: UnitOfWork, *, proposal_id: int, version: int) -> int:
    """Take a payment file back.

    For a file that did not go to the bank: the proposal can be changed again. Answers the new version. Raises Refused
    when it was paid, Conflict, NotFound.
    """
    row = held_proposal(uow, proposal_id, version)
    after = state_after(PROPOSAL, ProposalState(row.state), Event.WITHDRAW, row.number)
    values = {"state": after, "way": "", "exported_at": None, "sha256": "", "version": version + 1}
    uow.sql.execute(update(PaymentProposal).where(PaymentProposal.id == proposal_id).values(**values))
    return version + 1


@command(Permission.PAYMENT_EDIT)
def book_proposal(uow: UnitOfWork, *, proposal_id: int, version: int, paid_on: date | None = None) -> int:
    """Book a proposal as paid.

    Each of its invoices gets its payment, on the day of the proposal or another. Answers the new version. Raises Refused,
    InvalidInput for a day ahead, Conflict, NotFound.
    """
    row = held_proposal(uow, proposal_id, version)
    after = state_after(PROPOSAL, ProposalState(row.state), Event.PAY, row.number)
    day = paid_on or min(row.pay_on, calendar_today(uow))
    lines = proposal_lines(uow, proposal_id)
    pay(uow, lines, day, proposal_id)
    uow.sql.execute(
        update(PaymentProposal).where(PaymentProposal.id == proposal_id).values(state=after, version=version + 1)
    )
    return version + 1


@command(Permission.PAYMENT_EDIT)
def unbook_proposal(uow: UnitOfWork, *, proposal_id: int, version: int) -> int:
    """Take the payments of a proposal back.

    For a file the bank refused. Answers the new version. Raises Refused, Conflict, NotFound.
    """
    row = held_proposal(uow, proposal_id, version)
    after = state_after(PROPOSAL, ProposalState(row.state), Event.UNPAY, row.number)
    rows = uow.sql.execute(
        select(Payment.id, Payment.invoice_id, Payment.amount).where(
            Payment.proposal_id == proposal_id, Payment.undone_at.is_(None)
        )
    ).all()
    take_back(uow, [(one.id, one.invoice_id, one.amount) for one in rows])
    uow.sql.execute(
        update(PaymentProposal).where(PaymentProposal.id == proposal_id).values(state=after, version=version + 1)
    )
    return version + 1
