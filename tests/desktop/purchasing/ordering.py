"""A supplier with six things, for tests of orders on screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal as D

from core import catalog, purchasing
from core.catalog import Break, NewBarcode, NewTerm, PackUnit
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine, OrderCard
from core.words import SendWay
from tests.factories import make_item, make_supplier

THINGS = (
    ("TOM", "番茄", "Tomatoes", "50"), ("ONI", "洋葱", "Onions", "30"), ("RIC", "大米", "Rice", "120"),
    ("OIL", "菜籽油", "Rapeseed oil", "96"), ("SAL", "食盐", "Salt", "12.5"), ("TEA", "茶叶", "Tea", "200"),
)  # fmt: skip
PASSED = "deliver_on_passed"


@dataclass
class Shop:
    """Ids by code; `other` sells none of it."""

    supplier: int = 0
    other: int = 0
    items: dict[str, int] = field(default_factory=dict)


def make_shop(office: Office) -> Shop:
    """Everything by the case of 10; tomatoes are cheaper from ten cases on; rice has the code 6901234567892 on its case."""
    shop = Shop(make_supplier(office, "GW", name="绿源", name_en="Green", minimum_value=D(400), phone="555 0101"))
    shop.other = make_supplier(office, "XX", name="别家", name_en="Other")
    for code, name, name_en, price in THINGS:
        breaks = (Break(D(10), D(45)),) if code == "TOM" else ()
        term = NewTerm(shop.supplier, unit="箱", price=D(price), supplier_code=f"GW-{code}", breaks=breaks)
        barcodes = (NewBarcode("6901234567892", "箱"),) if code == "RIC" else ()
        shop.items[code] = make_item(
            office, code, name=name, name_en=name_en, terms=(term,), pack_units=(PackUnit("箱", D(10)),),
            barcodes=barcodes,
        )  # fmt: skip
    return shop


def make_order(office: Office, shop: Shop, *codes: str, day: date | None = None) -> int:
    """A draft of two cases of each."""
    lines = tuple(NewOrderLine(shop.items[code], D(2)) for code in codes or ("TOM", "ONI"))
    order = NewOrder(shop.supplier, lines, deliver_on=day)
    return int(office.do(purchasing.create_order, order=order, confirmed=frozenset({PASSED, "slips"})))


def card_of(office: Office, order_id: int) -> OrderCard:
    """An order as it is now."""
    found: OrderCard = office.ask(purchasing.get_order, order_id=order_id)
    return found


def send(office: Office, order_id: int) -> None:
    """By phone, whatever is asked."""
    keys = frozenset({"below_minimum", "second_order", "slips", "over_budget", PASSED})
    version = card_of(office, order_id).row.version
    office.do(purchasing.send_order, order_id=order_id, version=version, way=SendWay.PHONE, confirmed=keys)


def item_named(office: Office, item_id: int) -> str:
    """Its name in English."""
    return str(office.ask(catalog.get_item, item_id=item_id).row.name_en)
