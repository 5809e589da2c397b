"""Matches and charges taken back, with everything they booked, and what forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from core.errors import Refused
from core.i18n import _
from core.purchasing.steps.invoices.booking import take_back
from core.purchasing.steps.invoices.claiming import claimed_matches, settle_by
from core.purchasing.steps.invoices.work import C, L, Work, load_work
from core.purchasing.types.standing import Held
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import ClaimState, InvoiceKind, ProposalState
from db.purchasing import Claim, PaymentProposal, PaymentProposalLine
from db.sql import chunks

CL = table_of(Claim)


def release(uow: UnitOfWork, invoice_id: int) -> Work:
    """Take back everything an invoice is held against. Raises Refused while a difference of it is claimed."""
    work = load_work(uow, [invoice_id])
    undo(uow, work, [one for line in work.every_line() for one in line.matches], charge_ids(uow, [invoice_id]))
    return work


def undo(uow: UnitOfWork, work: Work, held: Sequence[Held], charges: Sequence[int] = ()) -> None:
    """Take back these stored matches and charges. Raises Refused for a claimed difference whose claim goes on."""
    credits = {key for key, head in work.heads.items() if head.kind == InvoiceKind.CREDIT_NOTE}
    lines = {line.id: line for line in work.every_line()}
    claimed = claimed_matches(held)
    _check_claims_ended(uow, [one for one in claimed if lines[one.line_id].invoice_id not in credits])
    settle_by(uow, held, -1)
    take_back(uow, held, charges)
    gone = {one.id for one in held}
    for line in lines.values():
        line.matches = [one for one in line.matches if one.id not in gone]


def _check_claims_ended(uow: UnitOfWork, held: Sequence[Held]) -> None:
    ids = sorted({one.claim_id for one in held if one.claim_id is not None})
    going_on = select(CL.c.number).where(CL.c.id.in_(ids), CL.c.state != ClaimState.WRITTEN_OFF).order_by(CL.c.id)
    number = uow.sql.execute(going_on.limit(1)).scalar() if ids else None
    if number is not None:
        raise Refused(_("A difference is claimed with {number}. Write that claim off first.", number=number))


def charge_ids(uow: UnitOfWork, invoice_ids: Iterable[int], line_id: int | None = None) -> list[int]:
    """Charges that stand spread of these invoices, or of one line."""
    found: list[int] = []
    for part in chunks(sorted(set(invoice_ids))):
        mine = select(L.c.id).where(L.c.invoice_id.in_(part))
        listed = select(C.c.id).where(C.c.invoice_line_id.in_(mine), C.c.undone_at.is_(None))
        if line_id is not None:
            listed = listed.where(C.c.invoice_line_id == line_id)
        found += list(uow.sql.execute(listed.order_by(C.c.id)).scalars())
    return found


def open_proposal_of(uow: UnitOfWork, invoice_id: int) -> str:
    """The number of the payment proposal an invoice stands in that is not paid, empty for none."""
    found = uow.sql.execute(
        select(PaymentProposal.number)
        .join(PaymentProposalLine, PaymentProposalLine.proposal_id == PaymentProposal.id)
        .where(PaymentProposalLine.invoice_id == invoice_id, PaymentProposal.state != ProposalState.PAID)
        .limit(1)
    ).scalar()
    return str(found or "")
