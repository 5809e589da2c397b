"""Keys of the waste keypad: amount, reason, and the burst of a scanner."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.stock.entry.waste_keypad import WasteKeypad


@pytest.fixture
def keypad(qtbot: QtBot) -> WasteKeypad:
    made = WasteKeypad()
    qtbot.addWidget(made)
    return made


def burst(keypad: WasteKeypad, code: str, start: int, step: int = 5) -> None:
    """A scanner types: one key every few milliseconds, then Enter."""
    for at, one in enumerate([*code, "\r"]):
        key = Qt.Key.Key_Return if one == "\r" else Qt.Key(ord(one))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, one)
        event.setTimestamp(start + at * step)
        QApplication.sendEvent(keypad, event)


def test_a_burst_is_a_code_and_the_amount_stays(keypad: WasteKeypad) -> None:
    scanned: list[str] = []
    done: list[bool] = []
    keypad.scanned.connect(scanned.append)
    keypad.done.connect(lambda: done.append(True))
    burst(keypad, "2", 1000)
    done.clear()
    burst(keypad, "6901234567892", 2000)
    assert scanned == ["6901234567892"]
    assert done == []
    assert keypad.value() == Decimal(2)


def test_a_person_is_never_that_fast(keypad: WasteKeypad) -> None:
    scanned: list[str] = []
    keypad.scanned.connect(scanned.append)
    burst(keypad, "1234567", 1000, step=120)
    assert scanned == []


def test_space_ends_the_amount(keypad: WasteKeypad) -> None:
    reasons: list[str] = []
    keypad.reason_typed.connect(reasons.append)
    QTest.keyClicks(keypad, "10 4")
    assert keypad.value() == Decimal(10)
    assert reasons[-1] == "4"


def test_backspace_takes_the_reason_back_first(keypad: WasteKeypad) -> None:
    reasons: list[str] = []
    keypad.reason_typed.connect(reasons.append)
    QTest.keyClicks(keypad, "23")
    QTest.keyClick(keypad, Qt.Key.Key_Backspace)
    assert (keypad.value(), reasons[-1]) == (Decimal(2), "")


def test_keys_on_the_glass_are_amount_only(keypad: WasteKeypad) -> None:
    for one in "23":
        keypad.press(one)
    assert keypad.value() == Decimal(23)
