"""How the house stands now: a lot held back, promises of stock, goods on their way, a count going on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from core import catalog, stock
from core.catalog import NewPolicy
from core.errors import Refused
from core.sample.kitchen import front_stock
from core.sample.need import to_step
from core.sample.shelf import Piece
from core.sample.tables import items
from core.sample.world import World

HELD_BACK = "SEA-006"
HELD_QTY = Decimal(2)
LEAST_PAR, LOW_SHARE = 3, 0.5
PROMISES = (
    ("ALC-005", "3", "周六寿宴 6 桌 / birthday banquet, 6 tables", 2),
    ("ALC-002", "24", "周六寿宴 6 桌 / birthday banquet, 6 tables", 2),
    ("SEA-010", "0.8", "包间预订 208 / private room 208", 1),
    ("PRK-001", "1.5", "公司团餐 / company lunch", 1),
    ("GRN-001", "10", "公司团餐 / company lunch", 1),
)


def hold_back(world: World, day: date) -> None:
    """The supplier asked to hold one lot back: part of it lies in the holding area, nobody uses it."""
    moment = world.moment(day, 11, 5)
    found = [piece for code, _place, piece in world.shelf.pieces() if code == HELD_BACK and piece.qty >= HELD_QTY]
    if not found or not world.is_past(moment):
        return
    piece, home = found[-1], world.spec(HELD_BACK).home
    world.set_clock(moment)
    office = world.crew["storekeeper"]
    lots = office.ask(stock.list_lots, item_id=world.ids.items[HELD_BACK])
    lot_id = next(row.lot_id for row in lots if row.number == piece.lot)
    office.do(
        stock.block_lot,
        lot_id=lot_id,
        is_blocked=True,
        note="供应商通知：留样抽检，暂停使用 / supplier asks to hold back",
    )
    world.shelf.block(HELD_BACK, piece.lot)
    part = Piece(piece.lot, piece.expires_on, HELD_QTY)
    line = world.line(HELD_BACK, home, part, to_location_id=world.ids.places["HOLD"])
    office.do(stock.transfer_goods, lines=(line,), note="移至待处理区 / to the holding area")
    world.shelf.take_lot(HELD_BACK, home, piece.lot, HELD_QTY)
    world.shelf.put(HELD_BACK, "HOLD", part)


def set_shelf_levels(world: World) -> None:
    """What should stand in the bar and on the shop's shelves, so that the program proposes what to bring."""
    office = world.crew["administrator"]
    for spec in items().values():
        for front in dict.fromkeys(spec.fronts.values()):
            par = to_step(front_stock(spec, front), Decimal(1))
            if front.startswith(("BAR", "SHOP")) and par >= LEAST_PAR:
                levels = NewPolicy(
                    world.ids.places[front], minimum=to_step(float(par) * LOW_SHARE, Decimal(1)), par=par
                )
                office.do(catalog.save_policy, item_id=world.ids.items[spec.code], policy=levels)


def promise(world: World, last: date) -> None:
    """Stock promised to parties of the next days; one promise was kept, one given up."""
    world.set_clock(world.now)
    office = world.crew["manager"]
    for code, qty, purpose, days in PROMISES:
        _reserve(world, code, Decimal(qty), purpose, last + timedelta(days=days))
    done = [_reserve(world, "SOF-001", Decimal(12), "昨天包间 206 / private room 206", last) for _again in range(2)]
    for reservation_id, is_used in zip(done, (True, False), strict=True):
        if reservation_id is not None:
            office.do(stock.close_reservation, reservation_id=reservation_id, is_used=is_used)


def _reserve(world: World, code: str, qty: Decimal, purpose: str, day: date) -> int | None:
    try:
        return world.crew["manager"].do(
            stock.reserve_stock, item_id=world.ids.items[code], qty=qty, purpose=purpose, needed_on=day
        )
    except Refused:
        return None  # sold out today: then nobody can promise it


def send(world: World, last: date) -> None:
    """Snacks on their way from the reserve to the shop."""
    lines = [
        line
        for code in ("SNK-011", "SNK-019", "SHP-001")
        for line in world.lines_taken(code, world.spec(code).home, Decimal(4), last)
    ]
    if lines:
        world.set_clock(world.now)
        world.crew["storekeeper"].do(
            stock.send_transfer,
            lines=tuple(lines),
            to_location_id=world.ids.places["SHOP-2"],
            note="补货上架 / for the shelves",
        )
