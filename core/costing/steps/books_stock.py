"""Building blocks of journals: what moved in stock, as vouchers that balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from core import purchasing
from core.costing.rules.books import Draft, Leg, Moved, joined, legs_of, voucher_of
from core.costing.rules.periods import Days
from core.costing.steps.books_returns import returned_in
from core.costing.steps.periods import period_moments
from core.uow import UnitOfWork
from db.catalog import Item, Supplier
from db.columns import micros
from db.enums import BookGrain, VoucherKind
from db.enums import PostingKind as K
from db.sql import chunks, total
from db.stock import StockEntry, StockPosting

E, P = StockEntry, StockPosting
Moments = tuple[datetime, datetime]


def stock_drafts(uow: UnitOfWork, days: Days, moments: Moments, grain: BookGrain) -> list[Draft]:
    """What moved in stock on these days, between these moments: a voucher by kind, for each day or for all of them (dated
    the last).

    Stock changes by exactly what the ledger's entries of the period changed it.
    """
    found: list[Draft] = []
    for part, start, end in _parts(uow, days, moments, grain):
        by_kind: dict[VoucherKind, list[Leg]] = defaultdict(list)
        for moved in _moved(uow, start, end):
            kind = voucher_of(moved.kind)
            if kind is not None:
                by_kind[kind] += legs_of(moved)
        for kind in VoucherKind:
            legs = joined(by_kind[kind])
            if legs:
                found.append(Draft(kind, part.last, legs))
    return found


def _parts(
    uow: UnitOfWork, days: Days, moments: Moments, grain: BookGrain
) -> Iterator[tuple[Days, datetime, datetime]]:
    """The period whole, or by day; the first day begins and the last one ends with the period."""
    if grain is BookGrain.MONTH:
        yield days, *moments
        return
    for step in range(days.count):
        day: date = days.first + timedelta(days=step)
        start, end = period_moments(Days(day, day), uow.site.zone, uow.site.day_start_hour)
        first = moments[0] if day == days.first else max(start, moments[0])
        yield Days(day, day), first, moments[1] if day == days.last else end


def _moved(uow: UnitOfWork, start: datetime, end: datetime) -> list[Moved]:
    """Sums of the ledger by what they are booked by; transfers move no value."""
    supplied = E.kind.in_([K.RECEIPT, K.LANDED_COST])
    supplier = case((supplied, P.supplier_id), else_=None).label("supplier")
    section = case((E.kind == K.ISSUE, P.purpose), else_="").label("section")
    reason = case((E.kind == K.WASTE, E.reason), else_="").label("why")
    first = aliased(StockEntry)
    # What takes a receipt back is asked for or not as that receipt.
    awaited = case((func.coalesce(first.at, E.at) >= micros(purchasing.invoices_from(uow)), 1), else_=0)
    is_awaited = case((E.kind == K.RECEIPT, awaited), else_=1).label("is_awaited")
    is_taken_back = and_(E.kind == K.RECEIPT, E.is_reversal)
    landed = case((is_taken_back, E.value + E.settled + E.variance + func.coalesce(first.given, 0)), else_=0)
    keys: tuple[Any, ...] = (E.kind, Item.category_id, reason, supplier, section, is_awaited)
    rows = uow.sql.execute(
        select(*keys, total(E.value), total(E.settled), total(E.variance), total(landed))
        .join(P, P.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .outerjoin(first, and_(first.id == E.link_id, supplied))
        .where(E.at >= micros(start), E.at <= micros(end), E.kind.not_in([K.TRANSFER, K.RETURN_TO_SUPPLIER]))
        .where(or_(E.value != 0, E.settled != 0, E.variance != 0))
        .group_by(*keys)
    ).all()
    found = [
        Moved(K(row[0]), row[1] or 0, int(row[6]), int(row[7]), int(row[8]), row.why, row.supplier or 0, row.section,
              bool(row.is_awaited), landed=int(row[9]))
        for row in rows
    ]  # fmt: skip
    found += returned_in(uow, start, end)
    codes = supplier_codes(uow, {one.supplier_id for one in found if one.supplier_id})
    return [replace(one, supplier_code=codes.get(one.supplier_id, "")) for one in found]


def supplier_codes(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, str]:
    """Codes of suppliers, which are their keys in the account map."""
    found: dict[int, str] = {}
    for part in chunks(sorted(ids)):
        found.update(
            {
                row.id: row.code
                for row in uow.sql.execute(select(Supplier.id, Supplier.code).where(Supplier.id.in_(part)))
            }
        )
    return found
