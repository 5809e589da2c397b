"""What of receipts waits for an invoice: reckoned from the ledger's entries and the matches, never stored.

For each receipt entry: quantity and `given` as received, what went back of both (returns linked to it, reversed ones not
counted, the amount by its cumulative half-up share), what is matched of both. The rest is not invoiced; below zero a credit
is expected, because goods that were invoiced went back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from core.clock import business_day, day_starts_at
from core.purchasing.types.matching import Received
from core.uow import UnitOfWork
from core.values import round_half_up
from db.catalog import Item
from db.columns import micros, moment
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.purchasing import InvoiceMatch, PurchaseReceiptLine, PurchaseRules
from db.sql import MOST_IN_LIST, chunks, total
from db.stock import StockEntry, StockPosting

E, P, L, M = StockEntry, StockPosting, PurchaseReceiptLine, InvoiceMatch
_RULES = Prepared(select(PurchaseRules.__table__).where(PurchaseRules.id == 1))


@dataclass(frozen=True, slots=True)
class ReceivedFacts:
    """A receipt's entry for invoices, and what else is known of it. `received.line_id` is the entry's id."""

    received: Received
    posting_id: int
    number: str
    document: str
    at: datetime
    location_id: int


def purchase_rules(uow: UnitOfWork) -> Any:
    """The site's rules of purchasing."""
    return _RULES.rows(uow.sql)[0]


def not_invoiced(
    uow: UnitOfWork,
    *,
    supplier_ids: Collection[int] | None = None,
    item_ids: Collection[int] | None = None,
    order_line_ids: Collection[int] = (),
    entry_ids: Collection[int] | None = None,
    as_of: datetime | None = None,
) -> list[ReceivedFacts]:
    """Receipts' entries that wait for invoices or credits, oldest first; those of free goods and of days before invoices
    are awaited are left out. With `item_ids` those of these items, or of these lines of orders; with `entry_ids` just
    those, settled or not and of any day; with `as_of` as everything stood then. Goods of an item that was merged are those of
    the one that stayed. One statement (beside rules and merged items), in parts of 500 ids.
    """
    since = invoices_from(uow) if entry_ids is None else None
    if item_ids is not None:
        item_ids = with_merged(uow, item_ids)
    found: list[ReceivedFacts] = []
    for part in [None] if entry_ids is None else chunks(sorted(set(entry_ids))):
        statement = _statement(since, as_of).where(*_only(supplier_ids, item_ids, order_line_ids))
        if part is not None:
            statement = statement.where(E.id.in_(part))
        found += [_facts(uow, row) for row in uow.sql.execute(statement)]
    if entry_ids is None:
        found = [one for one in found if one.received.open_qty or one.received.not_invoiced]
    return sorted(found, key=lambda one: (one.at, one.received.line_id))


def with_merged(uow: UnitOfWork, item_ids: Collection[int]) -> set[int]:
    """These items and those that were merged into them."""
    found = set(item_ids)
    for part in chunks(sorted(found)):
        found |= set(uow.sql.execute(select(Item.id).where(Item.merged_into_id.in_(part))).scalars())
    return found


def invoices_from(uow: UnitOfWork) -> datetime:
    """From when on receipts wait for invoices."""
    return day_starts_at(purchase_rules(uow).invoices_from, uow.site.zone, uow.site.day_start_hour)


def _only(
    supplier_ids: Collection[int] | None, item_ids: Collection[int] | None, order_line_ids: Collection[int]
) -> list[ColumnElement[bool]]:
    """Conditions that narrow; lists too long for a statement do not (the caller looks by supplier and item anyway)."""
    found: list[ColumnElement[bool]] = []
    if supplier_ids is not None and len(supplier_ids) <= MOST_IN_LIST:
        found.append(P.supplier_id.in_(sorted(set(supplier_ids))))
    if item_ids is not None and len(item_ids) + len(order_line_ids) <= MOST_IN_LIST:
        found.append(or_(E.item_id.in_(sorted(set(item_ids))), L.order_line_id.in_(sorted(set(order_line_ids)))))
    return found


def _statement(since: datetime | None, as_of: datetime | None) -> Select[*tuple[Any, ...]]:
    back, undone = aliased(StockEntry), aliased(StockEntry)
    until = None if as_of is None else micros(as_of)
    then = [] if until is None else [undone.at <= until]
    is_undone = exists().where(undone.link_id == back.id, undone.is_reversal, *then)
    returns = [back.link_id == E.id, back.kind == K.RETURN_TO_SUPPLIER, back.is_reversal.is_(False), ~is_undone]
    taken = aliased(StockEntry)
    is_taken_back = [taken.link_id == E.id, taken.is_reversal, taken.kind == K.RECEIPT]
    stands: list[Any] = [M.undone_at.is_(None)]
    received = [] if since is None else [E.at >= micros(since)]
    if until is not None and as_of is not None:
        returns.append(back.at <= until)
        is_taken_back.append(taken.at <= until)
        stands = [M.at <= as_of, or_(M.undone_at.is_(None), M.undone_at > as_of)]
        received.append(E.at <= until)
    mine = and_(M.entry_id == E.id, *stands)
    return (
        select(
            E.id,
            E.posting_id,
            func.coalesce(Item.merged_into_id, E.item_id).label("item_id"),
            E.location_id,
            E.at,
            E.qty,
            func.coalesce(E.given, 0).label("given"),
            P.number,
            P.document,
            P.supplier_id,
            L.order_line_id,
            select(total(-back.qty)).where(*returns).scalar_subquery().label("returned_qty"),
            select(total(M.qty)).where(mine).scalar_subquery().label("matched_qty"),
            select(total(M.accrued)).where(mine).scalar_subquery().label("matched"),
        )
        .join(P, P.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .outerjoin(L, L.entry_id == E.id)
        .where(
            E.kind == K.RECEIPT,
            E.is_reversal.is_(False),
            P.kind == K.RECEIPT,
            P.supplier_id.is_not(None),
            or_(L.is_free.is_(None), L.is_free.is_(False)),
            ~exists().where(*is_taken_back),
            *received,
        )
    )


def _facts(uow: UnitOfWork, row: Any) -> ReceivedFacts:
    at = moment(row.at)
    returned_qty = int(row.returned_qty)
    received = Received(
        line_id=row.id,
        supplier_id=row.supplier_id,
        qty=row.qty,
        accrued=row.given,
        matched_qty=int(row.matched_qty),
        matched=int(row.matched),
        returned_qty=returned_qty,
        returned=round_half_up(row.given * returned_qty, row.qty),
        item_id=row.item_id,
        order_line_id=row.order_line_id or 0,
        received_on=business_day(at, uow.site.zone, uow.site.day_start_hour),
    )
    return ReceivedFacts(received, row.posting_id, row.number, row.document, at, row.location_id)
