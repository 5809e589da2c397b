"""The running month's probable end, from what days cost in the weeks before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import case, select

from core.clock import business_day, day_starts_at
from core.costing.rules.estimate import HISTORY, WEEK, WEEKS, Expected, expected_of
from core.costing.rules.months import Month
from core.costing.types import Review
from core.costing.types.estimate import Estimate
from core.uow import UnitOfWork
from db.columns import micros, moment
from db.enums import PostingKind as K
from db.sql import total
from db.stock import StockEntry

E = StockEntry
DAY = 86_400_000_000
LOST = (K.ISSUE, K.WASTE)
BOUGHT = (K.RECEIPT, K.LANDED_COST)


def estimate_of(uow: UnitOfWork, month: Month, review: Review, cost_until_now: Decimal) -> Estimate | None:
    """How the running month will end; None before one whole week of history.

    What is still to be used is what the days left usually cost (today among them, less what it cost already); what is
    still to be bought is what they usually bring. Counts and adjustments that may come are not foreseen.
    """
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    spent, bought = daily_figures(uow, today)
    days_left = (month.last - today).days + 1
    usage, purchases = expected_of(spent[:-1], days_left), expected_of(bought[:-1], days_left)
    if usage is None or purchases is None:
        return None
    to_come = uow.money(max(0, usage.amount - spent[-1]))
    to_buy = uow.money(max(0, purchases.amount - bought[-1]))
    low, high = _bounds(uow, usage, spent[-1])
    return Estimate(
        as_of=today,
        days_left=days_left,
        weeks=usage.weeks,
        opening=review.total.value("opening"),
        purchases=review.total.value("receipts"),
        purchases_to_come=to_buy,
        cost_until_now=cost_until_now,
        usage_to_come=to_come,
        closing=review.total.value("closing") + to_buy - to_come,
        cost=cost_until_now + to_come,
        low=None if low is None else cost_until_now + low,
        high=None if high is None else cost_until_now + high,
    )


def usage_to_come(uow: UnitOfWork, today: date, last: date) -> tuple[int, int] | None:
    """What usage and waste from now to a month's last day will cost (minor units), as `estimate_of` says it, and how many
    weeks say so; None before one whole week of history."""
    spent, _bought = daily_figures(uow, today, WEEKS)
    usage = expected_of(spent[:-1], (last - today).days + 1)
    return None if usage is None else (max(0, usage.amount - spent[-1]), usage.weeks)


def _bounds(uow: UnitOfWork, usage: Expected, today: int) -> tuple[Decimal | None, Decimal | None]:
    """How much is still to come at least and at most; never less than nothing."""
    if usage.low is None or usage.high is None:
        return None, None
    return uow.money(max(0, usage.low - today)), uow.money(max(0, usage.high - today))


def daily_figures(uow: UnitOfWork, today: date, weeks: int = HISTORY) -> tuple[list[int], list[int]]:
    """What each day until today cost (usage and waste) and brought (receipts), in minor units: at most so many weeks before
    today and not before the site's first entry."""
    first = _first_day(uow, today, weeks)
    start = micros(day_starts_at(first, uow.site.zone, uow.site.day_start_hour))
    # Days of 24 hours from the first: where clocks change an hour falls to its neighbour, which an estimate bears.
    number = ((E.at - start) // DAY).label("number")
    worth = E.value + E.settled
    cost = E.settled - case((E.kind.in_(LOST), worth), else_=0)
    came = case((E.kind.in_(BOUGHT), worth), else_=0)
    rows = uow.sql.execute(
        select(number, total(cost), total(came))
        .where(E.at >= start, E.at <= micros(uow.now), E.kind != K.TRANSFER)
        .group_by("number")
    )
    count = (today - first).days + 1
    spent, bought = [0] * count, [0] * count
    for day, cost_minor, came_minor in rows:
        place = min(int(day), count - 1)
        spent[place] += int(cost_minor)
        bought[place] += int(came_minor)
    return spent, bought


def _first_day(uow: UnitOfWork, today: date, weeks: int) -> date:
    """So many weeks ago, or the first day after the stock was opened."""
    earliest = today - timedelta(days=weeks * WEEK)
    start = micros(day_starts_at(earliest, uow.site.zone, uow.site.day_start_hour))
    moved = select(E.at).where(E.kind != K.OPENING).limit(1)
    if uow.sql.execute(moved.where(E.at < start).order_by(E.at.desc())).scalar() is not None:
        return earliest
    found = uow.sql.execute(moved.where(E.at >= start).order_by(E.at)).scalar()
    return today if found is None else min(today, business_day(moment(found), uow.site.zone, uow.site.day_start_hour))
