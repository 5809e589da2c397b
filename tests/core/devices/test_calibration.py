"""Three scans of the test code tell how a scanner types, and what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.devices import TEST_CODE, TEST_LINE, SampleScan, calibrate, diagnose
from core.errors import InvalidInput

GS = "\x1d"
GERMAN = str.maketrans("zyZY-/]+", "yzYZß#+]")


def sample(text: str, gap: int = 8, *, is_caps: bool = False) -> SampleScan:
    return SampleScan(tuple((one, 500 + gap * at) for at, one in enumerate(text)), is_caps)


def three(text: str, gap: int = 8, *, is_caps: bool = False) -> list[SampleScan]:
    return [sample(text, gap, is_caps=is_caps)] * 3


def words(samples: list[SampleScan]) -> list[str]:
    return [one.word for one in diagnose(samples).findings]


def test_a_scanner_that_types_well_has_nothing_to_be_put_right() -> None:
    profile = calibrate(three(TEST_CODE + "\r"))
    assert (profile.gap_ms, profile.pace_ms, profile.end, profile.prefix) == (35, 20, "\r", "")
    assert (profile.has_aim, profile.gs, dict(profile.letters), profile.is_measured) == (False, GS, {}, True)
    assert not diagnose(three(TEST_CODE + "\r")).findings


@given(st.integers(1, 150))
def test_the_longest_pause_is_three_times_the_median_within_limits(gap: int) -> None:
    profile = calibrate(three(TEST_CODE + "\r", gap))
    assert profile.gap_ms == max(35, min(120, 3 * gap))
    assert profile.pace_ms <= profile.gap_ms


def test_prefix_and_aim_are_told_apart() -> None:
    profile = calibrate(three("~9]d1" + TEST_CODE + "\t"))
    assert (profile.prefix, profile.has_aim, profile.end) == ("~9", True, "\t")
    assert profile.meant("~9]d10106901234567892") == "]d10106901234567892"


def test_another_layout_is_learned() -> None:
    typed = ("]d1" + TEST_CODE).translate(GERMAN)
    assert not typed.startswith("]")
    found = diagnose(three(typed + "\r"))
    assert found.profile is not None
    assert found.profile.has_aim
    assert [one.word for one in found.findings] == ["unclear"], "# stands for itself and for /"
    assert found.profile.meant("XzYß") == "XyZ-"


def test_caps_lock_turns_letters_round_and_is_told_from_a_layout() -> None:
    turned = calibrate(three(TEST_CODE.swapcase() + "\r", is_caps=True))
    assert turned.follows_caps
    assert not turned.letters
    assert not calibrate(three(TEST_CODE + "\r", is_caps=True)).follows_caps


def test_how_the_separator_arrives_is_told() -> None:
    assert words(three(TEST_CODE.replace(GS, "") + "\r")) == ["gs_lost"]
    replaced = diagnose(three(TEST_CODE.replace(GS, "|") + "\r"))
    assert replaced.profile is not None
    assert replaced.profile.gs == "|"
    assert [one.word for one in replaced.findings] == ["gs_replaced"]


def test_a_missing_enter_and_a_slow_pace_are_said() -> None:
    assert words(three(TEST_CODE)) == ["no_end"]
    assert words(three(TEST_CODE + "\r", 80)) == ["slow"]


def test_a_line_scanner_is_measured_by_the_short_code() -> None:
    found = diagnose(three("]C0" + TEST_LINE + "\r"))
    assert found.profile is not None
    assert (found.profile.has_aim, found.profile.gs) == (True, GS)
    assert [one.word for one in found.findings] == ["line_code"]


def test_an_input_method_is_recognised() -> None:
    assert words(three("]d1斯特瓦德" + TEST_CODE + "\r")) == ["ime"]
    one, other = TEST_CODE, TEST_CODE[1:4] + TEST_CODE[0] + TEST_CODE[4:]
    assert words([sample(one), sample(other), sample(one)]) == ["ime"]


def test_what_makes_no_profile_is_a_sentence() -> None:
    assert words(three(TEST_CODE)[:2]) == ["few"]
    assert words(three("6901234567892\r")) == ["other_code"]
    assert words(three(TEST_CODE.replace("^", "").replace("`", "") + "\r")) == ["dead_keys"]
    assert words([sample(TEST_CODE), sample(TEST_CODE[:-3]), sample(TEST_CODE)]) == ["unsteady"]
    with pytest.raises(InvalidInput):
        calibrate([])


@given(st.lists(st.text(max_size=150), min_size=0, max_size=4))
def test_whatever_arrives_is_judged_and_never_raises(texts: list[str]) -> None:
    diagnose([sample(text) for text in texts])
