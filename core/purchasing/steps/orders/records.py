"""One order as it is stored: loaded for a change, its facts, and its state moved on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from core.documents import Notation, notation_of
from core.errors import Conflict, NotFound
from core.i18n import Name, _
from core.purchasing.rules.money import convert
from core.purchasing.rules.order_changes import facts_of
from core.purchasing.rules.states import ORDER, state_after
from core.purchasing.steps.orders.awaited import L, O
from core.purchasing.types.orders import OrderStanding
from core.purchasing.types.states import Event
from core.uow import UnitOfWork
from core.values import digits_of
from db.base import table_of
from db.catalog import Item
from db.enums import OrderState
from db.purchasing import OrderVersion
from db.sql import total
from db.stock import Location

I, P, V = table_of(Item), table_of(Location), table_of(OrderVersion)  # noqa: E741


def load_order(uow: UnitOfWork, order_id: int, version: int | None = None) -> Any:
    """An order's row, locked. Raises NotFound; Conflict when `version` is given and another one is stored."""
    row = uow.sql.execute(select(O).where(O.c.id == order_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("There is no such order ({order_id}).", order_id=order_id), field="order")
    if version is not None and row.version != version:
        raise Conflict(
            _("Somebody else changed {item} meanwhile. Look at it again, then repeat.", item=row.number),
            base={}, mine={}, theirs={},
        )  # fmt: skip
    uow.note(number=row.number)
    return row


def load_lines(uow: UnitOfWork, order_id: int) -> list[Any]:
    """Its lines in order, with the items' codes and names."""
    names = (I.c.code, I.c.name, I.c.name_en, I.c.is_active)
    listed = select(L, *names).join(I, I.c.id == L.c.item_id).where(L.c.order_id == order_id)
    return list(uow.sql.execute(listed.order_by(L.c.line, L.c.id)).all())


def order_total(uow: UnitOfWork, order_id: int) -> int:
    """What its lines come to as their prices are, in minor units of its currency; closed lines as they were ordered."""
    return int(uow.sql.execute(select(total(L.c.amount)).where(L.c.order_id == order_id)).scalar_one())


def site_value(uow: UnitOfWork, row: Any, amount: int) -> Decimal:
    """An amount of an order in the site's currency."""
    return uow.money(convert(amount, row.rate, digits_of(row.currency), uow.site.digits))


def move(uow: UnitOfWork, row: Any, event: Event, **values: object) -> OrderStanding:
    """Let an event happen to an order; answers where it stands. Raises Refused with what is possible instead."""
    after = state_after(ORDER, OrderState(row.state), event, row.number)
    return write(uow, row, state=str(after), **values)


def write(uow: UnitOfWork, row: Any, **values: object) -> OrderStanding:
    """Write checked values of an order and count its version up."""
    uow.sql.execute(update(O).where(O.c.id == row.id).values(**values, version=row.version + 1))
    return OrderStanding(row.id, row.version + 1, OrderState(str(values.get("state", row.state))))


def settle(uow: UnitOfWork, row: Any, **values: object) -> OrderStanding:
    """Write what follows from a change that counted the version up already."""
    if values:
        uow.sql.execute(update(O).where(O.c.id == row.id).values(**values))
    return OrderStanding(row.id, row.version, OrderState(str(values.get("state", row.state))))


def place_name(uow: UnitOfWork, location_id: int) -> Name:
    """Where an order's goods go; empty for the site itself."""
    row = uow.sql.execute(select(P.c.name, P.c.name_en).where(P.c.id == location_id)).first()
    return Name("") if row is None else Name(row.name, row.name_en)


def notation_in(uow: UnitOfWork, currency: str) -> Notation:
    """How figures of a document in this currency are written."""
    return replace(notation_of(uow), currency=currency, digits=digits_of(currency))


def order_facts(uow: UnitOfWork, row: Any, lines: list[Any]) -> dict[str, Any]:
    """What a supplier is told of an order, as it is kept with each version."""
    head = {**row._mapping, "place": place_name(uow, row.location_id).zh, "total": sum(line.amount for line in lines)}
    return facts_of(head, [line._mapping for line in lines])


def last_sent(uow: UnitOfWork, order_id: int) -> Any:
    """The newest version that was sent, or None."""
    newest = select(V).where(V.c.order_id == order_id).order_by(V.c.revision.desc()).limit(1)
    return uow.sql.execute(newest).first()
