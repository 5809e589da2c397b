"""A morning at the dock in the whole program: a scanner that types, and never the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import purchasing, stock
from core.office import Office
from core.words import OrderState, PostingKind
from desktop.devices.hub import DeviceHub
from desktop.domains import full_registry
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.purchasing.receive.page import ReceivePage
from desktop.settings import Settings
from desktop.shell.frame import Desk, Frame
from desktop.widgets import set_place
from tests.core.purchasing.order_makers import get_order_row
from tests.desktop.devices.typing import Keyboard
from tests.desktop.purchasing.receiving import Yard, make_yard, milk_scan


class Clicks(QObject):
    """Counts what a mouse does anywhere in the program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.count = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.MouseButtonPress
        return False


@pytest.fixture
def yard(office_here: Office) -> Yard:
    return make_yard(office_here)


@pytest.fixture
def devices(qapp: QApplication) -> Iterator[DeviceHub]:
    made = DeviceHub()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def frame(qtbot: QtBot, office_here: Office, ops: Ops, yard: Yard, devices: DeviceHub) -> Frame:
    """The whole program on the page Receive."""
    set_place("Asia/Shanghai", "CNY")
    hub, actor = Hub(), office_here.actor
    assert actor is not None
    made = Frame(Desk(office_here, ops, hub, Settings(), full_registry(), actor, "CNY", devices), "en")
    hub.setParent(made)
    devices.heard.connect(made.scanning.heard)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.go("purchasing.receive")
    page = made.host.page()
    assert isinstance(page, ReceivePage)
    qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
    return made


def test_twelve_lines_take_twelve_scans_and_one_key(
    qtbot: QtBot, qapp: QApplication, frame: Frame, yard: Yard, ops: Ops, office_here: Office
) -> None:
    clicks, keyboard, page = Clicks(qapp), Keyboard(frame), frame.host.page()
    assert isinstance(page, ReceivePage)
    for code in yard.items:
        keyboard.scan(milk_scan("M-7").removeprefix("]C1") if code == "MLK" else yard.codes[code])
    qtbot.waitUntil(lambda: len(page.dock.posted_lines()) == len(yard.items) and ops.is_idle)
    keyboard.at += 2000
    keyboard.key("\r", 300)
    qtbot.waitUntil(lambda: not page.is_at_dock() and ops.is_idle)
    row = office_here.ask(stock.list_postings, kinds=(PostingKind.RECEIPT,), limit=1)[0]
    assert (row.lines, clicks.count) == (len(yard.items), 0)
    assert OrderState(office_here.ask(get_order_row, order_id=yard.order).state) is OrderState.RECEIVED
    assert office_here.ask(purchasing.list_expected) == []
    assert row.number in frame.footer.saved_words
    qapp.removeEventFilter(clicks)


def test_a_second_burst_while_the_first_opens_the_order_is_not_lost(
    qtbot: QtBot, frame: Frame, yard: Yard, ops: Ops
) -> None:
    keyboard, page = Keyboard(frame), frame.host.page()
    assert isinstance(page, ReceivePage)
    for _again in range(3):
        keyboard.scan(yard.codes["RIC"])
    qtbot.waitUntil(lambda: page.is_at_dock() and not page.scans.is_busy() and ops.is_idle)
    rice = page.dock.of_item(yard.items["RIC"])
    assert [line.qty for line in rice] == [3]
