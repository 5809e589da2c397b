"""Issue, transfer, adjust, return, produce, and the evening's waste sheet: all on the same lines."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import catalog, stock
from core.office import Office
from core.words import PostingKind
from desktop.context import AppContext
from desktop.ops import Ops
from desktop.stock.entry.finder import Picked, goods_of
from desktop.stock.entry.issue import AdjustPage, IssuePage
from desktop.stock.entry.page import EntryPage
from desktop.stock.entry.production import ProductionPage
from desktop.stock.entry.returns import ReturnFromCustomerPage, ReturnToSupplierPage
from desktop.stock.entry.sheet import LineSheet
from desktop.stock.entry.transfer import TransferPage, TransitPage
from desktop.stock.entry.waste_sheet import WasteSheetPage
from desktop.widgets import Choice, PageBase
from tests.desktop.stock.entry.larder import Larder
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

D = Decimal
Show = Callable[[PageBase], PageBase]
Settled = Callable[[], None]
Enter = Callable[..., None]


@pytest.fixture
def enter(office_here: Office, qtbot: QtBot, ops: Ops) -> Enter:
    """Enter a line: `enter(sheet, "TOM-001", "2")`."""

    def enter_line(sheet: LineSheet, code: str, qty: str, **more: object) -> None:
        row = office_here.ask(catalog.find_item, code=code)
        assert row is not None
        sheet.bar.begin(Picked(goods_of(row)))
        qtbot.waitUntil(lambda: not sheet.bar.is_waiting() and ops.is_idle)
        sheet.bar.qty.type_text(qty)
        sheet.bar.set_values(more)
        sheet.bar.finish()

    return enter_line


def newest(office: Office, kind: PostingKind) -> stock.PostingCard:
    rows = office.ask(stock.list_postings, kinds=(kind,), limit=1)
    return office.ask(stock.get_posting, posting_id=rows[0].posting_id)


def test_issue_takes_what_expires_first(
    context: AppContext, larder: Larder, shown: Show, enter: Enter, settled: Settled, office_here: Office
) -> None:
    page = IssuePage(context)
    shown(page)
    enter(page.sheet, "MLK-001", "30")
    page.strip.set_values({"purpose": "Hot kitchen"})
    page.post()
    settled()
    card = newest(office_here, PostingKind.ISSUE)
    assert [(line.lot, line.qty) for line in card.lines] == [("M-0301", D(-24)), ("M-0305", D(-6))]
    assert card.row.purpose == "Hot kitchen"
    assert page.strip.value("purpose") == "Hot kitchen", "the next issue is mostly for the same"


def test_issue_offers_the_lots_and_the_place_that_has_them(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = IssuePage(context)
    shown(page)
    row = office_here.ask(catalog.find_item, code="MLK-001")
    assert row is not None
    page.sheet.bar.begin(Picked(goods_of(row)))
    settled()
    assert page.sheet.bar.value("place_id") == larder.places["COLD"]
    lots = page.sheet.bar.editor("lot_id")
    assert isinstance(lots, Choice)
    words = [str(words) for _value, words in lots._options]
    assert words[0] == "First expired: M-0301 · 2026-03-09"
    assert words[2] == "M-0305 · 2026-03-15 · 24 L"


def test_too_little_is_said_at_the_line(
    context: AppContext, larder: Larder, shown: Show, enter: Enter, settled: Settled
) -> None:
    page = IssuePage(context)
    shown(page)
    enter(page.sheet, "TOM-001", "1")
    enter(page.sheet, "EGG-001", "500")
    page.post()
    settled()
    assert "Not enough stock" in page.sheet.bar.qty.error()
    assert [line.error is None for line in page.sheet.lines()] == [True, False]
    page.sheet.bar.qty.type_text("50")
    page.post()
    settled()
    assert page.sheet.lines() == []


def test_scanning_shelf_items_next_shelf_posts_without_a_click(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = TransferPage(context)
    shown(page)
    for code in ("KITCHEN", "6900000000007", "6900000000007"):
        page.scan(scan_of(code))
        settled()
    assert page.sheet.lines()[0].qty == D(2)
    page.scan(scan_of("COLD"))
    settled()
    card = newest(office_here, PostingKind.TRANSFER)
    assert [(line.location_code, line.qty) for line in card.lines] == [("DRY", D(-2)), ("KITCHEN", D(2))]
    assert page.sheet.lines() == []
    assert page.target.value() == larder.places["COLD"]


def test_enter_on_an_empty_field_posts_the_transfer(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = TransferPage(context)
    shown(page)
    page.scan(scan_of("KITCHEN"))
    page.scan(scan_of("6900000000007"))
    settled()
    page.sheet.focus()
    QTest.keyClick(page.sheet.bar.picker.field(), Qt.Key.Key_Return)
    settled()
    assert newest(office_here, PostingKind.TRANSFER).lines[1].location_code == "KITCHEN"


def test_sent_goods_are_in_transit_until_received(
    context: AppContext, larder: Larder, shown: Show, enter: Enter, settled: Settled, office_here: Office
) -> None:
    page = TransferPage(context)
    shown(page)
    page.target.set_value(larder.places["KITCHEN"])
    page.on_the_way.set_value(True)
    enter(page.sheet, "TOM-001", "5")
    page.post()
    settled()
    transit = TransitPage(context)
    shown(transit)
    settled()
    assert transit.table.total() == 1
    transit._open_current()
    settled()
    transit.post()
    settled()
    assert office_here.ask(stock.list_in_transit) == []
    assert newest(office_here, PostingKind.TRANSFER).lines[1].location_code == "KITCHEN"


def test_an_adjustment_needs_its_reason(
    context: AppContext, larder: Larder, shown: Show, enter: Enter, settled: Settled, office_here: Office
) -> None:
    page = AdjustPage(context)
    shown(page)
    enter(page.sheet, "TOM-001", "-2")
    page.post()
    assert page.strip.editor("note").error() == "Please fill this in."
    page.strip.set_values({"note": "Found under the shelf"})
    enter(page.sheet, "RIC-001", "3")
    page.post()
    settled()
    card = newest(office_here, PostingKind.ADJUSTMENT)
    assert [(line.item_code, line.qty) for line in card.lines] == [("TOM-001", D(-2)), ("RIC-001", D(3))]


def test_a_return_brings_the_lines_with_what_is_left(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = ReturnToSupplierPage(context, posting_id=larder.receipt)
    shown(page)
    settled()
    assert len(page.sheet.lines()) == 11
    for line in page.sheet.lines()[1:]:
        page.sheet.remove(line)
    page.sheet.table.row_activated.emit(page.sheet.lines()[0])
    settled()
    page.sheet.bar.qty.type_text("4")
    page.sheet.bar.finish()
    page.post()
    settled()
    card = newest(office_here, PostingKind.RETURN_TO_SUPPLIER)
    assert [(line.lot, line.qty, line.value) for line in card.lines] == [("M-0301", D(-4), D("-46.00"))]
    again = ReturnToSupplierPage(context, posting_id=larder.receipt)
    shown(again)
    settled()
    assert again.sheet.lines()[0].left == D(20)


def test_more_than_is_left_is_refused_at_the_line(
    context: AppContext, larder: Larder, shown: Show, settled: Settled
) -> None:
    page = ReturnToSupplierPage(context, posting_id=larder.receipt)
    shown(page)
    settled()
    page.sheet.table.row_activated.emit(page.sheet.lines()[2])
    settled()
    page.sheet.bar.qty.type_text("101")
    page.post()
    settled()
    assert page.sheet.lines()[2].error is not None


def test_goods_come_back_from_an_issue(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    line = stock.NewLine(larder.items["TOM-001"], D(10), location_id=larder.places["COLD"])
    issue = office_here.do(stock.issue_goods, lines=(line,), purpose="Hot kitchen")
    page = ReturnFromCustomerPage(context, posting_id=issue.posting_id)
    shown(page)
    settled()
    page.post()
    settled()
    card = newest(office_here, PostingKind.RETURN_FROM_CUSTOMER)
    assert [(row.qty, row.value) for row in card.lines] == [(D(10), D("78.00"))]


def test_production_costs_what_it_used(
    context: AppContext, larder: Larder, shown: Show, enter: Enter, settled: Settled, office_here: Office
) -> None:
    page = ProductionPage(context)
    shown(page)
    enter(page.sheet, "TOM-001", "4")
    enter(page.sheet, "OIL-001", "0.5")
    enter(page.made, "SOY-001", "3")
    settled()
    assert page._total.text() == "Cost ¥39.20"
    page.post()
    settled()
    card = newest(office_here, PostingKind.PRODUCTION_IN)
    made = [line for line in card.lines if line.qty > 0]
    assert [(line.item_code, line.value) for line in made] == [("SOY-001", D("39.20"))]


def test_an_error_in_what_was_made_stands_there(
    context: AppContext, larder: Larder, shown: Show, enter: Enter, settled: Settled
) -> None:
    page = ProductionPage(context)
    shown(page)
    enter(page.sheet, "TOM-001", "4")
    enter(page.made, "BEF-001", "3")
    page.post()
    settled()
    assert "which lot is it" in page.made.bar.editor("lot").error()
    assert [line.error is None for line in page.lines()] == [True, False]


def test_the_evening_sheet_posts_many_at_once(
    context: AppContext, larder: Larder, shown: Show, enter: Enter, settled: Settled, office_here: Office
) -> None:
    page = WasteSheetPage(context)
    shown(page)
    settled()
    page.stage.set_value("service")
    enter(page.sheet, "TOM-001", "1.5", reason="spoiled")
    enter(page.sheet, "EGG-001", "4", reason="other", note="Tray slipped")
    page.post()
    settled()
    card = newest(office_here, PostingKind.WASTE)
    assert [(line.reason, line.stage, line.note) for line in card.lines] == [
        ("spoiled", "service", ""),
        ("other", "service", "Tray slipped"),
    ]


@pytest.mark.parametrize(
    "make", [IssuePage, TransferPage, AdjustPage, ReturnToSupplierPage, ProductionPage, WasteSheetPage, TransitPage]
)
def test_every_control_has_a_name(
    make: Callable[[AppContext], PageBase], context: AppContext, larder: Larder, shown: Show
) -> None:
    page = shown(make(context))
    assert nameless_controls(page) == []
    if isinstance(page, EntryPage):
        page.post()
        assert "nothing to post yet" in page.notice.text() or page.strip.names()[0] in ("note", "to_location")
