"""Sale prices that will hold from a day on: labels can be printed the evening before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select, tuple_

from core import catalog
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.labels.rules.sale_prices import check_price
from core.labels.steps.naming import names_of
from core.labels.steps.truth import today
from core.registry import command
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.enums import LabelSubject, Permission
from db.identity import Person
from db.labels import PlannedPrice
from db.sql import chunks, upsert


@command(Permission.PRICE_EDIT)
def plan_prices(uow: UnitOfWork, *, prices: Mapping[int, Decimal], from_on: date) -> int:
    """Plan sale prices.

    By item, of one base unit, from a later day on; a plan of the same day is replaced. Answers how many. Raises
    InvalidInput for a day that is not later than today (change the price itself then) or a price that cannot be, NotFound.
    """
    if from_on <= today(uow):
        raise InvalidInput(_("A planned price begins after today. For today change the price itself."), field="from_on")
    _check(uow, prices)
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
def set_new_prices(uow: UnitOfWork, *, prices: Mapping[int, Decimal], from_on: date) -> int:
    """Change sale prices.

    By item, of one base unit: from today at once, from a later day on as a plan. Answers how many items got another
    price or a plan. Raises InvalidInput for a day that is over or a price that cannot be, NotFound.
    """
    day = today(uow)
    if from_on > day:
        return plan_prices(uow, prices=prices, from_on=from_on)
    if from_on < day:
        raise InvalidInput(_("That day is over. New prices hold from today or a later day."), field="from_on")
    _check(uow, prices)
    return _take(uow, prices)


@command(None)
def take_over_prices(uow: UnitOfWork) -> int:
    """Let planned prices hold.

    Plans whose day has come become the items' sale prices; every program does it, whoever is signed in, since the plans
    were made with the right to. The journal names who planned. Labels need not wait for it: they follow the plan's day.
    Answers how many items changed. A second program finds nothing left and changes nothing.
    """
    table = table_of(PlannedPrice).c
    gone = delete(PlannedPrice).where(PlannedPrice.from_on <= today(uow))
    taken = uow.sql.execute(gone.returning(table.item_id, table.from_on, table.price, table.created_by)).all()
    if not taken:
        return 0
    planners = uow.sql.execute(select(Person.name).where(Person.id.in_({row.created_by for row in taken})))
    uow.note(planned_by=sorted(planners.scalars()))
    return _take(uow, {row.item_id: row.price for row in sorted(taken, key=lambda row: row.from_on)})


def _check(uow: UnitOfWork, prices: Mapping[int, Decimal]) -> None:
    for item_id, price in prices.items():
        check_price(price, item_id)
    known: set[int] = set()
    for part in chunks(sorted(prices)):
        known.update(uow.sql.execute(select(Item.id).where(Item.id.in_(part))).scalars())
    if missing := sorted(set(prices) - known):
        raise NotFound(_("There is no such item ({item_id}).", item_id=missing[0]), field="item")


def _take(uow: UnitOfWork, prices: Mapping[int, Decimal]) -> int:
    """Set the prices and tell the journal, by the items' codes, what they were and are."""
    before: dict[int, Decimal | None] = {}
    for part in chunks(sorted(prices)):
        rows = uow.sql.execute(select(Item.id, Item.sale_price).where(Item.id.in_(part)))
        before.update({row.id: row.sale_price for row in rows})
    changed = {item_id: price for item_id, price in prices.items() if before[item_id] != price}
    names = names_of(uow, [(LabelSubject.ITEM, item_id) for item_id in changed])
    codes = {item_id: names[LabelSubject.ITEM, item_id][0] for item_id in changed}
    uow.note(changes={codes[item_id]: [before[item_id], price] for item_id, price in changed.items()})
    return catalog.set_sale_prices(uow, changed)
