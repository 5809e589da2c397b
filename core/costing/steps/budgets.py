"""Building blocks: budgets as they are stored, and what categories cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, select

from core.clock import business_day, day_starts_at
from core.costing.rules.budgets import Node, add_up, order_of, share_to_come
from core.costing.rules.estimate import WEEK, days_ahead
from core.costing.rules.months import Month
from core.costing.steps.closings import Closing, all_closings, month_moments
from core.costing.steps.estimates import usage_to_come
from core.costing.steps.sums import category_facts
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.columns import micros
from db.costing import Budget, MonthClosingItem
from db.enums import PostingKind as K
from db.identity import Site
from db.sql import chunks, total
from db.stock import StockEntry

COST_KINDS = (K.ISSUE, K.WASTE, K.ADJUSTMENT, K.COUNT, K.REVALUATION)
DAY = 86_400_000_000
B = Budget


def budget_of_month(uow: UnitOfWork, month: Month | str) -> dict[int, int]:
    """The budgets of a month in minor units by category, 0 the whole site.

    Each covers all categories below it. Where nothing is set on a category (or on the whole) but below it, it has the sum
    of those below. A category without any is not in the answer; nothing at all is an empty answer.
    """
    own = stored_budgets(uow, [month if isinstance(month, Month) else Month.parse(month)])
    parents = {key: facts.parent_id for key, facts in category_facts(uow).items()}
    nodes = add_up({key: amount for (_month, key), amount in own.items()}, {}, {}, parents)
    return {key: nodes[key].budget or 0 for key in order_of(nodes) if nodes[key].budget is not None}


def stored_budgets(uow: UnitOfWork, months: Iterable[Month]) -> dict[tuple[str, int], int]:
    """What is set, in minor units, by month and category (0 the whole)."""
    found: dict[tuple[str, int], int] = {}
    for part in chunks([month.text for month in months]):
        rows = uow.sql.execute(select(B.month, B.place, B.amount).where(B.month.in_(part)))
        found.update({(row.month, int(row.place)): int(row.amount) for row in rows})
    return found


def hold_budgets(uow: UnitOfWork) -> None:
    """Let nobody else set budgets until COMMIT: what a person saw is compared with what is stored."""
    uow.sql.execute(select(Site.id).with_for_update()).all()


def write_budgets(uow: UnitOfWork, amounts: Mapping[tuple[str, int], int | None]) -> None:
    """Set budgets by month and category (0 the whole), in minor units; None takes one away."""
    by_month: dict[str, list[int]] = defaultdict(list)
    for month, key in amounts:
        by_month[month].append(key)
    for month, keys in by_month.items():
        for part in chunks(keys):
            uow.sql.execute(delete(B).where(B.month == month, B.place.in_(part)))
    rows = [
        {
            "month": month, "place": key, "category_id": key or None, "amount": amount,
            "changed_at": uow.now, "person_id": uow.actor.person_id,
        }
        for (month, key), amount in amounts.items() if amount is not None
    ]  # fmt: skip
    if rows:
        uow.sql.execute(insert(table_of(B)), rows)


def is_closed(uow: UnitOfWork, month: Month) -> bool:
    """Whether a month's books are closed."""
    until = uow.site.closed_until
    return until is not None and month_moments(uow, month)[1] <= until


def costs_of(uow: UnitOfWork, months: Sequence[Month]) -> dict[Month, dict[int, int]]:
    """What each category's own items cost in each month (minor units, 0: items without category).

    A closed month as its closing stored it, in the categories of then; the others from the ledger, months that follow
    one another in one statement.
    """
    closings = all_closings(uow)
    standing = {one.month: one.closing_id for one in closings if one.is_standing and one.month in set(months)}
    found = _stored_costs(uow, standing)
    run: list[Month] = []
    for month in sorted(set(months) - set(standing)):
        if run and run[-1].after != month:
            found |= _ledger_costs(uow, run, closings)
            run = []
        run.append(month)
    return found | (_ledger_costs(uow, run, closings) if run else {})


def _ledger_costs(uow: UnitOfWork, run: Sequence[Month], closings: tuple[Closing, ...]) -> dict[Month, dict[int, int]]:
    starts = [month_moments(uow, month, closings)[0] for month in run]
    return dict(zip(run, costs(uow, starts, month_moments(uow, run[-1], closings)[1]), strict=True))


def _stored_costs(uow: UnitOfWork, standing: Mapping[Month, int]) -> dict[Month, dict[int, int]]:
    found: dict[Month, dict[int, int]] = {month: {} for month in standing}
    month_of = {closing_id: month for month, closing_id in standing.items()}
    cost = total(MonthClosingItem.usage_value + MonthClosingItem.waste_value - MonthClosingItem.adjustments_value)
    of = (MonthClosingItem.closing_id, MonthClosingItem.category_id)
    for part in chunks(sorted(month_of)):
        for row in uow.sql.execute(select(*of, cost).where(of[0].in_(part)).group_by(*of)):
            found[month_of[row[0]]][row[1]] = int(row[2])
    return found


def costs(uow: UnitOfWork, starts: Sequence[datetime], end: datetime) -> list[dict[int, int]]:
    """What each category's own items cost (minor units, 0: items without category) in each stretch of time.

    A stretch goes from its start to the next one's, the last to `end`. Cost is usage + waste - counts and adjustments, as
    the review shows them.
    """
    whens = [(StockEntry.at < micros(start), number) for number, start in enumerate(starts[1:])]
    stretch = case(*whens, else_=len(starts) - 1) if whens else None
    found: list[dict[int, int]] = [defaultdict(int) for _start in starts]
    for (key, number), amount in _cost_by(uow, stretch, starts[0], end).items():
        found[number][key] += amount
    return [dict(one) for one in found]


def usual_ahead(uow: UnitOfWork, today: date, days: int, weeks: int) -> dict[int, int]:
    """What each category's own items cost in the weeks before today on such days as the next `days`, today among them
    (minor units over all those weeks)."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    start, end = day_starts_at(today - timedelta(weeks=weeks), zone, hour), day_starts_at(today, zone, hour)
    # Days of 24 hours from the first: where clocks change an hour falls to its neighbour, which an estimate bears.
    number = ((StockEntry.at - micros(start)) // DAY) % WEEK
    ahead = days_ahead(days)
    found: dict[int, int] = defaultdict(int)
    for (key, place), amount in _cost_by(uow, number, start, end - timedelta(microseconds=1)).items():
        found[key] += amount * ahead[place]
    return found


def _cost_by(
    uow: UnitOfWork, number: ColumnElement[int] | None, start: datetime, end: datetime
) -> dict[tuple[int, int], int]:
    """Cost by category and `number` (0 without one), from the first to the last moment."""
    worth = StockEntry.value + StockEntry.settled
    cost = StockEntry.settled - case((StockEntry.kind.in_(COST_KINDS), worth), else_=0)
    groups: list[ColumnElement[Any]] = [func.coalesce(Item.category_id, 0).label("category")]
    if number is not None:
        groups.append(number.label("stretch"))
    rows = uow.sql.execute(
        select(total(cost), *groups)
        .join(Item, Item.id == StockEntry.item_id)
        .where(StockEntry.at >= micros(start), StockEntry.at <= micros(end), StockEntry.kind != K.TRANSFER)
        .group_by(*groups)
    )
    return {(int(key), int(rest[0]) if rest else 0): int(amount) for amount, key, *rest in rows}


def month_nodes(uow: UnitOfWork, month: Month, own: Mapping[int, int]) -> tuple[dict[int, Node], int]:
    """A month added up by category: budgets, cost so far, what is expected at its end; and how many weeks say so (0: none).

    The whole is expected to cost what the review of the running month expects; what is to come is shared out among the
    categories.
    """
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    start, end = month_moments(uow, month)
    parents = {key: facts.parent_id for key, facts in category_facts(uow).items()}
    if today < month.first:
        return add_up(own, {}, {}, parents), 0
    if today > month.last:
        cost = costs_of(uow, [month])[month]
        return add_up(own, cost, dict(cost), parents), 0
    until_now = costs(uow, [start], end)[0]
    foreseen = usage_to_come(uow, today, month.last)
    if foreseen is None:
        return add_up(own, until_now, {}, parents), 0
    to_come, weeks = foreseen
    more = share_to_come(to_come, usual_ahead(uow, today, (month.last - today).days + 1, weeks))
    expected: dict[int, int | None] = {key: until_now.get(key, 0) + more.get(key, 0) for key in {*until_now, *more}}
    return add_up(own, until_now, expected, parents), weeks
