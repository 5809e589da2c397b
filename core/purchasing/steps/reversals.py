"""What purchasing says when postings of the ledger are taken back, from its own pages or the ledger's: invoices hold on to
receipts, orders await the goods again, claims lose their ground."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select, update

from core import catalog, stock
from core.errors import Refused
from core.i18n import _
from core.purchasing.steps.claims import ENDED, end_claims
from core.purchasing.steps.orders import after_delivery
from core.uow import UnitOfWork
from db.catalog import PriceHistory
from db.enums import ClaimState
from db.enums import PostingKind as K
from db.purchasing import (
    Claim,
    Invoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceMatch,
    PurchaseOrderLine,
    PurchaseReceipt,
    PurchaseReceiptLine,
)
from db.sql import chunks
from db.stock import StockEntry, StockPosting

R, RL, P, E, H = PurchaseReceipt, PurchaseReceiptLine, StockPosting, StockEntry, PriceHistory
PAID = "receipt"
I, IL, M, C = Invoice, InvoiceLine, InvoiceMatch, InvoiceCharge  # noqa: E741


def watch() -> None:
    """Hear of reversals from now on."""
    stock.watch_reversals(check_reversals, follow_reversals)


def check_reversals(uow: UnitOfWork, posting_ids: Sequence[int]) -> None:
    """A receipt is taken back only while no invoice is matched to it and no claim about it was credited; the same for a
    return and its claim. Raises Refused with the way out."""
    for part in chunks(posting_ids):
        _check_matches(uow, part)
        _check_charges(uow, part)
        _check_claims(uow, part)


def _check_matches(uow: UnitOfWork, posting_ids: list[int]) -> None:
    held = uow.sql.execute(
        select(P.number, I.number.label("invoice"))
        .join(E, E.posting_id == P.id)
        .join(M, M.entry_id == E.id)
        .join(IL, IL.id == M.invoice_line_id)
        .join(I, I.id == IL.invoice_id)
        .where(P.id.in_(posting_ids), M.undone_at.is_(None), E.is_reversal.is_(False))
        .order_by(P.id, M.id)
        .limit(1)
    ).first()
    if held is not None:
        raise Refused(
            _(
                "{receipt} is matched to invoice {invoice}. Take the match back first.",
                receipt=held.number,
                invoice=held.invoice,
            ),
            field="ref",
        )


def _check_charges(uow: UnitOfWork, posting_ids: list[int]) -> None:
    held = uow.sql.execute(
        select(P.number, I.number.label("invoice"))
        .join(C, C.receipt_posting_id == P.id)
        .join(IL, IL.id == C.invoice_line_id)
        .join(I, I.id == IL.invoice_id)
        .where(P.id.in_(posting_ids), C.undone_at.is_(None))
        .order_by(P.id, C.id)
        .limit(1)
    ).first()
    if held is not None:
        raise Refused(
            _(
                "{receipt} carries costs of invoice {invoice}. Take the match of that invoice back first.",
                receipt=held.number,
                invoice=held.invoice,
            ),
            field="ref",
        )


def _check_claims(uow: UnitOfWork, posting_ids: list[int]) -> None:
    held = uow.sql.execute(
        select(Claim.number)
        .outerjoin(R, R.id == Claim.receipt_id)
        .where(
            or_(R.posting_id.in_(posting_ids), Claim.return_id.in_(posting_ids)),
            or_(Claim.state == ClaimState.CREDITED, Claim.credited > 0),
        )
        .order_by(Claim.id)
        .limit(1)
    ).scalar()
    if held is not None:
        raise Refused(
            _("Claim {number} about it was credited already. Take the credit back first.", number=held), field="ref"
        )


def follow_reversals(uow: UnitOfWork, pairs: Sequence[tuple[int, int]]) -> None:
    """Receipts know what took them back, their orders await the goods again, claims about them end."""
    for part in chunks(pairs):
        backs = dict(part)
        rows = uow.sql.execute(select(R.id, R.posting_id).where(R.posting_id.in_(list(backs)))).all()
        for row in rows:
            fresh = {"reversal_id": backs[row.posting_id], "version": R.version + 1}
            uow.sql.execute(update(R).where(R.id == row.id).values(**fresh))
        if rows:
            await_again(uow, [row.id for row in rows])
        _forget_prices(uow, list(backs))
        about = or_(Claim.receipt_id.in_([row.id for row in rows]), Claim.return_id.in_(list(backs)))
        _end_claims(uow, uow.sql.execute(select(Claim.__table__).where(about, Claim.state.not_in(ENDED))).all())


def _forget_prices(uow: UnitOfWork, posting_ids: list[int]) -> None:
    """The prices these receipts paid were never paid: the next delivery is not held against them."""
    same_supplier = or_(H.supplier_id == P.supplier_id, and_(H.supplier_id.is_(None), P.supplier_id.is_(None)))
    paid = (
        select(H.id)
        .join(E, E.item_id == H.item_id)
        .join(P, and_(P.id == E.posting_id, P.at == H.at))
        .where(P.id.in_(posting_ids), P.kind == K.RECEIPT, H.source == PAID, same_supplier)
        .distinct()
    )
    catalog.remove_prices(uow, uow.sql.execute(paid).scalars().all())


def await_again(uow: UnitOfWork, receipt_ids: list[int]) -> None:
    """Set the orders of these receipts anew from their lines."""
    lines = select(RL.order_line_id).where(RL.receipt_id.in_(receipt_ids), RL.order_line_id.is_not(None))
    listed = select(PurchaseOrderLine.order_id).where(PurchaseOrderLine.id.in_(lines)).distinct()
    after_delivery(uow, uow.sql.execute(listed).scalars().all())


def _end_claims(uow: UnitOfWork, rows: Sequence[object]) -> None:
    end_claims(uow, rows, _("What it was about was taken back.").render(uow.site.language))
