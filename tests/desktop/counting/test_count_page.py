"""Counting by keyboard, scanner, paper and fingers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import counting
from core.counting import CountLine, CountPart
from core.office import Office
from core.words import CountState, Uncounted
from desktop.counting.add_panel import AddPanel
from desktop.counting.count_page import CountPage
from tests.desktop.noting import NotingShell
from tests.helpers.scans import scan_of

Settled = Callable[[], None]
CODES = ["RICE", "OIL", "SALT"]


def _type(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    QTest.keyClick(focus, Qt.Key.Key_Return)


def _line(office: Office, count_id: int, code: str) -> CountLine:
    return next(line for line in office.ask(counting.list_count_lines, count_id=count_id) if line.code == code)


def _current(page: CountPage) -> str:
    assert page.big.line is not None
    return page.big.line.code


def test_digits_and_enter_go_along_the_shelf(
    page: CountPage, office_here: Office, count_id: int, settled: Settled
) -> None:
    assert _current(page) == "RICE"
    _type("47.5")
    assert _current(page) == "OIL"
    _type("4")
    assert _current(page) == "SALT"
    settled()
    assert _line(office_here, count_id, "RICE").counted == D("47.5")
    assert _line(office_here, count_id, "OIL").counted == 48
    assert "2 of 3" in str(page.head._answer.words())


def test_tab_goes_to_the_next_unit_and_units_add_up(
    page: CountPage, office_here: Office, count_id: int, settled: Settled
) -> None:
    _type("48")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "3")
    QTest.keyClick(focus, Qt.Key.Key_Tab)
    _type("11")
    settled()
    line = _line(office_here, count_id, "OIL")
    assert line.counted == 47
    assert [(part.qty, part.unit) for part in line.parts] == [(D(3), "case"), (D(11), "bottle")]


def test_enter_on_nothing_goes_on_without_a_figure(page: CountPage, office_here: Office, count_id: int) -> None:
    _type("")
    assert _current(page) == "OIL"
    assert _line(office_here, count_id, "RICE").counted is None


def test_a_row_number_from_paper_finds_its_line(
    page: CountPage, office_here: Office, count_id: int, settled: Settled
) -> None:
    _type("3 46")
    settled()
    assert _line(office_here, count_id, "SALT").counted == 46
    _type("9 1")
    assert "9" in page._flagged.text()


def test_a_scan_jumps_to_the_item_and_its_unit(
    page: CountPage, office_here: Office, count_id: int, settled: Settled
) -> None:
    assert page.scan(scan_of("16901234567899"))
    settled()
    assert _current(page) == "OIL"
    _type("2")
    page.scan(scan_of("6901234567892"))
    settled()
    assert _current(page) == "OIL"
    assert _line(office_here, count_id, "OIL").counted == 24


def test_a_scan_keeps_what_was_typed(page: CountPage, office_here: Office, count_id: int, settled: Settled) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "40")
    page.scan(scan_of("SALT"))
    settled()
    assert _line(office_here, count_id, "RICE").counted == 40
    assert _current(page) == "SALT"


def test_a_code_that_nobody_knows_is_said(page: CountPage, settled: Settled) -> None:
    page.scan(scan_of("0000"))
    settled()
    assert "0000" in page._flagged.text()


def test_what_is_not_on_the_sheet_is_added(
    page: CountPage, office_here: Office, count_id: int, settled: Settled, qtbot: QtBot
) -> None:
    page.scan(scan_of("EGG"))
    settled()
    panel = page.panel()
    assert isinstance(panel, AddPanel)
    panel.add()
    qtbot.waitUntil(lambda: page.panel() is None and _current(page) == "EGG")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    _type("30")
    settled()
    assert _line(office_here, count_id, "EGG").counted == 30


@pytest.mark.parametrize(("key", "total"), [("a", 53), ("r", 5)])
def test_counting_again_asks_once_whether_to_add(
    page: CountPage, office_here: Office, count_id: int, settled: Settled, key: str, total: int
) -> None:
    _type("48")
    settled()
    page.show_line(page._lines[0])
    _type("5")
    assert page.big.is_asking()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, key)
    settled()
    assert _line(office_here, count_id, "RICE").counted == total
    page.show_line(page._lines[0])
    _type("1")
    assert not page.big.is_asking()


def test_somebody_else_was_faster(page: CountPage, office_here: Office, count_id: int, settled: Settled) -> None:
    line = _line(office_here, count_id, "RICE")
    office_here.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(30)),))
    _type("12")
    settled()
    assert _current(page) == "RICE"
    assert page.big.is_asking()
    page.big.answer(counting.Onto.ADD)
    settled()
    assert _line(office_here, count_id, "RICE").counted == 42


def test_a_figure_is_taken_back(page: CountPage, office_here: Office, count_id: int, settled: Settled) -> None:
    _type("48")
    settled()
    page.show_line(page._lines[0])
    page.big._clear.click()
    settled()
    assert _line(office_here, count_id, "RICE").is_open


def test_what_cannot_be_read_stays_and_says_why(page: CountPage, office_here: Office, count_id: int) -> None:
    _type("zwoelf")
    assert _current(page) == "RICE"
    assert page.big._boxes[0].edit.error()
    assert page.big._boxes[0].edit.text() == "zwoelf"


def test_odd_figures_are_flagged_while_going_on(page: CountPage, settled: Settled) -> None:
    _type("4.8")
    settled()
    assert _current(page) == "OIL"
    assert "Row 1" in page._flagged.text()


def test_large_keys(page: CountPage, office_here: Office, count_id: int, settled: Settled) -> None:
    page.chips.set_value("keypad", True)
    for digit in "44":
        page.big._keypad.press(digit)
    page.big._keypad.done.emit()
    settled()
    assert _line(office_here, count_id, "RICE").counted == 44


def test_figures_from_paper_have_their_time(
    page: CountPage, office_here: Office, count_id: int, settled: Settled
) -> None:
    page.at.edit.type_text("25:00")
    _type("48")
    assert page.at.edit.error()
    assert _line(office_here, count_id, "RICE").counted is None
    page.at.edit.type_text("12:00")
    page.big.submit()
    settled()
    assert _line(office_here, count_id, "RICE").counted == 48


def test_f9_asks_about_lines_nobody_counted(
    page: CountPage, office_here: Office, count_id: int, settled: Settled, shell: NotingShell
) -> None:
    _type("48")
    QTest.keyClick(page, Qt.Key.Key_F9)
    settled()
    assert "2 lines" in page._ends.asked.text()
    page._ends.complete(Uncounted.KEEP)
    settled()
    assert shell.went[-1] == ("stock.count_review", {"count_id": count_id})
    assert office_here.ask(counting.get_count, count_id=count_id).row.state is CountState.TO_APPROVE


def test_only_open_lines_of_a_place(page: CountPage, settled: Settled) -> None:
    _type("48")
    settled()
    page.chips.set_value("open", True)
    assert [page.table.words_at(n, "name") for n in range(page.table.total())] == ["Olive oil", "Salt"]


def test_the_sheet_is_printed(page: CountPage, shell: NotingShell) -> None:
    page.print_page()
    paper = shell.makers[0]()
    assert paper.pdf.startswith(b"%PDF")
    assert paper.kind == "count_sheet"


def test_what_others_count_is_seen(page: CountPage, office_here: Office, count_id: int, qtbot: QtBot) -> None:
    line = _line(office_here, count_id, "SALT")
    office_here.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(48)),))
    qtbot.waitUntil(lambda: not page._lines[2].is_open)
    assert _current(page) == "RICE"


def test_scans_count_packs_and_pieces_and_the_next_item_enters_them(
    page: CountPage, office_here: Office, count_id: int, settled: Settled
) -> None:
    for code in ("16901234567899", "16901234567899", "6901234567892"):
        page.scan(scan_of(code))
        settled()
    assert _line(office_here, count_id, "OIL").counted is None
    page.scan(scan_of("SALT"))
    settled()
    assert _line(office_here, count_id, "OIL").counted == 25
    assert _current(page) == "SALT"
    assert not page.big.has_typed(), "an item code on a shelf is where to go, not goods"
