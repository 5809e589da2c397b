"""Orders as they stand now: expected today, sent and confirmed for tomorrow, being written, called off, kept as templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from core import purchasing
from core.purchasing import NewOrder, NewOrderLine, NewTemplate, NewTemplateLine
from core.sample.buying import quarantine, sure
from core.sample.tables import ItemSpec, items
from core.sample.world import World
from db.enums import SendWay

LINES = 4
TEMPLATES = (("S-01", "每日蔬菜 / daily vegetables"), ("S-08", "每周日用品 / weekly supplies"))


def leave_open(world: World, last: date) -> None:
    """An order in every state that is not past, and something in quarantine."""
    world.set_clock(world.now)
    quarantine(world, "S-04", _of("S-04")[0], last)
    tomorrow = last + timedelta(days=1)
    late = _order(world, "S-05", last - timedelta(days=2), 2)
    _send(world, late)
    _send(world, _order(world, "S-07", tomorrow, 3))
    confirmed = _order(world, "S-01", tomorrow, LINES)
    version = _send(world, confirmed)
    sure(
        world.crew["buyer"], purchasing.confirm_order, order_id=confirmed, version=version, promised_on=tomorrow,
        supplier_ref="LY-20881",
    )  # fmt: skip
    sure(world.crew["manager"], purchasing.approve_order, order_id=_order(world, "S-02", tomorrow, 3), version=1)
    _order(world, "S-10", last + timedelta(days=3), 2)
    _order(world, "S-08", last + timedelta(days=4), 3, times=12)
    called_off = _order(world, "S-06", last + timedelta(days=2), 2)
    sure(
        world.crew["buyer"], purchasing.cancel_order, order_id=called_off, version=1,
        reason="改由备选供应商供货 / another supplier delivers",
    )  # fmt: skip
    for code, name in TEMPLATES:
        lines = tuple(NewTemplateLine(world.ids.items[spec.code], Decimal(2), spec.buy) for spec in _of(code)[:5])
        world.crew["buyer"].do(purchasing.save_template, new=NewTemplate(name, world.ids.suppliers[code], lines))


def _of(code: str) -> Sequence[ItemSpec]:
    return [spec for spec in items().values() if spec.supplier == code and not spec.is_dead]


def _order(world: World, code: str, day: date, lines: int, *, times: int = 1) -> int:
    wanted = tuple(
        NewOrderLine(world.ids.items[spec.code], Decimal(2 * times), spec.buy, world.prices.of_pack(spec))
        for spec in _of(code)[:lines]
    )
    order = NewOrder(world.ids.suppliers[code], wanted, deliver_on=day)
    return sure(world.crew["buyer"], purchasing.create_order, order=order)


def _send(world: World, order_id: int) -> int:
    sure(world.crew["manager"], purchasing.approve_order, order_id=order_id, version=1)
    sent = sure(world.crew["buyer"], purchasing.send_order, order_id=order_id, version=2, way=SendWay.PHONE)
    return sent.version
