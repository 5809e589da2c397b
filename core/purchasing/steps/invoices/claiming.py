"""Differences of invoices that are claimed, and credit notes that answer claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, select

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.steps.claims import settle_claim, unsettle_claim
from core.purchasing.steps.invoices.work import I, L, M
from core.purchasing.types.claims import NewClaimLine
from core.purchasing.types.standing import Held, Standing
from core.uow import UnitOfWork
from core.values import digits_of, from_micro, from_minor, round_half_up
from db.base import table_of
from db.enums import ClaimKind, ClaimState, Ground, InvoiceKind, MatchDecision
from db.enums import PostingKind as K
from db.purchasing import Claim, ClaimLine, PurchaseReceiptLine
from db.sql import chunks, total
from db.stock import StockEntry

CL, DL, RL = table_of(Claim), table_of(ClaimLine), table_of(PurchaseReceiptLine)


def written_amount(row: Any, site_amount: int) -> int:
    """A part of a line's amount for the site as the document writes it: its currency, with tax where its prices hold it."""
    return round_half_up(row.amount * site_amount, row.site_amount) if row.site_amount else 0


def line_rows(uow: UnitOfWork, line_ids: Iterable[int]) -> dict[int, Any]:
    """Stored lines with the currency of their invoice."""
    listed = select(L, I.c.currency, I.c.kind.label("invoice_kind")).join(I, I.c.id == L.c.invoice_id)
    return {
        row.id: row for part in chunks(sorted(set(line_ids))) for row in uow.sql.execute(listed.where(L.c.id.in_(part)))
    }


def claim_line(row: Any, item_id: int | None, qty: int, amount: int, kind: ClaimKind) -> NewClaimLine:
    """What is claimed of a line: `qty` in millionths, `amount` in minor units of the site. Raises InvalidInput."""
    if item_id is None:
        raise InvalidInput(_("Which item is it? Match or correct the line first, then claim."), field="item")
    if amount <= 0:
        raise InvalidInput(_("The supplier asks less than was received: there is nothing to claim."), field="amount")
    written = from_minor(written_amount(row, amount), digits_of(row.currency))
    return NewClaimLine(kind, item_id, from_micro(qty), written)


def answer(uow: UnitOfWork, line: Standing, claim_id: int, amount: int) -> list[Held]:
    """Matches of a credit's `amount` (below zero) against what was claimed on invoices under this claim: the same entries
    and rests, so that claimed and credited meet; then against prices claimed at the dock, which were booked and now come
    off the cost of their goods. What else was claimed at the dock alone stands without an entry."""
    claimed = uow.sql.execute(
        select(M.c.entry_id, M.c.qty, M.c.invoiced, M.c.accrued, M.c.returned)
        .where(M.c.claim_id == claim_id, M.c.decision == MatchDecision.CLAIMED, M.c.undone_at.is_(None))
        .order_by(M.c.id)
    ).all()
    open_by_entry: dict[int | None, list[int]] = {}
    for row in claimed:
        sums = open_by_entry.setdefault(row.entry_id, [0, 0])
        sums[0] += row.invoiced - row.accrued - row.returned
        sums[1] += row.qty if row.entry_id is None else 0
    found, left, left_qty = [], -amount, -line.open_qty
    for entry_id, (asked, qty) in open_by_entry.items():
        part = min(asked, left)
        if part > 0:
            back = min(qty, left_qty)
            found.append(_credit(line, entry_id, -back, -part, claim_id))
            left, left_qty = left - part, left_qty - back
    lowered = _lower_prices(uow, line, claim_id, left)
    left += sum(one.invoiced for one in lowered)
    if left:
        found.append(_credit(line, None, -left_qty, -left, claim_id))
    return found + lowered


def _credit(line: Standing, entry_id: int | None, qty: int, amount: int, claim_id: int) -> Held:
    return Held(line.id, entry_id, qty, 0, amount, Ground.PERSON, decision=MatchDecision.CLAIMED, claim_id=claim_id)


def _lower_prices(uow: UnitOfWork, line: Standing, claim_id: int, left: int) -> list[Held]:
    """What of `left` (minor units of the site) takes back prices that were claimed at the dock under this claim."""
    found = []
    row = line_rows(uow, [line.id])[line.id]
    for entry_id, claims in (_dock_prices(uow, DL.c.claim_id == claim_id) if left and row.amount else {}).items():
        asked = round_half_up(row.site_amount * claims[claim_id], row.amount)
        part = min(asked + _lowered(uow, claim_id, entry_id), left)
        if part > 0:
            held = Held(line.id, entry_id, 0, 0, -part, Ground.PERSON, decision=MatchDecision.ACCEPTED)
            found.append(replace(held, claim_id=claim_id))
            left -= part
    return found


def _dock_prices(uow: UnitOfWork, *conditions: ColumnElement[bool]) -> dict[int, dict[int, int]]:
    """What was claimed at the dock because a price was above the order's, by the receipt's entry and the claim: in minor
    units of the claim, as the supplier writes prices."""
    found: dict[int, dict[int, int]] = {}
    listed = (
        select(RL.c.entry_id, DL.c.claim_id, total(DL.c.amount).label("amount"))
        .join(RL, RL.c.id == DL.c.receipt_line_id)
        .join(CL, CL.c.id == DL.c.claim_id)
        .where(DL.c.kind == ClaimKind.PRICE, RL.c.entry_id.is_not(None), CL.c.receipt_id.is_not(None), *conditions)
        .group_by(RL.c.entry_id, DL.c.claim_id)
        .order_by(RL.c.entry_id, DL.c.claim_id)
    )
    for row in uow.sql.execute(listed):
        found.setdefault(row.entry_id, {})[row.claim_id] = int(row.amount)
    return found


def _lowered(uow: UnitOfWork, claim_id: int, entry_id: int) -> int:
    """What credits under this claim took off the cost of an entry already, below zero, in minor units of the site."""
    booked = (M.c.qty == 0, M.c.decision == MatchDecision.ACCEPTED, M.c.undone_at.is_(None))
    listed = select(total(M.c.invoiced)).where(M.c.claim_id == claim_id, M.c.entry_id == entry_id, *booked)
    return int(uow.sql.execute(listed).scalar_one())


def tie_to_prices(uow: UnitOfWork, held: Held) -> Held:
    """A credit that lowers the cost of an entry answers the claim that was opened at the dock for that price, if one waits
    for so much."""
    row = line_rows(uow, [held.line_id])[held.line_id]
    if held.entry_id is None or not row.amount:
        return held
    waits = CL.c.state.in_([str(state) for state in (ClaimState.OPEN, ClaimState.SENT)])
    for claim_id, amount in _dock_prices(uow, RL.c.entry_id == held.entry_id, waits).get(held.entry_id, {}).items():
        asked = round_half_up(row.site_amount * amount, row.amount)
        if asked + _lowered(uow, claim_id, held.entry_id) >= -held.invoiced:
            return replace(held, claim_id=claim_id)
    return held


def settle_by(uow: UnitOfWork, held: Sequence[Held], sign: int = 1) -> None:
    """Tell the claims what these matches of credit notes credit (`sign` -1: that it was taken back)."""
    held = [one for one in held if one.claim_id is not None]
    rows = line_rows(uow, {one.line_id for one in held})
    sums: dict[tuple[int, int], int] = {}
    for one in held:
        row = rows[one.line_id]
        if one.claim_id is not None and row.invoice_kind == InvoiceKind.CREDIT_NOTE:
            key = (one.claim_id, row.invoice_id)
            sums[key] = sums.get(key, 0) - written_amount(row, one.invoiced)
    for (claim_id, invoice_id), amount in sums.items():
        if amount > 0 and sign > 0:
            settle_claim(uow, claim_id, invoice_id, amount)
        elif amount > 0:
            unsettle_claim(uow, claim_id, amount)


def tie_to_returns(uow: UnitOfWork, fresh: Iterable[Held]) -> None:
    """New matches of credits for goods that went back answer the claim that was opened with the return, if there is one
    that waits."""
    backs = [one for one in fresh if one.qty < 0 and one.entry_id is not None and one.claim_id is None]
    waiting: dict[int, int] = {}
    for part in chunks(sorted({one.entry_id for one in backs if one.entry_id is not None})):
        listed = (
            select(StockEntry.link_id, CL.c.id)
            .join(StockEntry, StockEntry.posting_id == CL.c.return_id)
            .where(StockEntry.link_id.in_(part), StockEntry.kind == K.RETURN_TO_SUPPLIER)
            .where(CL.c.state.in_([str(state) for state in (ClaimState.OPEN, ClaimState.SENT)]))
            .order_by(CL.c.id.desc())
        )
        waiting.update({row.link_id: row.id for row in uow.sql.execute(listed)})
    for one in backs:
        one.claim_id = waiting.get(one.entry_id or 0)


def claimed_matches(held: Iterable[Held]) -> list[Held]:
    """Those that stand under a claim."""
    return [one for one in held if one.decision is MatchDecision.CLAIMED and one.claim_id is not None]
