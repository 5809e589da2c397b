"""How a figure went in time, drawn in steps."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.widgets import TrendChart, TrendPoint

D = Decimal


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


def test_points_stand_in_time_and_are_read(qtbot: QtBot) -> None:
    chart = TrendChart("Price history", [TrendPoint(at(9), D(12), "paid"), TrendPoint(at(1), D(10), "asked")])
    qtbot.addWidget(chart)
    chart.resize(400, 140)
    chart.show()
    assert chart.accessibleName() == "Price history"
    assert chart.accessibleDescription() == "2026-03-01  10  asked; 2026-03-09  12  paid"
    chart.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(chart, key)
    assert not chart.grab().isNull()


def test_one_point_many_points_and_none_are_drawn(qtbot: QtBot) -> None:
    chart = TrendChart("Price history")
    qtbot.addWidget(chart)
    chart.resize(400, 140)
    chart.show()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription() == ""
    chart.set_points([TrendPoint(at(1), D(10))])
    assert not chart.grab().isNull()
    chart.set_points([TrendPoint(at(1 + day % 28), D(day % 5)) for day in range(60)])
    assert not chart.grab().isNull()
