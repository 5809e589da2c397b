"""Building blocks of journals: what approved invoices and their payments come to on the accounts, as they stand now.

A document is booked in the month it was approved (paid) in. What becomes different later, because an approval was taken
back or a difference was settled another way, is booked as the difference to what kept journals hold of it, so that every
amount stands in the books once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import purchasing
from core.costing.rules.books import Leg, joined, shared_out
from core.uow import UnitOfWork
from core.values import digits_of, round_half_up
from db.catalog import Supplier
from db.columns import micros
from db.enums import AccountUse as U
from db.enums import ClaimState, InvoiceLineKind, InvoiceState, MatchDecision
from db.purchasing import Claim, Invoice, InvoiceLine, InvoiceMatch, Payment
from db.sql import chunks
from db.stock import StockEntry

N, L, M = Invoice, InvoiceLine, InvoiceMatch
STANDING = (InvoiceState.APPROVED, InvoiceState.PAID)


def approved_in(uow: UnitOfWork, start: datetime, end: datetime) -> dict[int, datetime]:
    """Invoices approved between two moments, and when."""
    rows = uow.sql.execute(
        select(N.id, N.approved_at).where(N.approved_at >= start, N.approved_at <= end, N.state.in_(STANDING))
    )
    return {row.id: row.approved_at for row in rows}


def paid_in(uow: UnitOfWork, start: datetime, end: datetime) -> dict[int, datetime]:
    """Payments booked between two moments that stand, and when."""
    rows = uow.sql.execute(
        select(Payment.id, Payment.at).where(Payment.at >= start, Payment.at <= end, Payment.undone_at.is_(None))
    )
    return {row.id: row.at for row in rows}


def invoice_legs(uow: UnitOfWork, ids: Iterable[int], until: datetime) -> dict[int, tuple[str, tuple[Leg, ...]]]:
    """By invoice its number and what it comes to; nothing of one that was not approved by then."""
    found: dict[int, tuple[str, tuple[Leg, ...]]] = {}
    since = micros(purchasing.invoices_from(uow))
    for part in chunks(sorted(set(ids))):
        heads = uow.sql.execute(
            select(N.id, N.own_number, N.number, N.state, N.supplier_id, N.currency, N.rate, N.gross, N.approved_at,
                   Supplier.code.label("supplier_code"))
            .join(Supplier, Supplier.id == N.supplier_id)
            .where(N.id.in_(part))
        ).all()  # fmt: skip
        lines, matches = _lines(uow, part), _matches(uow, part)
        for head in heads:
            stands = head.state in STANDING and head.approved_at is not None and head.approved_at <= until
            legs = _legs(uow, head, lines[head.id], (matches, since)) if stands else ()
            found[head.id] = (f"{head.own_number} {head.number}".strip(), legs)
    return found


def _lines(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = uow.sql.execute(
        select(L.id, L.invoice_id, L.kind, L.net, L.site_amount, L.tax_rate, L.account)
        .where(L.invoice_id.in_(ids), L.is_replaced.is_(False))
        .order_by(L.id)
    )
    for row in rows:
        found[row.invoice_id].append(row)
    return found


def _matches(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = uow.sql.execute(
        select(M.invoice_line_id, M.entry_id, M.accrued, M.invoiced, M.returned, M.decision, M.posting_id,
               Claim.state.label("claim_state"), StockEntry.at.label("came"))
        .join(L, L.id == M.invoice_line_id)
        .outerjoin(StockEntry, StockEntry.id == M.entry_id)
        .outerjoin(Claim, Claim.id == M.claim_id)
        .where(L.invoice_id.in_(ids), M.undone_at.is_(None))
        .order_by(M.id)
    )  # fmt: skip
    for row in rows:
        found[row.invoice_line_id].append(row)
    return found


def _legs(
    uow: UnitOfWork, head: Any, lines: Sequence[Any], matched: tuple[dict[int, list[Any]], int]
) -> tuple[Leg, ...]:
    supplier, (matches, since) = head.supplier_id, matched
    legs: list[Leg] = []
    for line in lines:
        if line.kind == InvoiceLineKind.GOODS:
            legs += _goods(line, matches[line.id], (supplier, head.supplier_code), since)
        elif line.kind == InvoiceLineKind.CHARGE:
            legs.append(Leg(U.LANDED_COST, line.site_amount, supplier_id=supplier))
        else:
            legs.append(Leg(U.COST, line.site_amount, line.account))
    gross = _in_site_money(uow, head.gross, head.currency, head.rate)
    tax = gross - sum(line.site_amount for line in lines)
    weights: dict[str, int] = defaultdict(int)
    for line in lines:
        weights[_rate(line.tax_rate)] += abs(round(line.net * line.tax_rate))
    legs += [Leg(U.INPUT_TAX, part, rate) for rate, part in shared_out(tax, weights).items()]
    legs.append(Leg(U.PAYABLE, -gross, head.supplier_code, supplier))
    return joined(legs)


def _goods(line: Any, matches: Sequence[Any], by: tuple[int, str], since: int) -> list[Leg]:
    """A line of goods: what was booked by estimate leaves that account (of goods that came before invoices were awaited:
    what is owed), freight and differences that went back with goods are credited, differences go where they were decided
    to, what never came waits."""
    supplier, code = by
    legs: list[Leg] = []
    for match in matches:
        if match.entry_id is None:
            legs.append(Leg(_use_of_claim(match), match.invoiced, supplier_id=supplier))
            continue
        use, key = (U.GOODS_RECEIVED, "") if match.came >= since else (U.PAYABLE, code)
        legs.append(Leg(use, match.accrued, key, supplier))
        legs.append(Leg(U.LANDED_COST, match.returned, supplier_id=supplier))
        rest = match.invoiced - match.accrued - match.returned
        legs.append(Leg(_use_of_difference(match), rest, supplier_id=supplier))
    waiting = line.site_amount - sum(match.invoiced for match in matches)
    return [*legs, Leg(U.NOT_RECEIVED, waiting, supplier_id=supplier)]


def _use_of_difference(match: Any) -> U:
    if match.posting_id is not None:
        return U.LANDED_COST
    return _use_of_claim(match) if match.decision == MatchDecision.CLAIMED else U.PRICE_DIFFERENCE


def _use_of_claim(match: Any) -> U:
    return U.CLAIM_LOSS if match.claim_state == ClaimState.WRITTEN_OFF else U.CLAIM


def _rate(rate: Decimal) -> str:
    """A tax rate as a key of the account map: 13, 9, 0.5."""
    return f"{rate.normalize():f}"


def _in_site_money(uow: UnitOfWork, amount: int, currency: str, rate: Decimal) -> int:
    """Minor units of an invoice's currency in those of the site's, at the invoice's rate, half-up."""
    numerator, denominator = rate.as_integer_ratio()
    shift = uow.site.digits - digits_of(currency)
    up, down = (10**shift, 1) if shift >= 0 else (1, 10**-shift)
    return round_half_up(amount * numerator * up, denominator * down)


def payment_legs(uow: UnitOfWork, ids: Iterable[int], until: datetime) -> dict[int, tuple[str, tuple[Leg, ...]]]:
    """By payment the number of its invoice and what it comes to, at the rate of the invoice: exchange differences are the
    accountant's, who knows the rate of the bank. Nothing of one that was taken back."""
    found: dict[int, tuple[str, tuple[Leg, ...]]] = {}
    for part in chunks(sorted(set(ids))):
        rows = uow.sql.execute(
            select(Payment.id, Payment.amount, Payment.at, Payment.undone_at, N.own_number, N.number, N.currency,
                   N.rate, N.supplier_id, Supplier.code.label("supplier_code"))
            .join(N, N.id == Payment.invoice_id)
            .join(Supplier, Supplier.id == N.supplier_id)
            .where(Payment.id.in_(part))
        ).all()  # fmt: skip
        for row in rows:
            amount = _in_site_money(uow, row.amount, row.currency, row.rate)
            stands = row.at <= until and (row.undone_at is None or row.undone_at > until)
            legs = (
                Leg(U.PAYABLE, amount, row.supplier_code, row.supplier_id),
                Leg(U.BANK, -amount),
            )
            found[row.id] = (f"{row.own_number} {row.number}".strip(), joined(legs) if stands else ())
    return found
