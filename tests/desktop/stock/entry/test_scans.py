"""What a code says goes into the form: unit, lot, expiry, weight, count, price; on every form that takes goods."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from core import catalog
from core.devices import OwnKind, own_code
from core.office import Office
from desktop.context import AppContext
from desktop.stock.entry.issue import IssuePage
from desktop.stock.entry.production import ProductionPage
from desktop.stock.entry.returns import ReturnToSupplierPage
from desktop.stock.entry.transfer import TransferPage
from desktop.stock.entry.waste_page import WastePage
from desktop.stock.lists.kit_page import KitPage
from desktop.widgets import PageBase
from tests.desktop.stock.entry.larder import CASE_CODE, EACH_CODE, Larder
from tests.helpers.scans import scan_of

D = Decimal
P = TypeVar("P", bound=PageBase)
Settled = Callable[[], None]
Shown = Callable[[P], P]
GS = "\x1d"
BEEF = "95012345678903"
MILK = f"]C101{CASE_CODE}17260401" + "10M-0401"


@pytest.fixture
def weighed(office_here: Office, larder: Larder) -> Larder:
    """Beef carries a number of its supplier's; the code on each pack says how heavy it is."""
    barcode = catalog.NewBarcode(BEEF)
    office_here.do(catalog.add_barcode, item_id=larder.items["BEF-001"], barcode=barcode)
    return larder


def beef(grams: int, lot: str = "") -> str:
    """A pack of beef: number, net weight, price to pay, perhaps a lot."""
    return f"]C101{BEEF}3103{grams:06d}3922{grams * 6:d}" + (f"{GS}10{lot}" if lot else "")


def test_an_issue_takes_the_lot_that_the_code_names(
    context: AppContext, weighed: Larder, shown: Shown[IssuePage], settled: Settled
) -> None:
    page = shown(IssuePage(context))
    page.scan(scan_of(f"]C101{CASE_CODE}10M-0305"))
    settled()
    page.scan(scan_of(EACH_CODE))
    settled()
    page.scan(scan_of(beef(750)))
    settled()
    by_lot, any_lot, pack = page.lines()
    assert (by_lot.qty, by_lot.unit, bool(by_lot.lot_id)) == (D(1), "case", True)
    assert (any_lot.qty, any_lot.unit, any_lot.lot_id) == (D(1), "L", None)
    assert (pack.qty, pack.unit) == (D("0.75"), "kg")


def test_a_lot_that_is_not_there_is_said_and_waits(
    context: AppContext, larder: Larder, shown: Shown[IssuePage], settled: Settled
) -> None:
    page = shown(IssuePage(context))
    page.scan(scan_of(f"]C101{CASE_CODE}10NOWHERE"))
    settled()
    assert page.lines() == []
    assert "NOWHERE" in page.sheet.bar.editor("lot_id").error()


def test_our_own_labels_of_places_and_items_are_understood(
    context: AppContext, larder: Larder, shown: Shown[TransferPage], settled: Settled
) -> None:
    page = shown(TransferPage(context))
    page.scan(scan_of(own_code(OwnKind.LOCATION, "KITCHEN")))
    settled()
    assert page.target.value() == larder.places["KITCHEN"]
    page.scan(scan_of(own_code(OwnKind.ITEM, "TOM-001")))
    settled()
    assert page.subject_item() == (larder.items["TOM-001"], "Tomatoes")


def test_waste_takes_the_weight_and_the_lot(
    context: AppContext, weighed: Larder, shown: Shown[WastePage], settled: Settled
) -> None:
    page = shown(WastePage(context))
    page.scan(scan_of(beef(1250, "BEF-77")))
    settled()
    item = page.pad.item
    assert (item.qty(), item.unit()) == (D("1.25"), "kg")
    assert item.lot_id(page.pad.why.place.value()) is not None
    assert page.subject_item() == (weighed.items["BEF-001"], "Beef brisket")


def test_a_case_wasted_twice_is_two_cases(
    context: AppContext, larder: Larder, shown: Shown[WastePage], settled: Settled
) -> None:
    page = shown(WastePage(context))
    for _number in range(2):
        page.scan(scan_of(CASE_CODE))
        settled()
    assert (page.pad.item.qty(), page.pad.item.unit()) == (D(2), "case")
    assert page.pad.item.base_qty() == 24


def test_what_is_made_gets_its_lot_and_what_is_used_its_weight(
    qtbot: QtBot, context: AppContext, weighed: Larder, shown: Shown[ProductionPage], settled: Settled
) -> None:
    page = shown(ProductionPage(context))
    page.scan(scan_of(beef(400)))
    settled()
    page.activateWindow()
    page.made.bar.picker.field().setFocus()
    qtbot.waitUntil(lambda: page.made.bar.picker.field().hasFocus())
    page.scan(scan_of(MILK))
    settled()
    used, made = page.lines()
    assert (used.qty, used.unit) == (D("0.4"), "kg")
    assert (made.lot, made.side) == ("M-0401", "made")


def test_a_return_is_chosen_by_its_slip_and_its_lines_by_the_goods(
    context: AppContext, larder: Larder, shown: Shown[ReturnToSupplierPage], settled: Settled
) -> None:
    page = shown(ReturnToSupplierPage(context))
    page.scan(scan_of(own_code(OwnKind.DOCUMENT, "DN-7001")))
    settled()
    assert len(page.lines()) == 11
    page.scan(scan_of(f"]C101{CASE_CODE}10M-0305"))
    settled()
    assert page.subject_item() == (larder.items["MLK-001"], "Fresh milk")
    assert page.sheet.bar.value("qty") == 24


def test_the_kit_check_adds_packs_and_weights(
    context: AppContext, weighed: Larder, shown: Shown[KitPage], settled: Settled
) -> None:
    page = shown(KitPage(context))
    for raw in (CASE_CODE, EACH_CODE, beef(1500)):
        page.scan(scan_of(raw))
        settled()
    assert page._wanted == {weighed.items["MLK-001"]: 13, weighed.items["BEF-001"]: D("1.5")}
