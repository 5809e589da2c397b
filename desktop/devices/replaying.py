"""Keys that were held back and turned out to be typing are given to the window again, as they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

WINDOW_CONTEXTS = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)


@dataclass(frozen=True, slots=True)
class KeyCopy:
    """All that a key event says; the event itself is gone once it was handled."""

    is_press: bool
    key: int
    modifiers: Qt.KeyboardModifier
    scan_code: int
    virtual_key: int
    native_modifiers: int
    text: str
    at: int

    @classmethod
    def of(cls, event: QKeyEvent) -> KeyCopy:
        """A copy of an event."""
        return cls(
            event.type() is not QEvent.Type.KeyRelease, int(event.key()), event.modifiers(), event.nativeScanCode(),
            event.nativeVirtualKey(), event.nativeModifiers(), event.text(), event.timestamp(),
        )  # fmt: skip

    def event(self, kind: QEvent.Type) -> QKeyEvent:
        """An event that says the same."""
        made = QKeyEvent(
            kind, self.key, self.modifiers, self.scan_code, self.virtual_key, self.native_modifiers, self.text
        )
        made.setTimestamp(self.at)
        return made


def give(window: QWindow, keys: Sequence[KeyCopy]) -> None:
    """Send the keys to a window in their order: whoever wants to override a shortcut first, then shortcuts, then focus."""
    for one in keys:
        if not one.is_press:
            QCoreApplication.sendEvent(window, one.event(QEvent.Type.KeyRelease))
            continue
        override = one.event(QEvent.Type.ShortcutOverride)
        override.ignore()
        QCoreApplication.sendEvent(window, override)
        shortcut = None if override.isAccepted() else _shortcut(one)
        if shortcut is not None:
            shortcut.activated.emit()
        else:
            QCoreApplication.sendEvent(window, one.event(QEvent.Type.KeyPress))


def _shortcut(key: KeyCopy) -> QShortcut | None:
    """The shortcut of a single key that would have been meant; Qt looks for it only in events of its own."""
    focus, window = QApplication.focusWidget(), QApplication.activeWindow()
    if window is None:
        return None
    plain = Qt.Key(key.key) if Qt.Key.Key_Space <= key.key <= Qt.Key.Key_AsciiTilde else None
    if plain is None:
        return None
    modifiers = key.modifiers & ~Qt.KeyboardModifier.KeypadModifier
    wanted = QKeySequence(plain | modifiers) if modifiers else QKeySequence(plain)
    fitting = [one for one in window.findChildren(QShortcut) if one.key() == wanted and _is_open(one, focus)]
    return fitting[0] if len(fitting) == 1 else None


def _is_open(shortcut: QShortcut, focus: QWidget | None) -> bool:
    owner = shortcut.parent()
    if not shortcut.isEnabled() or not isinstance(owner, QWidget) or not owner.isVisible():
        return False
    if shortcut.context() in WINDOW_CONTEXTS:
        return True
    is_under = focus is not None and owner.isAncestorOf(focus)
    return owner is focus or (is_under and shortcut.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut)
