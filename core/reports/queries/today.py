"""The first page after signing in: at most eight figures, and what waits for this person."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from core import labels
from core.clock import business_day
from core.registry import query
from core.reports.steps import waiting, work
from core.reports.steps.filled import lines_in_full
from core.reports.steps.flow import DAYS, Flow, read_flow
from core.reports.types import FigureKind, Today, TodayBudget, TodayFigure, WorkKind, WorkRow
from core.uow import UnitOfWork
from core.values import round_decimal
from db.enums import CountState, Permission
from db.sql import total
from db.stock import ItemCost, StockPosting

WEEK, YEAR_DAYS = 7, 365
P = Permission


@query(None)
def get_today(uow: UnitOfWork) -> Today:
    """Today.

    Figures with their trend, and the work of this person; each only as far as the person has the right, so that who has
    none sees an empty page.
    """
    flow = (
        read_flow(uow)
        if uow.may(P.STOCK_VIEW) or uow.may(P.STOCK_WASTE)
        else Flow(business_day(uow.now, uow.site.zone, uow.site.day_start_hour))
    )
    figures: list[TodayFigure] = [*_money_figures(uow, flow), *_day_figures(uow, flow)]
    rows: list[WorkRow] = []
    figures += _label_figures(uow)
    for more_figures, more_rows in (_stock_part(uow, flow), _count_part(uow), _transfer_part(uow)):
        figures += more_figures
        rows += more_rows
    figures += _pace_figures(uow, flow, figures)
    rows += waiting.office_work(uow)
    order = list(WorkKind)
    is_new = uow.sql.execute(select(StockPosting.id).limit(1)).first() is None
    return Today(flow.today, is_new, tuple(figures), tuple(sorted(rows, key=lambda row: order.index(row.kind))))


@query(None)
def get_today_budget(uow: UnitOfWork) -> TodayBudget:
    """The running month against its budgets, for the first page.

    The whole site's cost of the month so far with its budget, and the categories that will not do; empty where nobody set a
    budget or for who may not see cost. Asked beside `get_today`, since a large ledger takes a moment longer for it.
    """
    budgets = waiting.month_budgets(uow)
    if budgets is None:
        return TodayBudget()
    whole, figure = budgets.whole, None
    if whole.budget is not None:
        figure = TodayFigure(FigureKind.BUDGET, whole.actual, True, whole.budget, expected=whole.expected)
    return TodayBudget(figure, tuple(waiting.budget_work(budgets)))


def _money_figures(uow: UnitOfWork, flow: Flow) -> list[TodayFigure]:
    if not (uow.may(P.COST_VIEW) and uow.may(P.STOCK_VIEW)):
        return []
    now = int(uow.sql.execute(select(total(ItemCost.value))).scalar_one())
    values = [uow.money(now - sum(flow.change[at + 1 :])) for at in range(DAYS)]
    usage, before = uow.money(flow.this_week()), uow.money(flow.week_before)
    return [
        TodayFigure(FigureKind.STOCK_VALUE, values[-1], True, values[-1 - WEEK], tuple(values)),
        TodayFigure(FigureKind.USAGE, usage, True, before, _money(uow, flow.usage[:-1])),
    ]


def _day_figures(uow: UnitOfWork, flow: Flow) -> list[TodayFigure]:
    sees_cost = uow.may(P.COST_VIEW)
    found = []
    if uow.may(P.STOCK_WASTE) or uow.may(P.STOCK_VIEW):
        waste = _money(uow, flow.waste) if sees_cost else _numbers(flow.wasted)
        found.append(TodayFigure(FigureKind.WASTE, waste[-1], sees_cost, sum(waste[-WEEK:], Decimal(0)), waste))
    if uow.may(P.STOCK_VIEW):
        receipts = _numbers(flow.receipts)
        value = uow.money(flow.received) if sees_cost else None
        found.append(TodayFigure(FigureKind.RECEIPTS, receipts[-1], False, value, receipts))
    return found


def _pace_figures(uow: UnitOfWork, flow: Flow, figures: list[TodayFigure]) -> list[TodayFigure]:
    """How fast the stock turns, and how much of what was ordered came in full."""
    found = []
    value = next((one for one in figures if one.kind is FigureKind.STOCK_VALUE), None)
    used = sum(flow.usage[:-1])
    held = sum(value.trend, Decimal(0)) / DAYS if value is not None else Decimal(0)
    if value is not None and used > 0 and held > 0:
        a_day = uow.money(used) / (DAYS - 1)
        turns = round_decimal(a_day * YEAR_DAYS / held, 1)
        found.append(TodayFigure(FigureKind.TURNOVER, turns, beside=round_decimal(value.amount / a_day, 0)))
    if uow.may(P.PURCHASE_VIEW):
        full, due = lines_in_full(uow, flow.today)
        if due:
            share = round_decimal(Decimal(full) / due, 4)
            found.append(TodayFigure(FigureKind.FILL_RATE, share, beside=Decimal(due)))
    return found


def _label_figures(uow: UnitOfWork) -> list[TodayFigure]:
    if not uow.may(P.LABEL_PRINT):
        return []
    due = labels.count_stale_labels(uow)
    return [TodayFigure(FigureKind.LABELS, Decimal(due.to_print), beside=Decimal(due.asks))]


def _stock_part(uow: UnitOfWork, flow: Flow) -> tuple[list[TodayFigure], list[WorkRow]]:
    if not uow.may(P.STOCK_VIEW):
        return [], []
    below = work.items_below(uow)
    expired, soon = work.lots_due(uow, flow.today)
    figures = [
        TodayFigure(FigureKind.BELOW, Decimal(len(below))),
        TodayFigure(FigureKind.EXPIRING, Decimal(len(soon)), beside=Decimal(len(expired))),
    ]
    rows = [*work.below_work(uow, below), *work.lot_work(uow, WorkKind.EXPIRING, soon)]
    if uow.may(P.STOCK_WASTE):
        rows += work.lot_work(uow, WorkKind.EXPIRED, expired)
    return figures, rows


def _count_part(uow: UnitOfWork) -> tuple[list[TodayFigure], list[WorkRow]]:
    if not uow.may(P.COUNT_ENTER):
        return [], []
    counts = work.count_rows(uow)
    to_approve = sum(1 for row in counts if row.state == CountState.TO_APPROVE)
    figure = TodayFigure(FigureKind.COUNTS, Decimal(len(counts)), beside=Decimal(to_approve))
    return [figure], work.count_work(uow, counts)


def _transfer_part(uow: UnitOfWork) -> tuple[list[TodayFigure], list[WorkRow]]:
    if not uow.may(P.STOCK_TRANSFER):
        return [], []
    transfers = work.transfers_on_the_way(uow)
    return [TodayFigure(FigureKind.TRANSIT, Decimal(len(transfers)))], work.transfer_work(transfers)


def _money(uow: UnitOfWork, minors: list[int]) -> tuple[Decimal, ...]:
    return tuple(uow.money(minor) for minor in minors)


def _numbers(counts: list[int]) -> tuple[Decimal, ...]:
    return tuple(Decimal(count) for count in counts)
