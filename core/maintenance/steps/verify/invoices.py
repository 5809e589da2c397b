"""Whether invoices, what they are matched with and what they booked agree with the ledger."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from core.i18n import _
from core.maintenance.steps.verify.findings import Findings
from core.maintenance.types import Area
from db.base import table_of
from db.enums import InvoiceState, MatchDecision
from db.enums import PostingKind as K
from db.purchasing import Invoice, InvoiceCharge, InvoiceLine, InvoiceMatch
from db.sql import total
from db.stock import StockEntry, StockPosting

I, L, M, C = table_of(Invoice), table_of(InvoiceLine), table_of(InvoiceMatch), table_of(InvoiceCharge)  # noqa: E741
SLACK = 5
"""Minor units that halves rounded on different ways may leave between a receipt and its matches."""
BOOKED = (MatchDecision.SMALL, MatchDecision.ACCEPTED)
DIFFERENCE = M.c.invoiced - M.c.accrued - M.c.returned


def check_invoices(sql: Connection, findings: Findings) -> None:
    """Totals of invoices, matches within their receipts, postings of differences and charges."""
    _check_totals(sql, findings)
    _check_receipts(sql, findings)
    _check_decisions(sql, findings)
    _check_booked(sql, findings, *_of_matches())
    _check_booked(sql, findings, *_of_charges())


def _check_totals(sql: Connection, findings: Findings) -> None:
    lines = (
        select(L.c.invoice_id, total(L.c.net).label("net"))
        .where(L.c.is_replaced.is_(False))
        .group_by(L.c.invoice_id)
        .subquery()
    )
    listed = (
        select(I.c.own_number)
        .outerjoin(lines, lines.c.invoice_id == I.c.id)
        .where(or_(I.c.gross != I.c.net + I.c.tax, I.c.net != func.coalesce(lines.c.net, 0)))
    )
    for row in sql.execute(listed.order_by(I.c.id)):
        findings.wrong(Area.INVOICES, _("{number}: its lines, tax and total do not add up.", number=row.own_number))


def _check_receipts(sql: Connection, findings: Findings) -> None:
    """Of a receipt's entry no more is matched than came, in quantity and money, and the entry is a receipt."""
    matched = (
        select(M.c.entry_id, total(M.c.qty).label("qty"), total(M.c.accrued).label("accrued"))
        .where(M.c.undone_at.is_(None), M.c.entry_id.is_not(None))
        .group_by(M.c.entry_id)
        .subquery()
    )
    e, p = StockEntry, StockPosting
    given = func.coalesce(e.given, 0)
    wrong = or_(
        matched.c.qty < 0, matched.c.qty > e.qty, matched.c.accrued < -SLACK, matched.c.accrued > given + SLACK,
        and_(matched.c.qty == e.qty, matched.c.accrued < given - SLACK), e.kind != K.RECEIPT,
    )  # fmt: skip
    listed = select(e.id, p.id.label("posting"), p.number).join(p, p.id == e.posting_id)
    for row in sql.execute(listed.join(matched, matched.c.entry_id == e.id).where(wrong).order_by(e.id)):
        text = _("{number}: what invoices are matched with is not within what was received.", number=row.number)
        findings.wrong(Area.INVOICES, text, posting_id=row.posting, entry_id=row.id)


def _check_decisions(sql: Connection, findings: Findings) -> None:
    """A difference that is to be booked has its posting, any other has none; cancelled invoices hold nothing."""
    is_booked = and_(M.c.decision.in_([str(one) for one in BOOKED]), DIFFERENCE != 0)
    wrong = or_(
        case((is_booked, 1), else_=0) != case((M.c.posting_id.is_not(None), 1), else_=0),
        and_(M.c.decision == MatchDecision.NONE, DIFFERENCE != 0),
        I.c.state == InvoiceState.CANCELLED,
        L.c.is_replaced,
    )
    listed = select(I.c.own_number).join(L, L.c.invoice_id == I.c.id).join(M, M.c.invoice_line_id == L.c.id)
    for row in sql.execute(listed.where(M.c.undone_at.is_(None), wrong).order_by(M.c.id)):
        text = _("{number}: a match of it says something else than what was booked.", number=row.own_number)
        findings.wrong(Area.INVOICES, text)


def _of_matches() -> tuple[Any, Any]:
    return M, DIFFERENCE


def _of_charges() -> tuple[Any, Any]:
    return C, C.c.amount


def _check_booked(sql: Connection, findings: Findings, table: Any, amount: Any) -> None:
    """The posting of a difference or charge is landed cost of just that amount; it stands as long as its match does."""
    e, back = StockEntry, aliased(StockPosting)
    given = select(total(e.given)).where(e.posting_id == table.c.posting_id, e.kind == K.LANDED_COST).scalar_subquery()
    reversed_by = select(back.id).where(back.ref_id == table.c.posting_id, back.kind == K.REVERSAL).limit(1)
    is_reversed = case((reversed_by.scalar_subquery().is_not(None), 1), else_=0)
    is_undone = case((table.c.undone_at.is_not(None), 1), else_=0)
    listed = (
        select(I.c.own_number, StockPosting.id, StockPosting.number)
        .join(L, L.c.invoice_id == I.c.id)
        .join(table, table.c.invoice_line_id == L.c.id)
        .join(StockPosting, StockPosting.id == table.c.posting_id)
        .where(or_(given != amount, is_reversed != is_undone))
        .order_by(table.c.id)
    )
    for row in sql.execute(listed):
        text = _("{number} and its invoice {invoice} do not agree.", number=row.number, invoice=row.own_number)
        findings.wrong(Area.INVOICES, text, posting_id=row.id)
