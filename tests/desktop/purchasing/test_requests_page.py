"""Requests on screen: typed and scanned, sent, approved, turned down."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import catalog, purchasing
from core.catalog import NewBarcode, PackUnit
from core.devices import parse_scan
from core.office import Office
from core.purchasing import NewRequest, NewRequestLine
from core.words import RequestState
from desktop.context import AppContext
from desktop.purchasing.requests.form import RequestForm
from desktop.purchasing.requests.page import RequestsPage
from desktop.purchasing.requests.panel import RejectPanel, RequestPanel
from desktop.purchasing.requests.scanned import find_by_words, find_requests
from desktop.shell.registry import Hit, Thing
from desktop.widgets import Button, Found
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.factories import make_item, make_supplier
from tests.helpers.accessibility import nameless_controls

GTIN = "6901234567892"
Key = Qt.Key


@pytest.fixture
def rice(office_here: Office) -> int:
    make_supplier(office_here, "S1", name="绿源")
    return make_item(
        office_here, "RIC", name="大米", name_en="Rice", pack_units=(PackUnit("袋", D(25)),),
        barcodes=(NewBarcode(GTIN, "袋"),),
    )  # fmt: skip


def ask_for(office: Office, item_id: int, *, is_submitted: bool = True) -> int:
    new = NewRequest((NewRequestLine(item_id, D(2)),), "热厨")
    return office.do(purchasing.create_request, new=new, is_submitted=is_submitted)


def form_of(page: RequestsPage) -> RequestForm:
    form = page.panel()
    assert isinstance(form, RequestForm)
    return form


def press(panel: object, words: str) -> None:
    next(one for one in panel.findChildren(Button) if one.text().startswith(words)).click()  # type: ignore[attr-defined]


def test_an_empty_page_says_how_to_begin(context: AppContext, shown: Shown) -> None:
    page: RequestsPage = shown(RequestsPage(context))
    assert page._stack.currentWidget() is page._nothing
    assert nameless_controls(page) == []


def test_a_request_is_typed_and_sent(
    context: AppContext, rice: int, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: RequestsPage = shown(RequestsPage(context, is_adding=True))
    form = form_of(page)
    settled()
    form.department.set_value("热厨")
    form.bar.item.set_record(Found(rice, "RIC", "Rice"))
    form.bar._ask_units(rice, "kg")
    settled()
    form.bar.qty.field().setText("12")
    form.bar.enter()
    form.bar.item.set_record(Found(rice, "RIC", "Rice"))
    form.bar._ask_units(rice, "kg")
    settled()
    form.bar.qty.field().setText("3")
    form.bar.enter()
    assert [(line.qty, line.unit) for line in form.lines.all()] == [(D(15), "kg")]
    assert page.has_unsaved() and nameless_controls(page) == []
    page.post()
    settled()
    (row,) = office_here.ask(purchasing.list_requests)
    assert (row.state, row.department, row.lines) == (RequestState.SUBMITTED, "热厨", 1)
    assert isinstance(page.panel(), RequestPanel) and page.detail_title() == row.number


def test_a_scan_begins_a_line_in_the_unit_of_its_code(
    context: AppContext, rice: int, shown: Shown, settled: Settled
) -> None:
    page: RequestsPage = shown(RequestsPage(context, is_adding=True))
    form = form_of(page)
    settled()
    assert page.scan(parse_scan(GTIN))
    settled()
    form.bar.qty.field().setText("2")
    page.scan(parse_scan(GTIN))
    settled()
    assert [(line.qty, line.unit) for line in form.lines.all()] == [(D(2), "袋")]
    page.scan(parse_scan("6909999999997"))
    settled()
    assert "No item has the code" in form.notice.text()


def test_a_line_is_changed_and_taken_out(context: AppContext, rice: int, shown: Shown, settled: Settled) -> None:
    page: RequestsPage = shown(RequestsPage(context, item_id=rice))
    form = form_of(page)
    settled()
    form.bar.qty.field().setText("4")
    form.bar.enter()
    form.bar.load(form.lines.all()[0])
    settled()
    form.bar.qty.field().setText("0")
    form.bar.enter()
    assert form.bar.qty.error() and form.lines.all()[0].qty == D(4)
    form.bar.qty.field().setText("5")
    form.bar.enter()
    assert form.lines.all()[0].qty == D(5)
    form.table.select_row(0)
    form.table.setFocus()
    QTest.keyClick(form.table, Key.Key_Delete)
    assert form.lines.all() == []
    page.post()
    settled()
    assert form.notice.text() == "Nothing is asked for yet. Add an item."


def test_who_approves_approves_with_f9_and_turns_down_with_a_reason(
    context: AppContext, rice: int, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    first, second = ask_for(office_here, rice), ask_for(office_here, rice)
    page: RequestsPage = shown(RequestsPage(context, purchase_request_id=first))
    settled()
    page.post()
    settled()
    assert office_here.ask(purchasing.get_request, purchase_request_id=first).row.state is RequestState.APPROVED
    assert "is approved" in shell.said[-1]
    press(page.panel(), "Order it")
    assert shell.went[-1] == ("purchasing.need", {"item_ids": (rice,)})
    page.open_request(second)
    settled()
    press(page.panel(), "Turn down")
    panel = page.panel()
    assert isinstance(panel, RejectPanel)
    panel.send()
    assert panel.note.error()
    panel.note.set_value("Enough is there.")
    panel.send()
    settled()
    card = office_here.ask(purchasing.get_request, purchase_request_id=second)
    assert (card.row.state, card.decision_note) == (RequestState.REJECTED, "Enough is there.")
    press(page.panel(), "Open again")
    settled()
    press(page.panel(), "Change")
    settled()
    form = form_of(page)
    assert [line.qty for line in form.lines.all()] == [D(2)] and not page.has_unsaved()
    form.bar.take_item(office_here.ask(catalog.list_items_page, ids=[rice])[0])
    settled()
    form.bar.qty.field().setText("1")
    form.bar.enter()
    form.save_draft()
    settled()
    assert len(office_here.ask(purchasing.get_request, purchase_request_id=second).lines) == 1


def test_somebody_was_faster(
    context: AppContext, rice: int, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    key = ask_for(office_here, rice)
    page: RequestsPage = shown(RequestsPage(context, purchase_request_id=key))
    settled()
    panel = page.panel()
    assert isinstance(panel, RequestPanel)
    office_here.do(purchasing.withdraw_request, purchase_request_id=key)
    page._run("approve", panel.card)
    settled()
    assert "changed" in shell.errors[-1]
    assert office_here.ask(purchasing.get_request, purchase_request_id=key).row.state is RequestState.DRAFT


def test_the_slip_and_the_file(
    context: AppContext, rice: int, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    key = ask_for(office_here, rice)
    page: RequestsPage = shown(RequestsPage(context, purchase_request_id=key))
    settled()
    page.print_page()
    assert shell.papers[-1].pdf[:5] == b"%PDF-"
    sheet = page.prepare_sheet()()
    assert [row[2] for row in sheet.rows] == ["热厨"]
    page.chips.set_value("state", RequestState.APPROVED)
    settled()
    assert page.table.total() == 0


def test_what_was_typed_is_offered_again_and_saved_once(
    context: AppContext, rice: int, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: RequestsPage = shown(RequestsPage(context, item_id=rice))
    form = form_of(page)
    settled()
    form.department.set_value("热厨")
    form.bar.qty.field().setText("4")
    form.bar.enter()
    assert form.draft is not None
    form.draft.box.save()
    again: RequestsPage = shown(RequestsPage(context, is_adding=True))
    form = form_of(again)
    settled()
    assert form.draft is not None and form.draft.offer.text().startswith("Unposted entry of")
    form.draft.offer.buttons()[0].click()
    assert [(line.qty, line.unit) for line in form.lines.all()] == [(D(4), "kg")]
    assert form.department.value() == "热厨"
    again.post()
    settled()
    assert len(office_here.ask(purchasing.list_requests)) == 1
    third: RequestsPage = shown(RequestsPage(context, is_adding=True))
    settled()
    form = form_of(third)
    assert form.draft is not None and form.draft.offer.isHidden()


def test_what_is_thrown_away_is_not_offered_again(
    context: AppContext, rice: int, shown: Shown, settled: Settled
) -> None:
    page: RequestsPage = shown(RequestsPage(context, item_id=rice))
    form = form_of(page)
    settled()
    form.bar.qty.field().setText("4")
    form.bar.enter()
    assert form.draft is not None
    form.draft.box.save()
    page.close_panel()
    other: RequestsPage = shown(RequestsPage(context, is_adding=True))
    settled()
    form = form_of(other)
    assert form.draft is not None and form.draft.offer.isHidden()


def test_the_palette_and_a_scan_find_a_request(
    context: AppContext, rice: int, settled: Settled, office_here: Office, shell: NotingShell, qtbot: QtBot
) -> None:
    key = ask_for(office_here, rice)
    owner = QWidget()
    qtbot.addWidget(owner)
    hits: list[Hit] = []
    find_by_words(context, owner, "热厨", hits.extend)
    settled()
    hits[0].run()
    assert shell.went[-1] == ("purchasing.requests", {"purchase_request_id": key})
    things: list[Thing] = []
    find_requests(context, owner, parse_scan("PR-2026-000001"), things.extend)
    settled()
    assert [(one.kind, one.id) for one in things] == [("request", key)]
    find_by_words(context, owner, "x", hits.extend)
    find_requests(context, owner, parse_scan("ABC"), things.extend)
    settled()
    assert (len(hits), len(things)) == (1, 1)
