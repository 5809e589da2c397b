"""Receiving without an order: by scan and by keyboard only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core import documents, stock
from core.office import Office
from core.words import PostingKind
from desktop.context import AppContext
from desktop.stock.entry.receive import ReceivePage
from tests.desktop.conftest import Questions
from tests.desktop.noting import NotingShell
from tests.desktop.stock.entry.larder import CASE_CODE, Larder
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

Show = Callable[[ReceivePage], ReceivePage]
Settled = Callable[[], None]


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Show) -> ReceivePage:
    return shown(ReceivePage(context))


def type_into(page: ReceivePage, words: str) -> None:
    focus: QWidget | None = page.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def enter(page: ReceivePage) -> None:
    focus: QWidget | None = page.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def find(page: ReceivePage, words: str, settled: Settled) -> None:
    page.sheet.focus()
    type_into(page, words)
    enter(page)
    settled()


def last_receipt(office: Office) -> stock.PostingCard:
    rows = office.ask(stock.list_postings, kinds=(PostingKind.RECEIPT,), limit=1)
    return office.ask(stock.get_posting, posting_id=rows[0].posting_id)


def test_a_line_takes_item_quantity_price_and_enter(page: ReceivePage, settled: Settled) -> None:
    find(page, "tomato", settled)
    type_into(page, "5")
    enter(page)
    assert page.strip.value("supplier_id") is None
    type_into(page, "82")
    enter(page)
    line = page.sheet.lines()[0]
    assert (line.goods.code, line.qty, line.unit, line.price) == ("TOM-001", Decimal(5), "case", Decimal(82))
    assert page.sheet.bar.key_of_focus() == "item"


def test_the_last_price_is_proposed_in_the_unit(page: ReceivePage, settled: Settled) -> None:
    find(page, "tomato", settled)
    assert page.sheet.bar.value("price") == Decimal(78), "7.80 a kg, ten to the case"
    page.sheet.bar.qty.set_unit("kg")
    page.sheet.bar.qty.unit_changed.emit("kg")
    assert page.sheet.bar.value("price") == Decimal("7.8")


def test_the_unit_can_be_typed_behind_the_number(page: ReceivePage, settled: Settled) -> None:
    find(page, "tomato", settled)
    type_into(page, "25 kg")
    enter(page)
    enter(page)
    line = page.sheet.lines()[0]
    assert (line.qty, line.unit, line.price) == (Decimal(25), "kg", Decimal("7.8"))


def test_each_scan_adds_one_pack_of_the_codes_unit(page: ReceivePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    find(page, "6900000000007", settled)
    find(page, "6900000000007", settled)
    lines = page.sheet.lines()
    assert [(line.goods.code, line.qty, line.unit) for line in lines] == [("RIC-001", Decimal(3), "kg")]


def test_a_case_code_is_a_case_and_asks_for_its_lot(page: ReceivePage, settled: Settled) -> None:
    find(page, CASE_CODE, settled)
    assert page.sheet.bar.key_of_focus() == "lot"
    type_into(page, "M-0320")
    enter(page)
    type_into(page, "0320")
    enter(page)
    enter(page)
    line = page.sheet.lines()[0]
    assert (line.qty, line.unit, line.lot, line.expires_on) == (Decimal(1), "case", "M-0320", date(2026, 3, 20))


def test_a_star_and_a_number_corrects_what_was_scanned(page: ReceivePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    find(page, "*24", settled)
    assert page.sheet.lines()[0].qty == Decimal(24)


def test_posting_says_so_clears_the_form_and_prints(
    page: ReceivePage, shell: NotingShell, larder: Larder, office_here: Office, settled: Settled
) -> None:
    page.supplier.set_value(larder.supplier)
    page.strip.set_values({"document": "DN-7002"})
    find(page, "rice", settled)
    type_into(page, "2")
    enter(page)
    type_into(page, "200")
    enter(page)
    page.post()
    settled()
    card = last_receipt(office_here)
    assert (card.row.document, card.row.value, card.lines[0].qty) == ("DN-7002", Decimal("400.00"), Decimal(50))
    assert page.sheet.lines() == []
    assert shell.postings[-1].undo == {"posting_id": card.row.posting_id}
    assert shell.makers[0]().pdf.startswith(b"%PDF")


def test_a_line_value_goes_before_the_unit_price(page: ReceivePage, office_here: Office, settled: Settled) -> None:
    find(page, "rice", settled)
    page.sheet.bar.qty.type_text("3 kg")
    page.sheet.bar.qty.check()
    page.sheet.bar.editor("value").type_text("25")  # type: ignore[attr-defined]
    page.sheet.bar.finish()
    page.post()
    settled()
    assert last_receipt(office_here).row.value == Decimal("25.00")


def test_the_same_delivery_note_is_a_question(
    page: ReceivePage, larder: Larder, office_here: Office, questions: Questions, settled: Settled
) -> None:
    questions.answer = False
    page.supplier.set_value(larder.supplier)
    page.strip.set_values({"document": "DN-7001"})
    find(page, "6900000000007", settled)
    page.post()
    settled()
    assert "DN-7001 was received already" in questions.asked[0]
    assert len(page.sheet.lines()) == 1, "no keeps the form as it is"
    questions.answer = True
    page.post()
    settled()
    assert page.sheet.lines() == []


def test_an_error_of_the_core_stands_at_its_line_and_field(page: ReceivePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    find(page, "milk", settled)
    page.sheet.bar.qty.type_text("12")
    page.sheet.bar.editor("price").type_text("9")  # type: ignore[attr-defined]
    page.sheet.bar.finish()
    page.post()
    settled()
    assert "which lot is it" in page.sheet.bar.editor("lot").error()
    assert page.sheet.lines()[1].error is not None
    assert len(page.sheet.lines()) == 2


def test_del_removes_a_line(page: ReceivePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    page.sheet.table.setFocus()
    page.sheet.table.select_row(0)
    QTest.keyClick(page.sheet.table, Qt.Key.Key_Delete)
    assert page.sheet.lines() == []


def test_enter_on_a_line_takes_it_back(page: ReceivePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    page.sheet.table.row_activated.emit(page.sheet.lines()[0])
    settled()
    page.sheet.bar.qty.type_text("7")
    page.sheet.bar.finish()
    assert [(line.qty, line.price) for line in page.sheet.lines()] == [(Decimal(7), Decimal("8.2"))]


def test_a_scan_from_elsewhere_keeps_what_is_typed(page: ReceivePage, settled: Settled) -> None:
    note = page.strip.editor("note")
    note.field().setFocus()
    QTest.keyClicks(note.field(), "two boxes wet")
    page.scan(scan_of("6900000000007"))
    settled()
    assert page.strip.value("note") == "two boxes wet"
    assert page.sheet.lines()[0].goods.code == "RIC-001"


def test_an_unknown_code_is_said(page: ReceivePage, settled: Settled) -> None:
    page.scan(scan_of("4006381333931"))
    settled()
    assert "4006381333931" in page.notice.text()


def test_what_is_typed_survives_the_program(
    page: ReceivePage, context: AppContext, shown: Show, settled: Settled
) -> None:
    find(page, "6900000000007", settled)
    find(page, "*24", settled)
    page.strip.set_values({"document": "DN-9"})
    page._drafts.save()
    again = shown(ReceivePage(context))
    assert "with 1 line" in again._offer.text()
    again._take_draft(again._drafts.load())  # type: ignore[arg-type]
    line = again.sheet.lines()[0]
    assert (line.goods.code, line.qty, line.price) == ("RIC-001", Decimal(24), Decimal("8.2"))
    assert again.strip.value("document") == "DN-9"


def test_twenty_lines_take_three_enters_each_and_no_mouse(
    page: ReceivePage, office_here: Office, settled: Settled
) -> None:
    keys = 0
    for number in range(20):
        find(page, ("tomato", "rice", "oil", "chicken")[number % 4], settled)
        type_into(page, str(number + 1))
        enter(page)
        enter(page)
        keys += 3
    assert len(page.sheet.lines()) == 20
    assert keys == 60
    page.post()
    settled()
    assert last_receipt(office_here).row.lines == 20


def test_a_posted_form_leaves_no_draft(page: ReceivePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    page._drafts.save()
    page.post()
    settled()
    page._drafts.save()
    assert page._drafts.load() is None


def test_files_go_along(page: ReceivePage, office_here: Office, tmp_path: Path, settled: Settled) -> None:
    slip = tmp_path / "delivery note.txt"
    slip.write_text("12 cases", encoding="utf-8")
    page.files.add([str(slip)])
    find(page, "6900000000007", settled)
    page.post()
    settled()
    settled()
    posting_id = last_receipt(office_here).row.posting_id
    rows = office_here.ask(documents.list_attachments, owner_kind="posting", owner_id=posting_id)
    assert [row.name for row in rows] == ["delivery note.txt"]


def test_every_control_has_a_name(page: ReceivePage) -> None:
    assert nameless_controls(page) == []
