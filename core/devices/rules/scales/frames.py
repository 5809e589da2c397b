"""Scales that send frames all the time: Yaohua's two kinds and Toledo's continuous output.

Sources: Yaohua XK3190-A9, A23p and A26 manuals (continuous formats 0 and 1/2); Mettler-Toledo, "Standard continuous
output" of its indicators' manuals (status words A, B and C).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.devices.rules.readings import Rest, number_of, trouble, word_of
from core.devices.rules.scales.lines import xor_of
from core.devices.types.ports import Reading, ReadingTrouble

STX, ETX, CR = 0x02, 0x03, 0x0D
MOST_HELD = 256
_KG = ("kg", "g", "lb", "oz", "jin", "t")


class FrameReader:
    """Base: looks for the start byte and a whole frame behind it; what fits no frame is passed over byte by byte."""

    start = STX
    size = 0

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings
        self._held = bytearray()

    def feed(self, data: bytes) -> list[Reading]:
        """Take what came; the readings that are whole now."""
        self._held += data
        found, at = [], 0
        while True:
            at = self._held.find(self.start, at)
            if at < 0 or len(self._held) - at < self.size:
                break
            reading = self.read(bytes(self._held[at : at + self.size]))
            at += 1 if reading is None else self.size
            if reading is not None:
                found.append(reading)
        del self._held[: len(self._held) if at < 0 else at]
        return found

    def read(self, frame: bytes) -> Reading | None:
        """The reading in a frame; None when these bytes are none."""
        raise NotImplementedError


class YaohuaFrameReader(FrameReader):
    """Yaohua XK3190 format 0: STX, sign, six digits, number of decimals, XOR in two letters, ETX."""

    size = 12

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self._rest = Rest()
        self._unit = word_of(settings, "unit", "kg", _KG)

    def read(self, frame: bytes) -> Reading | None:
        """The reading in a frame; None when these bytes are none."""
        match = re.fullmatch(rb"\x02([+-])(\d{6})([0-4])(..)\x03", frame, re.DOTALL)
        if match is None or xor_of(frame[1:9]).encode() != match[4]:
            return None
        value = Decimal((match[1] + match[2]).decode()).scaleb(-int(match[3]))
        return self._rest.see(Reading(value, self._unit))


class YaohuaEqualsReader:
    """Yaohua XK3190 format 1: `=00.1000-` is -1.00: the figures from the last to the first, then the sign."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._rest = Rest()
        self._unit = word_of(settings, "unit", "kg", _KG)
        self._held = bytearray()

    def feed(self, data: bytes) -> list[Reading]:
        """Take what came; a frame is whole when the next one begins."""
        self._held += data
        _before, *frames = self._held.split(b"=")
        if not frames:  # no beginning yet
            self._held.clear()
            return []
        self._held = bytearray(b"=") + frames[-1][:MOST_HELD]
        return [self._read(bytes(frame)) for frame in frames[:-1]]

    def _read(self, body: bytes) -> Reading:
        match = re.fullmatch(rb"([\d.]{5,8}?)([-+0 ]?)\s*", body)
        text = "" if match is None else body.strip()[::-1].decode("ascii").strip()
        number = number_of(text.replace(" ", ""))
        return trouble(ReadingTrouble.GARBAGE) if number is None else self._rest.see(Reading(number, self._unit))


class ToledoContinuousReader(FrameReader):
    """Toledo standard continuous output: STX, three status words, six digits of weight, six of tare, CR."""

    size = 17
    _units = ("", "g", "t", "oz", None, None, None, None)

    def read(self, frame: bytes) -> Reading | None:
        """The reading in a frame; None when these bytes are none."""
        status, digits = frame[1:4], frame[4:10]
        is_frame = frame[16] == CR and all(word & 0x20 for word in status)
        if not is_frame or not re.fullmatch(rb" *\d*", digits) or not re.fullmatch(rb" *\d*", frame[10:16]):
            return None
        if status[1] & 0x04:
            return trouble(ReadingTrouble.UNDERLOAD if status[1] & 0x02 else ReadingTrouble.OVERLOAD)
        unit = self._units[status[2] & 0x07]
        if unit is None or status[1] & 0x40 or not digits.strip():
            return trouble(ReadingTrouble.NOT_READY)
        value = Decimal(digits.decode().strip()).scaleb(2 - (status[0] & 0x07))
        return Reading(
            value=-value if status[1] & 0x02 else value,
            unit=unit or ("kg" if status[1] & 0x10 else "lb"),
            is_stable=not status[1] & 0x08,
            is_net=bool(status[1] & 0x01),
        )
