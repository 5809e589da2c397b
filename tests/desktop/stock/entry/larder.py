"""A small restaurant's larder to post in: items with packs and codes, places, a supplier, goods in stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core import catalog, stock
from core.office import Office
from core.words import LocationKind

D = Decimal


@dataclass
class Larder:
    """Ids by code."""

    items: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    supplier: int = 0
    receipt: int = 0


CASE_CODE = "16901234567899"
EACH_CODE = "6901234567892"
ITEMS = (
    ("MLK-001", "鲜牛奶", "Fresh milk", "L", "12", True, EACH_CODE, "11.5"),
    ("TOM-001", "番茄", "Tomatoes", "kg", "10", False, "", "7.8"),
    ("BEF-001", "牛腩", "Beef brisket", "kg", "", True, "", "62"),
    ("CHK-001", "鸡胸肉", "Chicken breast", "kg", "", False, "", "24.5"),
    ("RIC-001", "泰国香米", "Jasmine rice", "kg", "25", False, "6900000000007", "8.2"),
    ("OIL-001", "花生油", "Peanut oil", "L", "20", False, "", "16"),
    ("EGG-001", "鸡蛋", "Eggs", "each", "30", False, "", "0.9"),
    ("COR-001", "香菜", "Coriander", "kg", "", False, "", "18"),
    ("SOY-001", "酱油", "Soy sauce", "L", "", False, "", "9.6"),
    ("NOO-001", "鲜面条", "Fresh noodles", "kg", "", False, "", "6.4"),
)


def fill_larder(office: Office) -> Larder:
    """Make it all, through the door as a person would."""
    larder = Larder()
    main = next(row for row in office.ask(stock.list_locations) if row.kind == LocationKind.SITE)
    larder.places["MAIN"] = main.location_id
    for code, name, name_en in (
        ("COLD", "冷藏库", "Cold room"),
        ("DRY", "干货间", "Dry store"),
        ("KITCHEN", "厨房", "Kitchen"),
    ):
        new = stock.NewLocation(code, name, name_en, main.code, LocationKind.AREA)
        larder.places[code] = office.do(stock.create_location, new=new)
    larder.supplier = office.do(
        catalog.create_supplier,
        supplier=catalog.NewSupplier(name="绿源蔬菜批发", name_en="Green Spring Wholesale", code="GS"),
    )
    for code, name, name_en, unit, pack, lots, barcode, _price in ITEMS:
        packs = (catalog.PackUnit("case", D(pack)),) if pack else ()
        codes = [catalog.NewBarcode(barcode)] if barcode else []
        if code == "MLK-001":
            codes.append(catalog.NewBarcode(CASE_CODE, "case"))
        new_item = catalog.NewItem(
            name=name, name_en=name_en, code=code, base_unit=unit, pack_units=packs, barcodes=tuple(codes),
            lot_tracked=lots, purchase_unit="case" if pack else "",
        )  # fmt: skip
        larder.items[code] = office.do(catalog.create_item, item=new_item)
    larder.receipt = receive_all(office, larder)
    return larder


def receive_all(office: Office, larder: Larder) -> int:
    """A first delivery of everything; milk in two lots."""
    lines = []
    for code, _name, _name_en, _unit, _pack, lots, _barcode, price in ITEMS:
        place = larder.places["COLD" if code[:3] in ("MLK", "BEF", "CHK", "TOM", "COR", "EGG") else "DRY"]
        item = larder.items[code]
        if code == "MLK-001":
            for number, day in (("M-0301", date(2026, 3, 9)), ("M-0305", date(2026, 3, 15))):
                lines.append(
                    stock.NewLine(item, D(24), location_id=place, lot=number, expires_on=day, unit_cost=D(price))
                )
        elif lots:
            lot = f"{code[:3]}-77"
            lines.append(
                stock.NewLine(item, D(40), location_id=place, lot=lot, expires_on=date(2026, 3, 20), unit_cost=D(price))
            )
        else:
            lines.append(stock.NewLine(item, D(100), location_id=place, unit_cost=D(price)))
    posted = office.do(stock.receive_goods, lines=tuple(lines), supplier_id=larder.supplier, document="DN-7001")
    return posted.posting_id


def waste_some(office: Office, larder: Larder) -> None:
    """A few entries of today."""
    cold, dry = larder.places["COLD"], larder.places["DRY"]
    for code, qty, place, reason in (
        ("TOM-001", "2.4", cold, "spoiled"), ("EGG-001", "6", cold, "dropped"), ("COR-001", "0.3", cold, "expired"),
        ("NOO-001", "1.5", dry, "over_prepped"), ("TOM-001", "0.8", cold, "over_prepped"),
    ):  # fmt: skip
        line = stock.NewLine(larder.items[code], D(qty), location_id=place, reason=reason, stage="processing")
        office.do(stock.record_waste, lines=(line,))
