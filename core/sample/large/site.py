"""Making the large sample, in batches of two or three days through the same postings as everybody's."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core import catalog, stock
from core.clock import FixedClock, business_day, day_starts_at
from core.i18n import _
from core.sample.commands import Sheet, Slips, add_sample_masters, post_sample_day
from core.sample.demand import usual_of
from core.sample.history import Progress
from core.sample.large.goods import Good, goods, new_item, partners
from core.sample.large.trade import Yard, levels_of
from core.sample.people import Crew
from core.sample.small import DAY_START, ZONE, new_site
from core.sites import create_site
from core.stock import LedgerFilter, NewLocation, NewPosting
from db.enums import LocationKind, PostingKind

NAME, NAME_EN = "锦城汽配", "Jincheng Auto Parts"
ITEMS, ENTRIES, DAYS = 100_000, 1_000_000, 790
SEED = 20_240_101
ITEM_BATCH = 10_000
ZONES, RACKS = "ABCDEFGH", 30
UNITS = (("副", "副", "set of two"), ("张", "张", "sheet"))
SHARE_OF_ITEMS, SHARE_OF_OPENING = 0.16, 0.2
LINES_PER_DAY = 780.0
COUNT_DAYS = (2, 4)
TYPING_DAYS = (2, 4, 6)
LEFT_FOR_THE_LAST_COUNT = 1_500


def make_large(site: str, now: datetime, progress: Progress, *, items: int = ITEMS, entries: int = ENTRIES) -> None:
    """Make the site, with fewer items and entries when asked. Raises Refused when there is a site already."""
    last = business_day(now, ZONE, DAY_START)
    start = last - timedelta(days=DAYS)
    clock = FixedClock(day_starts_at(start, ZONE, DAY_START))
    create_site(site, new_site(NAME, NAME_EN), clock=clock)
    crew = Crew(site, clock)
    try:
        crew.hire()
        dealer = Dealer(crew, clock, now, progress)
        dealer.fill(items, entries / ENTRIES)
        dealer.trade(start, last, entries)
    finally:
        crew.close()


class Dealer:
    """The large site while it is made."""

    def __init__(self, crew: Crew, clock: FixedClock, now: datetime, progress: Progress) -> None:
        self._crew, self._clock, self._now, self._progress = crew, clock, now, progress
        self._zone = ZoneInfo(ZONE)
        self._chance = random.Random(SEED)
        self._slips: list[NewPosting] = []

    def fill(self, count: int, share: float) -> None:
        """Places, suppliers, categories and all items; `share` of the trade is what they will see."""
        office = self._crew["administrator"]
        for code, name, name_en in UNITS:
            office.do(catalog.create_unit, code=code, name=name, name_en=name_en)
        places = list(_places())
        made = office.do(add_sample_masters, sheet=Sheet(places=places, suppliers=partners()))
        place_ids, supplier_ids = list(made[: len(places)]), list(made[len(places) :])
        all_goods = goods(count, self._chance)
        item_ids = self._make_items(all_goods, supplier_ids, LINES_PER_DAY * share)
        dock, bins = place_ids[0], place_ids[1 + len(ZONES) :]
        self._yard = Yard(all_goods, item_ids, bins, dock, supplier_ids, self._chance, LINES_PER_DAY * share)

    def _make_items(self, all_goods: list[Good], suppliers: list[int], per_day: float) -> list[int]:
        office = self._crew["administrator"]
        branches: dict[str, int] = {}
        for name, name_en, prefix in dict.fromkeys(good.branch for good in all_goods):
            branches[name] = office.do(catalog.create_category, name=name, name_en=name_en, code_prefix=prefix)
        levels = levels_of(all_goods, per_day)
        ids: list[int] = []
        for first in range(0, len(all_goods), ITEM_BATCH):
            several = range(first, min(first + ITEM_BATCH, len(all_goods)))
            self._progress(SHARE_OF_ITEMS * first / len(all_goods), _("Items of the parts dealer: {done}", done=first))
            sheet = Sheet(
                items=[
                    new_item(number, good, branches[good.branch[0]], suppliers[good.supplier], levels[number])
                    for number, good in ((number, all_goods[number]) for number in several)
                ]
            )
            ids.extend(office.do(add_sample_masters, sheet=sheet))
        return ids

    def trade(self, start: date, last: date, entries: int) -> None:
        """Two years of trading, day by day, so many lines a day that all entries come to `entries`."""
        self._progress(SHARE_OF_ITEMS, _("The parts dealer opens…"))
        opening = self._moment(start, 7)
        done = self._post("administrator", opening, list(self._yard.open_with(opening, start)))
        days = (last - start).days
        bins = iter(self._yard.bins * 2)
        for number in range(1, days):
            day = start + timedelta(days=number)
            share = SHARE_OF_OPENING + (1 - SHARE_OF_OPENING) * number / days
            self._progress(share, _("{day} at the parts dealer: {done} entries…", day=day, done=done))
            wanted = (entries - LEFT_FOR_THE_LAST_COUNT - done) / (days - number) * usual_of(day)
            done += self._one_day(day, round(wanted))
            if day.isoweekday() in TYPING_DAYS or number == days - 1:
                self._type_in(day)
            if day.isoweekday() in COUNT_DAYS:
                done += self._count(next(bins, self._yard.bins[0]), day, 10_000)
        self._fill_up(last, entries)

    def _one_day(self, day: date, wanted: int) -> int:
        yard = self._yard
        slips = list(yard.receipts(day, self._moment(day, 8)))
        coming = sum(len(slip.lines) for slip in slips)
        slips += yard.issues(day, self._moment(day, 10), max(wanted - coming, 0))
        slips += yard.mishaps(self._moment(day, 18, 10))
        self._slips += slips
        return _entries(slips)

    def _type_in(self, day: date) -> None:
        self._post("storekeeper", self._moment(day, 18, 20), self._slips)
        self._slips = []

    def _count(self, place: int, day: date, most: int) -> int:
        moment = self._moment(day, 19)
        count = self._yard.count_bin(place, moment, most=most)
        return self._post("manager", moment, [count] if count else [])

    def _fill_up(self, last: date, entries: int) -> None:
        """A last count of as many lines as are missing."""
        day = last - timedelta(days=1)
        done = self._crew["manager"].ask(stock.count_ledger, wanted=LedgerFilter())
        for place in self._yard.bins:
            if done >= entries:
                break
            done += self._count(place, day, entries - done)

    def _post(self, role: str, moment: datetime, slips: list[NewPosting]) -> int:
        """Post, and answer about how many entries that made."""
        if not slips:
            return 0
        self._clock.at = max(self._clock.at, moment)
        self._crew[role].do(post_sample_day, slips=Slips(slips))
        return _entries(slips)

    def _moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self._zone)


def _entries(slips: list[NewPosting]) -> int:
    """About how many entries these will make: a transfer has two for a line."""
    return sum(len(slip.lines) * (2 if slip.kind is PostingKind.TRANSFER else 1) for slip in slips)


def _places() -> list[NewLocation]:
    areas = [
        NewLocation(zone, f"{zone} 区", f"Zone {zone}", kind=LocationKind.AREA, walk_order=number * 100)
        for number, zone in enumerate(ZONES, start=1)
    ]
    racks = [
        NewLocation(
            f"{zone}-{rack:02d}",
            f"{zone} 区 {rack:02d} 架",
            f"Zone {zone} rack {rack:02d}",
            parent=zone,
            walk_order=number * 100 + rack,
            distance=number * 10 + rack,
        )
        for number, zone in enumerate(ZONES, start=1)
        for rack in range(1, RACKS + 1)
    ]
    return [NewLocation("DOCK", "收货区", "Receiving dock", kind=LocationKind.AREA, walk_order=1), *areas, *racks]
