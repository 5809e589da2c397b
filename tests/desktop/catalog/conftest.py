"""Pages of the catalog on a real office, with a shell that takes notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from core import catalog, stock
from core.catalog import NewBarcode, NewItem, NewSupplier, NewTerm, PackUnit
from core.office import Office

D = Decimal
MILK_CODE = "6901234567892"


@dataclass
class Larder:
    """Ids by code."""

    items: dict[str, int] = field(default_factory=dict)
    supplier: int = 0
    category: int = 0


@pytest.fixture
def larder(office_here: Office) -> Larder:
    """Four items, a supplier, a category; milk has stock, packs, a code and a price."""
    do = office_here.do
    made = Larder()
    made.supplier = do(
        catalog.create_supplier, supplier=NewSupplier("绿源批发", "GS", "Green Spring", "李明", "13800000000")
    )
    made.category = do(catalog.create_category, name="乳品", name_en="Dairy", code_prefix="DAI")
    milk = NewItem(
        "鲜牛奶", "L", "DAI-001", "Fresh milk", category_id=made.category, purchase_unit="箱",
        pack_units=(PackUnit("箱", D(12)),), barcodes=(NewBarcode(MILK_CODE),),
        terms=(NewTerm(made.supplier, "M-1", price=D(96), lead_days=2),), sale_price=D("12.5"),
    )  # fmt: skip
    others = (
        NewItem("番茄", "kg", "VEG-001", "Tomatoes"),
        NewItem("雪花啤酒 500 ml", "瓶", "BEER-1"),
        NewItem("雪花啤酒 500 ml", "瓶", "BEER-2"),
    )
    for item in (milk, *others):
        made.items[item.code] = do(catalog.create_item, item=item)
    line = stock.NewLine(made.items["DAI-001"], D(24), value=D(192))
    do(stock.receive_goods, lines=(line,), supplier_id=made.supplier)
    return made
