"""What flowed through the ledger in the last two weeks, day by day, from two statements."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import BigInteger, func, literal, select, type_coerce
from sqlalchemy.orm import aliased

from core import costing
from core.clock import business_day, day_starts_at
from core.uow import UnitOfWork
from db.columns import micros, moment
from db.enums import PostingKind
from db.sql import total
from db.stock import StockEntry, StockPosting

DAYS = 14
QUARTER = 15 * 60 * 1_000_000  # zones are whole quarters of an hour apart, so days begin where a quarter does


@dataclass(slots=True)
class Flow:
    """Whole minor units and numbers by business day, oldest first; the last day is today.

    `week_before` is usage from last week's Monday to the moment a week ago.
    """

    today: date
    change: list[int] = field(default_factory=lambda: [0] * DAYS)
    usage: list[int] = field(default_factory=lambda: [0] * DAYS)
    waste: list[int] = field(default_factory=lambda: [0] * DAYS)
    wasted: list[int] = field(default_factory=lambda: [0] * DAYS)
    receipts: list[int] = field(default_factory=lambda: [0] * DAYS)
    received: int = 0
    week_before: int = 0

    def this_week(self) -> int:
        """Usage since Monday."""
        return sum(self.usage[DAYS - 1 - self.today.weekday() :])


def read_flow(uow: UnitOfWork) -> Flow:
    """The last two weeks of the ledger."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    today = business_day(uow.now, zone, hour)
    starts = [micros(day_starts_at(today - timedelta(days=DAYS - 1 - at), zone, hour)) for at in range(DAYS)]
    monday = DAYS - 1 - today.weekday() - 7
    week = (starts[monday], micros(uow.now - timedelta(days=7)))
    flow = Flow(today)
    quarter = StockEntry.at // literal(QUARTER, literal_execute=True)
    rows = uow.sql.execute(
        select(StockEntry.kind, quarter, total(StockEntry.value), total(StockEntry.settled), func.count())
        .where(StockEntry.at >= starts[0])
        .group_by(StockEntry.kind, quarter)
    )
    for kind, at, value, settled, entries in rows:
        _take(flow, (PostingKind(kind), int(value), int(settled), int(entries)), int(at) * QUARTER, (starts, week))
    _read_receipts(uow, flow, starts)
    return flow


def _take(flow: Flow, one: tuple[PostingKind, int, int, int], at: int, when: tuple[list[int], tuple[int, int]]) -> None:
    kind, value, settled, entries = one
    starts, week = when
    day = max(bisect_right(starts, at) - 1, 0)
    used = costing.contribution("usage", kind, value, settled)
    flow.change[day] += value
    flow.usage[day] += used
    flow.week_before += used if week[0] <= at <= week[1] else 0
    if kind is PostingKind.WASTE:
        flow.waste[day] += costing.contribution("waste", kind, value, settled)
        flow.wasted[day] += entries
    if day == DAYS - 1:
        flow.received += costing.contribution("receipts", kind, value, settled)


def _read_receipts(uow: UnitOfWork, flow: Flow, starts: list[int]) -> None:
    """How many receipts were posted on each day and not taken back."""
    undo = aliased(StockPosting)
    is_reversed = select(undo.id).where(undo.ref_id == StockPosting.id, undo.kind == PostingKind.REVERSAL).exists()
    rows = uow.sql.execute(
        select(type_coerce(StockPosting.at, BigInteger)).where(
            StockPosting.kind == PostingKind.RECEIPT, StockPosting.at >= moment(starts[0]), ~is_reversed
        )
    )
    for (at,) in rows:
        flow.receipts[max(bisect_right(starts, int(at)) - 1, 0)] += 1
