"""The sample's months, day by day, from the opening stock to now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from core.i18n import Text, _
from core.sample import (
    billing,
    buying,
    claims,
    closing,
    counts,
    deliveries,
    finale,
    incidents,
    kitchen,
    labels,
    losses,
    planted,
    sheets,
    watching,
)
from core.sample.tables import items
from core.sample.world import World

Progress = Callable[[float, Text], None]
HELD_BACK_DAYS = 2
SHEET_DAYS = 42


def first_day(last: date, months: int) -> date:
    """The first of the month so many months before: whole months can be looked at, and the running one."""
    month = last.year * 12 + last.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def make_history(world: World, start: date, last: date, progress: Progress) -> None:
    """Everything that happened until now."""
    days = (last - start).days + 1
    for number in range(days):
        day = start + timedelta(days=number)
        progress(number / days, _("{day} at the sample restaurant…", day=day))
        if day == world.began:
            deliveries.open_stock(world, day, items().values())
        world.prices.next_day(list(items().values()))
        live_day(world, day, last)


def live_day(world: World, day: date, last: date) -> None:
    """One day: morning, noon, evening, night. What lies after now has not happened yet."""
    left = (last - day).days
    _happen(world, day, incidents.EARLY, left)
    planted.make_dear(world, day)
    deliveries.receive(world, day)
    if world.is_past(world.moment(day, 9, 5)):
        buying.close_rests(world, day)
    losses.write_off_expired(world, day, last)
    kitchen.fill_up(world, day)
    world.type_in("storekeeper", world.moment(day, 10, 45))
    _happen(world, day, incidents.LATER, left)
    if left == HELD_BACK_DAYS:
        finale.hold_back(world, day)
    kitchen.prepare(world, day)
    world.type_in("kitchen", world.moment(day, 11, 40))
    billing.enter_invoices(world, day)
    _count_in_time(world, day, left, is_evening=False)
    closing.close_in_time(world, day)
    claims.claim_in_time(world, day)
    _happen(world, day, labels.PLAN, left)
    _happen(world, day, incidents.EVENING, left)
    losses.waste_by_day(world, day)
    kitchen.use(world, day)
    planted.go_wrong(world, day)
    losses.waste_at_night(world, day)
    world.type_in("kitchen", world.moment(day, 22, 15))
    world.type_in("operator", world.moment(day, 22, 20))
    _count_in_time(world, day, left, is_evening=True)
    sheets.count_key_items(world, day)
    watching.look_in_time(world, day)


def _count_in_time(world: World, day: date, left: int, *, is_evening: bool) -> None:
    """The month's last evening everything is counted, on Wednesdays a shelf; of late with sheets."""
    if counts.is_month_end(day):
        if is_evening:
            counts.count_all(world, day)
    elif day.isoweekday() == counts.COUNT_DAY and not is_evening:
        place = counts.shelf_of(day)
        if left < SHEET_DAYS:
            sheets.count_shelf(world, day, place)
        else:
            counts.count_shelf(world, day, place)


def _happen(world: World, day: date, plan: incidents.Plan, left: int) -> None:
    incident = plan.get(left)
    if incident is not None and day.day > 1:
        incident(world, day)
