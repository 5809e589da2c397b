"""What a person can do about single payments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.purchasing.steps.payables import calendar_today, owed_invoices, proposed_ids
from core.purchasing.steps.paying import pay, take_back
from core.registry import command
from core.uow import UnitOfWork
from core.values import digits_of, to_minor
from db.enums import Permission
from db.purchasing import Payment


@command(Permission.PAYMENT_EDIT)
def pay_invoice(
    uow: UnitOfWork, *, invoice_id: int, amount: Decimal | None = None, paid_on: date | None = None, note: str = ""
) -> None:
    """Book a payment of an invoice.

    All that is open, or a part, paid by other ways than a proposal: cash, or set off against a credit note. Raises
    Refused when the invoice is not approved or stands in a proposal, InvalidInput for more than is open or a day ahead.
    """
    owed = owed_invoices(uow, [invoice_id]).get(invoice_id)
    if owed is None:
        raise InvalidInput(_("There is no such invoice."), field="invoice")
    waiting = proposed_ids(uow, [invoice_id]).get(invoice_id)
    if waiting:
        raise Refused(_("Invoice {number} stands in proposal {proposal}.", number=owed.number, proposal=waiting))
    minor = owed.open if amount is None else to_minor(amount, digits_of(owed.currency))
    pay(uow, [(invoice_id, minor)], paid_on or calendar_today(uow), None, note)


@command(Permission.PAYMENT_EDIT)
def undo_payment(uow: UnitOfWork, *, payment_id: int) -> None:
    """Take a payment back.

    Raises Refused when it was taken back already or belongs to a proposal, which is taken back as a whole.
    """
    row = uow.sql.execute(select(Payment.__table__).where(Payment.id == payment_id).with_for_update()).first()
    if row is None or row.undone_at is not None:
        raise Refused(_("This payment was taken back already."))
    if row.proposal_id is not None:
        raise Refused(_("This payment belongs to a proposal: take the whole proposal back."))
    take_back(uow, [(row.id, row.invoice_id, row.amount)])
