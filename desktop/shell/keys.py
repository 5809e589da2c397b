"""The keys that are the same everywhere, and how long nobody touched this PC.

Function keys come here only when neither the focused widget nor the page took them. Ctrl+K, Ctrl+Z and ? are looked at
first, because a text field would swallow them: Ctrl+Z takes back typing while there is some to take back, otherwise the
last posting.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from core.i18n import Text, _

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
CHECK_MS = 5_000

COMMON_KEYS: tuple[tuple[str, Text], ...] = (
    ("F1", _("Help")),
    ("F2", _("New, or the main action of the page")),
    ("F3", _("Find in the list (also Ctrl+F)")),
    ("F5", _("Refresh")),
    ("F8", _("Print")),
    ("F9", _("Post")),
    ("Ctrl+Z", _("Undo the last posting")),
    ("Ctrl+K", _("Search, or any action")),
    ("Esc", _("Close the panel, or back")),
    ("Alt+1", _("Go to a place of the rail (Alt+1 to Alt+0)")),
    ("Ctrl+PgDown", _("Next page of this place")),
    ("Ctrl+L", _("Lock")),
    ("?", _("Keys of this page")),
)


class EarlyKeys(QObject):
    """Ctrl+K, Ctrl+Z and ? for one frame, wherever the focus is inside it."""

    def __init__(
        self, frame: QWidget, search: Callable[[], object], undo: Callable[[], object], show_keys: Callable[[], object]
    ) -> None:
        super().__init__(frame)
        self._frame, self._search, self._undo, self._show_keys = frame, search, undo, show_keys
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(watched, QWidget):
            return False
        if not isinstance(event, QKeyEvent) or not shiboken6.isValid(self._frame):
            return False
        if watched is not self._frame and not self._frame.isAncestorOf(watched):
            return False
        run = self._meant(watched, event)
        if run is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            run()
        return True

    def _meant(self, widget: QWidget, event: QKeyEvent) -> Callable[[], object] | None:
        if event.modifiers() == CTRL and event.key() == Qt.Key.Key_K:
            return self._search
        if event.modifiers() == CTRL and event.key() == Qt.Key.Key_Z and not has_typing_to_undo(widget):
            return self._undo
        if event.text() == "?" and not is_text_field(widget):
            return self._show_keys
        return None


def is_text_field(widget: QWidget) -> bool:
    """Whether letters typed here are text."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return bool(widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled))


def has_typing_to_undo(widget: QWidget) -> bool:
    """Whether Ctrl+Z would take back letters in this field, or a step on a widget that says it undoes its own."""
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.document().isUndoAvailable()
    return bool(widget.property("undoes"))


class IdleWatch(QObject):
    """Tells when nobody touched keyboard, mouse or screen for so many minutes; 0 is never."""

    idled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = 0.0
        self._touched = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_MS)
        self._timer.timeout.connect(self.check)

    @property
    def minutes(self) -> float:
        """After how many minutes it tells; 0 is never."""
        return self._seconds / 60

    def start(self, minutes: float) -> None:
        """Begin to watch."""
        self.stop()
        self._seconds = minutes * 60
        self._touched = time.monotonic()
        app = QApplication.instance()
        if app is not None and self._seconds > 0:
            app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody did something that no key or mouse told of, such as a scan."""
        self._touched = time.monotonic()

    def check(self) -> None:
        """Look whether the time is over."""
        if self._seconds and time.monotonic() - self._touched >= self._seconds:
            self.stop()
            self.idled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched = time.monotonic()
        return False
