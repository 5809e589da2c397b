"""What is said of orders that were just made."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from core.i18n import Name
from core.purchasing.types.needs import OrderMade
from core.uow import UnitOfWork
from core.values import digits_of, from_minor
from db.catalog import Supplier
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from db.sql import chunks, total


def made_orders(uow: UnitOfWork, order_ids: Sequence[int]) -> dict[int, OrderMade]:
    """Number, supplier, lines and value of these orders, by id."""
    o, line = PurchaseOrder, PurchaseOrderLine
    found: dict[int, OrderMade] = {}
    for part in chunks(order_ids):
        rows = uow.sql.execute(
            select(o.id, o.number, o.supplier_id, o.currency, Supplier.name, Supplier.name_en,
                   func.count().label("lines"), total(line.amount).label("minor"))
            .join(Supplier, Supplier.id == o.supplier_id)
            .join(line, line.order_id == o.id)
            .where(o.id.in_(part))
            .group_by(o.id, o.number, o.supplier_id, o.currency, Supplier.name, Supplier.name_en)
        )  # fmt: skip
        for row in rows:
            value = from_minor(row.minor, digits_of(row.currency))
            name = Name(row.name, row.name_en)
            found[row.id] = OrderMade(row.id, row.number, row.supplier_id, name, row.lines, value, row.currency)
    return found
