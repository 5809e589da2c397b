"""A scanner's burst is told from typing by the times of the keys alone; nothing is lost and nothing comes twice."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from core.devices import AltDigits, Burst, WedgeProfile, WedgeRule
from core.devices.rules.wedge import MOST, Act

GS = "\x1d"
CODE = "]C1010690123456789210AB12" + GS + "17261231"


@dataclass
class Field:
    """A text field behind the rule: what stands in it, what was scanned; as the window's filter does it."""

    rule: WedgeRule = field(default_factory=WedgeRule)
    in_text: bool = True
    text: str = ""
    held: list[str] = field(default_factory=list)
    scans: list[Burst] = field(default_factory=list)
    at: int = 1000
    _before: str = ""

    def key(self, text: str, gap: int) -> None:
        """One key so many milliseconds after the one before; the timer of the window runs out before it when it must."""
        waited = 0
        while (wait := self.rule.wait_ms(in_text=self.in_text)) and waited + wait < gap:
            waited += wait
            self._act(self.rule.tick(in_text=self.in_text))
        self.at += gap
        verdict = self.rule.key(text, self.at)
        self._act(verdict)
        if verdict.act is Act.PASS:
            self.text += text
        elif verdict.act is Act.HOLD:
            self.held.append(text)
        else:
            self.held.clear()

    def type(self, text: str, gap: int) -> None:
        for one in text:
            self.key(one, gap)

    def rest(self) -> None:
        """Nobody touches anything any more."""
        while self.rule.wait_ms(in_text=self.in_text):
            self._act(self.rule.tick(in_text=self.in_text))

    def _act(self, verdict: object) -> None:
        assert isinstance(verdict, tuple)
        _act, gives_back, scan = verdict
        if scan is not None:
            if scan.given:
                self.text = self._before
            self.scans.append(scan)
            self.held.clear()
        if gives_back:
            self._before = self.text
            self.text += "".join(self.held)
            self.held.clear()

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.scans]


def test_a_burst_with_enter_is_one_scan_and_leaves_nothing_in_the_field() -> None:
    field = Field(text="before")
    field.type(CODE + "\r", 4)
    field.rest()
    assert field.codes == [CODE]
    assert field.text == "before"


def test_a_burst_that_ends_in_silence_is_a_scan_too() -> None:
    field = Field()
    field.type("6901234567892", 10)
    field.rest()
    assert field.codes == ["6901234567892"]
    assert field.text == ""


def test_tab_and_carriage_return_with_line_feed_end_a_scan_once() -> None:
    for end in ("\t", "\r\n", "\t\r"):
        field = Field()
        field.type("4711-A" + end, 5)
        field.rest()
        assert (field.codes, field.text) == (["4711-A"], "")


def test_two_scans_right_after_each_other_are_two() -> None:
    field = Field()
    field.type("6901234567892\r4006381333931\r", 3)
    assert field.codes == ["6901234567892", "4006381333931"]


def test_two_to_four_keys_that_fall_together_are_typing() -> None:
    for gap in (30, 40, 55):
        for keys in ("th", "ing", "1234"):
            field = Field()
            field.type(keys, gap)
            field.key("\r", 140)
            field.rest()
            assert (field.codes, field.text) == ([], keys + "\r")


def test_two_keys_at_once_stand_in_the_field_in_their_order() -> None:
    field = Field()
    field.key("t", 500)
    field.key("h", 12)
    field.key("e", 90)
    field.rest()
    assert field.text == "the"


def test_a_key_held_down_is_no_scan() -> None:
    field = Field(rule=WedgeRule((WedgeProfile(gap_ms=120, pace_ms=60, end="\r", is_measured=True),)))
    field.key("5", 500)
    field.key("5", 250)
    field.type("5" * 30, 33)
    field.key("\r", 40)
    assert field.codes == []
    assert field.text == "5" * 32 + "\r"


def test_anything_else_gives_back_what_was_held() -> None:
    rule = WedgeRule()
    rule.key("a", 10)
    rule.key("b", 20)
    assert rule.other().gives_back
    assert not rule.is_holding


def test_the_window_may_be_busy_the_times_of_the_keys_count() -> None:
    """Hand-typed keys that arrive all at once after a pause of the window are still typing."""
    field = Field()
    field.rule.key("1", 1000)
    for number, one in enumerate("23456789", start=1):
        assert field.rule.key(one, 1000 + 80 * number).scan is None
    assert field.rule.key("\r", 1000 + 80 * 9).scan is None


def test_eight_kilobytes_are_one_scan_and_more_is_cut() -> None:
    field = Field()
    field.type("7" + "x" * (MOST - 1) + "\r", 1)
    assert [len(one.code) for one in field.scans] == [MOST]
    assert not field.scans[0].is_cut
    field.type("7" + "x" * MOST + "\r", 1)
    assert field.scans[1].is_cut
    assert len(field.scans[1].code) == MOST
    assert field.text == ""


def test_a_slow_scanner_is_heard_once_it_was_measured() -> None:
    slow = WedgeProfile(gap_ms=120, pace_ms=120, end="\r", is_measured=True)
    field = Field(rule=WedgeRule((slow,)), text="x")
    field.type("6901234567892\r", 80)
    assert (field.codes, field.text) == (["6901234567892"], "x")
    unmeasured = Field()
    unmeasured.type("6901234567892\r", 80)
    assert (unmeasured.codes, unmeasured.text) == ([], "6901234567892\r")


def test_a_prefix_says_which_of_two_scanners_it_was() -> None:
    french = WedgeProfile("fr", prefix="~", letters={"&": "1", "é": "2"}, end="\r", is_measured=True)
    plain = WedgeProfile("us", gs="|", end="\r", is_measured=True)
    field = Field(rule=WedgeRule((french, plain)))
    field.type("~&é&é&\r", 4)
    field.type("10AB|17261231\r", 4)
    assert field.codes == ["12121", "10AB" + GS + "17261231"]


def test_two_scanners_at_the_same_moment_type_nothing_into_a_field() -> None:
    field = Field(text="x")
    field.type("64900061213383451363677889921\r1\r", 2)
    field.rest()
    assert field.text == "x"
    assert len(field.codes) == 1


def test_alt_and_digits_are_a_character() -> None:
    digits = AltDigits()
    for one in "029":
        digits.add(one)
    assert digits.end() == GS
    for one in "54992":
        digits.add(one)
    assert digits.end() == "中"
    assert digits.end() == ""


def test_a_profile_is_kept_as_json_and_damage_is_left_out() -> None:
    profile = WedgeProfile("door", 90, 30, "\t", "~", True, "|", {"y": "z"}, False, True)
    assert WedgeProfile.of(profile.facts()) == profile
    assert WedgeProfile.of({"gap_ms": "fast", "letters": [1], "more": 1, "end": "\r"}) == WedgeProfile(end="\r")


letters = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


@given(st.lists(st.tuples(letters, st.integers(70, 400)), max_size=6), st.booleans())
def test_what_people_type_always_arrives_whole_and_in_order(words: list[tuple[str, int]], in_text: bool) -> None:
    field = Field(in_text=in_text)
    for word, gap in words:
        field.type(word + "\r", gap)
    field.rest()
    assert field.codes == []
    assert field.text == "".join(word + "\r" for word, _gap in words)


@given(
    st.text(st.characters(min_codepoint=28, max_codepoint=126), min_size=6, max_size=60).filter(
        lambda text: len(set(text)) > 1
    ),
    st.integers(0, 24),
    st.sampled_from(["\r", "\t", "\r\n", ""]),
    st.booleans(),
)
def test_a_scan_arrives_once_and_whole(code: str, gap: int, end: str, in_text: bool) -> None:
    field = Field(in_text=in_text, text="kept")
    field.type(code + end, gap)
    field.rest()
    assert field.codes == [code]
    assert field.text == "kept"


@given(st.lists(st.tuples(st.characters(min_codepoint=32, max_codepoint=126), st.integers(0, 200)), max_size=60))
def test_every_key_goes_to_the_field_or_into_a_scan_and_never_to_both(keys: list[tuple[str, int]]) -> None:
    field = Field()
    for text, gap in keys:
        field.key(text, gap)
    field.rest()
    assert sorted(field.text + "".join(one.typed for one in field.scans)) == sorted(text for text, _gap in keys)
    assert not field.held
