"""Differences of a count and what lies behind them, for who runs or approves counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, and_, func, select, type_coerce

from core.counting.steps.book import same_spot
from core.counting.steps.candidates import money_of
from core.counting.steps.counts import load_count, require_to_run
from core.counting.steps.judge import Judged, digest_of, judge
from core.counting.steps.rows import first_figures, names_of, unit_names
from core.counting.types import CountReview, DifferenceRow, Since
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.columns import moment
from db.counting import StockCount, StockCountLine
from db.enums import Permission, PostingKind
from db.sql import total
from db.stock import StockEntry

L = StockCountLine
_counted_at = type_coerce(L.counted_at, BigInteger)


@query(Permission.COUNT_ENTER)
def get_count_review(uow: UnitOfWork, *, count_id: int, only_differing: bool = True) -> CountReview:
    """The differences of a count, largest amount first, with what happened since each was last counted.

    Amounts only for who may see cost. Raises NotAllowed for who neither runs nor approves counts.
    """
    require_to_run(uow)
    count = load_count(uow, count_id)
    judged = judge(uow, count)
    left = uow.sql.execute(select(func.count()).where(L.count_id == count_id, L.counted_qty.is_(None))).scalar_one()
    shown = [one for one in judged if one.difference or one.line.needs_recount or not only_differing]
    shown.sort(key=lambda one: (-abs(one.value), -abs(one.difference), one.line.position))
    return CountReview(
        _rows(uow, count_id, shown),
        len(judged),
        int(left),
        sum(1 for one in judged if one.is_within),
        money_of(uow, sum(one.value for one in judged if one.difference > 0)),
        money_of(uow, sum(one.value for one in judged if one.difference < 0)),
        money_of(uow, sum(one.book_value for one in judged)),
        digest_of(judged),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands beside the figures of a count, by line; people and units by their keys."""

    first: Mapping[int, Decimal]
    names: Mapping[int | None, str]
    units: Mapping[str, tuple[str, str]]
    last: Mapping[int, tuple[datetime, Decimal]]
    since: Mapping[int, tuple[Since, ...]]


def _rows(uow: UnitOfWork, count_id: int, shown: Sequence[Judged]) -> tuple[DifferenceRow, ...]:
    known = _Known(
        first_figures(uow, count_id),
        names_of(uow, {one.line.counted_by for one in shown}),
        unit_names(uow),
        _last_counts(uow, count_id),
        _since(uow, count_id),
    )
    return tuple(_row(uow, one, known) for one in shown)


def _row(uow: UnitOfWork, one: Judged, known: _Known) -> DifferenceRow:
    line, book = one.line, one.book
    unit, unit_en = known.units.get(line.base_unit, (line.base_unit, line.base_unit))
    last_at, last_counted = known.last.get(line.id, (None, None))
    return DifferenceRow(
        id=line.id,
        position=line.position,
        item_id=line.item_id,
        code=line.code,
        name=line.name,
        name_en=line.name_en,
        location_id=line.location_id,
        location=line.location_name,
        location_en=line.location_name_en,
        lot=line.lot_number or "",
        unit=unit,
        unit_en=unit_en,
        counted=from_micro(line.counted_qty),
        first_counted=known.first.get(line.id),
        expected=from_micro(book.expected),
        difference=from_micro(one.difference),
        share=Decimal(one.difference) / book.expected if book.expected > 0 else None,
        value=money_of(uow, one.value),
        is_within=one.is_within,
        is_impossible=one.is_impossible,
        needs_recount=line.needs_recount,
        is_assumed=line.rounds == 0,
        rounds=line.rounds,
        counted_at=line.counted_at,
        counted_by=known.names[line.counted_by],
        late=from_micro(book.late),
        moved_since=from_micro(book.moved_since),
        last_counted_at=last_at,
        last_counted=last_counted,
        since=known.since.get(line.id, ()),
        reason=line.reason,
        note=line.note,
    )


def _last(count_id: int) -> Any:
    """By line of a count: the moment it was last counted before, from the ledger."""
    return (
        select(L.id.label("line_id"), func.max(StockEntry.at).label("at"))
        .join(StockEntry, and_(same_spot(StockEntry), StockEntry.counted_qty.is_not(None)))
        .where(L.count_id == count_id, L.counted_at.is_not(None), StockEntry.at < _counted_at)
        .group_by(L.id)
        .subquery()
    )


def _last_counts(uow: UnitOfWork, count_id: int) -> dict[int, tuple[datetime, Decimal]]:
    last = _last(count_id)
    rows = uow.sql.execute(
        select(L.id, StockEntry.at, StockEntry.counted_qty)
        .join(last, last.c.line_id == L.id)
        .join(
            StockEntry,
            and_(same_spot(StockEntry), StockEntry.counted_qty.is_not(None), StockEntry.at == last.c.at),
        )
        .order_by(StockEntry.id)
    )
    return {row.id: (moment(int(row.at)), from_micro(int(row.counted_qty))) for row in rows}


def _since(uow: UnitOfWork, count_id: int) -> dict[int, tuple[Since, ...]]:
    """What moved between the last count and this one, by line and kind of posting."""
    last = _last(count_id)
    own = select(StockCount.posting_id).where(StockCount.id == count_id).scalar_subquery()
    rows = uow.sql.execute(
        select(L.id, StockEntry.kind, total(StockEntry.qty).label("qty"))
        .join(StockEntry, same_spot(StockEntry))
        .outerjoin(last, last.c.line_id == L.id)
        .where(
            L.count_id == count_id,
            L.counted_at.is_not(None),
            StockEntry.at <= _counted_at,
            StockEntry.at > func.coalesce(last.c.at, -1),
            StockEntry.posting_id != func.coalesce(own, 0),
        )
        .group_by(L.id, StockEntry.kind)
        .order_by(L.id, StockEntry.kind)
    )
    found: dict[int, list[Since]] = {}
    for row in rows:
        if row.qty:
            found.setdefault(row.id, []).append(Since(PostingKind(row.kind), from_micro(int(row.qty))))
    return {line_id: tuple(sums) for line_id, sums in found.items()}
