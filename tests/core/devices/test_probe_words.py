"""What temperature probes say, as text and as Modbus registers."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.devices import PROBES, Reading, ReadingTrouble, in_celsius
from core.devices.rules.probes import crc_of, modbus_request

D = Decimal


def _read(protocol: str, data: bytes, settings: dict[str, Any] | None = None) -> list[Reading]:
    return PROBES[protocol].reader(settings or {}).feed(data)


@pytest.mark.parametrize(
    ("line", "value", "unit"),
    [
        ("+4.2C", "4.2", "C"),
        ("T=4.2", "4.2", "C"),
        ("T=-18", "-18", "C"),
        ("-18,5 °C", "-18.5", "C"),
        ("CH1: 39.6F", "39.6", "F"),
        ("T1=4.2 H=55%", "4.2", "C"),
        ("55% 4.2℃", "4.2", "C"),
        ("BAT 3.9V T 4.2", "4.2", "C"),
        ("Temp: + 4.2 degC", "4.2", "C"),
        ("63.0", "63.0", "C"),
    ],
)
def test_a_line_is_read(line: str, value: str, unit: str) -> None:
    assert _read("lines", line.encode() + b"\r\n") == [Reading(D(value), unit, is_stable=True)]


@pytest.mark.parametrize("line", ["OPEN", "T=---", "Err 1x", "no probe"])
def test_a_probe_without_sensor_says_so(line: str) -> None:
    assert _read("lines", line.encode() + b"\r\n") == [Reading(None, trouble=ReadingTrouble.NO_PROBE)]


def test_other_lines_are_passed_over() -> None:
    assert _read("lines", b"hello\r\nv1.2.3b\r\n55%\r\n") == []


def test_the_crc_is_that_of_the_specification() -> None:
    assert crc_of(bytes.fromhex("0207")) == bytes.fromhex("4112")
    assert crc_of(b"123456789") == bytes.fromhex("374b")


def test_the_question_names_unit_function_and_register() -> None:
    assert modbus_request({}) == bytes.fromhex("010400000001") + crc_of(bytes.fromhex("010400000001"))
    settings = {"unit_id": 17, "function": 3, "register": 258}
    assert modbus_request(settings)[:6] == bytes.fromhex("110301020001")
    assert modbus_request({"unit_id": 999, "function": 6, "register": -1}) == modbus_request({})


def _answer(number: int, head: str = "010402") -> bytes:
    data = bytes.fromhex(head) + number.to_bytes(2, "big", signed=number < 0)
    return data + crc_of(data)


@pytest.mark.parametrize(
    ("data", "settings", "reading"),
    [
        (_answer(42), {}, Reading(D("4.2"), "C", True)),
        (_answer(-185), {}, Reading(D("-18.5"), "C", True)),
        (_answer(3920), {"decimals": 2, "unit": "F"}, Reading(D("39.20"), "F", True)),
        (modbus_request({}) + _answer(42), {}, Reading(D("4.2"), "C", True)),
        (_answer(0x7FFF), {}, Reading(None, trouble=ReadingTrouble.NO_PROBE)),
        (_answer(-32768), {}, Reading(None, trouble=ReadingTrouble.NO_PROBE)),
        (b"\x01\x84\x02" + crc_of(b"\x01\x84\x02"), {}, Reading(None, trouble=ReadingTrouble.REFUSED)),
    ],
)
def test_answers_of_modbus(data: bytes, settings: dict[str, Any], reading: Reading) -> None:
    assert _read("modbus", data, settings) == [reading]


def test_a_wrong_crc_or_another_unit_is_no_answer() -> None:
    assert _read("modbus", _answer(42)[:-1] + b"\x00") == []
    assert _read("modbus", _answer(42, "020402")) == []
    assert _read("modbus", _answer(42)[:-1] + b"\x00" + _answer(43)) == [Reading(D("4.3"), "C", True)]


@given(st.lists(st.tuples(st.binary(max_size=6), st.integers(-4000, 4000)), max_size=5), st.lists(st.integers(0, 99)))
def test_answers_between_noise_are_the_same_wherever_cut(parts: list[tuple[bytes, int]], places: list[int]) -> None:
    data = b"".join(noise + _answer(number) for noise, number in parts)
    marks = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    reader = PROBES["modbus"].reader({})
    assert [one for a, b in pairwise(marks) for one in reader.feed(data[a:b])] == _read("modbus", data)


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_garbage_on_a_line_raises_nothing(parts: list[bytes]) -> None:
    reader = PROBES["lines"].reader({})
    assert [one for part in parts for one in reader.feed(part)] == _read("lines", b"".join(parts))


def test_degrees_in_celsius() -> None:
    assert in_celsius(Reading(D("4.2"), "C")) == D("4.2")
    assert in_celsius(Reading(D("40"), "F")) == D("4.44")
    assert in_celsius(Reading(D("1"), "kg")) is None
    assert in_celsius(Reading(None, "C")) is None
