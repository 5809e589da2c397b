"""From the first page: Enter on the card of labels, Enter on the queue, printed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core import labels
from core.devices import LabelPrinterSimulator
from core.labels import NewWish
from core.reports import FigureKind
from core.words import LabelSubject
from desktop.labels.queue_page import QueuePage
from desktop.today.page import TodayPage
from tests.desktop.labels.conftest import Desk


def test_forty_labels_take_two_keys(desk: Desk, printer: int, simulator: LabelPrinterSimulator) -> None:
    qtbot, context, runs, goods, office_here, shown, shell = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.goods,
        desk.office,
        desk.shown,
        desk.shell,
    )
    wishes = [NewWish(LabelSubject.SHELF, one, 0, "shelf-60x40", 8) for one in goods[:5]]
    office_here.do(labels.add_to_queue, wishes=wishes)
    today = TodayPage(context)
    today._starts = []
    today = shown(today)
    card = today._by_key.get(FigureKind.LABELS)
    if card is None:  # a site on which nothing was posted shows how to begin instead
        assert today._today.is_new
        today._show_cards()
        card = today._by_key[FigureKind.LABELS]
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert shell.went == [("labels", {})]
    page = shown(QueuePage(context, runs))
    page.setFocus()
    QTest.keyClick(QApplication.focusWidget() or page.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(simulator.printed) == 40, timeout=10_000)
    qtbot.waitUntil(lambda: not runs._jobs, timeout=10_000)
