"""The forms on the sample site, whose goods lie in bins: real items, packs, suppliers, people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import stock
from core.words import PostingKind
from desktop.ops import Workers
from desktop.stock.entry import pictures
from desktop.stock.entry.issue import IssuePage
from desktop.stock.entry.page import EntryPage
from desktop.stock.entry.production import ProductionPage
from desktop.stock.entry.transfer import TransferPage
from desktop.stock.entry.waste_page import WastePage
from desktop.stock.entry.waste_sheet import WasteSheetPage
from tests.helpers.scans import scan_of
from tests.helpers.seats import Seat, keyboard

if TYPE_CHECKING:
    from core.clock import FixedClock

D = Decimal
COLA_CASE = "16936571910015"


@pytest.fixture
def manager(qtbot: QtBot, workers: Workers, sample_site: str, clock: FixedClock) -> Iterator[Seat]:
    seat = Seat(qtbot, workers, sample_site, "林晓芸", clock)
    yield seat
    seat.leave()


def wasted(seat: Seat) -> int:
    return seat.office.ask(stock.count_postings, kinds=(PostingKind.WASTE,))


def test_five_keystrokes_waste_every_tile(manager: Seat) -> None:
    """W, then four: whatever tile is chosen, its goods are found in the bin they lie in."""
    page = manager.show(WastePage)
    before = wasted(manager)
    tiles = len(page.pad.tiles.grid.tiles())
    for number in range(min(tiles, 9)):
        key = Qt.Key(Qt.Key.Key_1 + number)
        QTest.keyClick(keyboard(page), key, Qt.KeyboardModifier.ControlModifier)
        manager.rest()
        page.pad.item.keypad.press("0.05")
        manager.keys(page, "2")
        assert "¥" in page.pad.why.button.text()
        manager.keys(page, Qt.Key.Key_Return)
        manager.rest()
        assert page.pad.notice.isHidden(), page.pad.notice.text()
    assert wasted(manager) == before + min(tiles, 9)


def test_the_place_says_how_much_is_there(manager: Seat) -> None:
    page = manager.show(WastePage)
    page.scan(scan_of("GRN-008"))
    manager.rest()
    box = page.pad.why.place
    words = dict(box._options)[box.value()]
    rows = [row for row in manager.office.ask(stock.list_on_hand) if row.item_code == "GRN-008"]
    there = sum((row.qty for row in rows if row.location_id == box.value()), Decimal(0))
    assert there > 0
    assert words == f"Grain and oil rack · {there.normalize():f} L"


def test_three_touches_on_a_low_screen(manager: Seat) -> None:
    """At 150 percent nothing lies over another thing, and nothing is cut off."""
    page = manager.show(WastePage)
    page.resize(823, 398)
    manager.rest()
    QTest.mouseClick(page.pad.tiles.grid.findChildren(QWidget)[0], Qt.MouseButton.LeftButton)
    manager.rest()
    keypad = page.pad.item.keypad
    for part in (page.pad.why.button, keypad, page.pad.why.grid, page.pad.tiles.grid, page.pad.why.note):
        assert part.height() >= part.minimumSizeHint().height()
        assert page.rect().contains(part.mapTo(page, part.rect().bottomRight()))
    QTest.mouseClick(page.pad.why.grid.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    before = wasted(manager)
    QTest.mouseClick(page.pad.why.button, Qt.MouseButton.LeftButton)
    manager.rest()
    assert wasted(manager) == before + 1


def test_where_it_was_lost_is_the_same_on_a_low_screen(manager: Seat) -> None:
    page = manager.show(WastePage)
    page.resize(823, 398)
    page.pad.why._stage_box.set_value("service")
    page.pad.why._stage_box.changed.emit()
    assert page.pad.why.stage() == "service"
    page.resize(1270, 640)
    assert not page.pad.why._stage_box.isVisible()
    assert page.head.isVisible()


@pytest.mark.parametrize(
    ("form", "read"),
    [
        (IssuePage, pictures.issue),
        (TransferPage, pictures.transfer),
        (ProductionPage, pictures.production),
        (WasteSheetPage, pictures.waste),
    ],
)
def test_the_pictures_show_forms_with_lines(
    form: type[EntryPage], read: Callable[..., dict[str, object]], manager: Seat
) -> None:
    page = manager.show(lambda context: form(context))  # type: ignore[call-arg]
    variant = pictures.lines_of("lines", read)
    assert variant.find_args is not None
    assert variant.prepare is not None
    variant.find_args(manager.office)
    variant.prepare(page)
    manager.rest()
    assert len(page.lines()) >= 1
    assert page._drafts.load() is None


def test_the_refused_issue_offers_another_shelf(manager: Seat) -> None:
    page = manager.show(IssuePage)
    variant = pictures.refused_issue()
    assert variant.find_args is not None
    assert variant.prepare is not None
    variant.find_args(manager.office)
    variant.prepare(page)
    manager.rest()
    assert page.sheet.lines()[1].error is not None
    assert page.notice.buttons()
    assert page.sheet.bar.qty.error() == "Too little at this place."
