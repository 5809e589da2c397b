"""What a person can do with order templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, update

from core.errors import Conflict, InvalidInput, NotFound, Refused
from core.i18n import _
from core.purchasing.steps.made import made_orders
from core.purchasing.steps.orders import create_orders
from core.purchasing.steps.templates import (
    check_template_lines,
    load_template,
    template_lines,
    write_template_lines,
)
from core.purchasing.types.needs import OrderMade
from core.purchasing.types.orders import NewOrder, NewOrderLine
from core.purchasing.types.requests import NewTemplate, NewTemplateLine
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.enums import Permission
from db.purchasing import OrderTemplate, PurchaseOrder, PurchaseOrderLine

T = OrderTemplate
LONGEST_NAME = 80


@command(Permission.PURCHASE_ORDER)
def save_template(
    uow: UnitOfWork, *, new: NewTemplate, template_id: int | None = None, version: int | None = None
) -> int:
    """Save an order template.

    A new one without `template_id`; else the one of that id, in the `version` the form saw. Answers its id. Raises
    InvalidInput with the row that is wrong, NotFound, Conflict.
    """
    return _save(uow, new, template_id, version)


@command(Permission.PURCHASE_ORDER)
def save_template_from_order(uow: UnitOfWork, *, order_id: int, name: str) -> int:
    """Save an order as a template.

    Free goods are left out. Answers the template's id. Raises NotFound, InvalidInput.
    """
    order = uow.sql.execute(
        select(PurchaseOrder.supplier_id, PurchaseOrder.note).where(PurchaseOrder.id == order_id)
    ).first()
    if order is None:
        raise NotFound(_("This order is not there any more."), field="order")
    line = PurchaseOrderLine
    rows = uow.sql.execute(
        select(line.item_id, line.qty, line.unit, line.note)
        .where(line.order_id == order_id, line.is_free.is_(False))
        .order_by(line.line)
    )
    lines = tuple(NewTemplateLine(*row) for row in rows)
    return _save(uow, NewTemplate(name, order.supplier_id, lines, order.note), None, None)


@command(Permission.PURCHASE_ORDER)
def retire_template(uow: UnitOfWork, *, template_id: int) -> None:
    """Retire an order template.

    It is kept, but no longer offered. Raises NotFound.
    """
    _set_active(uow, template_id, False)


@command(Permission.PURCHASE_ORDER)
def reactivate_template(uow: UnitOfWork, *, template_id: int) -> None:
    """Offer a retired order template again.

    Raises NotFound.
    """
    _set_active(uow, template_id, True)


@command(Permission.PURCHASE_ORDER)
def order_from_template(uow: UnitOfWork, *, template_id: int, deliver_on: date | None = None) -> OrderMade:
    """Make an order from a template.

    A draft with the prices of today. Answers what was made. Raises NotFound, Refused with the row that can no longer be
    ordered.
    """
    row = load_template(uow, template_id)
    if not row.is_active:
        raise Refused(_("The template “{name}” is retired.", name=row.name), field="template")
    stored = template_lines(uow, [template_id]).get(template_id, ())
    lines = tuple(NewOrderLine(line.item_id, line.qty, line.unit, note=line.note) for line in stored)
    made = create_orders(uow, [NewOrder(row.supplier_id, lines, deliver_on=deliver_on, note=row.note)])
    uow.note(template=row.name)
    return made_orders(uow, made)[made[0]]


def _save(uow: UnitOfWork, new: NewTemplate, template_id: int | None, version: int | None) -> int:
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(_("A template needs a name of at most {n} letters.", n=LONGEST_NAME), field="name")
    if not uow.sql.execute(select(Supplier.is_active).where(Supplier.id == new.supplier_id)).scalar():
        raise InvalidInput(_("This supplier is retired or not there. Choose another one."), field="supplier")
    stored = None if template_id is None else load_template(uow, template_id)
    _check_name(uow, name, template_id)
    lines = check_template_lines(uow, new.supplier_id, new.lines)
    values: dict[str, Any] = {"name": name, "supplier_id": new.supplier_id, "note": new.note.strip()}
    if stored is None:
        template_id = int(uow.sql.execute(insert(T).values(**values).returning(T.id)).scalar_one())
    else:
        if stored.version != version:
            raise Conflict(
                _("Somebody else changed {name} meanwhile. Look at it again.", name=stored.name),
                base={}, mine={}, theirs={},
            )  # fmt: skip
        uow.sql.execute(update(T).where(T.id == stored.id).values(version=stored.version + 1, **values))
    assert template_id is not None
    write_template_lines(uow, template_id, lines)
    return template_id


def _check_name(uow: UnitOfWork, name: str, template_id: int | None) -> None:
    same = select(T.id).where(func.lower(T.name) == name.lower(), T.is_active)
    if template_id is not None:
        same = same.where(T.id != template_id)
    if uow.sql.execute(same).first() is not None:
        raise InvalidInput(
            _("There is a template “{name}” already. Give this one another name.", name=name), field="name"
        )


def _set_active(uow: UnitOfWork, template_id: int, is_active: bool) -> None:
    row = load_template(uow, template_id)
    if is_active:
        _check_name(uow, row.name, template_id)
    uow.sql.execute(update(T).where(T.id == template_id).values(is_active=is_active, version=row.version + 1))
    uow.note(template=row.name)
