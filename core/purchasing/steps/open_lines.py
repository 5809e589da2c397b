"""What of receipts' lines is not invoiced, as a statement: the same figure as `accruals.not_invoiced`, reckoned by the
database, so that lists of hundreds of thousands of lines are never all in memory. A test holds the two ways together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from core.purchasing.steps.accruals import invoices_from
from core.uow import UnitOfWork
from db.catalog import Item
from db.columns import micros
from db.enums import PostingKind as K
from db.purchasing import InvoiceMatch, PurchaseReceiptLine
from db.sql import share_of, total
from db.stock import StockEntry, StockPosting

E, P, L, M = StockEntry, StockPosting, PurchaseReceiptLine, InvoiceMatch


@dataclass(frozen=True, slots=True)
class _Parts:
    """What goes off a line: what went back, and what is matched."""

    back: Subquery
    matched: Subquery


def open_lines(uow: UnitOfWork, as_of: datetime | None) -> Select[Any]:
    """The lines of receipts that wait for an invoice (or, below zero, for a credit), now or as of a moment.

    Columns: entry_id, posting_id, number, document, supplier_id, at, item_id (of goods of a merged item the one that
    stayed), order_line_id; in millionths received, returned_qty, matched_qty, open; in minor units accrued, returned,
    matched, value.
    """
    until = None if as_of is None else micros(as_of)
    parts = _Parts(_went_back(until), _matched(as_of))
    lines = _lines(parts, _received(uow, until)).subquery("lines")
    c = lines.c
    waiting = select(
        *c,
        (c.received - c.returned_qty - c.matched_qty).label("open"),
        (c.accrued - c.returned - c.matched).label("value"),
    ).subquery("waiting")
    return select(waiting).where(or_(waiting.c.value != 0, (waiting.c.open != 0) & (waiting.c.accrued != 0)))


def _lines(parts: _Parts, received: list[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    back, matched, given = parts.back.c, parts.matched.c, func.coalesce(E.given, 0)
    returned = case((back.qty.is_(None), 0), else_=share_of(given, back.qty, E.qty))
    return (
        select(
            E.id.label("entry_id"),
            E.posting_id,
            P.number,
            P.document,
            P.supplier_id,
            E.at,
            func.coalesce(Item.merged_into_id, E.item_id).label("item_id"),
            L.order_line_id,
            E.qty.label("received"),
            func.coalesce(back.qty, 0).label("returned_qty"),
            func.coalesce(matched.qty, 0).label("matched_qty"),
            given.label("accrued"),
            returned.label("returned"),
            func.coalesce(matched.accrued, 0).label("matched"),
        )
        .join(P, P.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .outerjoin(L, L.entry_id == E.id)
        .outerjoin(parts.back, back.link_id == E.id)
        .outerjoin(parts.matched, matched.entry_id == E.id)
        .where(*received)
    )


def _received(uow: UnitOfWork, until: int | None) -> list[ColumnElement[bool]]:
    """Goods from a supplier that were paid for and not taken back."""
    taken = aliased(StockEntry)
    is_taken_back = [taken.link_id == E.id, taken.is_reversal, taken.kind == K.RECEIPT]
    found: list[ColumnElement[bool]] = [
        E.kind == K.RECEIPT,
        E.is_reversal.is_(False),
        P.kind == K.RECEIPT,
        P.supplier_id.is_not(None),
        or_(L.is_free.is_(None), L.is_free.is_(False)),
        E.at >= micros(invoices_from(uow)),
    ]
    if until is not None:
        is_taken_back.append(taken.at <= until)
        found.append(E.at <= until)
    return [*found, ~exists().where(*is_taken_back)]


def _went_back(until: int | None) -> Subquery:
    """What went back of each line, in millionths; returns that were taken back are none."""
    back, undone = aliased(StockEntry), aliased(StockEntry)
    is_undone = [undone.link_id == back.id, undone.is_reversal]
    which = [back.link_id.is_not(None), back.kind == K.RETURN_TO_SUPPLIER, back.is_reversal.is_(False)]
    if until is not None:
        is_undone.append(undone.at <= until)
        which.append(back.at <= until)
    wanted = select(back.link_id, total(-back.qty).label("qty")).where(*which, ~exists().where(*is_undone))
    return wanted.group_by(back.link_id).subquery("went_back")


def _matched(as_of: datetime | None) -> Subquery:
    """What is matched to invoices of each line."""
    stands: list[ColumnElement[bool]] = [M.undone_at.is_(None)]
    if as_of is not None:
        stands = [M.at <= as_of, or_(M.undone_at.is_(None), M.undone_at > as_of)]
    wanted = select(M.entry_id, total(M.qty).label("qty"), total(M.accrued).label("accrued")).where(*stands)
    return wanted.group_by(M.entry_id).subquery("matches")
