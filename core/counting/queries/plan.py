"""What to count today, and how counts are set up."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, select

from core.counting.rules import plan
from core.counting.rules.plan import Candidate
from core.counting.steps.candidates import (
    choose_lines,
    lines_in_open_counts,
    load_candidates,
    money_of,
    nothing_to_count,
)
from core.counting.types import CountPlan, KeyItemRow, NewCount, RiskRow, ToleranceRow
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item
from db.columns import micros
from db.counting import CountTolerance, KeyItem
from db.enums import CountKind, Permission, PostingKind
from db.sql import total
from db.stock import StockEntry

USED_DAYS = timedelta(days=90)
USES = (PostingKind.ISSUE, PostingKind.WASTE, PostingKind.PRODUCTION_OUT)


@query(Permission.COUNT_MANAGE)
def preview_count(uow: UnitOfWork, *, new: NewCount) -> CountPlan:
    """What a count would hold before it is started: lines, items, places, and about how long it takes.

    Raises InvalidInput as starting it would.
    """
    lines = choose_lines(uow, new, load_candidates(uow, new))
    if not lines:
        raise nothing_to_count(new.kind)
    taken = lines_in_open_counts(uow)
    in_other = sum(1 for one in lines if (one.item_id, one.location_id, one.lot_id) in taken)
    kept = len(lines) - (0 if new.kind is CountKind.FULL else in_other)
    return CountPlan(
        kept,
        len({one.item_id for one in lines}),
        len({one.location_id for one in lines}),
        plan.minutes_for(kept),
        in_other,
        sum(1 for one in lines if one.days is None),
    )


@query(Permission.COUNT_MANAGE)
def list_count_risks(uow: UnitOfWork, *, most: int = 20) -> list[RiskRow]:
    """The lines most worth counting today: days since they were counted, times value, times past error.

    What the book holds below zero comes first.
    """
    found = load_candidates(uow, NewCount(CountKind.SPOT))
    by_place: dict[tuple[int, int], list[Candidate]] = {}
    for one in found.lines:
        by_place.setdefault(one.place, []).append(one)
    rows = []
    for place in plan.ranked_places(found.lines)[:most]:
        several = by_place[place]
        one, item, where = several[0], found.items[place[0]], found.places[place[1]]
        rows.append(
            RiskRow(
                item.id,
                item.code,
                item.name,
                item.name_en,
                where.id,
                where.name,
                where.name_en,
                one.abc_class,
                one.days,
                plan.due_in(one),
                money_of(uow, sum(each.value for each in several)),
                Decimal(one.error) / 1000,
                any(each.qty < 0 for each in several),
            )
        )
    return rows


@query(Permission.COUNT_ENTER)
def list_count_tolerances(uow: UnitOfWork) -> list[ToleranceRow]:
    """Special tolerances: of classes first, then of items by code."""
    rows = uow.sql.execute(
        select(
            CountTolerance.id,
            CountTolerance.version,
            CountTolerance.item_id,
            Item.code,
            Item.name,
            Item.name_en,
            CountTolerance.abc_class,
            CountTolerance.pct,
            CountTolerance.amount,
        )
        .outerjoin(Item, Item.id == CountTolerance.item_id)
        .order_by(CountTolerance.item_id != 0, CountTolerance.abc_class, Item.code)
    )
    return [
        ToleranceRow(*row[:3], row.code or "", row.name or "", row.name_en or "", *row[6:])  # the item may be none
        for row in rows
    ]


@query(Permission.COUNT_ENTER)
def list_key_items(uow: UnitOfWork, *, proposals: int = 20) -> list[KeyItemRow]:
    """Key items, then those proposed to be: where most of the money went in the last 90 days."""
    marked = set(uow.sql.execute(select(KeyItem.item_id)).scalars())
    used = {
        row.item_id: -int(row.value)
        for row in uow.sql.execute(
            select(StockEntry.item_id, total(StockEntry.value).label("value"))
            .where(StockEntry.at >= micros(uow.now - USED_DAYS), StockEntry.kind.in_(USES))
            .group_by(StockEntry.item_id)
            .order_by(func.sum(StockEntry.value))
            .limit(proposals + len(marked))
        )
    }
    proposed = [item_id for item_id in used if item_id not in marked and used[item_id] > 0][:proposals]
    items = {
        row.id: row
        for row in uow.sql.execute(
            select(Item.id, Item.code, Item.name, Item.name_en, Item.is_active).where(Item.id.in_([*marked, *proposed]))
        )
    }
    order = [*sorted(marked, key=lambda item_id: items[item_id].code), *proposed]
    return [
        KeyItemRow(
            item_id,
            items[item_id].code,
            items[item_id].name,
            items[item_id].name_en,
            item_id in marked,
            money_of(uow, used.get(item_id, 0)),
        )
        for item_id in order
        if items[item_id].is_active or item_id in marked
    ]
