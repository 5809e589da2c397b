"""What temperature probes say: lines of text, and Modbus RTU registers.

Source: MODBUS over serial line specification 1.02 (CRC in appendix B) and application protocol 1.1b3 (functions 3, 4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.devices.rules.readings import LineReader, number_of, trouble, whole, word_of
from core.devices.types.ports import Reading, ReadingTrouble

_TEMPERATURE = re.compile(
    r"(?<![\w.,])(?P<number>[+-]? ?\d+(?:[.,]\d+)?) *(?:°|º|deg\.? ?)?(?P<unit>[CF]|℃|℉)?(?![\w%°]|\.\d| *%)",
    re.IGNORECASE,
)
_UNITS = {"C": "C", "℃": "C", "F": "F", "℉": "F"}
_NO_PROBE = re.compile(r"open|err|fault|fail|n/?c\b|no ?probe|---|short", re.IGNORECASE)
_OUT_OF_RANGE = (-32768, 32767)


class LineProbeReader(LineReader):
    """Probes that write the temperature as text: `+4.2C`, `T=4.2`, `-18,5 °C`, `CH1: 39.6F`; `OPEN` without a sensor."""

    def read(self, line: str) -> Reading | None:
        """The reading in one line; of several numbers the first with a unit, else the first."""
        found = list(_TEMPERATURE.finditer(line))
        if not found:
            return trouble(ReadingTrouble.NO_PROBE) if _NO_PROBE.search(line) else None
        chosen = next((one for one in found if one["unit"]), found[0])
        number = number_of(chosen["number"])
        unit = _UNITS.get((chosen["unit"] or "").upper()) or word_of(self.settings, "unit", "C", ("C", "F"))
        return None if number is None else Reading(number, unit, is_stable=True)


def crc_of(data: bytes) -> bytes:
    """The two bytes of CRC-16/MODBUS, low byte first."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _bit in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc.to_bytes(2, "little")


def modbus_request(settings: Mapping[str, Any]) -> bytes:
    """The question for one register: `unit_id`, `function` (3 or 4) and `register` of the settings."""
    unit_id, function, register = _modbus_settings(settings)
    asked = bytes((unit_id, function)) + register.to_bytes(2, "big") + (1).to_bytes(2, "big")
    return asked + crc_of(asked)


def _modbus_settings(settings: Mapping[str, Any]) -> tuple[int, int, int]:
    return (
        whole(settings, "unit_id", 1, range(1, 248)),
        whole(settings, "function", 4, range(3, 5)),
        whole(settings, "register", 0, range(0x10000)),
    )


class ModbusReader:
    """One register of a Modbus RTU probe as a signed whole number with `decimals` decimals (one when not set)."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._unit_id, self._function, _register = _modbus_settings(settings)
        self._decimals = whole(settings, "decimals", 1, range(5))
        self._unit = word_of(settings, "unit", "C", ("C", "F"))
        self._held = bytearray()

    def feed(self, data: bytes) -> list[Reading]:
        """Take what came; noise and the echo of the question are passed over, a wrong CRC is no answer."""
        self._held += data
        found, at = [], 0
        while at < len(self._held):
            size = self._size_at(at)
            if size < 0:
                break
            frame = bytes(self._held[at : at + size])
            if size and crc_of(frame[:-2]) == frame[-2:]:
                found.append(self._read(frame))
                at += size
            else:
                at += 1
        del self._held[:at]
        return found

    def _size_at(self, at: int) -> int:
        """The size of the answer that may begin here: 0 for none, -1 when more must come before it can be said."""
        held = self._held[at : at + 7]
        if held[0] != self._unit_id:
            return 0
        if len(held) < 3:
            return -1
        size = 0
        if held[1] == self._function | 0x80:
            size = 5
        elif held[1] == self._function and held[2] == 2:
            size = 7
        return -1 if len(held) < size else size

    def _read(self, frame: bytes) -> Reading:
        if frame[1] & 0x80:
            return trouble(ReadingTrouble.REFUSED)
        number = int.from_bytes(frame[3:5], "big", signed=True)
        if number in _OUT_OF_RANGE:
            return trouble(ReadingTrouble.NO_PROBE)
        return Reading(Decimal(number).scaleb(-self._decimals), self._unit, is_stable=True)
