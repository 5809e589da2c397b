"""What scales say: sentences of their manuals, cut anywhere, and what is no reading."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.devices import SCALES, Reading, ReadingTrouble, in_kilograms
from core.devices.rules.readings import unit_of
from core.devices.simulators.scale_words import WORDS, Shown

D = Decimal
OVER, UNDER = ReadingTrouble.OVERLOAD, ReadingTrouble.UNDERLOAD
NOT_READY, GARBAGE, REFUSED = ReadingTrouble.NOT_READY, ReadingTrouble.GARBAGE, ReadingTrouble.REFUSED


def _read(protocol: str, data: bytes, settings: dict[str, Any] | None = None) -> list[Reading]:
    return SCALES[protocol].reader(settings or {}).feed(data)


def _toledo(a: int, b: int, c: int, digits: bytes = b"001234") -> bytes:
    return bytes((2, a, b, c)) + digits + b"000000\r"


@pytest.mark.parametrize(
    ("protocol", "data", "value", "unit", "is_stable", "is_net"),
    [
        ("mt-sics", b"S S     100.00 g\r\n", D("100.00"), "g", True, False),
        ("mt-sics", b"S D      -1.234 kg\r\n", D("-1.234"), "kg", False, False),
        ("mt-sics", b"S S      0.5 lb\r\n", D("0.5"), "lb", True, False),
        ("comma", b"ST,GS,+  1.234kg\r\n", D("1.234"), "kg", True, False),
        ("comma", b"US,NT,-00012.5  g\r\n", D("-12.5"), "g", False, True),
        ("comma", b"ST,+00123.45  g\r\n", D("123.45"), "g", True, False),
        ("comma", b"ST,GS    20.7g  \r\n", D("20.7"), "g", True, False),
        ("comma", b"ST,GS,1\x80,   1.234 kg\r\n", D("1.234"), "kg", True, False),
        ("comma", "ST,NT,+  2.50斤\r\n".encode("gb18030"), D("2.50"), "jin", True, True),
        ("comma", b"QT,+00000012 pcs\r\n", D("12"), "pcs", True, False),
        ("comma", b"ST,GS,+  1.234\r\n", D("1.234"), "kg", True, False),
        ("toledo-8217", b"\x0201.234\r", D("1.234"), "kg", True, False),
        ("toledo-8217", b"\x0200.500N\r", D("0.500"), "kg", True, True),
        ("nci", b"\n00.000LB\r\nS20\r\x03", D("0.000"), "lb", True, False),
        ("nci", b"\n00.500KG\r\nS10\r\x03", D("0.500"), "kg", False, False),
        ("nci", b"\n01LB 02.5OZ\r\nS00\r\x03", D("18.5"), "oz", True, False),
        ("nci", b"\n00.500KG\r\nS0p4\r\x03", D("0.500"), "kg", True, True),
        ("toledo-continuous", _toledo(0x2D, 0x30, 0x20), D("1.234"), "kg", True, False),
        ("toledo-continuous", _toledo(0x2C, 0x2B, 0x20), D("-12.34"), "lb", False, True),
        ("toledo-continuous", _toledo(0x29, 0x30, 0x21), D("12340"), "g", True, False),
        ("yaohua-frame", b"\x02+0020002" + b"1B\x03", D("20.00"), "kg", False, False),
        ("yaohua-equals", b"00.1000-=00.1000-=", D("-1.00"), "kg", False, False),
        ("yaohua-equals", b"=5.88100=", D("188.5"), "kg", False, False),
        ("yaohua-line", b"WG004.139kg3D\r\n", D("4.139"), "kg", False, False),
    ],
)
def test_sentences_of_the_manuals(
    protocol: str, data: bytes, value: Decimal, unit: str, is_stable: bool, is_net: bool
) -> None:
    assert _read(protocol, data) == [Reading(value, unit, is_stable, is_net)]


@pytest.mark.parametrize(
    ("protocol", "data", "why"),
    [
        ("mt-sics", b"S +\r\n", OVER),
        ("mt-sics", b"S -\r\n", UNDER),
        ("mt-sics", b"S I\r\n", NOT_READY),
        ("mt-sics", b"ES\r\n", REFUSED),
        ("mt-sics", b"S S    1.2.3 kg\r\n", GARBAGE),
        ("mt-sics", b"S S    1.2 stone\r\n", GARBAGE),
        ("comma", b"OL,GS,+9999999kg\r\n", OVER),
        ("comma", b"UL,GS,-9999999kg\r\n", UNDER),
        ("comma", b"ST,GS,+  1.2x34kg\r\n", GARBAGE),
        ("comma", b"ST,GS,------ kg\r\n", GARBAGE),
        ("comma", b"x" * 300 + b"\r\n", GARBAGE),
        ("toledo-8217", b"\x02?A\r", NOT_READY),
        ("toledo-8217", b"\x02?B\r", OVER),
        ("toledo-8217", b"\x02?D\r", UNDER),
        ("toledo-8217", b"\x02?\x00\r", NOT_READY),
        ("nci", b"\r\nS02\r\x03", OVER),
        ("nci", b"\r\nS01\r\x03", UNDER),
        ("nci", b"\r\nS10\r\x03", NOT_READY),
        ("nci", b"\n00.500KG\r\nS08\r\x03", NOT_READY),
        ("toledo-continuous", _toledo(0x2D, 0x34, 0x20), OVER),
        ("toledo-continuous", _toledo(0x2D, 0x36, 0x20), UNDER),
        ("toledo-continuous", _toledo(0x2D, 0x70, 0x20), NOT_READY),
        ("toledo-continuous", _toledo(0x2D, 0x30, 0x20, b"      "), NOT_READY),
        ("yaohua-equals", b"=00.xx00-=", GARBAGE),
        ("yaohua-line", b"WG004.139kg3E\r\n", GARBAGE),
        ("yaohua-line", b"         OL23\r\n", OVER),
        ("yaohua-line", b"         LO23\r\n", UNDER),
    ],
)
def test_what_is_no_value_has_its_reason(protocol: str, data: bytes, why: ReadingTrouble) -> None:
    assert _read(protocol, data) == [Reading(None, trouble=why)]


@pytest.mark.parametrize(
    ("protocol", "data"),
    [
        ("mt-sics", b'I4 A "0123456789"\r\nTA A 0.1 kg\r\n'),
        ("comma", b"hello\r\nST,TR,+  0.100kg\r\n"),
        ("toledo-8217", b"hello\r"),
        ("nci", b"?\r\x03"),
        ("toledo-continuous", b"\x02" * 40),
        ("yaohua-frame", b"\x02+0020002" + b"1C\x03"),
        ("yaohua-line", b"\r\n\r\n"),
    ],
)
def test_what_is_not_of_the_protocol_is_passed_over(protocol: str, data: bytes) -> None:
    assert _read(protocol, data) == []


@given(st.sampled_from(sorted(SCALES)), st.lists(st.binary(max_size=60), max_size=6))
def test_garbage_raises_nothing_and_is_the_same_wherever_cut(protocol: str, parts: list[bytes]) -> None:
    reader = SCALES[protocol].reader({})
    assert [one for part in parts for one in reader.feed(part)] == _read(protocol, b"".join(parts))


shown = st.builds(
    Shown,
    st.integers(-199, 29_999).map(lambda grams: D(grams).scaleb(-3)),
    st.booleans(),
    st.booleans(),
    st.sampled_from([False, False, True]),
)


@given(st.sampled_from(sorted(SCALES)), st.lists(shown, min_size=1, max_size=6), st.lists(st.integers(0, 300)))
def test_frames_cut_anywhere_are_read_as_shown(protocol: str, states: list[Shown], places: list[int]) -> None:
    data = b"".join(WORDS[protocol](one) for one in states)
    marks = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    reader = SCALES[protocol].reader({})
    found = [one for a, b in pairwise(marks) for one in reader.feed(data[a:b])]
    found += reader.feed(b"=") if protocol == "yaohua-equals" else []
    assert len(found) == len(states)
    for state, reading in zip(states, found, strict=True):
        if reading.value is not None:
            assert in_kilograms(reading) == state.kilograms
            assert not state.is_over or protocol in ("yaohua-frame", "yaohua-equals")
        else:
            assert reading.trouble in (OVER, UNDER, NOT_READY)


@pytest.mark.parametrize("protocol", ["yaohua-frame", "yaohua-equals", "yaohua-line"])
def test_without_a_word_for_it_three_equal_values_are_rest(protocol: str) -> None:
    frames = [WORDS[protocol](Shown(D(kilograms))) for kilograms in ("1.1", "1.2", "1.2", "1.2", "1.2", "1.3")]
    found = _read(protocol, b"".join(frames) + b"=")
    assert [one.is_stable for one in found] == [False, False, False, True, True, False]


def test_units_in_all_spellings_and_kilograms_are_exact() -> None:
    assert [unit_of(one) for one in ("KG", "公斤", "g", "克", "lbs", "oz", "斤", "pcs", "", "xx")] == [
        "kg", "kg", "g", "g", "lb", "oz", "jin", "pcs", "", "",
    ]  # fmt: skip
    assert in_kilograms(Reading(D("1"), "lb")) == D("0.45359237")
    assert in_kilograms(Reading(D("3"), "jin")) == D("1.5")
    assert in_kilograms(Reading(D("250"), "g")) == D("0.250")
    assert in_kilograms(Reading(D("3"), "pcs")) is None
    assert in_kilograms(Reading(None)) is None


def test_the_unit_of_a_scale_that_has_none_is_set() -> None:
    assert _read("toledo-8217", b"\x0201.234\r", {"unit": "lb"})[0].unit == "lb"
    assert _read("toledo-8217", b"\x0201.234\r", {"unit": "stone"})[0].unit == "kg"
    assert _read("yaohua-frame", b"\x02+0020002" + b"1B\x03", {"unit": "jin"})[0].unit == "jin"
