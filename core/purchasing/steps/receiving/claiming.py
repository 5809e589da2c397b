"""The claim that comes of a delivery: what was refused, and what is priced above the order."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from core.purchasing.rules.arrivals import price_with
from core.purchasing.steps.claims import open_claim
from core.purchasing.steps.receiving.write import Received
from core.purchasing.types.arrivals import Arrived, Terms
from core.purchasing.types.claims import NewClaim, NewClaimLine
from core.uow import UnitOfWork
from core.values import amount_of
from db.enums import ClaimKind
from db.purchasing import PurchaseReceiptLine


def claim_for(uow: UnitOfWork, received: Received, receipt_id: int) -> int | None:
    """Open the claim of a delivery; None when there is nothing to claim or nobody to claim it from."""
    supplier_id = received.new.supplier_id
    wanted = [(number, one) for number, one in enumerate(received.arrived, start=1) if _is_claimed(one, received.terms)]
    if supplier_id is None or not wanted:
        return None
    rl = PurchaseReceiptLine
    listed = select(rl.line, rl.id).where(rl.receipt_id == receipt_id)
    ids = {row.line: row.id for row in uow.sql.execute(listed)}
    lines: list[NewClaimLine] = []
    for number, one in wanted:
        lines.extend(_lines(one, received.terms, ids[number]))
    terms = received.terms
    return open_claim(
        uow,
        NewClaim(supplier_id, tuple(lines), receipt_id=receipt_id, currency=terms.currency, rate=terms.rate),
    )


def _is_claimed(one: Arrived, terms: Terms) -> bool:
    return bool(one.new.rejected_qty) or _too_much(one, terms) > 0


def _lines(one: Arrived, terms: Terms, line_id: int) -> list[NewClaimLine]:
    new, found = one.new, []
    if new.rejected_qty:
        amount = Decimal(0) if new.is_free else amount_of(new.rejected_qty, one.price, terms.digits)
        kind = ClaimKind(new.reject_reason)
        found.append(NewClaimLine(kind, one.item.id, new.rejected_qty, amount, one.unit, line_id, new.note))
    too_much = _too_much(one, terms)
    if too_much > 0:
        amount = amount_of(new.qty, too_much, terms.digits)
        found.append(NewClaimLine(ClaimKind.PRICE, one.item.id, new.qty, amount, one.unit, line_id, new.price_reason))
    return found


def _too_much(one: Arrived, terms: Terms) -> Decimal:
    """By how much the price of one unit is above the order's, as the delivery's prices are written."""
    line = one.awaited
    if line is None or line.price is None or line.item_id != one.item.id or not one.is_kept or one.new.is_free:
        return Decimal(0)
    agreed = line.price * one.factor / line.factor
    return one.price - price_with(agreed, line.tax_rate, is_incl=line.order.is_tax_incl, wanted_incl=terms.is_tax_incl)
