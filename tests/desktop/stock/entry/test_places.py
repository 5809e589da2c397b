"""Which place a form takes: where the goods lie, shown with how much; another one is offered when it has too little."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from core import catalog, stock
from core.office import Office
from core.words import PostingKind
from desktop.context import AppContext
from desktop.ops import Ops
from desktop.stock.entry.finder import Picked, goods_of
from desktop.stock.entry.form import FormPage
from desktop.stock.entry.issue import AdjustPage, IssuePage
from desktop.stock.entry.production import ProductionPage
from desktop.stock.entry.returns import ReturnToSupplierPage
from desktop.stock.entry.transfer import TransferPage
from desktop.stock.entry.waste_page import WastePage
from desktop.widgets import PageBase
from tests.desktop.stock.entry.larder import Larder
from tests.helpers.scans import scan_of

D = Decimal
Show = Callable[[PageBase], PageBase]
Settled = Callable[[], None]
Choose = Callable[[FormPage, str], None]


@pytest.fixture
def choose(office_here: Office, qtbot: QtBot, ops: Ops) -> Choose:
    """Pick an item into the bar and wait for what is known of it."""

    def choose_item(page: FormPage, code: str) -> None:
        row = office_here.ask(catalog.find_item, code=code)
        assert row is not None
        page.sheet.bar.begin(Picked(goods_of(row)))
        qtbot.waitUntil(lambda: not page.sheet.bar.is_waiting() and ops.is_idle)

    return choose_item


def move(office: Office, larder: Larder, code: str, qty: str, source: str, target: str) -> None:
    line = stock.NewLine(
        larder.items[code], D(qty), location_id=larder.places[source], to_location_id=larder.places[target]
    )
    office.do(stock.transfer_goods, lines=(line,))


def newest(office: Office, kind: PostingKind) -> stock.PostingCard:
    rows = office.ask(stock.list_postings, kinds=(kind,), limit=1)
    return office.ask(stock.get_posting, posting_id=rows[0].posting_id)


@pytest.mark.parametrize("form", [IssuePage, TransferPage, AdjustPage, ProductionPage])
def test_the_place_is_where_the_goods_lie(
    form: type[FormPage], context: AppContext, larder: Larder, shown: Show, choose: Choose
) -> None:
    page = form(context)  # type: ignore[call-arg]
    shown(page)
    bar = page.sheet.bar
    choose(page, "TOM-001")
    assert bar.value("place_id") == larder.places["COLD"]
    choose(page, "RIC-001")
    assert bar.value("place_id") == larder.places["DRY"], "the place shown before holds none of it"


def test_the_place_used_last_stays_while_it_holds_any(
    context: AppContext, larder: Larder, shown: Show, choose: Choose, office_here: Office
) -> None:
    move(office_here, larder, "TOM-001", "2", "COLD", "KITCHEN")
    page = IssuePage(context)
    shown(page)
    choose(page, "TOM-001")
    assert page.sheet.bar.value("place_id") == larder.places["COLD"], "most of it lies there"
    assert page.sheet.bar._hint.text() == "Cold room: 98 kg, on hand in all: 100 kg"
    page.sheet.bar.editor("place_id").set_value(larder.places["KITCHEN"])
    page.sheet.bar.qty.type_text("1")
    page.sheet.bar.finish()
    again = IssuePage(context)
    shown(again)
    choose(again, "TOM-001")
    assert again.sheet.bar.value("place_id") == larder.places["KITCHEN"]


def test_the_place_used_last_belongs_to_the_person(
    context: AppContext, larder: Larder, shown: Show, choose: Choose
) -> None:
    page = IssuePage(context)
    shown(page)
    page.finder.use_place("out", larder.places["KITCHEN"])
    assert page.finder.last_place("out") == larder.places["KITCHEN"]
    assert page.finder.actor is not None
    page.finder.actor = None
    assert page.finder.last_place("out") is None


def test_goods_on_their_way_and_expired_goods_are_not_proposed_for_an_issue(
    context: AppContext, larder: Larder, shown: Show, choose: Choose, office_here: Office, settled: Settled
) -> None:
    item, kitchen, dry = larder.items["MLK-001"], larder.places["KITCHEN"], larder.places["DRY"]
    old = stock.NewLine(item, D(500), location_id=kitchen, lot="OLD", expires_on=date(2026, 2, 1), unit_cost=D("11.5"))
    office_here.do(stock.receive_goods, lines=(old,))
    on_the_way = stock.NewLine(item, D(40), location_id=larder.places["COLD"])
    office_here.do(stock.send_transfer, lines=(on_the_way,), to_location_id=dry)
    page = IssuePage(context)
    shown(page)
    choose(page, "MLK-001")
    assert page.sheet.bar.value("place_id") == larder.places["COLD"]
    waste = WastePage(context)
    shown(waste)
    waste.pad.why.place.set_value(None)
    waste.scan(scan_of("MLK-001"))
    settled()
    assert waste.pad.why.place.value() == kitchen, "what expired is what is thrown away"


def test_a_transfer_never_takes_from_where_it_goes(
    context: AppContext, larder: Larder, shown: Show, choose: Choose, office_here: Office
) -> None:
    move(office_here, larder, "TOM-001", "80", "COLD", "KITCHEN")
    page = TransferPage(context)
    shown(page)
    page.target.set_value(larder.places["KITCHEN"])
    choose(page, "TOM-001")
    assert page.sheet.bar.value("place_id") == larder.places["COLD"]


def test_too_little_at_one_place_offers_the_one_with_enough(
    context: AppContext, larder: Larder, shown: Show, choose: Choose, office_here: Office, settled: Settled
) -> None:
    move(office_here, larder, "TOM-001", "2", "COLD", "KITCHEN")
    page = IssuePage(context)
    shown(page)
    page.finder.use_place("out", larder.places["KITCHEN"])
    page.sheet.bar.editor("place_id").set_value(larder.places["KITCHEN"])
    choose(page, "TOM-001")
    page.sheet.bar.qty.type_text("5")
    page.sheet.bar.finish()
    page.post()
    settled()
    assert "Not enough stock: 2 kg of TOM-001 Tomatoes at Kitchen, 5 needed" in page.notice.text()
    offered = page.notice.buttons()
    assert [button.text() for button in offered] == ["Take it from Cold room · 98 kg"]
    offered[0].click()
    assert page.sheet.lines()[0].place_id == larder.places["COLD"]
    assert page.sheet.lines()[0].error is None
    assert page.notice.isHidden()
    page.post()
    settled()
    assert [line.qty for line in newest(office_here, PostingKind.ISSUE).lines] == [D(-5)]


def test_a_place_the_other_lines_empty_is_not_offered(
    context: AppContext, larder: Larder, shown: Show, choose: Choose, office_here: Office, settled: Settled
) -> None:
    move(office_here, larder, "TOM-001", "4", "COLD", "KITCHEN")
    page = IssuePage(context)
    shown(page)
    for place, qty in (("COLD", "95"), ("KITCHEN", "6")):
        choose(page, "TOM-001")
        page.sheet.bar.editor("place_id").set_value(larder.places[place])
        page.sheet.bar.qty.type_text(qty)
        page.sheet.bar.finish()
    page.post()
    settled()
    assert page.sheet.lines()[1].error is not None
    assert page.notice.buttons() == []


def test_waste_offers_the_place_with_enough(
    context: AppContext, larder: Larder, shown: Show, office_here: Office, settled: Settled
) -> None:
    move(office_here, larder, "TOM-001", "2", "COLD", "KITCHEN")
    page = WastePage(context)
    shown(page)
    page.pad.finder.use_place("out", larder.places["KITCHEN"])
    page.pad.why.place.set_value(larder.places["KITCHEN"])
    page.scan(scan_of("TOM-001"))
    settled()
    assert page.pad.why.place.value() == larder.places["KITCHEN"]
    page.pad.item.keypad.press("5")
    page.pad.why.grid.press_digit("1")
    page.pad.post()
    settled()
    assert "Not enough stock: 2 kg" in page.pad.notice.text()
    offered = page.pad.notice.buttons()
    assert [button.text() for button in offered] == ["Take it from Cold room · 98 kg"]
    offered[0].click()
    settled()
    entry = newest(office_here, PostingKind.WASTE).lines[0]
    assert (entry.location_code, entry.qty, entry.reason) == ("COLD", D(-5), "expired")
    assert page.pad.item.goods is None
    assert page.pad.notice.isHidden()


def test_a_refused_entry_can_be_taken_up_again_later(
    context: AppContext, larder: Larder, shown: Show, settled: Settled
) -> None:
    page = WastePage(context)
    shown(page)
    page.scan(scan_of("TOM-001"))
    settled()
    for one in "5000":
        page.pad.item.keypad.press(one)
    page.pad.why.grid.press_digit("1")
    page.pad.post()
    page.scan(scan_of("RIC-001"))
    settled()
    assert page.pad.item.goods is not None
    assert page.pad.item.goods.code == "RIC-001"
    back = page.pad.notice.buttons()
    assert [button.text() for button in back] == ["Back to it"]
    back[0].click()
    settled()
    assert (page.pad.item.goods.code, page.pad.item.qty(), page.pad.why.reason()) == ("TOM-001", D(5000), "expired")


def test_a_return_takes_what_is_left_from_where_it_is_now(
    context: AppContext, larder: Larder, shown: Show, office_here: Office, settled: Settled
) -> None:
    move(office_here, larder, "TOM-001", "100", "COLD", "KITCHEN")
    office_here.do(
        stock.issue_goods, lines=(stock.NewLine(larder.items["RIC-001"], D(90), location_id=larder.places["DRY"]),)
    )
    office_here.do(
        stock.issue_goods, lines=(stock.NewLine(larder.items["OIL-001"], D(100), location_id=larder.places["DRY"]),)
    )
    page = ReturnToSupplierPage(context, larder.receipt)
    shown(page)
    settled()
    lines = {line.goods.code: line for line in page.sheet.lines()}
    assert lines["TOM-001"].place_id == larder.places["KITCHEN"]
    assert (lines["RIC-001"].qty, lines["RIC-001"].left) == (D(10), D(100))
    assert "OIL-001" not in lines
    assert "1 line of this document is left out" in page.notice.text()
    page.post()
    settled()
    assert page.sheet.lines() == []
    assert newest(office_here, PostingKind.RETURN_TO_SUPPLIER).row.lines == 10, "milk in two lots"
