"""The year before the sample's own months, as it was brought in from the program the house had then, a month at a time.

The same house with fewer slips: a line for each item and day instead of one for each station, what keeps long taken out once
a week, all of it from the shelf it came to. Goods were cheaper by what their prices have crept up since, the house was a
little less busy, and some goods were not on the menu yet; so a month held against the one a year ago has something to tell.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from core.i18n import Text, _
from core.sample import counts, deliveries, kitchen, losses
from core.sample.closing import close_in_time
from core.sample.demand import index_of
from core.sample.need import prep_costs, step_of
from core.sample.tables import ItemSpec, items
from core.sample.world import World
from core.stock import NewLine, NewPosting
from db.enums import PostingKind as K

SEED = 20_250_301
FRESH = ("veg", "pork", "beef", "poultry", "seafood", "egg", "prep")
DAILY_DAYS = 28
"""The last weeks everything is taken out daily, so that each item's own pattern is known when the sample's months begin."""
TAKEN_OUT_ON, TURN = 7, 3
BOUGHT_BY_TURNS, DEAR_A_DAY = "veg", 12.0
GROWTH = 0.04
NEW_SINCE = {"SEA-011": 170, "BEF-004": 130, "SEN-027": 130, "SNK-019": 150, "SOF-008": 100}
"""What was not on the menu or in the shop yet: how many days before the sample's own months it came."""
BROUGHT_IN_BY, BROUGHT_IN_AT = "administrator", (22, 45)


def bring_in(world: World, progress: Callable[[float, Text], None]) -> None:
    """Everything from the day the books begin to the day before the sample's own months; months are closed on their day."""
    days = (world.first - world.began).days
    if not days:
        return
    own, world.chance = world.chance, random.Random(SEED)
    deliveries.open_stock(world, world.began, _known(world, world.began))
    taken: dict[str, date] = {}
    for number in range(days):
        day = world.began + timedelta(days=number)
        progress(number / days, _("{day} at the sample restaurant…", day=day))
        world.prices.next_day(list(items().values()), back=days - number)
        close_in_time(world, day)
        _live(world, day, taken)
        if counts.is_month_end(day):
            world.type_in_all(BROUGHT_IN_BY, world.moment(day, *BROUGHT_IN_AT))
            counts.count_all(world, day)
    world.chance = own


def _live(world: World, day: date, taken: dict[str, date]) -> None:
    known = _known(world, day)
    asked = [spec for spec in known if spec.group != BOUGHT_BY_TURNS or _is_turn(spec, day, TURN)]
    for code, ordered in deliveries.ordered_for(world, day, asked, least_gap=TURN):
        posting, pieces = deliveries.delivery(world, code, ordered, day)
        world.hand_in(BROUGHT_IN_BY, posting)
        for item, piece in pieces:
            world.shelf.put(item, world.spec(item).home, piece)
    losses.write_off_expired(world, day, world.last)
    kitchen.prepare(world, day)
    losses.waste_by_day(world, day)
    _use(world, day, [spec for spec in known if spec.daily and spec.stations], taken)
    losses.waste_at_night(world, day)


def _known(world: World, day: date) -> list[ItemSpec]:
    """What was on the menu or in the shop on a day."""
    back = (world.first - day).days
    return [spec for spec in items().values() if back <= NEW_SINCE.get(spec.code, back)]


def _is_turn(spec: ItemSpec, day: date, every: int) -> bool:
    return (day.toordinal() + int(spec.code[-3:])) % every == 0


def _is_taken_out(world: World, spec: ItemSpec, day: date) -> bool:
    """Whether an item is taken out on a day: what is fresh and dear daily, what is fresh by turns, the rest on Sundays."""
    is_daily = spec.group in FRESH and spec.daily * prep_costs()[spec.code] >= DEAR_A_DAY
    if is_daily or counts.is_month_end(day) or (world.first - day).days <= DAILY_DAYS:
        return True
    return _is_turn(spec, day, TURN) if spec.group in FRESH else day.isoweekday() == TAKEN_OUT_ON


def _use(world: World, day: date, specs: list[ItemSpec], taken: dict[str, date]) -> None:
    """What each station took, a line for each item; of what is not taken out daily what was used since the last time."""
    slips: dict[str, list[NewLine]] = {letter: [] for letter in kitchen.STATIONS}
    for spec in specs:
        since = taken.setdefault(spec.code, day - timedelta(days=1))
        if _is_taken_out(world, spec, day):
            days = [since + timedelta(days=number + 1) for number in range((day - since).days)]
            slips[max(spec.stations, key=lambda letter: spec.stations[letter])] += _taken(world, spec, days)
            taken[spec.code] = day
    for letter, lines in slips.items():
        _role, (hour, minute), purpose = kitchen.STATIONS[letter]
        if lines:
            moment = world.moment(day, hour, minute)
            world.hand_in(BROUGHT_IN_BY, NewPosting(K.ISSUE, tuple(lines), moment, purpose=purpose))


def _taken(world: World, spec: ItemSpec, days: list[date]) -> list[NewLine]:
    day = days[-1]
    share = 1 - GROWTH * (world.first - day).days / 365
    wanted = sum(index_of(one, spec.group) for one in days) * spec.daily * share
    qty = kitchen.chanced(world, wanted * world.chance.gauss(1, kitchen.NOISE), step_of(spec))
    return world.lines_taken(spec.code, spec.home, qty, day) if qty > 0 else []
