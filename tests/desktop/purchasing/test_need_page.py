"""The sheet of needs on screen: quantities by the keyboard, suppliers, orders made and taken back."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import catalog, purchasing
from core.catalog import NewBarcode, NewTerm
from core.clock import FixedClock
from core.devices import parse_scan
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine, NewTemplate, NewTemplateLine
from core.words import OrderState
from desktop.context import AppContext
from desktop.purchasing.need.notice import take_notice
from desktop.purchasing.need.page import NeedPage
from desktop.purchasing.need.paint import head_notes
from desktop.purchasing.need.panel import GroupPanel, LinePanel
from desktop.purchasing.need.template_panel import TemplatePanel
from desktop.widgets import Button, Found
from tests.core.purchasing.order_makers import set_state_for_test
from tests.core.purchasing.test_needs import bought
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.factories import make_item, make_supplier
from tests.helpers.accessibility import nameless_controls

Things = dict[str, int]
Key = Qt.Key


@pytest.fixture
def things(office_here: Office) -> Things:
    """Tomatoes and onions short at one supplier with a minimum, rice at another; a second one sells tomatoes too."""
    main = make_supplier(office_here, "MAIN", name="绿源", minimum_value=D(400), monthly_budget=D(500))
    dry = make_supplier(office_here, "DRY", name="干货")
    other = make_supplier(office_here, "OTHER", name="别家")
    extra = NewTerm(other, unit="kg", price=D(6), rank=2)
    tomatoes = bought(office_here, "TOM", main, name="番茄", name_en="Tomatoes", more=(extra,))
    onions = bought(office_here, "ONI", main, name="洋葱", name_en="Onions")
    rice = bought(office_here, "RIC", dry, name="大米", name_en="Rice")
    return {"main": main, "dry": dry, "other": other, "tomatoes": tomatoes, "onions": onions, "rice": rice}


@pytest.fixture
def page(context: AppContext, things: Things, shown: Shown) -> NeedPage:
    made: NeedPage = shown(NeedPage(context))
    return made


def qty_of(page: NeedPage, item_id: int) -> D:
    line = page.basket.find(item_id)
    assert line is not None
    return line.qty


def open_orders(office: Office) -> list[OrderState]:
    return [row.state for row in office.ask(purchasing.list_orders).rows if row.state is not OrderState.CANCELLED]


def test_needs_stand_by_supplier_with_what_they_come_to(page: NeedPage, things: Things) -> None:
    groups = [row.shelf.group.supplier_id for row in page.list.rows() if row.line is None]
    assert sorted(groups) == sorted([things["main"], things["dry"]])
    assert page.head._answer.text() == "F9 makes 2 orders · 3 lines · ¥450.00"
    assert nameless_controls(page) == []


def test_digits_type_a_quantity_and_enter_goes_on(page: NeedPage, things: Things) -> None:
    page.list.go_to(things["tomatoes"])
    QTest.keyClicks(page.list, "1")
    assert page.list.is_editing()
    QTest.keyClicks(page.list._line, "2")
    QTest.keyClick(page.list._line, Key.Key_Return)
    assert qty_of(page, things["tomatoes"]) == D(12)
    assert not page.list.is_editing() and page.has_unsaved()
    current = page.list.current()
    assert current is not None and current.line is not None and current.line.item_id == things["onions"]
    QTest.keyClicks(page.list, "+")
    assert qty_of(page, things["onions"]) == D(4)


def test_what_is_no_quantity_stays_to_be_put_right(page: NeedPage, things: Things) -> None:
    page.list.go_to(things["rice"])
    page.list.edit_qty()
    page.list._line.setText("2 ?")
    QTest.keyClick(page.list._line, Key.Key_Return)
    assert page.list.is_editing() and page.list._line.property("wrong")
    QTest.keyClick(page.list._line, Key.Key_Escape)
    assert qty_of(page, things["rice"]) == D(3)


def test_space_leaves_out_a_line_or_a_whole_supplier(page: NeedPage, things: Things) -> None:
    page.list.go_to(things["rice"])
    QTest.keyClick(page.list, Key.Key_Space)
    assert "1 order ·" in page.head._answer.text()
    QTest.keyClick(page.list, Key.Key_Space)
    head = next(at for at, row in enumerate(page.list.rows()) if row.key == (things["main"], 0))
    page.list.setCurrentIndex(page.list.model().index(head, 0))
    QTest.keyClick(page.list, Key.Key_Space)
    assert [order.supplier_id for order in page.basket.orders()] == [things["dry"]]


def test_f9_makes_the_orders_says_so_and_takes_them_back(
    page: NeedPage, things: Things, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    page.list.go_to(things["rice"])
    page.list.edit_qty("5")
    QTest.keyClick(page.list._line, Key.Key_F9)
    page.post()
    settled()
    assert open_orders(office_here) == [OrderState.DRAFT, OrderState.DRAFT]
    assert page.offer.text().startswith("2 orders are made: ")
    assert page.list.rows() == []
    undo = page.offer.buttons()[-1]
    undo.click()
    settled()
    qtbot.waitUntil(lambda: len(page.list.rows()) == 5)
    assert open_orders(office_here) == []


def test_another_supplier_takes_a_line_over(page: NeedPage, things: Things, settled: Settled) -> None:
    page.list.go_to(things["tomatoes"])
    QTest.keyClick(page.list, Key.Key_Return)
    panel = page.panel()
    assert isinstance(panel, LinePanel)
    button = next(one for one in panel.findChildren(Button) if one.text().startswith("别家"))
    button.click()
    line = page.basket.find(things["tomatoes"])
    assert line is not None and (line.choice.supplier_id, line.qty) == (things["other"], D(30))
    assert {order.supplier_id for order in page.basket.orders()} == {things["main"], things["dry"], things["other"]}
    page.reload()
    settled()
    line = page.basket.find(things["tomatoes"])
    assert line is not None and line.choice.supplier_id == things["other"], "a fresh sheet keeps what was changed"
    page.forget_changes()
    line = page.basket.find(things["tomatoes"])
    assert line is not None and line.choice.supplier_id == things["main"]


def test_an_item_is_added_and_a_supplier_found_for_what_nobody_sells(
    context: AppContext, page: NeedPage, things: Things, office_here: Office, settled: Settled
) -> None:
    loose = make_item(office_here, "LOOSE", name="餐巾", name_en="Napkins")
    QTest.keyClick(page, Key.Key_F2)
    panel = page.panel()
    panel.picker.set_record(Found(loose, "LOOSE", "Napkins"))  # type: ignore[union-attr]
    panel.send()  # type: ignore[union-attr]
    settled()
    line = page.basket.find(loose)
    assert line is not None and line.choice.supplier_id == 0
    row = next(row for row in page.list.rows() if row.line is not None and row.line.item_id == loose)
    page.beside.choose_supplier(row)
    settled()
    chooser = page.panel()
    chooser.picker.set_record(Found(things["other"], "OTHER", "别家"))  # type: ignore[union-attr]
    chooser.send()  # type: ignore[union-attr]
    settled()
    line = page.basket.find(loose)
    assert line is not None and line.choice.supplier_id == things["other"]


def test_a_supplier_blocked_meanwhile_is_told_at_the_line(
    page: NeedPage, things: Things, office_here: Office, settled: Settled
) -> None:
    orders = page.basket.orders()
    office_here.do(catalog.block_supplier, supplier_id=things["dry"], version=1, note="late")
    page.maker.send(orders)
    settled()
    assert "is blocked for orders" in page.offer.text()
    assert open_orders(office_here) == []


def test_the_head_of_a_supplier_opens_its_rules(page: NeedPage, things: Things, settled: Settled) -> None:
    row = next(row for row in page.list.rows() if row.key == (things["main"], 0))
    page.beside.open_row(row)
    panel = page.panel()
    assert isinstance(panel, GroupPanel)
    button = next(one for one in panel.findChildren(Button) if one.text().startswith("Order only here"))
    button.click()
    settled()
    assert {order.supplier_id for order in page.basket.orders()} == {things["dry"]}


def test_a_template_makes_an_order(
    page: NeedPage, things: Things, office_here: Office, settled: Settled, shell: NotingShell
) -> None:
    new = NewTemplate("Friday", things["dry"], (NewTemplateLine(things["rice"], D(2)),))
    office_here.do(purchasing.save_template, new=new)
    page.beside.open_templates()
    settled()
    panel = page.panel()
    assert isinstance(panel, TemplatePanel)
    next(one for one in panel.findChildren(Button) if one.text() == "Make the order").click()
    settled()
    assert page.offer.text().startswith("1 order is made: ") and len(open_orders(office_here)) == 1


def test_nothing_needed_says_what_belongs_here(context: AppContext, office_here: Office, shown: Shown) -> None:
    empty: NeedPage = shown(NeedPage(context))
    assert empty._stack.currentWidget() is empty._nothing


def test_filters_and_file(page: NeedPage, things: Things, qtbot: QtBot) -> None:
    page.head._search.setText("onion")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(page.list.rows()) == 2)
    page.head._search.setText("")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(page.list.rows()) == 5)
    page.chips.set_value("supplier", things["dry"])
    assert [row.line.item_id for row in page.list.rows() if row.line] == [things["rice"]]
    sheet = page.prepare_sheet()()
    assert [len(row) for row in sheet.rows] == [len(sheet.columns)]


def test_a_scan_goes_to_the_line_or_adds_one(
    page: NeedPage, things: Things, office_here: Office, settled: Settled
) -> None:
    office_here.do(catalog.add_barcode, item_id=things["rice"], barcode=NewBarcode("6901234567892"))
    assert page.scan(parse_scan("6901234567892"))
    settled()
    current = page.list.current()
    assert current is not None and current.line is not None and current.line.item_id == things["rice"]
    loose = make_item(office_here, "LOOSE", barcodes=(NewBarcode("6901234567908"),))
    page.scan(parse_scan("6901234567908"))
    settled()
    assert page.basket.find(loose) is not None and page.list.is_editing()
    page.scan(parse_scan("6909999999997"))
    settled()
    assert "No item has the code" in page.offer.text()


def test_a_shipping_notice_is_taken_in(
    page: NeedPage, things: Things, office_here: Office, settled: Settled, shell: NotingShell, tmp_path: Path
) -> None:
    (made,) = office_here.do(
        purchasing.make_orders, choices=(NewOrder(things["dry"], (NewOrderLine(things["rice"], D(2)),)),)
    )
    office_here.do(set_state_for_test, order_id=made.order_id, state=OrderState.SENT)
    file = tmp_path / "notice.csv"
    file.write_text(f"notice,order,item,qty,unit\nDN-1,{made.number},RIC,1,case\n")
    take_notice(page.context, page, file)
    settled()
    assert shell.said[-1] == f"1 line of {made.number} is on its way. Rice: 10 are on their way, 20 are awaited."
    take_notice(page.context, page, tmp_path / "gone.csv")
    settled()
    assert "cannot be read" in shell.errors[-1]


def test_items_another_page_hands_over_stand_in_the_sheet(
    context: AppContext, things: Things, office_here: Office, shown: Shown, settled: Settled
) -> None:
    first, second = (make_item(office_here, code) for code in ("LOOSE", "SPARE"))
    page: NeedPage = shown(NeedPage(context, item_ids=(things["rice"], first, second)))
    settled()
    assert all(page.basket.find(item_id) is not None for item_id in (first, second))


def test_over_the_budget_it_says_what_can_wait(page: NeedPage, things: Things) -> None:
    page.list.go_to(things["tomatoes"])
    page.list.edit_qty("9")
    assert page.list.finish()
    head = next(row for row in page.list.rows() if row.key == (things["main"], 0))
    words = [words for words, _meaning in head_notes(page.basket, head)]
    assert any(one.startswith("¥100.00 above this month's budget.") for one in words)


def test_once_a_cut_off_is_over_the_next_delivery_counts(
    page: NeedPage, things: Things, clock: FixedClock, settled: Settled
) -> None:
    slot = page.basket.shelves[0].group.slot
    assert slot is not None
    page.view.look()
    settled()
    assert page.basket.shelves[0].group.slot == slot
    clock.advance(days=1)
    page.view.look()
    settled()
    after = page.basket.shelves[0].group.slot
    assert after.order_by > slot.order_by
