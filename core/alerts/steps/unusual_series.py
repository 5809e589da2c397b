"""What moved of every item, day by day, as the test of usual figures reads it: a few statements over the whole ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, select

from core.clock import day_starts_at
from core.uow import UnitOfWork
from db.base import table_of
from db.columns import micros
from db.enums import PostingKind
from db.sql import chunks, total
from db.stock import StockEntry

E = table_of(StockEntry)
DAY = 24 * 60 * 60 * 1_000_000
EPOCH = date(1970, 1, 1).toordinal()
USAGE = (PostingKind.ISSUE, PostingKind.PRODUCTION_OUT, PostingKind.RETURN_FROM_CUSTOMER)
WASTE = (PostingKind.WASTE,)


@dataclass(slots=True)
class Series:
    """One item: what moved by day (ordinals), and the first day it was seen."""

    days: dict[int, int] = field(default_factory=dict)
    first: int = 0


def load_series(
    uow: UnitOfWork, kinds: Sequence[PostingKind], start: date, end: date, item_ids: Iterable[int] | None = None
) -> dict[int, Series]:
    """By item what left stock on each business day from the first to the last, in millionths; what was taken back is left
    out with its reversal. One statement for all items."""
    found: dict[int, Series] = {}
    for wanted in [None] if item_ids is None else list(chunks(sorted(set(item_ids)))):
        for item_id, day, qty in uow.sql.execute(_sums(uow, kinds, start, end, wanted)).all():
            one = found.get(item_id)
            if one is None:
                one = found[item_id] = Series(first=day)
            if qty > 0:
                one.days[day] = qty
            if day < one.first:
                one.first = day
    return found


def _sums(uow: UnitOfWork, kinds: Sequence[PostingKind], start: date, end: date, item_ids: Sequence[int] | None) -> Any:
    day = day_of(uow, start, end).label("day")
    wanted = (
        select(E.c.item_id, day, total(-E.c.qty).label("qty"))
        .where(E.c.kind.in_(kinds), between(uow, start, end), E.c.is_reversal.is_(False), E.c.id.not_in(taken_back()))
        .group_by(E.c.item_id, day)
    )
    return wanted if item_ids is None else wanted.where(E.c.item_id.in_(item_ids))


def taken_back() -> Any:
    """Entries that were reversed."""
    return select(E.c.link_id).where(E.c.is_reversal, E.c.link_id.is_not(None))


def between(uow: UnitOfWork, start: date, end: date) -> ColumnElement[bool]:
    """Entries of the business days from the first to the last."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    begin, after = day_starts_at(start, zone, hour), day_starts_at(end + timedelta(days=1), zone, hour)
    return (E.c.at >= micros(begin)) & (E.c.at < micros(after))


def day_of(uow: UnitOfWork, start: date, end: date) -> ColumnElement[int]:
    """The business day of an entry as the ordinal of its date; summer time is respected."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    changes: list[tuple[int, int]] = []
    for number in range(start.toordinal(), end.toordinal() + 2):
        begins = micros(day_starts_at(date.fromordinal(number), zone, hour))
        offset = begins - (number - EPOCH) * DAY
        if not changes or changes[-1][1] != offset:
            changes.append((begins, offset))
    parts = [(E.c.at < begins, (E.c.at - before) // DAY) for (begins, _next), (_b, before) in _steps(changes)]
    last = (E.c.at - changes[-1][1]) // DAY
    return (case(*parts, else_=last) if parts else last) + EPOCH


def _steps(changes: Sequence[tuple[int, int]]) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    return zip(changes[1:], changes, strict=False)


def active_items(figures: Mapping[int, Series]) -> dict[int, int]:
    """By day how many items moved."""
    found: dict[int, int] = {}
    for one in figures.values():
        for day in one.days:
            found[day] = found.get(day, 0) + 1
    return found


def entries_behind(
    uow: UnitOfWork, kinds: Sequence[PostingKind], start: date, end: date, item_ids: Iterable[int]
) -> dict[tuple[int, int], list[int]]:
    """The ledger's entries by item and day."""
    found: dict[tuple[int, int], list[int]] = {}
    day = day_of(uow, start, end).label("day")
    for part in chunks(sorted(set(item_ids))):
        rows = uow.sql.execute(
            select(E.c.id, E.c.item_id, day)
            .where(
                E.c.item_id.in_(part), E.c.kind.in_(kinds), between(uow, start, end), E.c.is_reversal.is_(False),
                E.c.id.not_in(taken_back()),
            )
            .order_by(E.c.id)
        )  # fmt: skip
        for entry_id, item_id, on in rows:
            found.setdefault((item_id, int(on)), []).append(entry_id)
    return found
