"""One order on screen: five lines without the mouse, saved and sent; prices by quantity; two people at one order."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import mail, purchasing
from core.devices import parse_scan
from core.office import Office
from core.purchasing import OrderLineEdit
from core.words import MailState, OrderState, Permission
from desktop.context import AppContext
from desktop.purchasing.orders.order_page import OrderPage
from desktop.purchasing.orders.send_panel import SendPanel
from desktop.purchasing.orders.state_panels import ConfirmPanel, ReasonPanel, TemplateForm
from desktop.purchasing.orders.story import StoryPanel
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.desktop.purchasing.ordering import Shop, card_of, make_order, make_shop, send
from tests.helpers.accessibility import nameless_controls

Key = Qt.Key
Open = Callable[..., OrderPage]


@pytest.fixture
def shop(office_here: Office) -> Shop:
    return make_shop(office_here)


@pytest.fixture
def opened(context: AppContext, shop: Shop, shown: Shown) -> Open:
    def show(**args: object) -> OrderPage:
        page: OrderPage = shown(OrderPage(context, **args))  # type: ignore[arg-type]
        return page

    return show


def focused(page: OrderPage) -> object:
    return page.window().focusWidget()


def type_keys(page: OrderPage, text: str) -> None:
    widget = page.window().focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def press(page: OrderPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = page.window().focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)
    QApplication.processEvents()


def enter_line(page: OrderPage, settled: Settled, qtbot: QtBot, code: str, qty: str) -> None:
    """Code, Enter, quantity, Enter: the line is in."""
    before = len(page.desk.lines())
    type_keys(page, code)
    press(page, Key.Key_Return)
    qtbot.waitUntil(lambda: focused(page) is page.entry.qty.field())
    settled()
    type_keys(page, qty)
    press(page, Key.Key_Return)
    assert len(page.desk.lines()) == before + 1
    assert focused(page) is page.entry.goods.field()


def test_an_order_of_five_lines_is_typed_saved_and_sent_without_the_mouse(
    opened: Open, office_here: Office, settled: Settled, qtbot: QtBot, shell: NotingShell
) -> None:  # fmt: skip
    page = opened()
    assert page.order_head.strip.key_of_focus() == "supplier_id"
    type_keys(page, "Green")
    press(page, Key.Key_Return)
    settled()
    assert page.order_head.strip.value("deliver_on") is not None
    assert "Next delivery" in page.order_head.rules.text()
    for _field in ("deliver_on", "location_id", "note", "own_note"):
        press(page, Key.Key_Return)
    assert focused(page) is page.entry.goods.field()
    for code, qty in (("TOM", "12"), ("GW-ONI", "3"), ("RIC", "2"), ("OIL", "5"), ("SAL", "4")):
        enter_line(page, settled, qtbot, code, qty)
    assert [line.price for line in page.desk.lines()] == [D(45), D(30), D(120), D(96), D("12.5")]
    assert "Total" in page.totals.gross.text() and "is reached" in page.totals.minimum.words.text()
    press(page, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.order_id is not None
    card = card_of(office_here, page.order_id)
    assert [(line.code, line.qty, line.unit) for line in card.lines] == [
        ("TOM", D(12), "箱"), ("ONI", D(3), "箱"), ("RIC", D(2), "箱"), ("OIL", D(5), "箱"), ("SAL", D(4), "箱"),
    ]  # fmt: skip
    assert card.row.state is OrderState.DRAFT and not page.has_unsaved()
    press(page, Key.Key_F9)
    settled()
    panel = page.panel()
    assert isinstance(panel, SendPanel) and card.row.number in panel.subject.text()
    assert focused(page) is panel.form.editor("to").field() and "No address" in panel.form.editor("to").error()
    press(page, Key.Key_Backtab)
    assert focused(page) is panel.form.editor("way").field()
    press(page, Key.Key_End)
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert card_of(office_here, page.order_id).row.state is OrderState.SENT
    assert shell.said[-1].startswith(f"{card.row.number} is marked as sent")
    assert page.panel() is None and "Sent" in page.head._answer.text()


def test_every_control_has_a_name(opened: Open, shop: Shop, office_here: Office) -> None:
    assert nameless_controls(opened(supplier_id=shop.supplier)) == []
    order_id = make_order(office_here, shop)
    send(office_here, order_id)
    assert nameless_controls(opened(order_id=order_id)) == []


def test_the_price_follows_the_quantity_until_one_is_typed(opened: Open, shop: Shop) -> None:
    page = opened(supplier_id=shop.supplier)
    item = page.desk.item(shop.items["TOM"])
    assert item is not None
    page.entry.begin(item)
    assert page.entry.value("price") == D(50)
    page.entry.qty.type_text("6")
    assert "From 10 箱 the price is 45" in page.entry._hint.text()
    page.entry.qty.type_text("10")
    assert page.entry.value("price") == D(45)
    page.entry.price.type_text("44")
    page.entry.qty.type_text("2")
    page.entry.finish()
    assert page.desk.lines()[0].price == D(44)


def test_scans_add_a_pack_each_and_times_sets_the_quantity(opened: Open, shop: Shop, settled: Settled) -> None:
    page = opened(supplier_id=shop.supplier)
    for _scan in range(3):
        assert page.scan(parse_scan("6901234567892"))
    settled()
    assert [(line.item.code, line.qty, line.unit) for line in page.desk.lines()] == [("RIC", D(3), "箱")]
    page.entry.focus_goods()
    type_keys(page, "*24")
    press(page, Key.Key_Return)
    settled()
    assert page.desk.lines()[0].qty == D(24)


def test_an_item_that_is_there_is_changed_not_doubled(
    opened: Open, shop: Shop, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    order_id = make_order(office_here, shop, "TOM")
    page = opened(order_id=order_id)
    page.focus_search()
    type_keys(page, "TOM")
    press(page, Key.Key_Return)
    qtbot.waitUntil(lambda: focused(page) is page.entry.qty.field())
    assert "already" in page.notice.text()
    page.entry.qty.type_text("7")
    press(page, Key.Key_Return)
    page.saving.save()
    settled()
    assert [(line.code, line.qty) for line in card_of(office_here, order_id).lines] == [("TOM", D(7))]


def test_a_line_is_removed_and_put_back(opened: Open, shop: Shop, office_here: Office) -> None:
    page = opened(order_id=make_order(office_here, shop, "TOM", "ONI"))
    page.table.select_row(1)
    page.table.setFocus()
    press(page, Key.Key_Delete)
    assert [line.item.code for line in page.desk.lines()] == ["TOM"] and page.has_unsaved()
    page.offer.buttons()[0].click()
    assert [line.item.code for line in page.desk.lines()] == ["TOM", "ONI"] and not page.has_unsaved()


def test_two_people_changing_other_fields_are_both_kept(
    opened: Open, shop: Shop, office_here: Office, settled: Settled
) -> None:
    order_id = make_order(office_here, shop, "TOM", "ONI")
    page = opened(order_id=order_id)
    change(page, 0, D(5))
    office_here.do(
        purchasing.update_order, order_id=order_id, version=1, changes={"own_note": "by the back door"}
    )  # fmt: skip
    page.saving.save()
    settled()
    card = card_of(office_here, order_id)
    assert card.own_note == "by the back door" and card.lines[0].qty == D(5)
    assert page.order_head.strip.value("own_note") == "by the back door"


@pytest.mark.parametrize(("choice", "qty"), [(0, D(5)), (1, D(9))])
def test_two_people_changing_one_quantity_are_asked_whose_stays(
    choice: int, qty: D, opened: Open, shop: Shop, office_here: Office, settled: Settled
) -> None:
    order_id = make_order(office_here, shop, "TOM", "ONI")
    page = opened(order_id=order_id)
    change(page, 0, D(5))
    page.order_head.strip.editor("note").type_text("Please phone")  # type: ignore[attr-defined]
    card = card_of(office_here, order_id)
    lines = tuple(
        OrderLineEdit(row.id, row.item_id, D(9) if row.code == "TOM" else row.qty, row.unit, row.price, tax_rate=row.tax_rate)
        for row in card.lines
    )  # fmt: skip
    office_here.do(purchasing.update_order, order_id=order_id, version=1, lines=lines)
    page.saving.save()
    settled()
    assert "Quantity = 9" in page.offer.text()
    page.offer.buttons()[choice].click()
    settled()
    assert not page.is_changed()
    after = card_of(office_here, order_id)
    assert after.lines[0].qty == qty and after.note == "Please phone"


def change(page: OrderPage, at: int, qty: D) -> None:
    """Another quantity through the bar."""
    page.lines.edit(page.desk.lines()[at])
    page.entry.qty.type_text(str(qty))
    page.entry.finish()


def test_a_refused_line_is_shown(opened: Open, shop: Shop, office_here: Office, settled: Settled) -> None:
    page = opened(supplier_id=shop.supplier)
    item = page.desk.item(shop.items["SAL"])
    assert item is not None
    page.entry.begin(item)
    page.entry.qty.type_text("0")
    page.entry.finish()
    page.saving.save()
    settled()
    assert page.notice.text().startswith("Line 1: ") and page.order_id is None
    assert page.table.words_at(0, "state") == "Look here"


def test_confirmed_closed_and_opened_again(
    opened: Open, shop: Shop, office_here: Office, settled: Settled, shell: NotingShell
) -> None:
    order_id = make_order(office_here, shop)
    send(office_here, order_id)
    page = opened(order_id=order_id)
    assert isinstance(page.panel(), StoryPanel) and not page.entry.isVisible()
    page.primary()
    settled()
    panel = page.panel()
    assert isinstance(panel, ConfirmPanel)
    panel.form.editor("supplier_ref").set_value("SO-1")
    panel.save()
    settled()
    card = card_of(office_here, order_id)
    assert card.row.state is OrderState.CONFIRMED and card.row.supplier_ref == "SO-1"
    page.primary()
    settled()
    assert shell.went[-1] == ("purchasing.receive", {"order_ids": (order_id,)})
    page.ways.close()
    settled()
    reason = page.panel()
    assert isinstance(reason, ReasonPanel)
    reason.save()
    assert reason.form.editor("reason").error()
    reason.form.editor("reason").set_value("Out of stock")
    reason.save()
    settled()
    assert card_of(office_here, order_id).row.state is OrderState.CLOSED
    page.ways.reopen()
    settled()
    assert card_of(office_here, order_id).row.state is OrderState.CONFIRMED


def test_copied_kept_as_template_and_printed(
    opened: Open, shop: Shop, office_here: Office, settled: Settled, shell: NotingShell
) -> None:
    page = opened(order_id=make_order(office_here, shop))
    page.ways.copy()
    settled()
    route, args = shell.went[-1]
    assert route == "purchasing.order" and args["order_id"] != page.order_id
    page.ways.keep_template()
    settled()
    form = page.panel()
    assert isinstance(form, TemplateForm)
    form.form.editor("name").set_value("Monday")
    form.save()
    settled()
    assert [row.name for row in office_here.ask(purchasing.list_templates)] == ["Monday"]
    page.print_page()
    settled()
    assert shell.papers[-1].pdf.startswith(b"%PDF")


def test_who_may_not_order_only_looks(opened: Open, shop: Shop, office_here: Office, shell: NotingShell) -> None:
    shell.forbidden = {Permission.COST_VIEW, Permission.PURCHASE_ORDER}
    page = opened(order_id=make_order(office_here, shop))
    assert "price" not in [column.key for column in page.table.columns]
    assert page.totals.gross.text() == "2 lines"


def test_an_order_of_one_item_begins_with_its_first_supplier(
    opened: Open, shop: Shop, settled: Settled, qtbot: QtBot
) -> None:
    page = opened(item_id=shop.items["TEA"])
    qtbot.waitUntil(lambda: not page.entry.is_empty())
    assert page.supplier_id() == shop.supplier
    assert page.entry.goods.text().startswith("TEA")


def test_an_order_goes_by_e_mail_and_says_how_it_stands(
    opened: Open, shop: Shop, office_here: Office, settled: Settled, shell: NotingShell
) -> None:
    server = mail.MailServerEdit("smtp.example.com", 587, "starttls", "", "orders@example.com", "Riverside")
    office_here.do(mail.save_mail_server, new=server)
    page = opened(order_id=make_order(office_here, shop, "RIC", "OIL"), task="send", message="Back door, please")
    panel = page.panel()
    assert isinstance(panel, SendPanel) and "Back door, please" in panel.text.text()
    assert panel.form.editor("to").error()
    panel.form.editor("to").set_value("a@example.com, b@example.com")
    panel.save()
    settled()
    assert shell.said[-1].endswith("is on its way to a@example.com, b@example.com.")
    card = card_of(office_here, page.order_id or 0)
    assert card.row.mail is MailState.QUEUED and card.mails[0].recipients.count("@") == 2
    page.ways.story()
    assert isinstance(page.panel(), StoryPanel)


def test_an_order_that_is_not_there_says_so(opened: Open) -> None:
    page = opened(order_id=999)
    assert page.error_text() == "There is no such order (999)."
    assert page.save_button.isHidden() and page.history_button.isHidden()
