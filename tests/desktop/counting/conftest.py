"""Pages of counting on a real office with a small store; the shell only takes notes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

import pytest

from core import catalog, counting, stock
from core.catalog import NewBarcode, NewItem, PackUnit
from core.counting import NewCount
from core.office import Office
from core.stock import NewLine, NewLocation
from core.words import CountKind, LocationKind
from desktop.context import AppContext
from desktop.counting.count_page import CountPage
from desktop.widgets import PageBase


@pytest.fixture
def items(office_here: Office) -> dict[str, int]:
    """Oil by the bottle and case, rice by weight, salt: all in the dry store."""
    dry = office_here.do(stock.create_location, new=NewLocation("DRY", "干货仓", "Dry store", kind=LocationKind.AREA))
    made: dict[str, int] = {"DRY": dry}
    barcodes = (NewBarcode("6901234567892"), NewBarcode("16901234567899", "case"))
    for item in (
        NewItem("橄榄油", "bottle", "OIL", "Olive oil", pack_units=(PackUnit("case", D(12)),), barcodes=barcodes),
        NewItem("大米", "kg", "RICE", "Rice"),
        NewItem("盐", "kg", "SALT", "Salt"),
    ):
        made[item.code] = office_here.do(catalog.create_item, item=item, confirmed=frozenset({"new_unit", "new_units"}))
        line = NewLine(made[item.code], D(48), location_id=dry, unit_cost=D(10))
        office_here.do(stock.receive_goods, lines=(line,))
    made["EGG"] = office_here.do(catalog.create_item, item=NewItem("鸡蛋", "each", "EGG", "Egg"))
    return made


@pytest.fixture
def count_id(office_here: Office, items: dict[str, int]) -> int:
    """An open count of the three: rice, oil, salt in the order of their Chinese names."""
    return office_here.do(counting.start_count, new=NewCount(CountKind.FULL, is_blind=False))


@pytest.fixture
def page(context: AppContext, count_id: int, shown: Callable[[PageBase], PageBase]) -> CountPage:
    made = shown(CountPage(context, count_id=count_id))
    assert isinstance(made, CountPage)
    return made
