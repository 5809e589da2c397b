"""W in the real frame: opens the waste screen, Esc goes back where the person was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import stock
from core.office import Office
from core.words import PostingKind
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.shell.frame import Desk, Frame
from desktop.shell.places import standard_registry
from desktop.stock import register
from desktop.stock.entry.waste_page import WastePage
from desktop.theme import apply_theme
from tests.desktop.stock.entry.larder import Larder


def test_w_scan_two_three_enter_and_back(
    qapp: QApplication, qtbot: QtBot, office_here: Office, ops: Ops, larder: Larder
) -> None:
    apply_theme(qapp, "light")
    registry = standard_registry()
    register(registry)
    actor = office_here.actor
    assert actor is not None
    hub = Hub()
    frame = Frame(Desk(office_here, ops, hub, Settings(), registry, actor), "en")
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.activateWindow()
    frame.go("stock.posting", posting_id=larder.receipt)
    qtbot.waitUntil(lambda: ops.is_idle)
    page = frame.host.page()
    assert page is not None
    page.setFocus()

    QTest.keyClick(page, Qt.Key.Key_W)
    waste = frame.host.page()
    assert isinstance(waste, WastePage)
    qtbot.waitUntil(lambda: waste.is_loaded() and ops.is_idle)
    QTest.keyClick(waste.pad.tiles.picker.field(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: waste.pad.item.goods is not None and ops.is_idle)
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Return):
        QTest.keyClick(waste.pad.item.keypad, key)
    qtbot.waitUntil(lambda: ops.is_idle and len(waste.pad.day.rows) == 1)
    assert office_here.ask(stock.list_postings, kinds=(PostingKind.WASTE,))[0].lines == 1
    assert "Waste WS-2026-000001 posted" in frame.footer.saved_words

    frame.last_posting.undo()
    qtbot.waitUntil(lambda: ops.is_idle and not waste.pad.day.rows)
    QTest.keyClick(waste.pad.tiles.picker.field(), Qt.Key.Key_Escape)
    step = frame.host.step
    assert step is not None
    assert step.route == "stock.posting"
