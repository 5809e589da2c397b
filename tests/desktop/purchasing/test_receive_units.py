"""What one scan counts at the dock."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

from core import catalog
from core.office import Office
from desktop.context import AppContext
from desktop.purchasing.receive.page import ReceivePage
from tests.desktop.purchasing.receiving import make_yard
from tests.helpers.scans import scan_of

Show = Callable[[ReceivePage], ReceivePage]
Settled = Callable[[], None]


def test_an_items_own_number_counts_one_purchase_unit(
    context: AppContext, office_here: Office, shown: Show, settled: Settled
) -> None:
    yard = make_yard(office_here)
    box = catalog.PackUnit("箱", D(12))
    new = catalog.NewItem("纸巾", "包", code="TIS-1", pack_units=(box,), purchase_unit="箱", lot_tracked=False)
    item_id = office_here.do(catalog.create_item, item=new)
    page = shown(ReceivePage(context))
    page.primary()
    settled()
    page.sheet.head.supplier.set_value(yard.supplier)
    page.sheet.head.supplier.changed.emit()
    settled()
    page.scan(scan_of("TIS-1"))
    settled()
    line = page.dock.of_item(item_id)[0]
    assert (line.qty, line.unit) == (D(1), "箱")
