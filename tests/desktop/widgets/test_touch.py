"""Keypad and tiles; chips; passing words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.i18n import _
from desktop.theme import Meaning
from desktop.widgets import (
    Badge,
    BadgeLook,
    Button,
    ChipRow,
    ChipSpec,
    Keypad,
    Notice,
    StatusLine,
    Tile,
    TileButton,
    TileGrid,
    Toast,
    set_language,
    show_toast,
)


def button_named(root: QWidget, name: str) -> Button:
    return next(one for one in root.findChildren(Button) if one.accessibleName() == name)


def test_a_number_is_keyed_in_by_touch_and_by_keyboard(qtbot: QtBot) -> None:
    pad = Keypad([("kg", "kg"), ("g", "g")])
    qtbot.addWidget(pad)
    pad.show()
    assert pad.value() is None
    for name in ("3", "times", "1", "2", "plus", "5"):
        qtbot.mouseClick(button_named(pad, name), Qt.MouseButton.LeftButton)
    assert (pad.text(), pad.value()) == ("3*12+5", Decimal(41))
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    assert pad.value() is None
    qtbot.mouseClick(button_named(pad, "Clear"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(pad, "2,5")
    assert pad.value() == Decimal("2.5")
    with qtbot.waitSignal(pad.done):
        qtbot.keyClick(pad, Qt.Key.Key_Return)


def test_the_keypad_knows_its_unit(qtbot: QtBot) -> None:
    pad = Keypad([("kg", "kg"), ("g", "g")])
    qtbot.addWidget(pad)
    assert pad.unit() == "kg"
    with qtbot.waitSignal(pad.unit_changed) as told:
        qtbot.mouseClick(button_named(pad, "g"), Qt.MouseButton.LeftButton)
    assert (told.args, pad.unit()) == (["g"], "g")
    pad.set_units([("pcs", "pcs")])
    assert pad.unit() == "pcs"


def test_tiles_are_chosen_by_touch_and_by_digit(qtbot: QtBot) -> None:
    grid = TileGrid([Tile(n, f"Reason {n}", icon="waste") for n in range(3)], keeps=True)
    qtbot.addWidget(grid)
    grid.show()
    heard: list[Any] = []
    grid.chosen.connect(heard.append)
    qtbot.mouseClick(grid.findChildren(TileButton)[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(grid, Qt.Key.Key_3)
    qtbot.keyClick(grid, Qt.Key.Key_9)
    assert heard == [1, 2]
    assert grid.current() == 2
    grid.set_tiles([Tile("x", "Other")])
    assert grid.current() is None
    assert [tile.id for tile in grid.tiles()] == ["x"]


def test_chips_say_what_narrows_the_list(qtbot: QtBot) -> None:
    chips = ChipRow([ChipSpec("low", _("Open")), ChipSpec("place", _("Unit"), ((1, "A"), (2, "B")))])
    qtbot.addWidget(chips)
    assert not chips.has_any()
    with qtbot.waitSignal(chips.changed):
        qtbot.mouseClick(chips.chip("low"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(chips.changed):
        chips.set_value("place", 2)
    assert chips.values() == {"low": True, "place": 2}
    set_language("zh")
    assert chips.chip("place").text() == "单位：B"
    assert chips.chip("low").text() == "打开"


def test_a_posting_is_said_with_its_links(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    undone: list[bool] = []
    line.say("Receipt R-0012 posted", [(_("Cancel"), lambda: undone.append(True))])
    qtbot.mouseClick(button_named(line, "Cancel"), Qt.MouseButton.LeftButton)
    assert undone == [True]
    line.clear()
    assert line.text() == ""


def test_a_new_toast_takes_the_place_of_the_one_before(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 400)
    window.show()
    first = show_toast(window, "first")
    with qtbot.waitSignal(first.destroyed):
        second = show_toast(window, "second " * 40, is_error=True)
    assert window.findChildren(Toast) == [second]
    assert second.width() <= 800 - 60


def test_notice_and_badge_say_their_words_anew(qtbot: QtBot) -> None:
    notice, badge = Notice(_("Required"), Meaning.SOON), Badge(BadgeLook(_("Open"), Meaning.GOOD))
    for widget in (notice, badge):
        qtbot.addWidget(widget)
    wide = badge.sizeHint().width()
    set_language("zh")
    assert notice.text() == "必填"
    assert badge.accessibleName() == "打开"
    assert badge.sizeHint().width() != wide


def test_a_button_says_its_key(qtbot: QtBot) -> None:
    button = Button(_("Close"), kind="primary", key="F9")
    qtbot.addWidget(button)
    assert button.text() == "Close  F9"
    assert button.accessibleName() == "Close"
