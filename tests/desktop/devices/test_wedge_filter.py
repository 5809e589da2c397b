"""The filter before all fields: a scan never reaches one, typing always does, whole and in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.devices import WedgeProfile
from desktop.devices.keeping import remember
from desktop.devices.wedge import Samples, WedgeFilter
from desktop.widgets import CodeEdit, RecordPicker
from tests.desktop.devices.typing import Keyboard

GS = "\x1d"
CODE = "]C1010690123456789210AB12" + GS + "17261231"


class Desk(QWidget):
    """One of each thing that can have the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.text, self.secret = QLineEdit(), QPlainTextEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.table, self.button = QTableWidget(5, 2), QPushButton("Go")
        self.code, self.picker = CodeEdit("Code"), RecordPicker("Item", lambda _text, _answer: None)
        self.pressed, self.shortcuts = 0, 0
        self.button.clicked.connect(lambda: setattr(self, "pressed", self.pressed + 1))
        key = QShortcut(QKeySequence("W"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(lambda: setattr(self, "shortcuts", self.shortcuts + 1))
        column = QVBoxLayout(self)
        for one in (self.line, self.text, self.secret, self.table, self.button, self.code, self.picker):
            column.addWidget(one)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def wedge(qapp: QObject) -> Iterator[WedgeFilter]:
    made = WedgeFilter()
    made.install()
    yield made
    made.remove()


@pytest.fixture
def codes(wedge: WedgeFilter) -> list[str]:
    heard: list[str] = []
    wedge.scanned.connect(lambda burst: heard.append(burst.code))
    return heard


@pytest.fixture
def keyboard(desk: Desk) -> Keyboard:
    return Keyboard(desk)


@pytest.mark.parametrize("where", ["line", "text", "table", "button", "code", "picker"])
@pytest.mark.parametrize("gap", [0, 4, 22])
def test_a_scan_arrives_once_wherever_the_keyboard_is(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str], where: str, gap: int
) -> None:
    focus = getattr(desk, where)
    focus.setFocus()
    keyboard.scan(CODE, gap)
    qtbot.waitUntil(lambda: codes == [CODE])
    assert desk.line.text() == desk.text.toPlainText() == desk.code.text() == desk.picker.text() == ""
    assert (desk.pressed, desk.shortcuts) == (0, 0)
    assert desk.focusWidget() in (focus, focus.focusProxy()), "the Tab or Enter of a scan moves nothing"


def test_a_scan_without_an_end_arrives_after_a_silence(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str]
) -> None:
    desk.line.setFocus()
    keyboard.scan("W901234567892W ", end="")
    qtbot.waitUntil(lambda: codes == ["W901234567892W "])
    assert (desk.line.text(), desk.pressed, desk.shortcuts) == ("", 0, 0)


@pytest.mark.parametrize("where", ["line", "text"])
def test_typing_stands_in_the_field_whole_and_in_order(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str], where: str
) -> None:
    field = getattr(desk, where)
    field.setFocus()
    keyboard.type("Hello there", 90)
    keyboard.type("th", 20)
    keyboard.key("\x08", 20)
    qtbot.waitUntil(lambda: (desk.line.text() or desk.text.toPlainText()) == "Hello theret")
    assert codes == []


def test_a_single_key_in_a_field_is_there_after_a_blink(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, wedge: WedgeFilter
) -> None:
    desk.line.setFocus()
    keyboard.key("x", 500)
    assert desk.line.text() == ""
    qtbot.waitUntil(lambda: desk.line.text() == "x")


def test_a_scanner_slower_than_a_blink_has_its_first_key_taken_back(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, wedge: WedgeFilter, codes: list[str]
) -> None:
    wedge.set_profiles([WedgeProfile(gap_ms=120, pace_ms=120, end="\r", is_measured=True)])
    desk.line.setFocus()
    desk.line.setText("some words")
    desk.line.setSelection(5, 5)
    keyboard.key("6", 500)
    qtbot.waitUntil(lambda: desk.line.text() == "some 6")
    keyboard.type("901234567892\r", 80)
    qtbot.waitUntil(lambda: codes == ["6901234567892"])
    assert desk.line.text() == "some words"
    assert desk.line.selectedText() == "words"


def test_fields_are_put_back_as_they_stood(qtbot: QtBot, desk: Desk) -> None:
    desk.text.setPlainText("first\nsecond")
    cursor = desk.text.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    desk.text.setTextCursor(cursor)
    restore = remember(desk.text)
    desk.text.insertPlainText("6")
    assert restore is not None
    restore()
    assert desk.text.toPlainText() == "first\nsecond"
    assert remember(desk.table) is None


def test_a_single_key_shortcut_works_and_a_scan_does_not_set_it_off(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str]
) -> None:
    desk.table.setFocus()
    keyboard.key("w", 500)
    qtbot.waitUntil(lambda: desk.shortcuts == 1)
    keyboard.scan("WWW-1234")
    qtbot.waitUntil(lambda: codes == ["WWW-1234"])
    assert desk.shortcuts == 1


def test_keys_of_the_system_itself_take_the_same_way(
    qtbot: QtBot, desk: Desk, wedge: WedgeFilter, codes: list[str]
) -> None:
    """Through Qt's own door for keys, shortcuts included."""
    desk.button.setFocus()
    handle = desk.windowHandle()
    assert handle is not None
    for one in "W 12345678":
        QTest.keyClick(handle, Qt.Key(ord(one)))
    QTest.keyClick(handle, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: codes == ["w 12345678"])
    assert (desk.pressed, desk.shortcuts) == (0, 0)
    QTest.keyClick(handle, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: desk.shortcuts == 1)
    QTest.keyClick(handle, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.pressed == 1)


def test_a_password_is_nobody_elses(qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str]) -> None:
    desk.secret.setFocus()
    keyboard.scan("correct horse", end="")
    assert desk.secret.text() == "correct horse"
    assert codes == []


def test_a_badge_is_taken_where_passwords_are_asked_when_the_window_wants_it(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, wedge: WedgeFilter, codes: list[str]
) -> None:
    wedge.takes_secrets = lambda: True
    desk.secret.setFocus()
    keyboard.scan("BADGE-0017")
    qtbot.waitUntil(lambda: codes == ["BADGE-0017"])
    assert desk.secret.text() == ""


def test_a_key_held_down_is_no_scan(qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str]) -> None:
    desk.line.setFocus()
    keyboard.key("5", 500)
    for _number in range(20):
        keyboard.key("5", 25, is_repeat=True)
    keyboard.key("\r", 25)
    qtbot.waitUntil(lambda: desk.line.text() == "5" * 21)
    assert codes == []


def test_a_click_decides_at_once(qtbot: QtBot, desk: Desk, keyboard: Keyboard, wedge: WedgeFilter) -> None:
    desk.line.setFocus()
    keyboard.key("x", 500)
    keyboard.key("y", 5)
    handle = desk.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=desk.text.geometry().center())
    assert (desk.line.text(), desk.text.toPlainText()) == ("xy", "")


def test_a_scan_in_a_dialog_presses_no_default_button(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str]
) -> None:
    dialog = QDialog(desk)
    button = QPushButton("Delete all", dialog)
    button.setDefault(True)
    button.clicked.connect(dialog.accept)
    dialog.open()
    qtbot.waitExposed(dialog)
    keyboard.scan("6901234567892")
    qtbot.waitUntil(lambda: codes == ["6901234567892"])
    assert dialog.isVisible()
    dialog.close()


def test_eight_kilobytes_are_one_scan(qtbot: QtBot, desk: Desk, keyboard: Keyboard, codes: list[str]) -> None:
    desk.line.setFocus()
    keyboard.scan("AB" * 4096, gap=1)
    qtbot.waitUntil(lambda: len(codes) == 1)
    assert (len(codes[0]), desk.line.text()) == (8192, "")


def test_the_test_code_is_collected_key_by_key(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, wedge: WedgeFilter
) -> None:
    desk.line.setFocus()
    samples = Samples(wedge, desk)
    samples.start()
    with qtbot.waitSignal(samples.came) as came:
        keyboard.scan("Steward")
    assert came.args is not None
    assert came.args[0].text == "Steward\r"
    samples.stop()
    keyboard.key("x", 500)
    qtbot.waitUntil(lambda: desk.line.text() == "x")


@pytest.mark.log_warnings_expected
def test_a_fault_of_the_filter_lets_keys_through(
    qtbot: QtBot, desk: Desk, keyboard: Keyboard, wedge: WedgeFilter, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def fail(*_given: object) -> None:
        raise RuntimeError

    desk.line.setFocus()
    monkeypatch.setattr(wedge._rule, "key", fail)
    keyboard.key("x", 500)
    assert desk.line.text() == "x"
    assert "the key goes on" in caplog.text


def test_after_its_end_keys_are_keys(qtbot: QtBot, desk: Desk, keyboard: Keyboard, wedge: WedgeFilter) -> None:
    wedge.remove()
    desk.line.setFocus()
    keyboard.scan("123456", end="")
    assert desk.line.text() == "123456"


def test_code_fields_refuse_the_input_method(desk: Desk) -> None:
    wanted = Qt.InputMethodQuery.ImEnabled
    assert desk.code.field().inputMethodQuery(wanted) is False
    assert desk.line.inputMethodQuery(wanted) is True
