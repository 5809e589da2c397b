"""Scanners that type like a keyboard, told from typing before any field sees their keys.

One event filter on the application, which acts only where a window gets a key first. Keys are held back until
`core.devices.WedgeRule` says what they are, then thrown away with the scan delivered, or given back in their order. A
person notices nothing: in a text field a single key waits a blink (30 ms) and is taken back if it began a slow scan.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from core.devices import Act, AltDigits, Burst, SampleScan, Verdict, WedgeProfile, WedgeRule
from desktop.devices.keeping import Restore, is_secret_field, is_text_field, remember
from desktop.devices.replaying import KeyCopy, give

log = logging.getLogger(__name__)

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
OVERRIDE, CLICK = QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress
WATCHED = frozenset({PRESS, RELEASE, OVERRIDE, CLICK})
K, M = Qt.Key, Qt.KeyboardModifier
MODIFIERS = frozenset({K.Key_Shift, K.Key_Control, K.Key_Alt, K.Key_AltGr, K.Key_Meta, K.Key_CapsLock, K.Key_NumLock})
ENTERS = frozenset({K.Key_Return, K.Key_Enter})
SEPARATORS = "\x1c\x1d\x1e\x1f"
LATE_S, ONCE_MORE_MS, SLACK_MS = 0.012, 4, 2
X11_LOCK, WINDOWS_LOCK = 0x2, 0x100


@dataclass
class _Told:
    """What was decided of a key at its first event, for the second one of the same key."""

    key: tuple[int, int, str]
    act: Act


class WedgeFilter(QObject):
    """`scanned(Burst)` once for each scan, on the next round of events. Nothing raised here reaches Qt."""

    scanned = Signal(object)
    _decided = Signal(object)

    def __init__(self, profiles: Sequence[WedgeProfile] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rule = WedgeRule(profiles)
        self._alt = AltDigits()
        self._held: list[KeyCopy] = []
        self._alt_held: list[KeyCopy] = []
        self._swallowed: set[int] = set()
        self._told: _Told | None = None
        self._restore: Restore | None = None
        self._window: QWindow | None = None
        self._is_giving = self._is_second_look = self._is_installed = False
        self._due = 0.0
        self.takes_secrets: Callable[[], bool] = lambda: False
        self.tap: Callable[[str, int, bool], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_pause)
        self._decided.connect(self.scanned, Qt.ConnectionType.QueuedConnection)

    # --- set up

    def install(self) -> None:
        """Begin to listen; ends by itself before the program does."""
        app = QCoreApplication.instance()
        if app is not None and not self._is_installed:
            app.installEventFilter(self)
            app.aboutToQuit.connect(self.remove)
            self._is_installed = True

    def remove(self) -> None:
        """Listen no more."""
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None and self._is_installed:
            app.removeEventFilter(self)
            self._is_installed = False

    def set_profiles(self, profiles: Sequence[WedgeProfile]) -> None:
        """The scanners of this PC, as they were measured."""
        self._give_back()
        self._rule = WedgeRule(profiles)

    @property
    def is_holding(self) -> bool:
        """Whether keys wait for a decision."""
        return self._timer.isActive()

    # --- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in WATCHED or not isinstance(watched, QWindow) or self._is_giving:
            return False
        try:
            if kind is CLICK:
                self._decide(self._rule.other())
                return False
            if not isinstance(event, QKeyEvent):
                return False
            return self._release(event) if kind is RELEASE else self._press(watched, event, kind)
        except Exception:
            log.exception("the scanner filter failed; the key goes on")
            self._begin_anew()
            return False

    def _press(self, window: QWindow, event: QKeyEvent, kind: QEvent.Type) -> bool:
        key = (event.timestamp(), int(event.key()), event.text())
        told, self._told = self._told, None
        if kind is PRESS and told is not None and told.key == key:
            act = told.act
        else:
            self._window = window
            act = self._tell(event)
            if kind is OVERRIDE:
                self._told = _Told(key, act)
        if act is Act.PASS:
            return False
        event.accept()
        if kind is PRESS:
            self._keep(event, act)
        return True

    def _keep(self, event: QKeyEvent, act: Act) -> None:
        if act is Act.DROP:
            self._swallowed.add(int(event.key()))
        elif self._alt.is_open and _is_alt_digit(event):
            self._alt_held.append(KeyCopy.of(event))
        else:
            self._held.append(KeyCopy.of(event))

    def _release(self, event: QKeyEvent) -> bool:
        key = int(event.key())
        if key == K.Key_Alt and self._alt.is_open:
            self._end_alt(event.timestamp())
        for row in (self._alt_held, self._held):
            if any(one.key == key and one.is_press for one in row):
                row.append(KeyCopy.of(event))
                return True
        if key in self._swallowed:
            self._swallowed.discard(key)
            return True
        return False

    # --- deciding

    def _tell(self, event: QKeyEvent) -> Act:
        if event.key() in MODIFIERS:
            return Act.PASS
        focus = QApplication.focusWidget()
        if event.isAutoRepeat() or (is_secret_field(focus) and not self.takes_secrets()):
            return self._decide(self._rule.other(), focus)
        if _is_alt_digit(event):
            self._alt.add(event.text() or chr(event.key()))
            return Act.HOLD
        typed = self._typed(event)
        if typed and self.tap is not None:
            self.tap(typed, event.timestamp(), _has_caps(event))
            return Act.DROP
        if not typed:
            return self._decide(self._rule.other(), focus)
        if typed.isalpha() and typed.isascii() and self._rule.profiles[0].follows_caps and _has_caps(event):
            typed = typed.swapcase()
        return self._decide(self._rule.key(typed, event.timestamp()), focus)

    def _typed(self, event: QKeyEvent) -> str:
        """What the key types, "" for a command; control characters only where a scan is on its way."""
        modifiers, text = event.modifiers(), event.text()
        if modifiers & M.ControlModifier and not modifiers & M.AltModifier:
            return text if text and (text in SEPARATORS or (self._rule.is_in_run and text < " ")) else ""
        is_command = modifiers & M.MetaModifier or (modifiers & M.AltModifier and not modifiers & M.ControlModifier)
        if is_command:
            return ""
        if event.key() in ENTERS:
            return "\r"
        if event.key() == K.Key_Tab:
            return "\t"
        return text if len(text) == 1 and (text.isprintable() or text in SEPARATORS) else ""

    def _end_alt(self, at: int) -> None:
        digits, self._alt_held = self._alt_held, []
        typed = self._alt.end()
        act = self._decide(self._rule.key(typed, at)) if typed else Act.PASS
        if act is Act.HOLD:
            self._held += digits
        elif act is Act.PASS:
            self._give(digits)

    def _decide(self, verdict: Verdict, focus: QWidget | None = None) -> Act:
        act, gives_back, scan = verdict
        if scan is not None:
            if scan.given and self._restore is not None:
                self._restore()
            self._throw_away()
            self._decided.emit(scan)
        elif gives_back:
            self._give_back()
        if act is Act.DROP:
            self._throw_away()
        self._wait(focus)
        return act

    def _wait(self, focus: QWidget | None = None) -> None:
        wait = self._rule.wait_ms(in_text=is_text_field(focus or QApplication.focusWidget()))
        self._is_second_look = False
        if wait:
            self._due = time.perf_counter() + wait / 1000
            if not self._timer.isActive():
                self._timer.start(wait + SLACK_MS)
        else:
            self._restore = None
            self._timer.stop()

    def _on_pause(self) -> None:
        """No key came. After a time in which the window was busy, those that wait are let in first."""
        try:
            left = self._due - time.perf_counter()
            if left > 0:  # keys came since: the pause begins with the last of them
                self._timer.start(int(left * 1000) + SLACK_MS)
                return
            if not self._is_second_look and left < -LATE_S:
                self._is_second_look = True
                self._timer.start(ONCE_MORE_MS)
                return
            focus = QApplication.focusWidget()
            in_text = is_text_field(focus)
            if in_text and self._restore is None:
                self._restore = remember(focus)
            self._decide(self._rule.tick(in_text=in_text), focus)
        except Exception:
            log.exception("the scanner filter failed at a pause")
            self._begin_anew()

    # --- held keys

    def _give_back(self) -> None:
        held, self._held = self._held, []
        self._give(held)

    def _give(self, keys: Sequence[KeyCopy]) -> None:
        focus: QWindow | None = QGuiApplication.focusWindow()
        window = focus if focus is not None else self._window
        if not keys or window is None:
            return
        self._is_giving = True
        try:
            give(window, keys)
        finally:
            self._is_giving = False

    def _throw_away(self) -> None:
        released = {one.key for one in self._held if not one.is_press}
        self._swallowed |= {one.key for one in self._held if one.is_press and one.key not in released}
        self._held.clear()

    def _begin_anew(self) -> None:
        self._rule.forget()
        self._held.clear()
        self._alt_held.clear()
        self._timer.stop()
        self._told = self._restore = None


class Samples(QObject):
    """Collects scans of the test code key by key, untouched by any rule, for the calibration."""

    came = Signal(object)

    def __init__(self, wedge: WedgeFilter, parent: QObject) -> None:
        super().__init__(parent)
        self._wedge = wedge
        self._keys: list[tuple[str, int]] = []
        self._is_caps = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(400)
        self._pause.timeout.connect(self._end)

    def start(self) -> None:
        """From now on every key is a scanner's."""
        self._keys = []
        self._wedge.tap = self._on_key

    def stop(self) -> None:
        """Keys are keys again."""
        self._pause.stop()
        if self._wedge.tap == self._on_key:
            self._wedge.tap = None

    def _on_key(self, text: str, at: int, is_caps: bool) -> None:
        self._keys.append((text, at))
        self._is_caps = is_caps
        self._pause.start()

    def _end(self) -> None:
        keys, self._keys = self._keys, []
        self.came.emit(SampleScan(tuple(keys), self._is_caps))


def _is_alt_digit(event: QKeyEvent) -> bool:
    is_pad = bool(event.modifiers() & M.KeypadModifier) and bool(event.modifiers() & M.AltModifier)
    return is_pad and K.Key_0 <= event.key() <= K.Key_9


def _has_caps(event: QKeyEvent) -> bool:
    lock = WINDOWS_LOCK if QGuiApplication.platformName() == "windows" else X11_LOCK
    return bool(event.nativeModifiers() & lock)


__all__ = ["Burst", "Samples", "WedgeFilter"]
