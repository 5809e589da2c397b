"""The small sample: a restaurant with a little shop, three months and the running one."""

from __future__ import annotations

import random
from datetime import datetime
from zoneinfo import ZoneInfo

from core.clock import FixedClock, business_day, day_starts_at
from core.i18n import _
from core.identity import NewSite
from core.sample import (
    accounts,
    asking,
    before,
    billing,
    budgets,
    finale,
    labels,
    ordering,
    papers,
    planted,
    sheets,
    watching,
)
from core.sample.devices import set_up_devices
from core.sample.history import Progress, first_day, make_history
from core.sample.masters import make_masters, set_limits
from core.sample.people import ADMIN_NAME, ADMIN_PASSWORD, SITE_NAME, SITE_NAME_EN, Crew
from core.sample.prices import Prices
from core.sample.world import World
from core.sites import create_site
from db.enums import CostMethod

ZONE, CURRENCY, DAY_START = "Asia/Shanghai", "CNY", 4
SEED = 20_260_301
MONTHS = 3
SHARE_OF_MASTERS, SHARE_OF_YEAR_BEFORE = 0.08, 0.32
OPEN_COUNT = "DRY-3"


def make_small(
    site: str, now: datetime, progress: Progress, *, months: int = MONTHS, with_year_before: bool = True
) -> None:
    """Make the site and live through so many months and the running one, after a year brought in from before them. Raises
    Refused when there is a site already."""
    last = business_day(now, ZONE, DAY_START)
    start = first_day(last, months)
    began = start.replace(year=start.year - 1) if with_year_before else start
    clock = FixedClock(day_starts_at(began, ZONE, DAY_START))
    share_before = SHARE_OF_YEAR_BEFORE if with_year_before else 0.0
    progress(0.0, _("The sample restaurant opens…"))
    create_site(site, new_site(SITE_NAME, SITE_NAME_EN), clock=clock)
    crew = Crew(site, clock)
    try:
        crew.hire()
        ids = make_masters(crew)
        chance = random.Random(SEED)
        world = World(
            crew, clock, ids, ZoneInfo(ZONE), now, chance, Prices(chance), set_up_devices(crew),
            began=began, first=start, last=last,
        )  # fmt: skip
        before.bring_in(world, lambda share, words: progress(SHARE_OF_MASTERS + share * share_before, words))
        sheets.mark_key_items(world)
        billing.begin(world)
        budgets.set_budgets(world)
        accounts.map_accounts(world)
        watching.set_up(world)
        lived = SHARE_OF_MASTERS + share_before
        make_history(world, start, last, lambda share, words: progress(lived + share * (0.98 - lived), words))
        finale.set_shelf_levels(world)
        finale.promise(world, last)
        finale.send(world, last)
        sheets.leave_open(world, OPEN_COUNT)
        planted.count_wrong(world)
        ordering.leave_open(world, last)
        asking.ask_around(world, last)
        billing.end(world, last)
        labels.look_ahead(world, last)
        papers.print_some(world)
        set_limits(crew)
        watching.look_now(world)
    finally:
        crew.close()


def new_site(name: str, name_en: str) -> NewSite:
    """The facts of a sample site."""
    return NewSite(
        name=name,
        name_en=name_en,
        currency=CURRENCY,
        zone=ZONE,
        language="zh",
        cost_method=CostMethod.FIFO,
        admin=ADMIN_NAME,
        password=ADMIN_PASSWORD,
    )
