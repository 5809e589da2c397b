"""Labels of the sample: those of the shop's shelves, of bins and of goods, with what happened while they were printed.

The shop's shelf labels hang since five weeks. A round of new prices was printed; another one of these days was not, so
that about forty labels are not true any more, eight of them from tomorrow on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from core import catalog, labels
from core.labels import NewWish, StartedJob
from core.sample.devices import SHELF_PRINTER, STORE_PRINTER
from core.sample.incidents import Plan
from core.sample.tables import ItemSpec, items
from core.sample.world import World
from core.values import round_decimal
from db.enums import LabelSubject

SHELF, BIN, GOODS, DATED = "shelf-60x40", "bin-50x30", "item-50x30", "prep-50x30"
RUN = "sample"
WINDOW, COUNTED = 10, 4
A_WINDOW_TAKES = timedelta(seconds=12)
A_ROLL_TAKES = timedelta(minutes=6)
DECANTED = ("GRN-001", "GRN-003", "GRN-005", "SEN-001", "SEN-021")
MADE = ("PRE-001", "PRE-005", "PRE-006")
HALF, RISE = Decimal("0.5"), Decimal("1.06")
FIRST_ROUND, LAST_ROUND, TOMORROW = slice(0, 10), slice(10, 40), slice(40, 48)
RENAMED = {
    "INS-001": ("康师傅红烧排骨面（大桶）", "Master Kong spare rib noodles, large"),
    "INS-002": ("螺霸王柳州螺蛳粉", "Luobawang Liuzhou river snail noodles"),
    "SHP-003": ("老干妈香辣花生油辣椒", "Laoganma chilli oil with peanuts"),
}
COLD = ("COLD-", "FRZ-")
DAMAGED = ("SNK-005", "SOF-002")
Wanted = tuple[LabelSubject, Sequence[int], str, int]
"""What is labelled: of what kind, which ones, with which layout, how many of each."""


def hang_the_shop(world: World, day: date) -> None:
    """Every shelf of the shop gets its labels; the roll ends in between and another one is put in."""
    moment = world.moment(day, 15, 10)
    if world.is_past(moment):
        world.set_clock(moment)
        office = world.crew["operator"]
        wishes = [NewWish(LabelSubject.SHELF, one, place, SHELF) for one, place in _hooks(world)]
        office.do(labels.add_to_queue, wishes=wishes)
        printer = world.devices[SHELF_PRINTER]
        _print(world, "operator", office.do(labels.start_due_labels, device_id=printer), has_paper=False)


def label_the_bins(world: World, day: date) -> None:
    """A label for every bin."""
    bins = [place for code, place in world.ids.places.items() if "-" in code]
    _print_at_once(world, "storekeeper", world.moment(day, 14, 20), (LabelSubject.LOCATION, bins, BIN, 1))


def label_the_jars(world: World, day: date) -> None:
    """Two labels for the jars of what is decanted."""
    ids = [world.ids.items[code] for code in DECANTED]
    _print_at_once(world, "kitchen", world.moment(day, 14, 40), (LabelSubject.ITEM, ids, GOODS, 2))


def date_the_prep(world: World, day: date) -> None:
    """What was made yesterday carries the day it is to be used by."""
    ids = [world.ids.items[code] for code in MADE]
    _print_at_once(world, "kitchen", world.moment(day, 14, 50), (LabelSubject.ITEM, ids, DATED, 2))


def raise_and_print(world: World, day: date) -> None:
    """The first round of new prices; their labels are printed the same afternoon."""
    moment = world.moment(day, 15, 20)
    if world.is_past(moment):
        _raise_prices(world, FIRST_ROUND, moment)
        printer = world.devices[SHELF_PRINTER]
        jobs = world.crew["manager"].do(labels.start_due_labels, device_id=printer)
        _print(world, "manager", jobs)


def raise_again(world: World, day: date) -> None:
    """The second round, and new names; nobody has printed these labels yet."""
    moment = world.moment(day, 15, 30)
    if world.is_past(moment):
        _raise_prices(world, LAST_ROUND, moment)
        for code, (name, name_en) in RENAMED.items():
            _change(world, code, name=name, name_en=name_en)


def look_ahead(world: World, last: date) -> None:
    """Prices that hold from tomorrow on, two labels seen torn on this morning's walk, and a printer that was switched off
    in the middle of a job, so that somebody has to say which label was the last good one."""
    world.set_clock(world.now)
    office = world.crew["manager"]
    prices = {world.ids.items[spec.code]: _raised(spec) for spec in _priced()[TOMORROW]}
    office.do(labels.plan_prices, prices=prices, from_on=last + timedelta(days=1))
    for code in DAMAGED:
        place = world.ids.places[_shelf(world.spec(code))]
        office.do(labels.check_shelf_label, code=code, location_id=place, is_damaged=True, layout=SHELF)
    cold = [place for code, place in world.ids.places.items() if code.startswith(COLD)]
    job = _start(world, "storekeeper", (LabelSubject.LOCATION, cold, BIN, 1))[0]
    world.crew["storekeeper"].do(labels.take_job, job_id=job.job_id, holder=RUN)
    next(_windows(world, "storekeeper", job.job_id))
    _break_off(world, "storekeeper", job.job_id, "closed")


# Days before the end, and what was labelled then.
PLAN: Plan = {
    35: hang_the_shop,
    30: label_the_bins,
    24: label_the_jars,
    8: raise_and_print,
    2: raise_again,
    1: date_the_prep,
}


def _shelf(spec: ItemSpec) -> str:
    return next((front for front in spec.fronts.values() if front.startswith("SHOP")), "")


def _sold() -> list[ItemSpec]:
    """What stands on the shop's shelves with a price."""
    return [spec for spec in items().values() if spec.sale is not None and not spec.is_dead and _shelf(spec)]


def _priced() -> list[ItemSpec]:
    """Those whose price changes one day; the renamed ones keep theirs."""
    return [spec for spec in _sold() if spec.code not in RENAMED]


def _hooks(world: World) -> list[tuple[int, int]]:
    return [(world.ids.items[spec.code], world.ids.places[_shelf(spec)]) for spec in _sold()]


def _raised(spec: ItemSpec) -> Decimal:
    """Six per cent more, at least half a yuan, in steps of half a yuan."""
    old = spec.sale or Decimal(0)
    return max(round_decimal(old * RISE / HALF, 0) * HALF, old + HALF)


def _raise_prices(world: World, which: slice, moment: datetime) -> None:
    world.set_clock(moment)
    for spec in _priced()[which]:
        _change(world, spec.code, sale_price=_raised(spec))


def _change(world: World, code: str, **changes: object) -> None:
    office, item_id = world.crew["manager"], world.ids.items[code]
    version = office.ask(catalog.get_item, item_id=item_id).version
    office.do(catalog.update_item, item_id=item_id, version=version, changes=changes)


def _print_at_once(world: World, role: str, moment: datetime, wanted: Wanted) -> None:
    if world.is_past(moment):
        world.set_clock(moment)
        _print(world, role, _start(world, role, wanted))


def _start(world: World, role: str, wanted: Wanted) -> Sequence[StartedJob]:
    subject, ids, layout, copies = wanted
    printer = world.devices[STORE_PRINTER]
    jobs: Sequence[StartedJob] = world.crew[role].do(
        labels.start_job, subject=subject, ids=ids, layout=layout, copies=copies, device_id=printer
    )
    return jobs


def _print(world: World, role: str, jobs: Sequence[StartedJob], *, has_paper: bool = True) -> None:
    """A run through jobs as with a printer that counts its labels, with the same steps as a real one; without paper
    enough the roll ends half-way."""
    office = world.crew[role]
    for job in jobs:
        half = -1 if has_paper else job.labels // (2 * WINDOW)
        office.do(labels.take_job, job_id=job.job_id, holder=RUN)
        for number, window in enumerate(_windows(world, role, job.job_id)):
            world.set_clock(world.clock.at + A_WINDOW_TAKES)
            if number != half:
                office.do(labels.mark_confirmed, job_id=job.job_id, holder=RUN)
                continue
            _break_off(world, role, job.job_id, "paper_out")
            world.set_clock(world.clock.at + A_ROLL_TAKES)
            office.do(labels.answer_last_good, job_id=job.job_id, number=window[0] + COUNTED - 1)
            office.do(labels.take_job, job_id=job.job_id, holder=RUN)
        office.do(labels.release_job, job_id=job.job_id, holder=RUN)


def _windows(world: World, role: str, job_id: int) -> Iterator[tuple[int, ...]]:
    while True:
        window = world.crew[role].do(labels.next_window, job_id=job_id, holder=RUN, size=WINDOW)
        if not window.numbers:
            return
        yield window.numbers


def _break_off(world: World, role: str, job_id: int, why: str) -> None:
    """What the printer has counted is good, the rest of the window a question for a person."""
    office = world.crew[role]
    office.do(labels.mark_asked, job_id=job_id, holder=RUN, good=COUNTED, trouble=why)
    office.do(labels.release_job, job_id=job_id, holder=RUN, trouble=why)
