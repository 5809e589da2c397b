"""The fast waste screen: five keystrokes or three touches."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core import stock
from core.office import Office
from core.words import Permission, PostingKind
from desktop.context import AppContext
from desktop.ops import Ops
from desktop.stock.entry.waste_page import WasteKiosk, WastePage
from desktop.widgets import Button, Chip
from tests.desktop.noting import NotingShell
from tests.desktop.stock.entry.larder import EACH_CODE, Larder, waste_some
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

Show = Callable[[WastePage], WastePage]


class Keys:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self, window: QWidget) -> None:
        self.window, self.count = window, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        focus: QWidget | None = self.window.focusWidget()
        QTest.keyClick(focus if focus is not None else self.window, key, modifier)


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Show, office_here: Office) -> WastePage:
    waste_some(office_here, larder)
    return shown(WastePage(context))


def wasted(office: Office) -> list[stock.EntryRow]:
    wanted = stock.LedgerFilter(kinds=(PostingKind.WASTE,))
    return [row for row in office.ask(stock.list_ledger, wanted=wanted, newest_first=True) if not row.is_reversal]


def test_hot_key_amount_reason_enter(page: WastePage, office_here: Office, settled: Callable[[], None]) -> None:
    """W opens the page from anywhere (that is one more): five keystrokes in all."""
    keys = Keys(page)
    keys.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settled()
    keys.press(Qt.Key.Key_2)
    keys.press(Qt.Key.Key_3)
    keys.press(Qt.Key.Key_Return)
    settled()
    entry = wasted(office_here)[0]
    assert (entry.item_code, entry.qty, entry.reason) == ("TOM-001", Decimal(-2), "over_prepped")
    assert keys.count + 1 == 5


def test_a_scan_counts_as_the_first_step(page: WastePage, office_here: Office, settled: Callable[[], None]) -> None:
    QTest.keyClicks(page.pad.tiles.picker.field(), EACH_CODE)
    QTest.keyClick(page.pad.tiles.picker.field(), Qt.Key.Key_Return)
    settled()
    keys = Keys(page)
    for key in (Qt.Key.Key_2, Qt.Key.Key_3):
        keys.press(key)
    keys.press(Qt.Key.Key_Return)
    settled()
    entry = wasted(office_here)[0]
    assert (entry.item_code, entry.qty, entry.unit) == ("MLK-001", Decimal(-2), "L")
    assert entry.lot == "M-0301", "the lot that expires first goes first"


def test_three_touches(page: WastePage, office_here: Office, settled: Callable[[], None]) -> None:
    """Tile, reason, done: the amount is one without touching the keypad."""
    QTest.mouseClick(page.pad.tiles.grid.findChildren(QWidget)[0], Qt.MouseButton.LeftButton)
    settled()
    QTest.mouseClick(page.pad.why.grid.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.pad.why.button, Qt.MouseButton.LeftButton)
    settled()
    entry = wasted(office_here)[0]
    assert (entry.qty, entry.reason) == (Decimal(-1), "spoiled")


def test_digits_typed_before_a_touched_reason_are_all_amount(
    page: WastePage, office_here: Office, settled: Callable[[], None]
) -> None:
    page.pad.tiles.press(1)
    settled()
    QTest.keyClicks(page.pad.item.keypad, "12")
    assert page.pad.item.qty() == Decimal(1)
    page.pad.why.grid.press_digit("1")
    assert page.pad.item.qty() == Decimal(12)
    QTest.keyClick(page.pad.item.keypad, Qt.Key.Key_Return)
    settled()
    assert wasted(office_here)[0].qty == Decimal(-12)


def test_cost_shows_at_once_and_the_day_adds_up(page: WastePage, settled: Callable[[], None]) -> None:
    page.pad.tiles.press(1)
    settled()
    QTest.keyClicks(page.pad.item.keypad, "23")
    assert page.pad.why.button.text() == "Post 2 kg · ¥15.60"
    assert page.pad.day.value == Decimal("45.36")


def test_without_the_right_no_cost_is_shown(
    context: AppContext, shell: NotingShell, larder: Larder, shown: Show, settled: Callable[[], None]
) -> None:
    shell.forbidden.add(Permission.COST_VIEW)
    page = shown(WastePage(context))
    page.pad.tiles.press(1)
    settled()
    QTest.keyClicks(page.pad.item.keypad, "23")
    assert "¥" not in page.pad.why.button.text()


def test_the_next_scan_posts_what_is_complete(
    page: WastePage, office_here: Office, settled: Callable[[], None]
) -> None:
    page.scan(scan_of(EACH_CODE))
    settled()
    QTest.keyClicks(page.pad.item.keypad, "15")
    page.scan(scan_of("6900000000007"))
    settled()
    assert wasted(office_here)[0].item_code == "MLK-001"
    assert page.pad.item.goods is not None
    assert page.pad.item.goods.code == "RIC-001"


def test_scanning_the_same_again_is_one_more(page: WastePage, settled: Callable[[], None]) -> None:
    page.scan(scan_of(EACH_CODE))
    settled()
    page.scan(scan_of(EACH_CODE))
    settled()
    page.scan(scan_of(EACH_CODE))
    settled()
    assert page.pad.item.qty() == Decimal(3)


def test_a_scan_without_a_reason_loses_nothing(page: WastePage, settled: Callable[[], None]) -> None:
    page.scan(scan_of(EACH_CODE))
    settled()
    page.pad.item.keypad.press("4")
    page.scan(scan_of("6900000000007"))
    settled()
    assert page.pad.item.goods is not None
    assert (page.pad.item.goods.code, page.pad.item.qty()) == ("MLK-001", Decimal(4))
    assert "Why was it lost" in page.pad.notice.text()


def test_enter_without_a_reason_asks_for_it(page: WastePage, office_here: Office, settled: Callable[[], None]) -> None:
    before = len(wasted(office_here))
    page.pad.tiles.press(1)
    settled()
    keypad = page.pad.item.keypad
    QTest.keyClicks(keypad, "2")
    QTest.keyClick(keypad, Qt.Key.Key_Return)
    assert "Press a digit" in page.pad.notice.text()
    QTest.keyClicks(keypad, "5")
    QTest.keyClick(keypad, Qt.Key.Key_Return)
    settled()
    entry = wasted(office_here)[0]
    assert (len(wasted(office_here)), entry.qty, entry.reason) == (before + 1, Decimal(-2), "dropped")


def test_a_refusal_puts_the_entry_back(page: WastePage, settled: Callable[[], None]) -> None:
    page.pad.tiles.press(1)
    settled()
    for one in "5000":
        page.pad.item.keypad.press(one)
    page.pad.why.grid.press_digit("1")
    page.pad.post()
    settled()
    assert "Not enough stock" in page.pad.notice.text()
    assert page.pad.item.qty() == Decimal(5000)
    assert page.pad.why.reason() == "expired"


def test_other_needs_a_note(page: WastePage, office_here: Office, settled: Callable[[], None]) -> None:
    page.pad.tiles.press(1)
    settled()
    page.pad.why.grid.press_digit("9")
    page.pad.post()
    assert "needs a note" in page.pad.notice.text()
    page.pad.why.note.set_value("Freezer door stood open")
    page.pad.post()
    settled()
    assert wasted(office_here)[0].note == "Freezer door stood open"


def test_undo_stays_for_the_day(page: WastePage, office_here: Office, settled: Callable[[], None]) -> None:
    page.pad.show_list()
    undo = [one for one in page.pad.list.findChildren(Button) if one.text() == "Undo"]
    assert len(undo) == 5
    undo[0].click()
    settled()
    assert len(page.pad.day.rows) == 4
    assert page.pad.day.value == Decimal("39.12")


def test_the_footer_is_told_with_undo(page: WastePage, shell: NotingShell, settled: Callable[[], None]) -> None:
    page.pad.tiles.press(1)
    settled()
    page.pad.why.grid.press_digit("2")
    page.pad.post()
    settled()
    assert shell.postings[-1].undo is not None
    assert "Tomatoes 1 kg" in str(shell.postings[-1].text)


def test_favourites_stay_on_this_pc(page: WastePage, context: AppContext, settled: Callable[[], None]) -> None:
    page.pad.tiles.press(1)
    settled()
    page.pad.item.star_pressed.emit()
    page.pad.tiles.show_kind("favourites")
    assert [tile.title for tile in page.pad.tiles.grid.tiles()] == ["Tomatoes"]


def test_escape_leaves_the_item_then_the_page(page: WastePage, settled: Callable[[], None]) -> None:
    page.pad.tiles.press(1)
    settled()
    assert page.escape()
    assert page.pad.item.goods is None
    assert not page.escape()


def test_everything_is_on_one_screen(page: WastePage, settled: Callable[[], None]) -> None:
    page.pad.tiles.press(1)
    settled()
    for part in (page.pad.why.button, page.pad.item.keypad, page.pad.tiles.grid):
        corner = part.mapTo(page, part.rect().bottomRight())
        assert page.rect().contains(corner)
    for button in [*page.findChildren(Chip), page.pad.why.button]:
        assert button.width() >= button.minimumSizeHint().width() or not button.isVisible()


def test_the_next_item_can_be_chosen_before_the_last_is_saved(
    page: WastePage, office_here: Office, settled: Callable[[], None]
) -> None:
    page.pad.tiles.press(1)
    settled()
    page.pad.why.grid.press_digit("1")
    page.pad.post()
    page.pad.tiles.press(2)
    assert page.pad.item.goods is not None
    assert page.pad.item.goods.code == "NOO-001"
    settled()
    assert wasted(office_here)[0].item_code == "TOM-001"


def test_every_control_has_a_name(page: WastePage) -> None:
    page.pad.show_list()
    assert nameless_controls(page) == []


def test_the_kiosk_is_the_same_over_the_whole_screen(
    context: AppContext, larder: Larder, ops: Ops, qtbot: QtBot, office_here: Office
) -> None:
    kiosk = WasteKiosk(context)
    qtbot.addWidget(kiosk)
    kiosk.resize(1366, 768)
    kiosk.show()
    qtbot.waitUntil(lambda: kiosk.pad.is_loaded() and ops.is_idle)
    kiosk.pad.tiles.press(1)
    qtbot.waitUntil(kiosk.pad.item.is_ready)
    kiosk.pad.why.grid.press_digit("1")
    QTest.mouseClick(kiosk.pad.why.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ops.is_idle and len(wasted(office_here)) == 1)
    assert nameless_controls(kiosk) == []
    assert [one.text() for one in kiosk.findChildren(QPushButton) if one.text() == "Leave full screen"]
