"""Scans with a prefix are taken key by key before the input method; a person's keys are given back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.devices import PhysicalKey, PrefixedBurst, Taken
from core.devices.rules.keycodes import CTRLS, F_KEYS, PLAIN, SHIFTED, SHIFTS

SHIFT, CTRL, ENTER = min(SHIFTS), min(CTRLS), 28
CODE_OF = {sign: code for code, sign in PLAIN.items()}
SHIFTED_CODE = {sign: code for code, sign in SHIFTED.items() if sign not in CODE_OF}
F_CODE = {name: code for code, name in F_KEYS.items()}


class Scanner:
    """Sends presses and releases as a scanner set to a US keyboard does, and keeps what becomes of them."""

    def __init__(self, *prefixes: str, gap: int = 4) -> None:
        self.burst = PrefixedBurst(prefixes, 60)
        self.at, self.gap = 1000, gap
        self.codes: list[str] = []
        self.back, self.free = "", 0

    def tell(self, taken: Taken) -> None:
        if taken.scan is not None:
            self.codes.append(taken.scan.code)
        self.back += taken.back

    def key(self, code: int, *, shift: bool = False, ctrl: bool = False) -> None:
        self.at += self.gap
        held = [SHIFT] * shift + [CTRL] * ctrl
        events = [*((one, True) for one in held), (code, True), (code, False), *((one, False) for one in held)]
        for one, is_down in events:
            taken = self.burst.key(PhysicalKey(one, is_down, self.at))
            self.tell(taken)
            self.free += not taken.is_taken

    def type(self, text: str) -> None:
        for one in text:
            if one == "\r":
                self.key(ENTER)
            elif one == "\x1d":
                self.key(CODE_OF["]"], ctrl=True)
            elif one in CODE_OF:
                self.key(CODE_OF[one])
            else:
                self.key(SHIFTED_CODE[one], shift=True)


def test_a_scan_with_its_aim_code_is_taken_whole() -> None:
    scanner = Scanner("]")
    scanner.type("]C10106901234567892" + "10aB-12\x1d17261231\r")
    assert scanner.codes == ["]C10106901234567892" + "10aB-12\x1d17261231"]
    assert (scanner.back, scanner.burst.is_open) == ("", False)


def test_a_function_key_begins_a_scan_and_is_no_part_of_it() -> None:
    scanner = Scanner("F9")
    scanner.key(F_CODE["F9"])
    scanner.type("nihao12\r")
    assert scanner.codes == ["nihao12"]
    assert scanner.free == 0


def test_a_silence_ends_a_scan_and_gives_a_persons_keys_back() -> None:
    scanner = Scanner("]", "F9")
    scanner.type("]C112345")
    scanner.tell(scanner.burst.tick())
    assert scanner.codes == ["]C112345"]
    scanner.type("]")
    scanner.tell(scanner.burst.tick())
    assert scanner.back == "]"
    scanner.key(F_CODE["F9"])
    scanner.tell(scanner.burst.tick())
    assert scanner.back == "]F9"


def test_brackets_that_people_type_are_no_aim_code() -> None:
    scanner = Scanner("]", gap=20)
    scanner.type("]9")
    assert scanner.back == "]9"
    scanner.at += 500
    scanner.type("]x")
    assert scanner.back == "]9]x"
    assert not scanner.burst.is_open


def test_keys_that_come_too_late_belong_to_nobodys_scan() -> None:
    scanner = Scanner("]", gap=200)
    scanner.type("]C1123\r")
    assert scanner.codes == []
    assert scanner.back == "]"


letters = st.text(st.sampled_from(sorted({*CODE_OF, *SHIFTED_CODE})), min_size=3, max_size=30)


@given(letters)
def test_every_character_of_a_us_keyboard_comes_through(text: str) -> None:
    scanner = Scanner("]")
    scanner.type("]C1" + text + "\r")
    assert scanner.codes == ["]C1" + text]
    assert scanner.back == ""


@given(letters)
def test_without_a_prefix_every_key_is_free(text: str) -> None:
    scanner = Scanner("F9")
    scanner.type(text)
    assert (scanner.codes, scanner.back, scanner.burst.is_open) == ([], "", False)
    assert scanner.free > 0
