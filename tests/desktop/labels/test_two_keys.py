"""In the real frame: Enter on the card of the first page, Enter on the queue, printed."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core import labels, stock
from core.devices import LabelPrinterSimulator
from core.labels import NewWish
from core.stock import NewLine
from core.words import LabelSubject
from desktop import labels as label_pages
from desktop import today as today_pages
from desktop.hub import Hub
from desktop.labels.queue_page import QueuePage
from desktop.settings import Settings
from desktop.shell.frame import Desk as Bundle
from desktop.shell.frame import Frame
from desktop.shell.places import standard_registry
from desktop.today.page import TodayPage
from desktop.widgets import FigureCard
from tests.desktop.labels.conftest import Desk
from tests.factories import make_place


def press_enter() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def test_forty_labels_take_two_keys(desk: Desk, printer: int, simulator: LabelPrinterSimulator) -> None:
    qtbot, office, goods = desk.qtbot, desk.office, desk.goods
    line = NewLine(goods[0], Decimal(1), location_id=make_place(office, "A-1"), value=Decimal(5))
    office.do(stock.receive_goods, lines=(line,))
    wishes = [NewWish(LabelSubject.SHELF, one, 0, "shelf-60x40", 8) for one in goods[:5]]
    office.do(labels.add_to_queue, wishes=wishes)
    registry = standard_registry()
    today_pages.register(registry)
    label_pages.register(registry)
    hub = Hub()
    assert office.actor is not None
    frame = Frame(Bundle(office, desk.context.ops, hub, Settings(), registry, office.actor), "en")
    hub.setParent(frame)
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.start()
    frame.activateWindow()
    qtbot.waitExposed(frame)
    qtbot.waitUntil(lambda: isinstance(frame.host.page(), TodayPage))
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), FigureCard))
    press_enter()
    qtbot.waitUntil(lambda: isinstance(frame.host.page(), QueuePage))
    page = frame.host.page()
    assert isinstance(page, QueuePage)
    qtbot.waitUntil(lambda: len(page.rows) == 5 and page.print_button.hasFocus())
    press_enter()
    qtbot.waitUntil(lambda: len(simulator.printed) == 40, timeout=10_000)
    qtbot.waitUntil(lambda: not page.runs._jobs and page.rows == [], timeout=10_000)
