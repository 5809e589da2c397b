"""Physical keys of a scanner, read before any input method: by scan code and an own US table, not by the PC's layout.

The numbers are the AT set-1 scan codes, which are Linux's key numbers too (an X11 key code is that plus 8) and stand in
bits 16 to 23 of a Windows key message. Caps Lock and the layout of the PC do not matter here.
Sources: linux/input-event-codes.h; Microsoft, "WM_KEYDOWN message"; X11 core protocol, section 10 (KeyPress).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
PLAIN = {first + at: sign for first, row, _upper in _ROWS for at, sign in enumerate(row)} | {57: " "}
SHIFTED = {first + at: sign for first, _row, upper in _ROWS for at, sign in enumerate(upper)} | {57: " "}
KEYPAD = {
    71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0", 83: ".", 78: "+", 74: "-",
    55: "*",
}  # fmt: skip
CONTROL = {"[": "\x1b", "\\": "\x1c", "]": "\x1d", "6": "\x1e", "-": "\x1f"}
ENTER, TAB, KEYPAD_ENTER = 28, 15, 96
SHIFTS, CTRLS, ALTS = {42, 54}, {29, 97}, {56, 100}
F_KEYS = {59 + number: f"F{number + 1}" for number in range(10)} | {87: "F11", 88: "F12"}
WM_KEYDOWN, WM_KEYUP, WM_SYSKEYDOWN, WM_SYSKEYUP = 0x100, 0x101, 0x104, 0x105
XCB_KEY_PRESS, XCB_KEY_RELEASE = 2, 3
X_OFFSET = 8
X_HEAD = struct.Struct("=BBHI")
_PREFIX = re.compile(r"F([1-9]|1[0-2])|\]")


@dataclass(frozen=True, slots=True)
class PhysicalKey:
    """One press or release of a key, with the time in milliseconds that the system gave it."""

    code: int
    is_down: bool
    at: int
    is_repeat: bool = False


def key_of_x11(event: bytes) -> PhysicalKey | None:
    """A key event of the X server (the first 32 bytes of an xcb event); None for any other event."""
    if len(event) < X_HEAD.size:
        return None
    kind, detail, _sequence, at = X_HEAD.unpack_from(event)
    kind &= 0x7F
    if kind not in (XCB_KEY_PRESS, XCB_KEY_RELEASE) or detail < X_OFFSET:
        return None
    return PhysicalKey(detail - X_OFFSET, kind == XCB_KEY_PRESS, at)


def key_of_windows(message: int, lparam: int, at: int) -> PhysicalKey | None:
    """A key message of Windows; None for any other message. Keys right of Ctrl and Alt and on the pad are told apart."""
    if message not in (WM_KEYDOWN, WM_KEYUP, WM_SYSKEYDOWN, WM_SYSKEYUP):
        return None
    code = lparam >> 16 & 0xFF
    if lparam >> 24 & 1:
        code = {28: KEYPAD_ENTER, 29: 97, 56: 100}.get(code, 0 if code in KEYPAD else code)
    is_down = message in (WM_KEYDOWN, WM_SYSKEYDOWN)
    return PhysicalKey(code, is_down, at, is_repeat=is_down and bool(lparam >> 30 & 1))


class PhysicalText:
    """Text of physical keys as a US keyboard would type it, Shift and Ctrl followed by their own presses."""

    def __init__(self) -> None:
        self._held: set[int] = set()

    def of(self, key: PhysicalKey) -> str:
        """What this key types; empty for releases and keys that type nothing. F1 to F12 give their names."""
        if key.code in SHIFTS | CTRLS | ALTS:
            (self._held.add if key.is_down else self._held.discard)(key.code)
            return ""
        if not key.is_down:
            return ""
        if key.code in (ENTER, KEYPAD_ENTER):
            return "\r"
        if key.code == TAB:
            return "\t"
        if self._held & CTRLS:
            sign = PLAIN.get(key.code, "")
            return CONTROL.get(sign, chr(ord(sign) & 0x1F) if sign.isalpha() else "")
        table = SHIFTED if self._held & SHIFTS else PLAIN
        return table.get(key.code) or KEYPAD.get(key.code) or F_KEYS.get(key.code, "")

    @property
    def has_alt(self) -> bool:
        """Whether Alt is down: then keys are a person's commands."""
        return bool(self._held & ALTS)


def is_start(prefix: str) -> bool:
    """Whether scans with this prefix can be taken before the input method: a function key, or the AIM code's `]`."""
    return bool(_PREFIX.fullmatch(prefix))
