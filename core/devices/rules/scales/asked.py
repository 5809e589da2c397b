"""Scales at the till that answer when asked with `W`: Toledo 8217 and NCI.

Sources: Mettler-Toledo 8217 technical manual (standard interface); Weigh-Tronix SCP-01 (NCI standard protocol).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from core.devices.rules.readings import LineReader, number_of, trouble, unit_of, word_of
from core.devices.types.ports import Reading, ReadingTrouble

_VALUE = re.compile(r" *([\d.]+) *(N?)", re.ASCII)
_STATUS = re.compile(r"S([0-?p-\x7f])([0-?p-\x7f])([0-?p-\x7f]?)", re.ASCII)
_POUNDS = re.compile(r" *(-?\d+) *LB *(\d+\.?\d*) *OZ", re.ASCII | re.IGNORECASE)
_WEIGHT = re.compile(r" *(-? *[\d.]+) *(LB|KG|OZ|G)", re.ASCII | re.IGNORECASE)


class Toledo8217Reader(LineReader):
    """Toledo 8217: STX, weight, CR once it rests; STX, `?`, a status byte, CR while it does not or cannot weigh."""

    def read(self, line: str) -> Reading | None:
        """The reading in one answer; None when it holds none."""
        if line.startswith("?"):
            return trouble(self._why(ord(line[1:2] or "\0") & 0x7F))
        match = _VALUE.fullmatch(line)
        number = None if match is None else number_of(match[1])
        if match is None or number is None:
            return None
        unit = word_of(self.settings, "unit", "kg", ("kg", "lb"))
        return Reading(number, unit, is_stable=True, is_net=bool(match[2]))

    @staticmethod
    def _why(status: int) -> ReadingTrouble:
        if status & 0x02:
            return ReadingTrouble.OVERLOAD
        if status & 0x04:
            return ReadingTrouble.UNDERLOAD
        return ReadingTrouble.NOT_READY


class NciReader(LineReader):
    """NCI: a line with the weight, then `S` with two or three status letters; the reading is whole with the latter."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self._weight: Reading | None = None

    def read(self, line: str) -> Reading | None:
        """The reading that a status line completes; None for any other line."""
        status = _STATUS.fullmatch(line.strip())
        if status is None:
            self._weight = self._weighed(line)
            return None
        weight, self._weight = self._weight, None
        motion, range_, more = (ord(letter) if letter else 0 for letter in status.groups())
        if range_ & 0x03:
            return trouble(ReadingTrouble.OVERLOAD if range_ & 0x02 else ReadingTrouble.UNDERLOAD)
        if weight is None or motion & 0x0C or range_ & 0x0C:
            return trouble(ReadingTrouble.NOT_READY)
        return Reading(weight.value, weight.unit, not motion & 0x01, bool(more & 0x04))

    @staticmethod
    def _weighed(line: str) -> Reading | None:
        pounds = _POUNDS.fullmatch(line.strip())
        if pounds is not None:
            whole, part = number_of(pounds[1]), number_of(pounds[2])
            if whole is None or part is None:
                return None
            return Reading(whole * 16 - part if pounds[1].startswith("-") else whole * 16 + part, "oz")
        match = _WEIGHT.fullmatch(line.strip())
        number = None if match is None else number_of(match[1])
        return None if match is None or number is None else Reading(number, unit_of(match[2]))
