"""A supplier's order on its way, for tests of the dock: twelve things, most with codes, milk in lots."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal as D

from core import catalog, purchasing, stock
from core.office import Office
from core.purchasing.types.orders import NewOrderLine
from core.words import OrderState, StorageKind
from tests.core.purchasing.order_makers import draft, list_line_rows, set_state_for_test

DAY = date(2026, 3, 4)
THINGS = (
    ("RIC", "泰国香米", "Jasmine rice", "25", "8.2"),
    ("OIL", "花生油", "Peanut oil", "20", "16"),
    ("SOY", "酱油", "Soy sauce", "12", "9.6"),
    ("VIN", "陈醋", "Vinegar", "12", "7.2"),
    ("SUG", "白糖", "Sugar", "10", "6.5"),
    ("SAL", "食盐", "Salt", "20", "2.4"),
    ("FLO", "面粉", "Flour", "25", "4.1"),
    ("STA", "淀粉", "Starch", "10", "5.3"),
    ("PEP", "花椒", "Pepper", "5", "88"),
    ("ANI", "八角", "Star anise", "5", "64"),
    ("NOO", "挂面", "Noodles", "8", "6.4"),
    ("MLK", "鲜牛奶", "Fresh milk", "12", "11.5"),
)


@dataclass
class Yard:
    """Ids by code, the order and its lines."""

    supplier: int = 0
    items: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    order: int = 0
    number: str = ""
    lines: dict[str, int] = field(default_factory=dict)


def case_code(at: int) -> str:
    """The code on the case of the nth thing: 14 digits with their check digit."""
    return gtin14(f"1690000000{at:03d}")


def gtin14(body: str) -> str:
    """Thirteen digits with their check digit."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def milk_scan(lot: str, expiry: str = "260320") -> str:
    """A GS1 code on a case of milk with its lot and expiry date."""
    return f"]C101{case_code(12)}17{expiry}10{lot}"


def make_yard(office: Office, *, qty: str = "1") -> Yard:
    """Twelve things of one supplier, received once before, and ordered again: so many cases of each."""
    yard = Yard()
    new = catalog.NewSupplier(name="绿源批发", name_en="Green Wholesale", code="GW", phone="555 0101")
    yard.supplier = office.do(catalog.create_supplier, supplier=new)
    for at, (code, name, name_en, pack, _price) in enumerate(THINGS, start=1):
        is_milk = code == "MLK"
        yard.codes[code] = case_code(at)
        item = catalog.NewItem(
            name=name, name_en=name_en, code=f"{code}-1", base_unit="L" if is_milk else "kg", purchase_unit="case",
            pack_units=(catalog.PackUnit("case", D(pack)),), barcodes=(catalog.NewBarcode(yard.codes[code], "case"),),
            lot_tracked=is_milk, storage_kind=StorageKind.CHILLED if is_milk else StorageKind.DRY,
        )  # fmt: skip
        yard.items[code] = office.do(catalog.create_item, item=item)
    first = tuple(
        stock.NewLine(
            yard.items[code], D(pack), unit_cost=D(price), lot="M-1" if code == "MLK" else "",
            expires_on=date(2026, 3, 9) if code == "MLK" else None,
        )
        for code, _name, _name_en, pack, price in THINGS
    )  # fmt: skip
    office.do(stock.receive_goods, lines=first, supplier_id=yard.supplier, document="DN-1")
    yard.order = order_more(office, yard, tuple(yard.items), qty=qty)
    rows = office.ask(list_line_rows, order_id=yard.order)
    yard.lines = {code: row.id for code, row in zip(yard.items, rows, strict=True)}
    yard.number = office.ask(purchasing.list_expected)[0].number
    return yard


def order_more(
    office: Office, yard: Yard, codes: tuple[str, ...], *, qty: str = "1", due: date = DAY, supplier: int = 0
) -> int:
    """An order that was sent."""
    prices = {code: D(price) * D(pack) for code, _name, _name_en, pack, price in THINGS}
    lines = tuple(NewOrderLine(yard.items[code], D(qty), "case", prices[code]) for code in codes)
    order_id = draft(office, supplier or yard.supplier, *lines, deliver_on=due)
    office.do(set_state_for_test, order_id=order_id, state=OrderState.SENT)
    return order_id
