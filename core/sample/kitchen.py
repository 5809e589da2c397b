"""A day's work inside: stations and shelves filled up, sauces and fillings made, goods used and sold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from core.sample.demand import index_of, usual_of
from core.sample.need import step_of, to_step
from core.sample.shelf import Piece
from core.sample.tables import ItemSpec, PrepLine, items, prep_lines
from core.sample.world import World
from core.stock import NewLine, NewPosting
from db.enums import PostingKind as K

FRONT_DAYS = {"BAR-1": 2.5, "SHOP-1": 5.0, "SHOP-2": 7.0, "SHOP-3": 9.0}
LINE_DAYS = 4.0
REFILL_BELOW = 0.5
STATIONS = {
    "W": ("kitchen", (21, 30), "炒锅 / Wok"),
    "C": ("kitchen", (21, 31), "凉菜 / Cold dishes"),
    "S": ("kitchen", (21, 32), "蒸点 / Steamer"),
    "B": ("operator", (22, 7), "吧台 / Bar"),
    "H": ("operator", (22, 8), "前厅 / Front of house"),
    "R": ("operator", (22, 9), "零售 / Shop sales"),
}
NOISE = 0.13
MADE_COVER = 1.15


def fill_up(world: World, day: date) -> None:
    """The storekeeper brings to stations, bar and shop what they used."""
    moment = world.moment(day, 10, 35)
    if not world.is_past(moment):
        return
    lines = []
    for spec in items().values():
        for front in dict.fromkeys(spec.fronts.values()):
            lines.extend(_refill(world, spec, front, day))
    if lines:
        world.hand_in("storekeeper", NewPosting(K.TRANSFER, tuple(lines), moment))


def front_stock(spec: ItemSpec, front: str) -> float:
    """How much should stand ready at a station, in the bar or on a shelf."""
    share = sum(spec.stations[letter] for letter, place in spec.fronts.items() if place == front)
    return spec.daily * share * FRONT_DAYS.get(front, LINE_DAYS)


def _refill(world: World, spec: ItemSpec, front: str, day: date) -> list[NewLine]:
    wanted = front_stock(spec, front)
    have = float(world.shelf.usable(spec.code, front, day))
    if have > wanted * REFILL_BELOW or not wanted:
        return []
    step = Decimal(1) if spec.is_counted else Decimal("0.1")
    qty = max(to_step(wanted - have, step), step)
    pieces = world.shelf.take(spec.code, spec.home, qty, day)
    target = world.ids.places[front]
    for piece in pieces:
        world.shelf.put(spec.code, front, replace(piece))
    return [world.line(spec.code, spec.home, piece, to_location_id=target) for piece in pieces]


def prepare(world: World, day: date) -> None:
    """The kitchen makes what will not last to tomorrow's evening: used goods out, a new lot in, at what they cost."""
    moment = world.moment(day, 11, 30)
    if not world.is_past(moment):
        return
    batches: dict[str, list[PrepLine]] = {}
    for line in prep_lines():
        batches.setdefault(line.made, []).append(line)
    coming = usual_of(day) + usual_of(day + timedelta(days=1))
    for code, lines in reversed(batches.items()):
        spec = world.spec(code)
        wanted = Decimal(f"{spec.daily * coming / 2 * MADE_COVER:.3f}")
        if spec.daily and world.shelf.usable_anywhere(code, day) < wanted:
            _make(world, [*_made_for(batches, lines), (code, lines)], day)


def _made_for(batches: dict[str, list[PrepLine]], lines: list[PrepLine]) -> list[tuple[str, list[PrepLine]]]:
    """Prepared goods without a use of their own are made right before what needs them."""
    return [(line.used, batches[line.used]) for line in lines if line.used in batches]


def _make(world: World, steps: list[tuple[str, list[PrepLine]]], day: date) -> None:
    moment = world.moment(day, 11, 30)
    for code, lines in steps:
        if any(_held_for(world, line, day) < line.qty for line in lines):
            return
        used = [_lines_used(world, line, day) for line in lines]
        spec = world.spec(code)
        qty = to_step(float(lines[0].batch) * world.chance.uniform(0.965, 1.015), _made_step(spec))
        expires_on = day + timedelta(days=spec.life or 1)
        lot = f"{day:%y%m%d}-{code[-2:]}"
        made = world.line(code, spec.home, Piece(lot, expires_on, qty), expires_on=expires_on, produced_on=day)
        out = tuple(replace(one, kind=K.PRODUCTION_OUT) for part in used for one in part)
        posting = NewPosting(K.PRODUCTION_IN, (*out, replace(made, kind=K.PRODUCTION_IN)), moment, note=spec.name)
        world.hand_in("kitchen", posting)
        world.shelf.put(code, spec.home, Piece(lot, expires_on, qty))


def _made_step(spec: ItemSpec) -> Decimal:
    return Decimal(1) if spec.is_counted else Decimal("0.1")


def _places_of(spec: ItemSpec) -> list[str]:
    return [spec.home, *dict.fromkeys(spec.fronts.values())]


def _held_for(world: World, line: PrepLine, day: date) -> Decimal:
    return sum((world.shelf.usable(line.used, place, day) for place in _places_of(world.spec(line.used))), Decimal(0))


def _lines_used(world: World, line: PrepLine, day: date) -> list[NewLine]:
    """Goods for a batch, from their shelf or, where that is empty, from the station."""
    lines: list[NewLine] = []
    missing = line.qty
    for place in _places_of(world.spec(line.used)):
        part = world.lines_taken(line.used, place, missing, day)
        missing -= sum((one.qty for one in part), Decimal(0))
        lines.extend(part)
    return lines


def use(world: World, day: date) -> None:
    """What the stations used and the shop sold, each on its own slip."""
    for letter, (role, (hour, minute), purpose) in STATIONS.items():
        moment = world.moment(day, hour, minute)
        lines = tuple(_station_lines(world, letter, day)) if world.is_past(moment) else ()
        if lines:
            world.hand_in(role, NewPosting(K.ISSUE, lines, moment, purpose=purpose))


def _station_lines(world: World, letter: str, day: date) -> Iterator[NewLine]:
    for spec in items().values():
        share = spec.stations.get(letter)
        if share and spec.daily:
            wanted = spec.daily * share * index_of(day, spec.group) * world.chance.gauss(1, NOISE)
            qty = chanced(world, wanted, step_of(spec))
            if qty > 0:
                yield from world.lines_taken(spec.code, spec.fronts.get(letter, spec.home), qty, day)


def chanced(world: World, wanted: float, step: Decimal) -> Decimal:
    """Whole steps; what is less than a step is used now and then."""
    steps, rest = divmod(max(wanted, 0.0) / float(step), 1)
    return (int(steps) + (world.chance.random() < rest)) * step
