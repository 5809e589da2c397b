"""Goods received from one supplier, waiting for their invoice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal as D

from core import catalog
from core.office import Office
from core.purchasing import NewOrderLine
from tests.core.catalog.makers import make_item
from tests.core.purchasing import dock
from tests.core.purchasing.books import await_invoices

DAY = date(2026, 3, 4)


@dataclass
class Larder:
    """A supplier, its items and what each was received at: item 1 at 1.10, item 2 at 1.20, ten of each."""

    supplier: int
    items: list[int] = field(default_factory=list)
    total: D = D(0)
    order: int = 0
    posting: int = 0


def make_larder(office: Office, count: int = 20, *, days: int = 30) -> Larder:
    """So many items ordered and received once."""
    await_invoices(office)
    new = catalog.NewSupplier(name="绿源批发", name_en="Green Wholesale", code="GW", payment_days=days, tax_rate=D(0))
    larder = Larder(office.do(catalog.create_supplier, supplier=new))
    larder.items = [make_item(office, name=f"物料{at:02d}", name_en=f"Thing {at:02d}") for at in range(1, count + 1)]
    prices = [D("1.00") + D(at) / 10 for at in range(1, count + 1)]
    lines = tuple(NewOrderLine(item, D(10), "", price) for item, price in zip(larder.items, prices, strict=True))
    larder.order, line_ids = dock.order(office, larder.supplier, *lines)
    came = tuple(dock.came(item, "10", line) for item, line in zip(larder.items, line_ids, strict=True))
    delivery = dock.receive(office, larder.supplier, *came, order_ids=(larder.order,), document="DN-88")
    larder.posting = delivery.posting_id or 0
    larder.total = sum((price * 10 for price in prices), D(0))
    return larder
