"""A made year of a kitchen's store with oddities planted in it: 10,000 items, a million entries, straight into the tables.

Demand has the shapes real demand has: weekdays, seasons, drift, days without trade, busy days for all, chance in proportion to
the level, and thousands of items that move now and then. What is planted is known, so that what is found can be measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import cos, exp, pi
from pathlib import Path

from sqlalchemy import Connection, insert

from core.clock import FixedClock
from core.identity import NewSite
from core.sites import create_site
from db.base import table_of
from db.catalog import Item
from db.counting import StockCount, StockCountLine
from db.engine import open_engine, url_of
from db.enums import CostMethod, CountKind, CountState
from db.enums import PostingKind as K
from db.stock import StockEntry, StockPosting
from tests.bench.ledger import PASSWORD

LAST = date(2026, 6, 28)
DAYS, LOOKED = 364, 56
DAILY, OFTEN, SELDOM = 600, 2_400, 7_000
ITEMS = DAILY + OFTEN + SELDOM
MICRO = 1_000_000
CLOSED = frozenset({40, 41, 42, 170, 300})
BUSY = {60: 1.7, 130: 1.6, 200: 1.5, 310: 1.6, 330: 1.8, 345: 1.5}
COUNTED_EVERY = 14
COUNT_KINDS = ("counted a third short", "counted half of few", "counted in another unit")
KINDS = (
    "tenfold", "threefold", "not booked", "tenfold seldom", "wasted", "price of another unit", "price up 40 %",
    *COUNT_KINDS,
)  # fmt: skip


@dataclass
class Plan:
    """What was planted: by kind the item and the day's number."""

    planted: dict[str, dict[int, int]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    def at(self, kind: str, item: int) -> int:
        """The day of an item's oddity of a kind, -1 for none."""
        return self.planted[kind].get(item, -1)


def make_plan(chance: random.Random) -> Plan:
    """Forty oddities of each kind in the weeks looked at, each on an item of its own."""
    plan = Plan()
    daily = iter(chance.sample(range(1, DAILY + 1), 400))
    often = iter(chance.sample(range(DAILY + 1, DAILY + OFTEN + 1), 200))
    seldom = iter(chance.sample(range(DAILY + OFTEN + 1, ITEMS + 1), 100))
    sources = {
        "tenfold": often, "tenfold seldom": seldom, "counted half of few": often, "counted in another unit": often,
    }  # fmt: skip
    for kind in KINDS:
        for _number in range(40):
            day = chance.randrange(DAYS - LOOKED + 6, DAYS)
            while day in CLOSED or day in BUSY:
                day -= 1
            plan.planted[kind][next(sources.get(kind, daily))] = day
    return plan


def usage(chance: random.Random, plan: Plan, item: int) -> Iterator[tuple[int, int]]:
    """What was issued of an item, by day."""
    if item <= DAILY:
        yield from _daily(chance, plan, item)
    elif item <= DAILY + OFTEN:
        yield from _often(chance, plan, item)
    else:
        yield from _seldom(chance, plan, item)


def _daily(chance: random.Random, plan: Plan, item: int) -> Iterator[tuple[int, int]]:
    level, noise = exp(chance.uniform(1.0, 4.5)), chance.uniform(0.1, 0.35)
    profile = [chance.uniform(0.7, 1.1) for _day in range(5)] + [chance.uniform(1.1, 2.0) for _day in range(2)]
    season, phase, drift = chance.uniform(0, 0.35), chance.uniform(0, 2 * pi), chance.uniform(-0.3, 0.3)
    missing, threefold = plan.at("not booked", item), plan.at("threefold", item)
    for day in range(DAYS):
        if day in CLOSED or missing - 4 <= day <= missing:
            continue
        trend = (1 + season * cos(2 * pi * day / 364 + phase)) * (1 + drift * day / DAYS) * BUSY.get(day, 1.0)
        qty = level * profile[day % 7] * trend * exp(chance.gauss(0, noise))
        yield day, max(round(qty * (3 if day == threefold else 1) * 10), 1) * MICRO // 10


def _often(chance: random.Random, plan: Plan, item: int) -> Iterator[tuple[int, int]]:
    rate, tenfold = chance.uniform(0.6, 4.0), plan.at("tenfold", item)
    for day in range(DAYS):
        if day in CLOSED:
            continue
        count = _poisson(chance, rate * (1.4 if day % 7 > 4 else 0.85) * BUSY.get(day, 1.0))
        if day == tenfold:
            count = max(count, round(rate), 1) * 10
        if count:
            yield day, count * MICRO


def _seldom(chance: random.Random, plan: Plan, item: int) -> Iterator[tuple[int, int]]:
    share, size, odd = chance.uniform(0.03, 0.14), chance.randrange(1, 6), plan.at("tenfold seldom", item)
    for day in range(DAYS):
        if day == odd:
            yield day, size * 10 * MICRO
        elif day not in CLOSED and chance.random() < share:
            yield day, size * chance.randrange(1, 4) * MICRO


def _poisson(chance: random.Random, rate: float) -> int:
    left, count, bound = chance.random(), 0, exp(-rate)
    while left > bound:
        left *= chance.random()
        count += 1
    return count


def waste(chance: random.Random, plan: Plan, item: int) -> Iterator[tuple[int, int]]:
    """What was wasted of a daily item, by day."""
    odd, share, level = plan.at("wasted", item), chance.uniform(0.02, 0.3), exp(chance.uniform(-1, 1))
    for day in range(DAYS):
        if day == odd:
            yield day, round(max(level * 25, 150) * 10) * MICRO // 10
        elif day not in CLOSED and chance.random() < share:
            yield day, max(round(level * exp(chance.gauss(0, 0.4)) * 10), 1) * MICRO // 10


def receipts(chance: random.Random, plan: Plan, item: int) -> Iterator[tuple[int, int, int]]:
    """Day, quantity and price in minor units of what was received once a week; prices go in steps and drift."""
    price, step = exp(chance.uniform(4, 8)), chance.choice([0.0, 0.01, 0.03, 0.06])
    unit, jump = plan.at("price of another unit", item), plan.at("price up 40 %", item)
    for week in range(DAYS // 7):
        day = week * 7 + item % 6
        price *= exp(chance.gauss(0, step)) if chance.random() < 0.5 else 1.0
        paid = price * (12 if 0 <= unit - day < 7 else 1.4 if 0 <= jump - day < 7 else 1)
        yield day, 50 * MICRO, round(paid * 50)


def counts(chance: random.Random, plan: Plan, item: int) -> Iterator[tuple[int, int, int]]:
    """Day, book and what was found when an item was counted, every other week. Weighed goods (the daily ones) are off by a
    little more often than not, each by its own; pieces now and then by one, two or three, whether there are many or few."""
    short, half, unit = (plan.at(kind, item) for kind in COUNT_KINDS)
    is_weighed = item <= DAILY
    usual, loss, share = exp(chance.uniform(1.4, 4.4)), chance.uniform(0.005, 0.04), chance.uniform(0.03, 0.25)
    for day in range(item % COUNTED_EVERY, DAYS, COUNTED_EVERY):
        if half >= 0:
            usual = 8.0
        book = max(round(usual * exp(chance.gauss(0, 0.4)) * (20 if is_weighed else 1)), 3)
        found = book
        if is_weighed and chance.random() < 0.7:
            found = round(book * (1 + chance.gauss(-loss / 4, loss)))
        elif not is_weighed and chance.random() < share:
            found = max(book + chance.choice((-1, -1, -1, -1, 1, 1, -2, -2, 2, -3)), 0)
        if 0 <= short - day < COUNTED_EVERY:
            found = book * 2 // 3
        elif 0 <= half - day < COUNTED_EVERY:
            found = book // 2
        elif 0 <= unit - day < COUNTED_EVERY:
            book = max(book, 24)
            found = book // 12
        size = MICRO // 20 if is_weighed else MICRO
        yield day, book * size, found * size


def make_history(path: Path, seed: int = 7) -> Plan:
    """The site with a year of entries; answers what was planted."""
    chance = random.Random(seed)
    plan = make_plan(chance)
    start = LAST - timedelta(days=DAYS - 1)
    begin = datetime.combine(start, time(12), UTC)
    create_site(
        str(path), NewSite("Bench", "CNY", "Asia/Shanghai", "en", CostMethod.FIFO, "Admin", PASSWORD),
        clock=FixedClock(begin - timedelta(days=30)),
    )  # fmt: skip
    engine = open_engine(url_of(str(path)))
    try:
        with engine.begin() as sql:
            _items(sql, begin)
            _postings(sql, begin)
            _entries(sql, chance, plan, begin)
            _counts(sql, random.Random(seed + 1), plan, begin)
    finally:
        engine.dispose()
    return plan


def _items(sql: Connection, at: datetime) -> None:
    rows = [
        {"id": n, "code": f"U{n:05d}", "name": f"物料 {n}", "name_en": f"Item {n}", "base_unit": "kg",
         "cost_method": CostMethod.FIFO, "allergens": [], "created_at": at}
        for n in range(1, ITEMS + 1)
    ]  # fmt: skip
    sql.execute(insert(table_of(Item)), rows)


def _postings(sql: Connection, begin: datetime) -> None:
    """One posting a day and kind: the ledger's heads of the entries."""
    rows = []
    for day in range(DAYS):
        for place, kind in enumerate((K.ISSUE, K.WASTE, K.RECEIPT)):
            at = begin + timedelta(days=day)
            rows.append(
                {"id": day * 3 + place + 1, "number": f"H-{day:04d}-{place}", "kind": kind, "at": at, "posted_at": at,
                 "person_id": 1, "station": "bench", "request_id": f"h{day}-{place}", "previous_hash": "", "hash": ""}
            )  # fmt: skip
    sql.execute(insert(table_of(StockPosting)), rows)


def _entries(sql: Connection, chance: random.Random, plan: Plan, begin: datetime) -> None:
    day_micros, base = 86_400 * MICRO, int(begin.timestamp()) * MICRO
    rows: list[dict[str, object]] = []

    def add(kind: K, place: int, item: int, day: int, qty: int, given: int | None = None) -> None:
        rows.append(
            {"posting_id": day * 3 + place + 1, "line": item, "at": base + day * day_micros, "kind": kind,
             "item_id": item, "location_id": 1, "lot_id": 0, "qty": qty, "unit": "", "unit_qty": abs(qty),
             "given": given, "value": given or 0}
        )  # fmt: skip

    for item in range(1, ITEMS + 1):
        for day, qty in usage(chance, plan, item):
            add(K.ISSUE, 0, item, day, -qty)
        for day, qty in waste(chance, plan, item) if item <= DAILY else ():
            add(K.WASTE, 1, item, day, -qty)
        for day, qty, given in receipts(chance, plan, item) if item <= DAILY + OFTEN else ():
            add(K.RECEIPT, 2, item, day, qty, given)
        if len(rows) > 50_000:
            sql.execute(insert(table_of(StockEntry)), rows)
            rows.clear()
    sql.execute(insert(table_of(StockEntry)), rows)


def _counts(sql: Connection, chance: random.Random, plan: Plan, begin: datetime) -> None:
    """A count for each day, posted."""
    rows = []
    for day in range(DAYS):
        at = begin + timedelta(days=day)
        rows.append(
            {"id": day + 1, "number": f"C-{day:04d}", "kind": CountKind.CYCLE, "state": CountState.POSTED, "scope": {},
             "tolerance_pct": 0, "tolerance_amount": 0, "created_at": at, "created_by": 1, "approved_at": at}
        )  # fmt: skip
    sql.execute(insert(table_of(StockCount)), rows)
    lines: list[dict[str, object]] = []
    for item in range(1, DAILY + OFTEN + 1):
        for day, book, found in counts(chance, plan, item):
            lines.append(
                {"count_id": day + 1, "position": item, "item_id": item, "location_id": 1, "rounds": 1,
                 "counted_qty": found, "expected_qty": book, "posted_expected": book,
                 "counted_at": begin + timedelta(days=day)}
            )  # fmt: skip
    sql.execute(insert(table_of(StockCountLine)), lines)
