"""Deliveries from a file: rows of one delivery together, all or nothing, taken back while nothing depends on it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core import catalog, importing, purchasing, stock
from core.catalog import NewSupplier
from core.errors import NeedsConfirmation
from core.importing import Rehearsed
from core.office import Office
from core.purchasing import NewOrderLine
from db.enums import ImportKind as K
from db.enums import OrderState
from tests.core.importing.helping import bring_in, faults_of, make_items, places_of
from tests.core.purchasing.dock import order, state_of

D = Decimal
HEAD = "delivery,at,supplier,document,order,item,qty,unit,price,lot,expires_on,location,rejected_qty,reject_reason,free,note"


def sheet(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.fixture
def shop(office: Office) -> Office:
    make_items(office, "RICE,大米,kg,,,bag=25", "OIL,菜油,L,,,")
    office.do(catalog.create_supplier, supplier=NewSupplier("绿源", "GS"))
    return office


def ids(office: Office) -> tuple[int, int, int]:
    rice, oil = (office.ask(catalog.find_item, code=code) for code in ("RICE", "OIL"))
    assert rice is not None and oil is not None
    return rice.id, oil.id, office.ask(catalog.list_suppliers)[0].id


GOOD = sheet(
    "D-1,2026-03-04 10:00,GS,DN-1,PO-2026-000001,RICE,2,bag,100,,,,,,,",
    "D-2,,GS,DN-2,,OIL,10,,8,L7,2026-09-01,,2,damaged,,two cans leak",
    "D-1,,,,,OIL,1,,,,,,,,1,",
)


def test_rows_of_one_delivery_are_one_delivery(shop: Office) -> None:
    rice, oil, supplier = ids(shop)
    order_id, _lines = order(shop, supplier, NewOrderLine(rice, D(2), "bag", price=D(100)))
    result = bring_in(shop, K.RECEIPTS, GOOD)
    first, second = sorted(shop.ask(purchasing.list_receipts), key=lambda row: row.number)
    assert (result.rows, first.document, first.lines, first.value) == (3, "DN-1", 2, D("200.00"))
    assert (second.document, second.rejected_lines, second.value) == ("DN-2", 1, D("80.00"))
    assert first.orders == ("PO-2026-000001",)
    assert state_of(shop, order_id) is OrderState.RECEIVED
    assert {row.item_id: row.qty for row in shop.ask(stock.list_values)} == {rice: D(50), oil: D(11)}
    shop.do(importing.undo_import, run_id=result.run_id)
    assert state_of(shop, order_id) is OrderState.SENT
    assert all(row.is_reversed for row in shop.ask(purchasing.list_receipts))


def test_wrong_rows_are_all_named_and_nothing_is_saved(shop: Office) -> None:
    wrong = sheet(
        "A,,GS,,PO-2026-000009,RICE,1,,5,,,,,,,",
        "A,,GS,,,NONE,1,,5,,,,,,,",
        "B,,GS,DN-1,,OIL,-1,,5,,,,,,,",
        "B,,,,,OIL,1,,5,,,,1,,,",
        "C,,GS,,,OIL,1,crate,5,,,,,,,",
        ",,GS,,,OIL,1,,5,,,,,broken,,",
    )
    assert places_of(faults_of(shop, K.RECEIPTS, wrong)) == [(2, "item"), (6, "delivery"), (6, "reject_reason")]
    later = sheet(*(wrong.splitlines()[i] for i in (1, 3, 4, 5)))
    assert places_of(faults_of(shop, K.RECEIPTS, later)) == [(1, "order")]
    last = sheet(*(wrong.splitlines()[i] for i in (3, 4, 5)))
    assert places_of(faults_of(shop, K.RECEIPTS, last)) == [(1, "qty"), (2, "reject_reason"), (3, "unit")]
    assert shop.ask(purchasing.list_receipts) == []


def test_a_rehearsal_saves_nothing_and_doubts_are_asked(shop: Office) -> None:
    plain = sheet("A,,GS,DN-1,,OIL,10,,8,,,,,,,")
    with pytest.raises(Rehearsed):
        bring_in(shop, K.RECEIPTS, plain, is_rehearsal=True)
    assert shop.ask(purchasing.list_receipts) == []
    bring_in(shop, K.RECEIPTS, plain)
    with pytest.raises(NeedsConfirmation) as question:
        bring_in(shop, K.RECEIPTS, sheet("B,,GS,DN-1,,OIL,10,,80,,,,,,,"))
    assert question.value.key == "receipts.doubts"
    said = question.value.text.render("en")
    assert "DN-1 was received already" in said and "10 times the usual" in said
    with pytest.raises(NeedsConfirmation):
        bring_in(shop, K.RECEIPTS, plain)
    twice = sheet("A,,GS,DN-5,,OIL,1,,8,,,,,,,", "B,,GS,DN-5,,OIL,1,,8,,,,,,,")
    assert places_of(faults_of(shop, K.RECEIPTS, twice)) == [(2, "document")]
