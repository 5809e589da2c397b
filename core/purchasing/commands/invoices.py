"""What a person does with suppliers' invoices and credit notes: enter, change, cancel, approve."""

from __future__ import annotations

from sqlalchemy import update

from core.errors import InvalidInput, Refused
from core.i18n import Text, _, join
from core.purchasing.rules.states import INVOICE, can, state_after
from core.purchasing.steps.invoices.books import load_books
from core.purchasing.steps.invoices.learning import learn_codes
from core.purchasing.steps.invoices.matching import match_invoices
from core.purchasing.steps.invoices.ready import make_ready
from core.purchasing.steps.invoices.store import (
    ask,
    insert_invoices,
    keep_document,
    load_invoice,
    move_invoice,
    replace_invoice,
)
from core.purchasing.steps.invoices.undoing import open_proposal_of, release
from core.purchasing.steps.invoices.work import I, judge_all, load_work
from core.purchasing.types.invoices import InvoiceDocument, InvoiceOutcome, NewInvoice
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from core.words import word
from db.enums import InvoiceState, Permission, Verdict

LONGEST_NOTE = 400
EDITABLE = frozenset({InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES, InvoiceState.MATCHED, InvoiceState.DRAFT})


@command(Permission.INVOICE_EDIT)
def enter_invoice(
    uow: UnitOfWork, *, invoice: NewInvoice, document: InvoiceDocument | None = None, is_matched: bool = True
) -> InvoiceOutcome:
    """Enter an invoice or credit note.

    It is matched with receipts at once unless `is_matched` says otherwise; `document` is kept with it. Raises
    InvalidInput or NotFound with the row and field, Refused when the number is there already; NeedsConfirmation for the
    same amount on the same day, another currency than the supplier's, prices and quantities that look like slips, old
    dates.
    """
    ready = make_ready(uow, load_books(uow, [invoice]), invoice)
    ask(uow, ready.questions)
    learn_codes(uow, [ready])
    invoice_id = insert_invoices(uow, [ready])[0]
    if document is not None:
        keep_document(uow, invoice_id, document)
    uow.note(number=ready.head["number"])
    return match_invoices(uow, [invoice_id]).outcomes[0] if is_matched else _standing(uow, invoice_id)


@command(Permission.INVOICE_EDIT)
def update_invoice(uow: UnitOfWork, *, invoice_id: int, version: int, invoice: NewInvoice) -> InvoiceOutcome:
    """Correct an invoice that is not approved.

    Its matches are taken back with what they booked, it is stored as `invoice` says, and matched again. Raises as
    `enter_invoice`, Refused when it is approved or when a difference of it is claimed; Conflict.
    """
    row = load_invoice(uow, invoice_id, version)
    if InvoiceState(row.state) not in EDITABLE:
        state_after(INVOICE, InvoiceState(row.state), Event.REVISE, row.own_number)
    release(uow, invoice_id)
    ready = make_ready(uow, load_books(uow, [invoice]), invoice, invoice_id)
    ask(uow, ready.questions)
    learn_codes(uow, [ready])
    replace_invoice(uow, row, ready)
    uow.note(number=row.own_number)
    return match_invoices(uow, [invoice_id]).outcomes[0]


@command(Permission.INVOICE_EDIT)
def cancel_invoice(uow: UnitOfWork, *, invoice_id: int, version: int, note: str = "") -> InvoiceOutcome:
    """Cancel an invoice.

    Its matches are taken back with what they booked; its number may be entered again. Raises Refused when it is approved
    or paid, or when a difference of it is claimed; Conflict.
    """
    row = load_invoice(uow, invoice_id, version)
    if InvoiceState(row.state) not in EDITABLE:
        state_after(INVOICE, InvoiceState(row.state), Event.CANCEL, row.own_number)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(_("At most {n} characters fit here.", n=LONGEST_NOTE), field="note")
    release(uow, invoice_id)
    values = {"note": note.strip() or row.note, "verdict": "", "version": I.c.version + 1}
    uow.sql.execute(update(I).where(I.c.id == invoice_id).values(state=str(InvoiceState.CANCELLED), **values))
    uow.note(number=row.own_number, changes={"state": [row.state, str(InvoiceState.CANCELLED)]})
    return _standing(uow, invoice_id)


@command(Permission.INVOICE_APPROVE)
def approve_invoices(uow: UnitOfWork, *, invoice_ids: tuple[int, ...]) -> int:
    """Approve invoices for payment.

    All of them or none; answers how many. Raises Refused for one that is not matched; NeedsConfirmation when taxes do not
    add up.
    """
    work = load_work(uow, invoice_ids)
    judge_all(uow, work)
    doubts: list[Text] = []
    for key, head in work.heads.items():
        state_after(INVOICE, InvoiceState(head.state), Event.APPROVE, head.own_number)
        doubts += [
            _("{number}: {text}", number=head.own_number, text=one.text) for one in work.judgements[key].findings
        ]
    if doubts:
        uow.confirm("findings", _("{findings} Approve it all the same?", findings=join(doubts[:5], " ")))
    uow.sql.execute(
        update(I)
        .where(I.c.id.in_(sorted(work.heads)))
        .values(
            state=str(InvoiceState.APPROVED), version=I.c.version + 1, approved_by_id=uow.actor.person_id,
            approved_at=uow.now,
        )
    )  # fmt: skip
    uow.note(numbers=[head.own_number for head in work.heads.values()])
    return len(work.heads)


@command(Permission.INVOICE_APPROVE)
def withdraw_invoice(uow: UnitOfWork, *, invoice_id: int, version: int, reason: str) -> InvoiceOutcome:
    """Withdraw the approval of an invoice.

    It is matched and may be changed again; `reason` is kept. Raises InvalidInput without a reason; Refused when it was
    not approved, is paid in part or stands in a payment proposal; Conflict.
    """
    row = load_invoice(uow, invoice_id, version)
    if not reason.strip():
        raise InvalidInput(_("Why is it taken back? Write a reason."), field="reason")
    if not can(INVOICE, InvoiceState(row.state), Event.WITHDRAW) or row.paid:
        raise Refused(
            _("{number} is “{state}”. Take its payments and its approval back first.", number=row.own_number,
              state=word(InvoiceState.PAID if row.paid else InvoiceState(row.state))),
            field="state",
        )  # fmt: skip
    proposal = open_proposal_of(uow, invoice_id)
    if proposal:
        raise Refused(_("It stands in payment proposal {number}. Take it out there first.", number=proposal))
    move_invoice(uow, row, Event.WITHDRAW, approved_by_id=None, approved_at=None)
    uow.note(reason=reason.strip()[:LONGEST_NOTE])
    return _standing(uow, invoice_id)


def _standing(uow: UnitOfWork, invoice_id: int) -> InvoiceOutcome:
    head = load_invoice(uow, invoice_id)
    verdict = Verdict(head.verdict) if head.verdict else None
    return InvoiceOutcome(invoice_id, head.version, head.own_number, head.number, InvoiceState(head.state), verdict)
