"""What a person can see of budgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.clock import business_day
from core.costing.rules.budgets import WHOLE, Node, add_up, depths_of, level_of, order_of
from core.costing.rules.months import Month
from core.costing.steps.budgets import costs_of, is_closed, month_nodes, stored_budgets
from core.costing.steps.sums import category_facts
from core.costing.types.budgets import BudgetGrid, BudgetPlace, BudgetRow, BudgetState, GridCell, GridMonth, GridRow
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission

MOST_MONTHS = 24


@query(Permission.COST_VIEW)
def list_budget_state(uow: UnitOfWork, *, month: str) -> BudgetState:
    """A month against its budgets.

    The whole first, then every category with a budget or cost, parents before children: budget, cost so far, what is
    expected at the end of the month, and whether that is good. Raises InvalidInput for what is no month.
    """
    one = Month.parse(month)
    own = {key: amount for (_month, key), amount in stored_budgets(uow, [one]).items()}
    nodes, weeks = month_nodes(uow, one, own)
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    places = _places(uow, nodes)
    rows = [
        _row(uow, places[key], nodes[key])
        for key in order_of(nodes)
        if key == WHOLE or nodes[key].budget is not None or nodes[key].actual
    ]
    return BudgetState(
        month=one.text, first=one.first, last=one.last, days=one.days.count,
        days_done=max(0, min((today - one.first).days, one.days.count)), is_over=today > one.last,
        is_closed=is_closed(uow, one), weeks=weeks, rows=tuple(rows),
    )  # fmt: skip


@query(Permission.COST_VIEW)
def list_budgets(uow: UnitOfWork, *, first: str, count: int = 12) -> BudgetGrid:
    """Budgets by category and month.

    `count` months (24 at most) from the first one on, every category of the tree, with what each month really cost. Raises
    InvalidInput for what is no month, or too many of them.
    """
    start = Month.parse(first)
    if not 1 <= count <= MOST_MONTHS:
        raise InvalidInput(_("Between 1 and {n} months can be seen together.", n=MOST_MONTHS), field="count")
    months = [start.moved(step) for step in range(count)]
    own = stored_budgets(uow, months)
    today = Month.of(business_day(uow.now, uow.site.zone, uow.site.day_start_hour))
    spent = costs_of(uow, [month for month in months if month < today])
    by_month: list[dict[int, Node]] = []
    parents = {key: facts.parent_id for key, facts in category_facts(uow).items()}
    for month in months:
        mine = {key: amount for (text, key), amount in own.items() if text == month.text}
        if month == today:
            by_month.append(month_nodes(uow, month, mine)[0])
        else:
            by_month.append(add_up(mine, spent.get(month, {}), dict(spent.get(month, {})), parents))
    places = _places(uow, by_month[0])
    rows = [
        GridRow(
            places[key],
            tuple(_cell(uow, nodes[key], month, today) for month, nodes in zip(months, by_month, strict=True)),
        )
        for key in order_of(by_month[0])
    ]
    heads = [GridMonth(month.text, is_closed(uow, month), month < today, month == today) for month in months]
    return BudgetGrid(tuple(heads), tuple(rows))


def _places(uow: UnitOfWork, nodes: Mapping[int, Node]) -> dict[int, BudgetPlace]:
    depths = depths_of(nodes)
    names: dict[int, tuple[Any, Any]] = {key: (one.name, one.name_en) for key, one in category_facts(uow).items()}
    names[WHOLE] = ("", "")
    return {key: BudgetPlace(key, *names[key], depths[key], bool(node.children)) for key, node in nodes.items()}


def _row(uow: UnitOfWork, place: BudgetPlace, node: Node) -> BudgetRow:
    def money(minor: int | None) -> Any:
        return None if minor is None else uow.money(minor)

    return BudgetRow(
        place=place, budget=money(node.budget), is_sum=node.own is None and node.budget is not None,
        parts=money(node.parts), actual=uow.money(node.actual), without=uow.money(node.without),
        expected=money(node.expected), level=level_of(node.budget, node.actual, node.expected),
    )  # fmt: skip


def _cell(uow: UnitOfWork, node: Node, month: Month, today: Month) -> GridCell:
    budget = None if node.budget is None else uow.money(node.budget)
    level = level_of(node.budget, node.actual, node.expected)
    actual = uow.money(node.actual) if month <= today else None
    expected = uow.money(node.expected) if month == today and node.expected is not None else None
    return GridCell(budget, node.own is None and budget is not None, actual, level, expected)
