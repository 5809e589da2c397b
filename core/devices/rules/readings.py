"""What the readings of scales and probes have in common: units, exact numbers, coming to rest, and conversion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

from core.devices.rules.pieces import MOST_BYTES_OF_A_LINE, Joiner, decoded
from core.devices.types.ports import Reading, ReadingTrouble

WEIGHT_UNITS = ("kg", "g", "lb", "oz", "jin", "t")
TIMES_TO_REST = 3
_SPELLINGS = {
    "kg": ("kg", "kgs", "公斤", "千克"),
    "g": ("g", "gm", "克"),
    "lb": ("lb", "lbs", "磅"),
    "oz": ("oz", "ozs", "盎司"),
    "jin": ("jin", "斤", "市斤"),
    "t": ("t", "吨"),
    "pcs": ("pcs", "pc", "个", "件"),
}
_UNITS = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}

# International yard and pound agreement of 1959; 1 斤 is 500 g since 1959.
_KILOGRAMS = {
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "lb": Decimal("0.45359237"),
    "oz": Decimal("0.028349523125"),
    "jin": Decimal("0.5"),
    "t": Decimal(1000),
}
_NUMBER = re.compile(r"([+-]?) *(\d+(?:[.,]\d*)?|[.,]\d+)", re.ASCII)
NUMBER_AND_UNIT = re.compile(
    r"([+-]? *(?:\d+(?:\.\d*)?|\.\d+)) *([a-z斤公千克磅盎司市吨个件]*)", re.ASCII | re.IGNORECASE
)


class Reader(Protocol):
    """Bytes in any pieces in, readings out; holds what is not whole yet."""

    def feed(self, data: bytes) -> list[Reading]:
        """Take what came; the readings that are whole now."""


def unit_of(spelling: str) -> str:
    """The unit's word for what a scale writes; empty for none or one that is not known."""
    return _UNITS.get(spelling.strip().lower(), "")


def number_of(text: str) -> Decimal | None:
    """An exact number as devices write it, blanks between sign and digits allowed; None when it is none."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    return Decimal(match[1] + match[2].replace(",", "."))


def in_kilograms(reading: Reading) -> Decimal | None:
    """A weight in kilograms, exact; None without value or for a unit that is no weight."""
    factor = _KILOGRAMS.get(reading.unit)
    return None if reading.value is None or factor is None else reading.value * factor


def in_celsius(reading: Reading) -> Decimal | None:
    """A temperature in degrees Celsius, to a hundredth when it came in Fahrenheit; None without value or unit."""
    if reading.value is None or reading.unit not in ("C", "F"):
        return None
    if reading.unit == "C":
        return reading.value
    return ((reading.value - 32) * 5 / 9).quantize(Decimal("0.01"))


def trouble(why: ReadingTrouble) -> Reading:
    """A reading without value."""
    return Reading(None, trouble=why)


class Rest:
    """Says when a device that has no word for it has come to rest: the same value several times in a row."""

    def __init__(self, times: int = TIMES_TO_REST) -> None:
        self._times = times
        self._last: tuple[Decimal | None, str] = (None, "")
        self._seen = 0

    def see(self, reading: Reading) -> Reading:
        """The same reading, marked stable or not."""
        now = (reading.value, reading.unit)
        self._seen = self._seen + 1 if now == self._last and reading.value is not None else 1
        self._last = now
        return replace(reading, is_stable=reading.value is not None and self._seen >= self._times)


class LineReader:
    """Base of protocols that send one line a reading."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings
        self._lines = Joiner("auto", MOST_BYTES_OF_A_LINE)

    def feed(self, data: bytes) -> list[Reading]:
        """Take what came; a line that is no reading of this protocol is passed over, an endless one is garbage."""
        found = []
        for piece in self._lines.feed(data):
            reading = trouble(ReadingTrouble.GARBAGE) if piece.is_cut else self.read(decoded(piece.data))
            if reading is not None:
                found.append(reading)
        return found

    def read(self, line: str) -> Reading | None:
        """The reading in one line; None when it holds none."""
        raise NotImplementedError


def whole(settings: Mapping[str, Any], key: str, default: int, within: range) -> int:
    """A whole number among the settings; the default when it is missing or cannot be right."""
    value = settings.get(key, default)
    return value if isinstance(value, int) and not isinstance(value, bool) and value in within else default


def word_of(settings: Mapping[str, Any], key: str, default: str, allowed: tuple[str, ...]) -> str:
    """A word among the settings; the default when it is missing or not known."""
    value = settings.get(key, default)
    return value if isinstance(value, str) and value in allowed else default
