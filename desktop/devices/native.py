"""Scans with a prefix are taken from the system's own key messages, before an input method sees them.

X11 was tried. Windows was not tried: the reading of its messages is tested, the hook is written after its manual.
Wayland and macOS have no such hook; there the application's filter (`wedge.py`) is all there is.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from core.devices import PhysicalKey, PrefixedBurst, Taken, WedgeProfile, is_start, key_of_windows, key_of_x11
from desktop.devices.replaying import KeyCopy, give

log = logging.getLogger(__name__)

XCB, WINDOWS = b"xcb_generic_event_t", (b"windows_generic_MSG", b"windows_dispatcher_MSG")
XCB_SIZE = 32
SLACK_MS = 2
AIM = "]"


class _Message(ctypes.Structure):
    """The MSG of Windows."""

    _fields_ = (
        ("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t), ("time", ctypes.c_uint), ("x", ctypes.c_long), ("y", ctypes.c_long),
    )  # fmt: skip


class NativeWedge(QObject):
    """`scanned(Burst)` for scans that begin with a prefix. Without one it is not installed at all."""

    scanned = Signal(object)
    _decided = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._burst = PrefixedBurst((), 60)
        self._hook: _Hook | None = None
        self.is_off: Callable[[], bool] = lambda: False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_pause)
        self._decided.connect(self.scanned, Qt.ConnectionType.QueuedConnection)

    def set_profiles(self, profiles: Sequence[WedgeProfile]) -> None:
        """The scanners of this PC: those with a prefix that a person does not type are taken early."""
        prefixes = {one.prefix for one in profiles if is_start(one.prefix)}
        prefixes |= {AIM for one in profiles if one.has_aim and not one.prefix}
        self._burst = PrefixedBurst(tuple(prefixes), max([60, *(one.gap_ms for one in profiles)]))
        if prefixes and QGuiApplication.platformName() in ("xcb", "windows"):
            self._install()
        else:
            self.remove()

    def _install(self) -> None:
        app = QCoreApplication.instance()
        if self._hook is None and app is not None:
            self._hook = _Hook(self.take)
            app.installNativeEventFilter(self._hook)
            app.aboutToQuit.connect(self.remove)

    def remove(self) -> None:
        """Take no more keys."""
        self._timer.stop()
        app, hook = QCoreApplication.instance(), self._hook
        self._hook = None
        if app is not None and hook is not None:
            app.removeNativeEventFilter(hook)

    def take(self, key: PhysicalKey) -> bool:
        """One key of the system; True keeps it from everybody else."""
        if self.is_off() and not self._burst.is_open:
            return False
        taken = self._burst.key(key)
        self._tell(taken)
        if self._burst.is_open:
            self._timer.start(self._burst.gap_ms + SLACK_MS)
        else:
            self._timer.stop()
        return taken.is_taken

    def _on_pause(self) -> None:
        self._tell(self._burst.tick())

    def _tell(self, taken: Taken) -> None:
        if taken.scan is not None:
            self._decided.emit(taken.scan)
        window = QGuiApplication.focusWindow()
        if taken.back and window is not None:
            give(window, [_copy(one, at=0) for one in _keys_of(taken.back)])


class _Hook(QAbstractNativeEventFilter):
    """Qt's hook into the messages of the system."""

    def __init__(self, take: Callable[[PhysicalKey], bool]) -> None:
        super().__init__()
        self._take = take

    def nativeEventFilter(self, eventType: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        try:
            key = _key_of(bytes(eventType), int(message))  # type: ignore[arg-type]
            return bool(key is not None and self._take(key)), 0
        except Exception:
            log.exception("the early scanner filter failed; the key goes on")
            return False, 0


def _key_of(kind: bytes, address: int) -> PhysicalKey | None:
    if kind == XCB:
        return key_of_x11(ctypes.string_at(address, XCB_SIZE))
    if kind in WINDOWS and sys.platform == "win32":
        message: Any = _Message.from_address(address)
        return key_of_windows(message.message, message.lparam, message.time)
    return None


def _keys_of(text: str) -> list[str]:
    return [text] if is_start(text) and text != AIM else list(text)


def _copy(key: str, at: int) -> KeyCopy:
    """A press of a key that types this, or of a function key."""
    if len(key) > 1:
        code, text = int(getattr(Qt.Key, f"Key_{key}")), ""
    else:
        code = {"\r": int(Qt.Key.Key_Return), "\t": int(Qt.Key.Key_Tab)}.get(key, ord(key.upper()))
        text = key
    event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text)
    event.setTimestamp(at)
    return KeyCopy.of(event)
