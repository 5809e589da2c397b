"""Prices paid and counts out of an item's own pattern."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import gcd
from typing import Any

from sqlalchemy import select

from core.alerts.rules import unusual as rules
from core.alerts.rules import unusual_words as words
from core.alerts.steps.unusual_facts import ItemName, load_names
from core.alerts.steps.unusual_series import E, between, day_of, taken_back
from core.alerts.types.unusual import Unusual, UnusualKind
from core.clock import business_day, day_ends_at, day_starts_at
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import MICRO, from_micro, plain, round_decimal
from db.base import table_of
from db.catalog import Supplier
from db.counting import StockCount, StockCountLine
from db.enums import CountState, PostingKind
from db.sql import chunks
from db.stock import Location, StockEntry, StockPosting

PAST = timedelta(days=182)
L, C = table_of(StockCountLine), table_of(StockCount)


def unusual_prices(uow: UnitOfWork, start: date, end: date) -> list[Unusual]:
    """Prices paid on receipts of those days that do not fit the item's earlier ones."""
    fresh = _receipts(uow, start, end)
    ids = sorted({row.item_id for row in fresh})
    past: dict[int, list[Any]] = {}
    for part in chunks(ids):
        for row in _receipts(uow, start - PAST, end, part):
            past.setdefault(row.item_id, []).append(row)
    new = {row.id for row in fresh}
    odd = []
    for rows in past.values():
        prices: list[float] = []
        for row in rows:
            price = float(row.given) * MICRO / float(row.qty)
            if row.id in new:
                judged = rules.judge_price(prices, price)
                if judged[3] >= rules.LIMIT:
                    odd.append((row, len(prices), judged))
            prices.append(price)
    names = load_names(uow, {row.item_id for row, _n, _judged in odd})
    sellers = _sellers(uow, {row.posting_id for row, _n, _judged in odd})
    return [_price(uow, row, n, judged, (names[row.item_id], sellers[row.posting_id])) for row, n, judged in odd]


def _sellers(uow: UnitOfWork, posting_ids: set[int]) -> dict[int, Name]:
    """Who sold what was received, by posting."""
    found = {}
    for part in chunks(sorted(posting_ids)):
        rows = uow.sql.execute(
            select(StockPosting.id, Supplier.name, Supplier.name_en)
            .outerjoin(Supplier, Supplier.id == StockPosting.supplier_id)
            .where(StockPosting.id.in_(part))
        )
        found.update({row.id: Name(row.name or "\N{EN DASH}", row.name_en or "") for row in rows})
    return found


def _receipts(uow: UnitOfWork, start: date, end: date, item_ids: list[int] | None = None) -> list[Any]:
    """Receipts with a price, by item and oldest first."""
    wanted = (
        select(E.c.id, E.c.item_id, E.c.qty, E.c.given, day_of(uow, start, end).label("day"), E.c.posting_id)
        .where(
            between(uow, start, end), E.c.kind == PostingKind.RECEIPT, E.c.given > 0, E.c.qty > 0,
            E.c.is_reversal.is_(False), E.c.id.not_in(taken_back()),
        )
        .order_by(E.c.at, E.c.id)
    )  # fmt: skip
    if item_ids is not None:
        wanted = wanted.where(E.c.item_id.in_(item_ids))
    return list(uow.sql.execute(wanted).all())


def _price(
    uow: UnitOfWork, row: Any, n: int, judged: tuple[float, float, float, float], named: tuple[ItemName, Name]
) -> Unusual:
    digits = uow.site.digits

    def money(minor: float) -> Decimal:
        return plain(round_decimal(Decimal(str(minor)).scaleb(-digits), digits + 2))

    (name, seller), day = named, date.fromordinal(int(row.day))
    expected, low, high = (money(one) for one in judged[:3])
    value = money(float(row.given) * MICRO / float(row.qty))
    shown = (value, _short(low, digits), _short(high, digits))
    said = words.price_words(day, shown, name.unit, n=min(n, 12), supplier=seller)
    score = round_decimal(Decimal(str(judged[3])), 1)
    return Unusual(
        UnusualKind.PRICE, row.item_id, name.name, day, value, expected, low, high, score, said, name.unit, (row.id,)
    )


def _short(price: Decimal, digits: int) -> Decimal:
    return plain(round_decimal(price, digits))


def unusual_counts(uow: UnitOfWork, start: date, end: date) -> list[Unusual]:
    """Posted counts of those days whose difference does not fit the item's earlier counts."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    begin, after = day_starts_at(start, zone, hour), day_ends_at(end, zone, hour)
    posted = (C.c.state == CountState.POSTED, L.c.posted_expected.is_not(None), L.c.counted_at <= after)
    differing = select(L.c.item_id).join(C, C.c.id == L.c.count_id).distinct()
    fresh = differing.where(*posted, L.c.counted_at >= begin, L.c.counted_qty != L.c.posted_expected)
    ids = sorted(uow.sql.execute(fresh).scalars())
    odd = []
    for part in chunks(ids):
        past: dict[int, list[float]] = {}
        lines = uow.sql.execute(_lines(part, *posted)).all()
        steps = _steps(lines)
        for row in lines:
            base = float(max(row.posted_expected, row.counted_qty, 1))
            share = float(row.counted_qty - row.posted_expected) / base
            before = past.setdefault(row.item_id, [])
            if row.counted_at >= begin:
                low, high, score = rules.judge_count(before, share, steps[row.item_id] / base)
                if score >= rules.LIMIT:
                    odd.append((row, len(before), low, high, score))
            before.append(share)
    return _counted(uow, odd)


def _steps(lines: Sequence[Any]) -> dict[int, int]:
    """By item the smallest quantity it is counted in: 1 piece, 12 of a case, 0.05 kg."""
    found: dict[int, int] = {}
    for row in lines:
        found[row.item_id] = gcd(found.get(row.item_id, 0), int(row.counted_qty), int(row.posted_expected))
    return found


def _lines(item_ids: list[int], *posted: Any) -> Any:
    return (
        select(
            L.c.id, L.c.item_id, L.c.counted_qty, L.c.posted_expected, L.c.counted_at, L.c.location_id, L.c.lot_id,
            C.c.posting_id, Location.name, Location.name_en,
        )
        .join(C, C.c.id == L.c.count_id)
        .join(Location, Location.id == L.c.location_id)
        .where(L.c.item_id.in_(item_ids), L.c.rounds > 0, *posted)
        .order_by(L.c.counted_at, L.c.id)
    )  # fmt: skip


def _counted(uow: UnitOfWork, odd: list[tuple[Any, int, float, float, float]]) -> list[Unusual]:
    names = load_names(uow, {one[0].item_id for one in odd})
    entries = _entries(uow, {one[0].posting_id for one in odd})
    found = []
    for row, n, low, high, score in odd:
        name, day = names[row.item_id], business_day(row.counted_at, uow.site.zone, uow.site.day_start_hour)
        base = max(row.posted_expected, row.counted_qty)
        said = words.count_words(
            day, row.counted_qty, row.posted_expected, name.unit, n=n, place=Name(row.name, row.name_en)
        )
        behind = entries.get((row.posting_id, row.item_id, row.location_id, row.lot_id), ())
        found.append(
            Unusual(
                UnusualKind.COUNT, row.item_id, name.name, day, from_micro(row.counted_qty - row.posted_expected),
                Decimal(0), from_micro(round(low * base)), from_micro(round(high * base)),
                round_decimal(Decimal(str(score)), 1), said, name.unit, behind,
            )
        )  # fmt: skip
    return found


def _entries(uow: UnitOfWork, posting_ids: set[int]) -> dict[tuple[int, int, int, int], tuple[int, ...]]:
    found: dict[tuple[int, int, int, int], tuple[int, ...]] = {}
    for part in chunks(sorted(posting_ids)):
        rows = uow.sql.execute(
            select(
                StockEntry.id, StockEntry.posting_id, StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id
            ).where(StockEntry.posting_id.in_(part))
        )
        for entry_id, *key in rows:
            place = (key[0], key[1], key[2], key[3])
            found[place] = (*found.get(place, ()), entry_id)
    return found
