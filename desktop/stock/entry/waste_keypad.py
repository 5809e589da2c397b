"""The keypad of the waste screen: keys of a keyboard give amount and reason in one go, a scanner's burst is a code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.stock.entry.waste_rules import take_apart
from desktop.widgets import Keypad

LOW_AMOUNT, HIGH_AMOUNT = 36, 56
BURST_MS = 35
SHORTEST_CODE = 6


class WasteKeypad(Keypad):
    """`reason_typed(digit)` when a reason stands behind the amount, "" when it no longer does.

    Keys pressed on the glass are amount only. Characters that come faster than a person types are held to be a scanned
    code; with Enter they are told by `scanned(code)` and the amount stays what it was before them.
    """

    reason_typed = Signal(str)
    scanned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.digits = "123456789"
        self._given = ""
        self._is_fixed = False
        self._burst = ""
        self._before_burst = ""
        self._last_ms = 0

    def start(self) -> None:
        """A new item."""
        self._given, self._is_fixed, self._burst = "", False, ""
        self.clear()

    def set_low(self, is_low: bool) -> None:
        """On a low screen the amount stands closer to the keys."""
        self._show.setMinimumHeight(LOW_AMOUNT if is_low else HIGH_AMOUNT)

    def fix_amount(self) -> None:
        """The amount stands; the next digit is a reason (after Space, or Enter without a reason)."""
        self._is_fixed = True

    def reason_was_touched(self) -> None:
        """A reason was chosen by hand: all that is typed is the amount."""
        self._show_amount(self._given or self.text())
        self._given = self.text()
        self.digits_are_amount = True

    digits_are_amount = False

    def press(self, typed: str) -> None:
        """A key on the glass."""
        super().press(typed)
        self._given = self.text()

    def backspace(self) -> None:
        """Take the last one back."""
        if self._given and not self.digits_are_amount:
            self._take(self._given[:-1])
        else:
            super().backspace()
            self._given = self.text()

    def clear(self) -> None:
        """Start the amount anew."""
        self._given, self._is_fixed, self.digits_are_amount = "", False, False
        super().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = "." if event.text() == "," else event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
            return
        if not typed.isprintable() or not typed or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self._note_burst(typed, event.timestamp())
        if typed == " ":
            self.fix_amount()
        elif typed in "0123456789.+*/":
            self._on_character(typed)
        else:
            event.ignore()

    def _on_character(self, typed: str) -> None:
        if self._is_fixed and typed in self.digits:
            self.reason_typed.emit(typed)
        elif self.digits_are_amount:
            super().press(typed)
            self._given = self.text()
        else:
            self._take(self._given + typed)

    def _take(self, keys: str) -> None:
        self._given = keys
        parts = take_apart(keys, self.digits)
        self._show_amount(parts.qty)
        self.reason_typed.emit(parts.reason)

    def _show_amount(self, amount: str) -> None:
        super().clear()
        for one in amount:
            super().press(one)

    def _note_burst(self, typed: str, at_ms: int) -> None:
        is_fast = bool(self._burst) and at_ms and at_ms - self._last_ms <= BURST_MS
        if not is_fast:
            self._before_burst = self._given
        self._burst = self._burst + typed if is_fast else typed
        self._last_ms = at_ms

    def _on_enter(self) -> None:
        code, self._burst = self._burst, ""
        if len(code) < SHORTEST_CODE:
            self.done.emit()
            return
        self._given = ""
        self._take(self._before_burst)
        self.scanned.emit(code)
