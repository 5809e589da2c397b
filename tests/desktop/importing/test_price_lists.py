"""A supplier's price list in the window: shown before it is brought in, asked about when prices move far."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core import catalog
from core.catalog import NewItem, NewSupplier, NewTerm
from core.importing import ImportFile
from core.office import Office
from desktop.context import AppContext
from desktop.importing.page import ImportPage
from desktop.widgets import PageBase
from tests.desktop.conftest import Questions

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


def test_a_price_list_shows_its_changes_and_asks_about_a_slip(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, questions: Questions
) -> None:
    supplier = office_here.do(catalog.create_supplier, supplier=NewSupplier("绿源", "GS"))
    terms = (NewTerm(supplier, price=Decimal(4)),)
    item = office_here.do(catalog.create_item, item=NewItem("番茄", "kg", "VEG-1", terms=terms))
    page = shown(ImportPage(context, kind="supplier-prices"))
    settled()
    assert page.file.hint.text().startswith("Needed columns: Supplier, Price")
    page.file.show_file(ImportFile("list.csv", "供应商,物料编码,协议价\nGS,VEG-1,40\n".encode()))
    settled()
    assert page.file.mapping.columns() == ((0, "supplier"), (1, "item"), (2, "price"))
    changes = page.file.results.changes
    assert (changes.words_at(0, "before"), changes.words_at(0, "after")) == ("4", "40")
    for answer, price in ((False, Decimal(4)), (True, Decimal(40))):
        questions.answer = answer
        page.file.show_file(ImportFile("list.csv", b"supplier,item,price\nGS,VEG-1,40\n"))
        settled()
        page.post()
        settled()
        assert office_here.ask(catalog.get_item, item_id=item).terms[0].price == price
    assert "from 4 to 40 (+900 %)" in questions.asked[0]
