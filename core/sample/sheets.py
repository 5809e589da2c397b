"""Counts done by the book: a sheet is started, counted line by line, differences counted again and explained, approved."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from core import counting
from core.counting import CountLine, CountPart, NewCount
from core.errors import InvalidInput
from core.sample.counts import counted_as
from core.sample.need import DEAR
from core.sample.world import World
from db.enums import CountKind, CountState, Uncounted, VarianceReason

COUNTER, APPROVER = "storekeeper", "manager"
SECONDS_A_LINE = 9
CAUSES = (
    VarianceReason.ISSUE_MISSING,
    VarianceReason.MISCOUNT,
    VarianceReason.WRONG_PLACE,
    VarianceReason.RECEIPT_WRONG,
    VarianceReason.UNKNOWN,
)
KEY_ITEMS = (
    "ALC-007",
    "ALC-008",
    "SEA-002",
    "SEA-005",
    "SEA-006",
    "SEA-010",
    "BEF-001",
    "BEF-002",
    "PRK-001",
    "PRK-003",
)
KEY_LEFT = (6, 5, 4, 3, 2, 1)
GONE, GONE_LEFT = "BEF-001", Decimal("0.7")
OPEN_SHARE = 0.6
SHARE = Decimal(50)


def mark_key_items(world: World) -> None:
    """What is dear is counted every day."""
    items = tuple(world.ids.items[code] for code in KEY_ITEMS)
    world.crew[APPROVER].do(counting.mark_key_items, item_ids=items)


def count_shelf(world: World, day: date, place: str) -> None:
    """One shelf from the sheet to the posting."""
    moment = world.moment(day, 15, 30)
    if not world.is_past(moment + timedelta(hours=1)):
        return
    count_id = _start(world, moment, place)
    if count_id is None:
        return
    lines = _lines(world, count_id)
    found = {line.id: _found(world, line) for line in lines}
    _miss_one(world, lines, found)
    _settle(world, count_id, found)


def _settle(world: World, count_id: int, found: dict[int, Decimal]) -> None:
    """Everything counted, differences counted again and given a cause, approved; the shelf is what was found."""
    _enter(world, count_id, found, set(found))
    office = world.crew[COUNTER]
    done = office.do(counting.complete_count, count_id=count_id, uncounted=Uncounted.KEEP)
    while done.state is not CountState.TO_APPROVE:
        again = {line.id for line in _lines(world, count_id) if line.needs_recount}
        _enter(world, count_id, found, again)
        for line_id in sorted(again):
            cause = world.chance.choice(CAUSES)
            office.do(counting.give_reason, count_id=count_id, line_ids=(line_id,), reason=cause)
        done = office.do(counting.complete_count, count_id=count_id)
    world.crew[APPROVER].do(counting.approve_count, count_id=count_id)
    for line in _lines(world, count_id):
        world.shelf.correct(line.code, line.location_code, line.lot, found[line.id])


def leave_open(world: World, place: str) -> None:
    """A count going on right now: some lines are counted, the rest not yet."""
    count_id = _start(world, world.now, place)
    if count_id is not None:
        lines = _lines(world, count_id)
        some = lines[: round(len(lines) * OPEN_SHARE)]
        _enter(world, count_id, {line.id: _found(world, line) for line in some}, {line.id for line in some})


def _start(world: World, moment: datetime, place: str) -> int | None:
    new = NewCount(
        CountKind.SPOT,
        location_ids=(world.ids.places[place],),
        title=f"抽盘 {place} / spot count",
        share=SHARE,
        with_empty=False,
    )
    world.set_clock(moment)
    try:
        return world.crew[COUNTER].do(counting.start_count, new=new)
    except InvalidInput:
        return None  # nothing lies on this shelf


def _lines(world: World, count_id: int) -> list[CountLine]:
    return world.crew[COUNTER].ask(counting.list_count_lines, count_id=count_id)


def _found(world: World, line: CountLine) -> Decimal:
    book = world.shelf.qty_of(line.code, line.location_code, line.lot)
    return counted_as(world, world.spec(line.code), book) if book else book


def _miss_one(world: World, lines: list[CountLine], found: dict[int, Decimal]) -> None:
    """No shelf is ever quite right: of what is most, a little is missing."""
    cheap = [line for line in lines if world.spec(line.code).price < DEAR and found[line.id] > 1]
    if cheap:
        line = max(cheap, key=lambda one: found[one.id])
        found[line.id] -= 1 if world.spec(line.code).is_counted else Decimal("0.5")


def _enter(world: World, count_id: int, found: dict[int, Decimal], wanted: set[int]) -> None:
    for line in _lines(world, count_id):
        if line.id in wanted:
            world.set_clock(min(world.clock.at + timedelta(seconds=SECONDS_A_LINE), world.now))
            part = CountPart(found[line.id])
            world.crew[COUNTER].do(counting.enter_count, line_id=line.id, parts=(part,))


def count_key_items(world: World, day: date) -> None:
    """What is dear, counted after closing on the last evenings; on the last of them a part of one item is gone."""
    moment = world.moment(day, 22, 35)
    left = (world.last - day).days
    if left not in KEY_LEFT or not world.is_past(moment + timedelta(minutes=15)):
        return
    world.set_clock(moment)
    office = world.crew[COUNTER]
    new = NewCount(CountKind.KEY, title="重点货品 / key items", with_empty=False)
    try:
        count_id = office.do(counting.start_count, new=new)
    except InvalidInput:
        return  # none of them is there
    lines = _lines(world, count_id)
    found = {line.id: world.shelf.qty_of(line.code, line.location_code, line.lot) for line in lines}
    if left == KEY_LEFT[-1]:
        missed = max((line for line in lines if line.code == GONE), key=lambda line: found[line.id], default=None)
        if missed is not None:
            found[missed.id] = (found[missed.id] * GONE_LEFT).quantize(Decimal("0.01"))
    _settle(world, count_id, found)
