"""Budgets that will not do, and months that wait to be closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from core import costing, stock
from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import CATEGORY, MONTH, Found
from core.costing import BudgetLevel, Month
from core.i18n import Name, _
from db.columns import micros, moment
from db.costing import Budget
from db.enums import AlertUrgency
from db.stock import StockEntry

Limits = Mapping[str, Decimal]
_WHOLE = _("Whole site")


def budget_trend(stand: Stand, _limits: Limits) -> list[Found]:
    """Categories (0: the whole site) that will cost more than their budget this month; over it already is more urgent."""
    month = Month.of(stand.today)
    has_any = select(Budget.month).where(Budget.month == month.text).limit(1)
    if stand.uow.sql.execute(has_any).first() is None:
        return []
    state = costing.list_budget_state(stand.uow, month=month.text)
    found = []
    for row in state.rows:
        is_over = row.budget is not None and row.actual > row.budget
        if row.level not in (BudgetLevel.WATCH, BudgetLevel.OVER) or (row.expected is None and not is_over):
            continue
        place = row.place
        facts: dict[str, Any] = {
            "name": Name(place.name, place.name_en) if place.category_id else _WHOLE, "month": state.month,
            "spent": row.actual, "expected": row.expected, "budget": row.budget, "is_over": is_over,
            "currency": stand.uow.site.currency,
        }  # fmt: skip
        urgency = AlertUrgency.HIGH if is_over else None
        found.append(Found(CATEGORY, place.category_id, facts, part=state.month, urgency=urgency))
    return found


def month_open(stand: Stand, limits: Limits) -> list[Found]:
    """The first month that is over for long and not closed, with how many later ones wait too. A site's months begin with
    its first posting."""
    uow = stand.uow
    newest = Month.of(stand.today - timedelta(days=int(limits["days"]))).before
    closed = uow.site.closed_until
    if closed is None:
        first_at = uow.sql.execute(
            select(func.min(StockEntry.at)).where(StockEntry.at > micros(stock.BOOKS_BEGIN))
        ).scalar_one()
        if first_at is None:
            return []
        oldest = Month.of(stand.day_of(moment(first_at)))
    else:
        oldest = Month.of(stand.day_of(closed + timedelta(microseconds=1)))
    waiting = (newest.year - oldest.year) * 12 + newest.number - oldest.number
    if waiting < 0:
        return []
    facts = {"month": oldest.text, "ended_on": oldest.last, "more": waiting}
    return [Found(MONTH, oldest.year * 100 + oldest.number, facts)]
