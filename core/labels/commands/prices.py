"""Sale prices that will hold from a day on: labels can be printed the evening before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select, tuple_

from core import catalog
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.labels.steps.truth import planned_prices, today
from core.registry import command
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.enums import Permission
from db.labels import PlannedPrice
from db.sql import chunks, upsert

MOST = Decimal(1_000_000_000)


@command(Permission.PRICE_EDIT)
def plan_prices(uow: UnitOfWork, *, prices: Mapping[int, Decimal], from_on: date) -> int:
    """Plan sale prices.

    By item, of one base unit, from a later day on; a plan of the same day is replaced. Answers how many. Raises
    InvalidInput for a day that is not later than today (change the price itself then) or a price that cannot be, NotFound.
    """
    if from_on <= today(uow):
        raise InvalidInput(_("A planned price begins after today. For today change the price itself."), field="from_on")
    for item_id, price in prices.items():
        if price < 0 or price >= MOST or price != round(price, 6):
            raise InvalidInput(_("{price} cannot be a price.", price=price), field="price", row=item_id)
    known: set[int] = set()
    for part in chunks(sorted(prices)):
        known.update(uow.sql.execute(select(Item.id).where(Item.id.in_(part))).scalars())
    if missing := sorted(set(prices) - known):
        raise NotFound(_("There is no such item ({item_id}).", item_id=missing[0]), field="item")
    rows = [
        {
            "item_id": item_id,
            "from_on": from_on,
            "price": price,
            "created_at": uow.now,
            "created_by": uow.actor.person_id,
        }
        for item_id, price in sorted(prices.items())
    ]
    upsert(uow.sql, table_of(PlannedPrice), rows, ("item_id", "from_on"))
    return len(rows)


@command(Permission.PRICE_EDIT)
def drop_planned_prices(uow: UnitOfWork, *, plans: Sequence[tuple[int, date]]) -> int:
    """Give planned prices up.

    Each an item and its day. Labels that were printed for it become untrue by themselves. Answers how many.
    """
    table = table_of(PlannedPrice)
    gone = 0
    for part in chunks([tuple(plan) for plan in plans], 200):
        gone += uow.sql.execute(delete(table).where(tuple_(table.c.item_id, table.c.from_on).in_(part))).rowcount
    return gone


@command(Permission.PRICE_EDIT)
def take_over_prices(uow: UnitOfWork) -> int:
    """Let planned prices hold.

    Plans whose day has come become the items' sale prices. Labels need not wait for it: they follow the plan's day.
    Answers how many items changed.
    """
    day = today(uow)
    due = uow.sql.execute(select(PlannedPrice.item_id).where(PlannedPrice.from_on <= day).distinct()).scalars().all()
    prices = planned_prices(uow, due, day)
    changed = catalog.set_sale_prices(uow, prices)
    uow.sql.execute(delete(PlannedPrice).where(PlannedPrice.from_on <= day))
    return changed
