"""A keyboard and a scanner for tests: keys as a window gets them from the system, with times of their own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

K, M = Qt.Key, Qt.KeyboardModifier
NAMED = {
    "\r": (K.Key_Return, M.NoModifier), "\t": (K.Key_Tab, M.NoModifier), "\x1d": (K.Key_BracketRight, M.ControlModifier),
    "\x1e": (K.Key_AsciiCircum, M.ControlModifier | M.ShiftModifier), "\x08": (K.Key_Backspace, M.NoModifier),
    "\x04": (K.Key_D, M.ControlModifier),
}  # fmt: skip


class Keyboard:
    """Types at a window. `at` is the time in milliseconds that the last key carried."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self.at = 100_000

    @property
    def window(self) -> QWindow:
        """Where the system sends keys now."""
        active = QApplication.activeModalWidget() or QApplication.activePopupWidget() or self._widget.window()
        handle = active.windowHandle()
        assert handle is not None
        return handle

    def type(self, text: str, gap: int) -> None:
        """Keys with this much time between them, as fast as the machine can send them."""
        for one in text:
            self.key(one, gap)

    def scan(self, code: str, gap: int = 4, end: str = "\r") -> None:
        """A scanner's burst."""
        self.at += 700
        self.type(code + end, gap)

    def key(self, text: str, gap: int, *, is_repeat: bool = False) -> None:
        """One key: asked for shortcuts, pressed, released."""
        self.at += gap
        code, modifiers = NAMED.get(text, (ord(text.upper()), M.ShiftModifier if text.isupper() else M.NoModifier))
        window = self.window
        override = self._event(QEvent.Type.ShortcutOverride, code, modifiers, text, is_repeat)
        override.ignore()
        QCoreApplication.sendEvent(window, override)
        QCoreApplication.sendEvent(window, self._event(QEvent.Type.KeyPress, code, modifiers, text, is_repeat))
        if not is_repeat:
            QCoreApplication.sendEvent(window, self._event(QEvent.Type.KeyRelease, code, modifiers, text, is_repeat))

    def _event(
        self, kind: QEvent.Type, code: int, modifiers: Qt.KeyboardModifier, text: str, is_repeat: bool
    ) -> QKeyEvent:
        event = QKeyEvent(kind, code, modifiers, text, is_repeat)
        event.setTimestamp(self.at)
        return event
