"""Physical keys become the text of a US keyboard, whatever layout the PC has."""

from __future__ import annotations

import struct

from core.devices import PhysicalKey, PhysicalText, is_start, key_of_windows, key_of_x11
from core.devices.rules.keycodes import PLAIN, SHIFTED, WM_KEYDOWN, WM_KEYUP


def x11(kind: int, keycode: int, at: int) -> bytes:
    return struct.pack("=BBHI", kind, keycode, 7, at) + bytes(24)


def test_a_key_event_of_x11_is_read_and_others_are_not() -> None:
    assert key_of_x11(x11(2, 38, 123456)) == PhysicalKey(30, True, 123456)
    assert key_of_x11(x11(3 | 0x80, 38, 5)) == PhysicalKey(30, False, 5)
    assert key_of_x11(x11(6, 38, 5)) is None
    assert key_of_x11(b"\x02") is None


def test_a_key_message_of_windows_is_read_by_its_scan_code() -> None:
    assert key_of_windows(WM_KEYDOWN, 0x001E0001, 9) == PhysicalKey(30, True, 9)
    assert key_of_windows(WM_KEYDOWN, 0x401E0001, 9) == PhysicalKey(30, True, 9, is_repeat=True)
    assert key_of_windows(WM_KEYUP, 0xC01E0001, 9) == PhysicalKey(30, False, 9)
    assert key_of_windows(WM_KEYDOWN, 0x011C0001, 9) == PhysicalKey(96, True, 9)
    assert key_of_windows(WM_KEYDOWN, 0x01480001, 9) == PhysicalKey(0, True, 9), "the arrow, not the 8 of the keypad"
    assert key_of_windows(0x0201, 0, 9) is None


def typed(text: PhysicalText, *codes: int) -> str:
    return "".join(text.of(PhysicalKey(code, True, 0)) for code in codes)


def test_shift_and_control_are_followed() -> None:
    text = PhysicalText()
    assert typed(text, 30, 11, 39) == "a0;"
    assert typed(text, 42, 30, 3, 27) == "A@}"
    text.of(PhysicalKey(42, False, 0))
    assert typed(text, 30, 28, 15) == "a\r\t"
    assert typed(text, 29, 27) == "\x1d"
    assert typed(text, 7, 46) == "\x1e\x03"
    text.of(PhysicalKey(29, False, 0))
    assert typed(text, 67, 88, 1, 72) == "F9F128"
    text.of(PhysicalKey(56, True, 0))
    assert text.has_alt


def test_the_tables_hold_every_character_that_can_be_printed() -> None:
    assert {*PLAIN.values(), *SHIFTED.values()} == set(map(chr, range(32, 127)))


def test_only_a_function_key_or_a_bracket_can_start_a_scan() -> None:
    assert [one for one in ("F1", "F12", "]", "a", "F13", "", "~") if is_start(one)] == ["F1", "F12", "]"]
