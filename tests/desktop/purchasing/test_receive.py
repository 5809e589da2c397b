"""Receiving at the dock: by scanner and keyboard only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import catalog, documents, purchasing, stock
from core.office import Office
from core.words import ClaimKind, OrderState, Permission, PostingKind
from desktop.context import AppContext
from desktop.purchasing.receive.page import ReceivePage
from desktop.purchasing.receive.states import LineState
from desktop.widgets import Label
from tests.core.purchasing.order_makers import get_order_row
from tests.desktop.conftest import Questions
from tests.desktop.noting import NotingShell
from tests.desktop.purchasing.receiving import Yard, make_yard, milk_scan, order_more
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

Show = Callable[[ReceivePage], ReceivePage]
Settled = Callable[[], None]
TWELVE = 12


@pytest.fixture
def yard(office_here: Office) -> Yard:
    return make_yard(office_here)


@pytest.fixture
def page(context: AppContext, yard: Yard, shown: Show) -> ReceivePage:
    return shown(ReceivePage(context))


def press(page: ReceivePage, *keys: Qt.Key | str) -> int:
    """Type where the keyboard is; the number of strokes."""
    strokes = 0
    for key in keys:
        focus: QWidget | None = page.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            QTest.keyClicks(focus, key)
            strokes += len(key)
        else:
            QTest.keyClick(focus, key)
            strokes += 1
    return strokes


def scan_all(page: ReceivePage, yard: Yard, codes: tuple[str, ...]) -> None:
    """One scan each; milk by its GS1 code with lot and expiry."""
    for code in codes:
        page.scan(scan_of(milk_scan("M-7") if code == "MLK" else yard.codes[code]))


def last_receipt(office: Office) -> stock.PostingCard:
    rows = office.ask(stock.list_postings, kinds=(PostingKind.RECEIPT,), limit=1)
    return office.ask(stock.get_posting, posting_id=rows[0].posting_id)


def state_of(office: Office, order_id: int) -> OrderState:
    return OrderState(office.ask(get_order_row, order_id=order_id).state)


def opened(page: ReceivePage, yard: Yard, settled: Settled) -> ReceivePage:
    page.opening.open_orders((yard.order,), lambda: None)
    settled()
    return page


def line_of(page: ReceivePage, yard: Yard, code: str) -> object:
    return page.dock.of_item(yard.items[code])[0]


def test_twelve_scans_and_enter_post_without_a_click(
    page: ReceivePage, yard: Yard, office_here: Office, shell: NotingShell, questions: Questions, settled: Settled
) -> None:
    scan_all(page, yard, tuple(yard.items))
    settled()
    assert page.is_at_dock() and len(page.dock.posted_lines()) == TWELVE
    assert {page.dock.standing(line).state for line in page.dock.lines()} == {LineState.COMPLETE}
    press(page, Qt.Key.Key_Return)
    settled()
    card = last_receipt(office_here)
    assert (card.row.lines, state_of(office_here, yard.order)) == (TWELVE, OrderState.RECEIVED)
    milk = next(line for line in card.lines if line.item_id == yard.items["MLK"])
    assert milk.lot == "M-7"
    assert questions.asked == []
    assert not page.is_at_dock() and page.board.rows() == []
    assert shell.postings[-1].undo == {"posting_id": card.row.posting_id}


def test_two_keys_receive_twenty_lines(context: AppContext, office_here: Office, shown: Show, settled: Settled) -> None:
    yard = make_yard(office_here, qty="2")
    order_more(office_here, yard, tuple(yard.items)[:9])
    page = shown(ReceivePage(context))
    page.opening.open_orders(tuple(row.order_id for row in page.board.rows()), lambda: None)
    settled()
    assert len(page.dock.lines()) == TWELVE + 9
    strokes = press(page, Qt.Key.Key_F2)
    line = page.dock.of_item(yard.items["MLK"])[0]
    page.editing.edit(line, "lot")
    strokes += press(page, "M-8", Qt.Key.Key_Return, "0320", Qt.Key.Key_Return)
    strokes += press(page, Qt.Key.Key_F9)
    settled()
    assert last_receipt(office_here).row.lines == TWELVE + 9
    assert strokes <= 11, "all as ordered, the milk's lot and day, post"


def test_enter_asks_while_lines_are_missing(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled
) -> None:
    scan_all(page, yard, ("RIC", "OIL"))
    settled()
    before = last_receipt(office_here).row.posting_id
    press(page, Qt.Key.Key_Return)
    settled()
    assert "10 lines have not come" in page.notice.text()
    assert last_receipt(office_here).row.posting_id == before
    press(page, Qt.Key.Key_Return)
    settled()
    assert last_receipt(office_here).row.lines == 2
    assert state_of(office_here, yard.order) is OrderState.PART_RECEIVED
    assert "still awaited" in page.offer.text()


def test_the_order_due_first_wins_and_the_others_are_named(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled
) -> None:
    older = order_more(office_here, yard, ("RIC", "OIL"), due=date(2026, 3, 1))
    order_more(office_here, yard, ("RIC",), due=date(2026, 3, 9))
    page.reload()
    settled()
    assert page.board.rows()[0].order_id == older and page.board.rows()[0].days_late == 3
    page.scan(scan_of(yard.codes["RIC"]))
    settled()
    assert page.dock.order_ids() == (older,)
    assert "2 more orders wait for Jasmine rice" in page.notice.text()


def test_goods_of_another_order_of_the_supplier_bring_that_order(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled
) -> None:
    older = order_more(office_here, yard, ("RIC",), due=date(2026, 3, 1))
    page.reload()
    settled()
    scan_all(page, yard, ("RIC", "OIL"))
    settled()
    assert page.dock.order_ids() == (older, yard.order)
    rice = page.dock.of_item(yard.items["RIC"])
    assert [line.qty for line in rice] == [D(1), D(0)]


def test_the_number_of_an_order_opens_it(page: ReceivePage, yard: Yard, settled: Settled) -> None:
    page.scan(scan_of(yard.number))
    settled()
    assert page.dock.order_ids() == (yard.order,)
    assert all(not line.is_touched for line in page.dock.lines())


def test_each_scan_adds_one_pack_and_a_second_lot_is_a_second_line(
    page: ReceivePage, yard: Yard, settled: Settled
) -> None:
    for lot in ("M-7", "M-7", "M-8"):
        page.scan(scan_of(milk_scan(lot)))
    settled()
    milk = page.dock.of_item(yard.items["MLK"])
    assert [(line.lot, line.qty, line.expires_on) for line in milk] == [
        ("M-7", D(2), date(2026, 3, 20)), ("M-8", D(1), date(2026, 3, 20)),
    ]  # fmt: skip
    assert page.dock.standing(milk[0]).state is LineState.OVER
    assert page.dock.standing(milk[0]).gap == D(2), "three cases came, one was ordered"


def test_a_star_sets_the_quantity_and_a_plus_adds(page: ReceivePage, yard: Yard, settled: Settled) -> None:
    page.scan(scan_of(yard.codes["RIC"]))
    settled()
    press(page, "*24", Qt.Key.Key_Return)
    assert line_of(page, yard, "RIC").qty == D(24)  # type: ignore[attr-defined]
    press(page, "-4", Qt.Key.Key_Return)
    press(page, "+1", Qt.Key.Key_Return)
    assert line_of(page, yard, "RIC").qty == D(21)  # type: ignore[attr-defined]


def test_lines_say_short_complete_over_by_word_and_colour(page: ReceivePage, yard: Yard, settled: Settled) -> None:
    opened(page, yard, settled)
    page.dock.change(page.dock.lines()[0].id, qty=D(2))
    page.dock.change(page.dock.lines()[1].id, qty=D("0.5"))
    page.dock.change(page.dock.lines()[2].id, qty=D(1))
    words = [page.sheet.table.words_at(at, "state") for at in range(4)]
    assert words == ["Over", "Short", "Complete", "Awaited"]


def test_refused_goods_are_claimed_with_the_receipt(
    page: ReceivePage, yard: Yard, office_here: Office, shell: NotingShell, settled: Settled
) -> None:
    opened(page, yard, settled)
    page.acts.all_as_ordered()
    milk = page.dock.of_item(yard.items["MLK"])[0]
    page.dock.change(milk.id, lot="M-9", expires_on=date(2026, 3, 20))
    page.dock.go_to(page.dock.lines()[0].id)
    press(page, Qt.Key.Key_F7, "1", Qt.Key.Key_Return)
    line = page.dock.lines()[0]
    page.dock.change(line.id, qty=D(0))
    assert (page.dock.line(line.id).rejected, page.dock.line(line.id).reject_reason) == (D(1), ClaimKind.DAMAGED)  # type: ignore[union-attr]
    assert page.sheet.wants_claim()
    page.post()
    settled()
    claims = office_here.ask(purchasing.list_claims)
    assert [(row.state, row.asked) for row in claims] == [("open", D("205.00"))]
    press(page, Qt.Key.Key_F8)
    assert shell.makers[-1]().pdf.startswith(b"%PDF")


def test_a_price_over_the_limit_asks_why_at_its_field(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled
) -> None:
    page.scan(scan_of(yard.codes["RIC"]))
    settled()
    line = page.dock.current()
    assert line is not None
    page.editing.edit(line, "price")
    panel = page.editing.panel()
    assert panel is not None
    panel.form.choice("price").field().selectAll()  # type: ignore[attr-defined]
    press(page, "300")
    page.editing._check_price()
    settled()
    words = [label.text() for label in panel.form.price.findChildren(Label)]
    assert "Last 205.00 on 2026-03-04, Green Wholesale" in words
    assert panel.form.grids[1].has("price_reason"), "a reason is asked for at once"
    page.post()
    settled()
    assert "moved by more than 20 %" in page.notice.text()
    press(page, "Season", Qt.Key.Key_Return)
    page.post()
    settled()
    assert last_receipt(office_here).row.value == D("300.00")


def test_goods_nobody_ordered_stand_apart_and_can_be_refused_as_wrong(
    page: ReceivePage, yard: Yard, office_here: Office, questions: Questions, settled: Settled
) -> None:
    order = order_more(office_here, yard, ("RIC",), due=date(2026, 3, 1))
    page.opening.open_orders((order,), lambda: None)
    settled()
    office_here.do(purchasing.receive_delivery, new=_all_of(page, yard))
    page.scan(scan_of(yard.codes["PEP"]))
    settled()
    pepper = page.dock.of_item(yard.items["PEP"])[0]
    assert page.dock.standing(pepper).state is LineState.EXTRA
    panel = page.editing.panel()
    assert panel is not None
    panel._wrong_item()
    pepper = page.dock.of_item(yard.items["PEP"])[0]
    assert (pepper.qty, pepper.rejected, pepper.reject_reason) == (D(0), D(1), ClaimKind.WRONG_ITEM)


def _all_of(page: ReceivePage, yard: Yard) -> purchasing.NewDelivery:
    """Everything of the big order, received by somebody else."""
    lines = tuple(
        purchasing.NewDeliveryLine(
            item_id, D(1), order_line_id=yard.lines[code], lot="M-3" if code == "MLK" else "",
            expires_on=date(2026, 3, 20) if code == "MLK" else None,
        )
        for code, item_id in yard.items.items()
    )  # fmt: skip
    return purchasing.NewDelivery(lines, yard.supplier, order_ids=(yard.order,))


def test_without_supplier_and_order_goods_come_in_too(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled
) -> None:
    press(page, Qt.Key.Key_F2)
    settled()
    assert page.is_at_dock()
    page.scan(scan_of(yard.codes["RIC"]))
    settled()
    assert page.dock.order_ids() == ()
    press(page, Qt.Key.Key_Return)
    settled()
    card = last_receipt(office_here)
    assert (card.row.supplier, card.row.value) == ("", D("205.00"))


def test_what_is_typed_survives_the_program(
    page: ReceivePage, yard: Yard, context: AppContext, shown: Show, settled: Settled
) -> None:
    scan_all(page, yard, ("RIC", "MLK"))
    settled()
    page.sheet.head.strip.set_values({"document": "DN-9"})
    page.dock.change(page.dock.of_item(yard.items["RIC"])[0].id, note="wet", rejected=D(1), reject_reason="damaged")
    page.drafting.save()
    again = shown(ReceivePage(context))
    assert "with 2 lines" in again.offer.text()
    again.offer.buttons()[0].click()
    settled()
    rice, milk = (again.dock.of_item(yard.items[code])[0] for code in ("RIC", "MLK"))
    assert (rice.qty, rice.rejected, rice.note, milk.lot) == (D(1), D(1), "wet", "M-7")
    assert again.sheet.head.strip.value("document") == "DN-9"
    assert len(again.dock.lines()) == TWELVE


def test_two_interrupted_deliveries_are_both_kept(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled
) -> None:
    other = order_more(office_here, yard, ("PEP", "ANI"), due=date(2026, 3, 9))
    opened(page, yard, settled)
    page.dock.change(page.dock.lines()[0].id, qty=D(3))
    assert page.escape()
    settled()
    assert "with 1 line" in page.offer.text()
    page.opening.open_orders((other,), lambda: None)
    settled()
    assert all(not line.is_touched for line in page.dock.lines())
    page.dock.change(page.dock.lines()[1].id, qty=D(2))
    page.leave()
    settled()
    page.opening.open_orders((yard.order,), lambda: None)
    settled()
    assert page.dock.lines()[0].qty == D(3), "what was typed stands in it again"
    page.leave()
    page.opening.open_orders((other,), lambda: None)
    settled()
    assert page.dock.lines()[1].qty == D(2)


def test_a_draft_of_two_orders_brings_both(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled
) -> None:
    other = order_more(office_here, yard, ("PEP", "ANI"), due=date(2026, 3, 9))
    opened(page, yard, settled)
    page.opening.open_orders((other,), lambda: None)
    settled()
    page.dock.change(page.dock.of_item(yard.items["ANI"])[1].id, qty=D(2))
    page.leave()
    settled()
    page.offer.buttons()[0].click()
    settled()
    assert page.dock.order_ids() == (yard.order, other)
    assert [line.qty for line in page.dock.of_item(yard.items["ANI"])] == [D(0), D(2)]


def test_a_delivery_whose_answer_was_lost_is_told(
    page: ReceivePage, yard: Yard, context: AppContext, shown: Show, settled: Settled
) -> None:
    scan_all(page, yard, ("RIC",))
    settled()
    page.post()
    key = page.drafting.box._key
    kept = context.settings.get(key)
    settled()
    context.settings.put(key, kept)
    again = shown(ReceivePage(context))
    settled()
    assert "was posted as" in again.notice.text()


def test_temperatures_are_asked_of_chilled_goods_and_too_warm_is_a_question(
    page: ReceivePage, yard: Yard, office_here: Office, questions: Questions, settled: Settled
) -> None:
    page.scan(scan_of(milk_scan("M-7")))
    settled()
    (edit,) = page.sheet.head.temperatures.edits()
    edit.editor.type_text("9.5")
    assert edit.is_too_warm()
    questions.answer = False
    page.post()
    settled()
    assert "9.5 °C" in questions.asked[0] and page.is_at_dock()
    questions.answer = True
    page.post()
    settled()
    receipt = office_here.ask(purchasing.list_receipts)[0]
    card = office_here.ask(purchasing.get_receipt, receipt_id=receipt.id)
    assert [(check.reading, check.is_ok) for check in card.checks] == [(D("9.5"), False)]


def test_quarantine_blocks_the_lot(page: ReceivePage, yard: Yard, office_here: Office, settled: Settled) -> None:
    page.scan(scan_of(milk_scan("M-7")))
    settled()
    line = page.dock.of_item(yard.items["MLK"])[0]
    page.dock.change(line.id, is_quarantine=True)
    page.post()
    settled()
    rows = office_here.ask(stock.list_on_hand, item_id=yard.items["MLK"])
    assert [row.is_blocked for row in rows if row.lot == "M-7"] == [True]


def test_free_goods_and_files(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled, tmp_path: Path
) -> None:
    page.scan(scan_of(yard.codes["RIC"]))
    settled()
    page.acts.add_free_goods()
    press(page, "1", Qt.Key.Key_Return)
    assert [(line.qty, line.is_free) for line in page.dock.of_item(yard.items["RIC"])] == [(D(1), False), (D(1), True)]
    slip = tmp_path / "note.txt"
    slip.write_text("one free", encoding="utf-8")
    page.sheet.head.files.add([str(slip)])
    page.post()
    settled()
    settled()
    card = last_receipt(office_here)
    assert (len(card.lines), card.row.value) == (2, D("205.00"))
    rows = office_here.ask(documents.list_attachments, owner_kind="posting", owner_id=card.row.posting_id)
    assert [row.name for row in rows] == ["note.txt"]


def test_an_unknown_code_is_said(page: ReceivePage, settled: Settled) -> None:
    page.scan(scan_of("4006381333931"))
    settled()
    assert "4006381333931" in page.notice.text()


def test_undo_brings_the_order_back(
    page: ReceivePage, yard: Yard, office_here: Office, shell: NotingShell, settled: Settled
) -> None:
    scan_all(page, yard, ("RIC",))
    settled()
    page.post()
    settled()
    undo = shell.postings[-1].undo
    assert undo is not None
    office_here.do(stock.reverse_posting, **undo)  # type: ignore[arg-type]
    assert state_of(office_here, yard.order) in (OrderState.SENT, OrderState.CONFIRMED)
    page.reload()
    settled()
    assert page.board.rows()[0].open_lines == TWELVE


def test_without_the_right_to_costs_no_price_is_shown(
    context: AppContext, yard: Yard, shell: NotingShell, shown: Show, settled: Settled
) -> None:
    shell.forbidden.add(Permission.COST_VIEW)
    page = opened(shown(ReceivePage(context)), yard, settled)
    keys = [column.key for column in page.sheet.table.columns]
    assert "price" not in keys and "amount" not in keys


def test_every_control_has_a_name(page: ReceivePage, yard: Yard, settled: Settled) -> None:
    assert nameless_controls(page) == []
    opened(page, yard, settled)
    assert nameless_controls(page) == []


def test_prices_in_another_currency_want_the_rate(
    page: ReceivePage, yard: Yard, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    new = catalog.NewSupplier(name="Nordfisch", code="NF", currency="EUR")
    supplier = office_here.do(catalog.create_supplier, supplier=new)
    qtbot.waitUntil(lambda: any(row.id == supplier for row in page.finder.suppliers))
    press(page, Qt.Key.Key_F2)
    settled()
    page.sheet.head.supplier.set_value(supplier)
    page.sheet.head.supplier.changed.emit()
    settled()
    assert page.sheet.head.strip.has("rate")
    page.scan(scan_of(yard.codes["RIC"]))
    settled()
    page.dock.change(page.dock.lines()[0].id, price=D(20))
    page.post()
    settled()
    assert "cost" in page.sheet.head.strip.editor("rate").error()
    page.sheet.head.strip.set_values({"rate": D("7.8")})
    page.post()
    settled()
    assert last_receipt(office_here).row.value == D("156.00")


def test_the_board_is_saved_as_a_file(page: ReceivePage, yard: Yard, settled: Settled, tmp_path: Path) -> None:
    page.file.save(tmp_path / "expected.csv")
    settled()
    assert yard.number in (tmp_path / "expected.csv").read_text(encoding="utf-8-sig")
