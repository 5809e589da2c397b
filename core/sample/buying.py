"""The last weeks' deliveries come through orders: asked for the day before, received at the dock against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from core import purchasing
from core.errors import NeedsConfirmation
from core.office import Office
from core.purchasing import NewCheck, NewDelivery, NewDeliveryLine, NewOrder, NewOrderLine
from core.sample.shelf import Piece
from core.sample.tables import ItemSpec
from core.sample.world import ARRIVES_AT, Bought, World
from core.stock import NewLine
from db.enums import ClaimKind, InspectionState, SendWay, StorageKind

T = TypeVar("T")
WEEKS = 5
LATE = {"S-05": 0.4, "S-08": 0.2, "S-10": 0.15}
SHORT = {"S-02": 0.10, "S-06": 0.12}
USUALLY_SHORT, USUALLY_LATE, DAMAGED = 0.03, 0.02, 0.02
COLD = {"S-02": StorageKind.CHILLED, "S-03": StorageKind.CHILLED, "S-04": StorageKind.CHILLED}
TOO_WARM, TOO_WARM_LEFT = "S-03", range(10, 13)
ASKED_AT = (15, 40)
WAITED_DAYS = 2
BROKEN = "外箱破损 / broken case"


class Wanted(NamedTuple):
    """A line of an order: what comes of it is taken in, and what was ordered."""

    spec: ItemSpec
    packs: Decimal
    ordered: Decimal
    is_refused: bool


class Refused(NamedTuple):
    """What of a line is not taken in."""

    qty: Decimal
    reason: str
    note: str


NOTHING = Refused(Decimal(0), "", "")


def sure(office: Office, command: Callable[..., T], **arguments: Any) -> T:
    """A command whose questions are all answered with yes."""
    said: set[str] = set()
    while True:
        try:
            return office.do(command, confirmed=frozenset(said), **arguments)
        except NeedsConfirmation as asked:
            if asked.key in said:
                raise
            said.add(asked.key)


@contextmanager
def earlier(world: World, moment: datetime) -> Iterator[None]:
    """Work that was done before the deliveries of a day: the clock stands there meanwhile."""
    held, world.clock.at = world.clock.at, moment
    try:
        yield
    finally:
        world.clock.at = max(held, moment)


def is_bought(world: World, day: date) -> bool:
    """Whether a day's deliveries come through orders."""
    return day > world.last - timedelta(weeks=WEEKS)


def plan(world: World, code: str, wanted: list[tuple[ItemSpec, Decimal]]) -> list[Wanted]:
    """What was ordered for what comes: now and then one more, which is not on the truck or is refused."""
    found = []
    for spec, packs in wanted:
        dice, is_refused = world.chance.random(), False
        more = Decimal(0)
        if packs >= 2 and dice < SHORT.get(code, USUALLY_SHORT):
            more = Decimal(1)
        elif packs >= 3 and dice > 1 - DAMAGED:
            more, is_refused = Decimal(1), True
        found.append(Wanted(spec, packs, packs + more, is_refused))
    return found


def place_order(world: World, code: str, wanted: list[Wanted], day: date) -> int:
    """Order for a day, by telephone the afternoon before. Answers the order."""
    late = world.chance.random() < LATE.get(code, USUALLY_LATE)
    promised = day - timedelta(days=1) if late else day
    lines = tuple(
        NewOrderLine(world.ids.items[one.spec.code], one.ordered, one.spec.buy, world.prices.of_pack(one.spec))
        for one in wanted
    )
    order = NewOrder(world.ids.suppliers[code], lines, deliver_on=promised)
    with earlier(world, world.moment(promised - timedelta(days=1), *ASKED_AT)):
        order_id = sure(world.crew["buyer"], purchasing.create_order, order=order)
        sure(world.crew["manager"], purchasing.approve_order, order_id=order_id, version=1)
        sure(world.crew["buyer"], purchasing.send_order, order_id=order_id, version=2, way=SendWay.PHONE)
    return order_id


def take_in(world: World, code: str, wanted: list[Wanted], lines: tuple[NewLine, ...], day: date) -> int:
    """Receive a delivery against its order; answers the posting. What is refused is claimed at once."""
    order_id = place_order(world, code, wanted, day)
    moment = world.moment(day, *ARRIVES_AT[code])
    world.set_clock(moment)
    dock = world.crew["storekeeper"]
    order_lines = {line.item_id: line.id for line in dock.ask(purchasing.get_order, order_id=order_id).lines}
    new = NewDelivery(
        tuple(_line(line, order_lines[line.item_id], one) for line, one in zip(lines, wanted, strict=True)),
        world.ids.suppliers[code],
        document_of(code, day),
        (order_id,),
        moment,
        _checks(world, code, day),
        claim=any(one.is_refused for one in wanted),
    )
    made = sure(dock, purchasing.receive_delivery, new=new)
    assert made.posting_id is not None
    of_order = tuple(order_lines[line.item_id] for line in lines)
    one = Bought(code, day, made.posting_id, order_id, of_order, lines)
    world.bought.append(one)
    if any(wish.ordered > wish.packs for wish in wanted):
        world.short.append(one)
    return made.posting_id


def close_rests(world: World, day: date) -> None:
    """What did not come within days is not waited for any more."""
    buyer = world.crew["buyer"]
    for one in [one for one in world.short if (day - one.day).days >= WAITED_DAYS]:
        world.set_clock(world.moment(day, 9, 5))
        version = buyer.ask(purchasing.get_order, order_id=one.order_id).row.version
        buyer.do(
            purchasing.close_order, order_id=one.order_id, version=version, reason="余量取消 / the rest is not needed"
        )
        world.short.remove(one)


def _line(line: NewLine, order_line_id: int, one: Wanted) -> NewDeliveryLine:
    refused = Refused(Decimal(1), ClaimKind.DAMAGED, BROKEN) if one.is_refused else NOTHING
    return NewDeliveryLine(
        line.item_id, line.qty, line.unit, order_line_id=order_line_id, price=line.unit_cost, lot=line.lot,
        expires_on=line.expires_on, location_id=line.location_id, rejected_qty=refused.qty,
        reject_reason=refused.reason, note=refused.note,
    )  # fmt: skip


def document_of(code: str, day: date) -> str:
    """The number of a supplier's delivery note."""
    return f"{code.replace('-', '')}-{day:%y%m%d}"


def _checks(world: World, code: str, day: date) -> tuple[NewCheck, ...]:
    kind = COLD.get(code)
    if kind is None:
        return ()
    reading = Decimal(f"{world.chance.uniform(1.5, 4.4):.1f}")
    if code == TOO_WARM and (world.last - day).days in TOO_WARM_LEFT:
        return (NewCheck(kind, Decimal("7.2"), "车厢制冷故障，已告知司机 / truck cooling failed"),)
    return (NewCheck(kind, reading),)


def quarantine(world: World, code: str, spec: ItemSpec, day: date) -> None:
    """Something arrived whose papers are missing: it waits for release, and nobody counts on it yet."""
    piece = Piece(f"{day:%y%m%d}-QA", day + timedelta(days=6), Decimal(2))
    line = NewDeliveryLine(
        world.ids.items[spec.code], Decimal(2), spec.buy, price=world.prices.of_pack(spec), lot=piece.lot,
        expires_on=piece.expires_on, location_id=world.ids.places[spec.home], inspection=InspectionState.QUARANTINE,
        note="检疫证明未随车 / certificate missing",
    )  # fmt: skip
    moment = world.moment(day, 10, 20)
    if world.is_past(moment):
        world.set_clock(moment)
        new = NewDelivery((line,), world.ids.suppliers[code], f"{document_of(code, day)}-2", at=moment)
        sure(world.crew["storekeeper"], purchasing.receive_delivery, new=new)
