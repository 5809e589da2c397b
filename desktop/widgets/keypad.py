"""A large keypad for wet and gloved hands: digits, sums, and the units to give the number in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from core.values import parse_quantity
from desktop.theme import fit_font
from desktop.widgets.language import Spoken, Words, ui_text
from desktop.widgets.words import Button, Label

ROWS = ("789", "456", "123")
MOST = 24


class Keypad(QWidget, Spoken):
    """`value()` is the number entered (None when nothing or not yet a number), `unit()` the key of the unit.

    `changed` while entering; `done` on Enter. Digits of a keyboard work whenever the focus is on the keypad.
    """

    changed = Signal()
    unit_changed = Signal(object)
    done = Signal()

    def __init__(self, units: Sequence[tuple[Any, Words]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._show = Label("", "figure")
        self._show.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show.setMinimumHeight(56)
        self._unit_words = Label("", "muted")
        self._unit_words.setMinimumWidth(48)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda at: self._choose(at))
        self._units: list[tuple[Any, Words]] = []
        self._unit_column = QVBoxLayout()
        self._unit_column.setSpacing(8)
        shown = QHBoxLayout()
        shown.addWidget(self._show, 1)
        shown.addWidget(self._unit_words)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addLayout(self._keys(), 4)
        body.addLayout(self._unit_column, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(shown)
        column.addLayout(body, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_units(units)
        self.retranslate()

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for row, digits in enumerate(ROWS):
            for at, digit in enumerate(digits):
                grid.addWidget(self._key(digit, digit), row, at)
        grid.addWidget(self._key(_("decimal point"), "."), 3, 0)
        grid.addWidget(self._key("0", "0"), 3, 1, 1, 2)
        delete = _Key(_("Delete the last digit"), "", "backspace")
        delete.clicked.connect(self.backspace)
        clear = _Key(_("Clear"), "C")
        clear.clicked.connect(self.clear)
        grid.addWidget(delete, 0, 3)
        grid.addWidget(clear, 1, 3)
        grid.addWidget(self._key(_("plus"), "+"), 2, 3)
        grid.addWidget(self._key(_("times"), "*", "\N{MULTIPLICATION SIGN}"), 3, 3)
        for at in range(4):
            grid.setRowStretch(at, 1)
            grid.setColumnStretch(at, 1)
            for row in range(4):
                item = grid.itemAtPosition(row, at)
                button = item.widget() if item is not None else None
                if button is not None:
                    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
                    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return grid

    def _key(self, name: Words, typed: str, shown: str = "") -> Button:
        button = _Key(name, shown or typed)
        button.clicked.connect(lambda _checked=False: self.press(typed))
        return button

    def set_units(self, units: Sequence[tuple[Any, Words]]) -> None:
        """The units to choose from, by key and word, the usual one first."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._units = list(units)
        for at, (_unit, words) in enumerate(units):
            button = Button(words, kind="unit")
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(button, at)
            self._unit_column.addWidget(button)
        self._say()

    def unit(self) -> Any:
        """The key of the unit chosen."""
        at = self._group.checkedId()
        return self._units[at][0] if 0 <= at < len(self._units) else None

    def value(self) -> Decimal | None:
        """The number entered; None while it is none."""
        try:
            return parse_quantity(self._typed)
        except CoreError:
            return None

    def text(self) -> str:
        """What was keyed in."""
        return self._typed

    def press(self, typed: str) -> None:
        """Key in a digit, point or sign."""
        if len(self._typed) < MOST:
            self._typed += typed
            self._say()
            self.changed.emit()

    def backspace(self) -> None:
        """Take the last one back."""
        self._typed = self._typed[:-1]
        self._say()
        self.changed.emit()

    def clear(self) -> None:
        """Start anew."""
        self._typed = ""
        self._say()
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in "0123456789.+*/":
            self.press(event.text())
        elif event.text() == ",":
            self.press(".")
        elif event.key() == Qt.Key.Key_Backspace:
            self.backspace()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(_("Keypad")))
        self._say()

    def _choose(self, at: int) -> None:
        self._say()
        self.unit_changed.emit(self._units[at][0])
        self.changed.emit()

    def _say(self) -> None:
        shown = self._typed.replace("*", " \N{MULTIPLICATION SIGN} ").replace("+", " + ") or "0"
        self._show.set_words(shown)
        self._show.setFont(fit_font(shown, max(self._show.width(), 160), 36, bold=True, least_px=16))
        self._show.setEnabled(bool(self._typed))
        at = self._group.checkedId()
        self._unit_words.set_words(self._units[at][1] if 0 <= at < len(self._units) else "")


class _Key(Button):
    """A key that shows a sign and is named in words."""

    def __init__(self, name: Words, shown: str, icon_name: str = "") -> None:
        self._shown = shown
        super().__init__(name, kind="key", icon_name=icon_name)

    def retranslate(self) -> None:
        super().retranslate()
        self.setText(self._shown)
        self.setToolTip("")
