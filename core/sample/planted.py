"""Oddities planted so that alerts and the detective have something to find; what was planted, and where, stands in
`resources/sample/README.md`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from core import counting
from core.counting import CountLine, CountPart, NewCount
from core.sample import counts
from core.sample.tables import ItemSpec, items
from core.sample.world import World
from core.stock import NewPosting
from db.enums import CountKind, Uncounted, WasteStage
from db.enums import PostingKind as K

DEAR_LEFT, DEAR_TODAY = 3, {"VEG-001": 1.9, "VEG-004": 1.8, "GRD-001": 1.7}
TYPED_LEFT, TYPED_AT = 2, (21, 40)
TYPED, TYPED_QTY, TYPED_FOR = "GRN-001", Decimal(45), "蒸点 / Steamer"
JUST_NOW = timedelta(minutes=20)
MEANT_SHARE = Decimal("0.1")
THAWED_LEFT, THAWED, THAWED_QTY = 4, "PLT-005", Decimal("5.5")
THAWED_WHY = "冷冻柜门一夜未关严 / the freezer's door stood open all night"
MANY = 12
COUNTED = ("DRY-1", "DRY-4")
COUNT_TITLE = "收货前抽盘 / count before the delivery"


def make_dear(world: World, day: date) -> None:
    """The morning after frost: some vegetables cost far more, for one day."""
    world.prices.dearer = DEAR_TODAY if (world.last - day).days == DEAR_LEFT else {}


def go_wrong(world: World, day: date) -> None:
    """What went wrong in the kitchen that evening."""
    left = (world.last - day).days
    if left == TYPED_LEFT and not _is_put_right(world, day):
        _type_ten_times(world, day, world.moment(day, *TYPED_AT))
    elif left == THAWED_LEFT:
        _thaw(world, day)


def _is_put_right(world: World, day: date) -> bool:
    """Whether a count between a day's evening and now finds what was typed that evening: then it is typed just now."""
    home = world.spec(TYPED).home
    later = [day + timedelta(days=number) for number in range((world.last - day).days + 1)]
    by_turns = (one for one in later[1:] if one.isoweekday() == counts.COUNT_DAY and counts.shelf_of(one) == home)
    return day < world.first or any(by_turns) or any(counts.is_month_end(one) for one in later)


def _type_ten_times(world: World, day: date, moment: datetime) -> None:
    """4.5 kg of rice went out, 45 were typed: the book has too little since."""
    lines = world.lines_taken(TYPED, world.spec(TYPED).home, TYPED_QTY, day)
    world.hand_in("kitchen", NewPosting(K.ISSUE, tuple(lines), moment, purpose=TYPED_FOR))


def _thaw(world: World, day: date) -> None:
    moment = world.moment(day, 8, 20)
    if not world.is_past(moment):
        return
    taken = world.lines_taken(
        THAWED, world.spec(THAWED).home, THAWED_QTY, day, reason="spoiled", stage=WasteStage.STORAGE, note=THAWED_WHY
    )
    if taken:
        world.hand_in("kitchen", NewPosting(K.WASTE, tuple(taken), moment))


def count_wrong(world: World) -> None:
    """Two shelves counted just now, not approved yet: the rice that was issued ten times over, cases added to
    bottles, and a number whose digits changed places."""
    world.set_clock(world.now)
    if _is_put_right(world, world.last - timedelta(days=TYPED_LEFT)):
        _type_ten_times(world, world.last, world.now - JUST_NOW)
        world.type_in("kitchen", world.now)
    office = world.crew["storekeeper"]
    places = tuple(world.ids.places[place] for place in COUNTED)
    new = NewCount(CountKind.FULL, places, title=COUNT_TITLE, with_empty=False)
    count_id = office.do(counting.start_count, new=new)
    lines = office.ask(counting.list_count_lines, count_id=count_id)
    found = {line.id: world.shelf.qty_of(line.code, line.location_code, line.lot) for line in lines}
    found.update(_mistakes(lines, found))
    for line in lines:
        office.do(counting.enter_count, line_id=line.id, parts=(CountPart(found[line.id]),))
    office.do(counting.complete_count, count_id=count_id, uncounted=Uncounted.KEEP)


def _mistakes(lines: Sequence[CountLine], book: dict[int, Decimal]) -> dict[int, Decimal]:
    """By line what was written down instead of what lies there."""
    wrong = {line.id: book[line.id] + TYPED_QTY * (1 - MEANT_SHARE) for line in lines if line.code == TYPED}
    specs = {line.id: items()[line.code] for line in lines if line.id not in wrong}
    mixed = next((key for key, spec in specs.items() if _is_in_cases(spec, book[key])), None)
    if mixed is not None:
        cases, bottles = divmod(book[mixed], specs[mixed].pack)
        wrong[mixed] = cases + bottles
    swapped = next((key for key, spec in specs.items() if key != mixed and _can_swap(spec, book[key])), None)
    if swapped is not None:
        wrong[swapped] = _swapped(book[swapped])
    return wrong


def _is_in_cases(spec: ItemSpec, book: Decimal) -> bool:
    return spec.is_counted and spec.pack >= MANY and book >= 2 * spec.pack and book % spec.pack > 0


def _can_swap(spec: ItemSpec, book: Decimal) -> bool:
    tens, ones = divmod(int(book), 10)
    return spec.is_counted and 1 < tens < 10 and ones > 1 and tens != ones


def _swapped(book: Decimal) -> Decimal:
    tens, ones = divmod(int(book), 10)
    return Decimal(ones * 10 + tens)
