"""Scales that send one line of text a reading: MT-SICS, ST,GS and Yaohua's line.

Sources: Mettler-Toledo, MT-SICS reference manual; A&D and CAS interface descriptions ("ST,GS,"); Yaohua XK3190-A12(E)
manual, communication mode with 15 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from core.devices.rules.readings import NUMBER_AND_UNIT, LineReader, Rest, number_of, trouble, unit_of, word_of
from core.devices.types.ports import Reading, ReadingTrouble

_SICS_TROUBLES = {"+": ReadingTrouble.OVERLOAD, "-": ReadingTrouble.UNDERLOAD, "I": ReadingTrouble.NOT_READY}
_SICS_REFUSALS = ("ES", "ET", "EL")
_SICS_VALUE = re.compile(r"S ([SD]) +([+-]? *[\d.]+) *(\S*)\s*", re.ASCII)
_COMMA = re.compile(r"(ST|US|OL|UL|QT) *, *(?:(GS|NT|TR|G|N|T)(?=[ ,+-]) *,?)?(.*)", re.DOTALL)
_YAOHUA = re.compile(r"(W[GN])([ -]?[ \d.]{5,7})(kg|KG)([0-9A-F]{2})", re.ASCII)
_YAOHUA_TROUBLE = re.compile(r" *(OL|LO)([0-9A-F]{2})")


class SicsReader(LineReader):
    """Mettler-Toledo MT-SICS: `S S      1.234 kg`, `S D`, `S +`, `S -`, `S I`."""

    def read(self, line: str) -> Reading | None:
        """The reading in one line; None when it holds none."""
        line = line.strip()
        value = _SICS_VALUE.fullmatch(line)
        if value is not None:
            number, unit = number_of(value[2]), unit_of(value[3])
            is_good = number is not None and (unit or not value[3])
            return Reading(number, unit, value[1] == "S") if is_good else trouble(ReadingTrouble.GARBAGE)
        if line in _SICS_REFUSALS:
            return trouble(ReadingTrouble.REFUSED)
        word = line[1:].strip() if line.startswith("S ") else ""
        return trouble(_SICS_TROUBLES[word]) if word in _SICS_TROUBLES else None


class CommaReader(LineReader):
    """A&D, CAS, T-Scale and many Chinese makes: `ST,GS,+  1.234kg`; ST stable, US moving, OL over, UL under."""

    def read(self, line: str) -> Reading | None:
        """The reading in one line; None when it holds none."""
        match = _COMMA.fullmatch(line.strip())
        if match is None or match[2] in ("TR", "T"):
            return None
        if match[1] in ("OL", "UL"):
            return trouble(ReadingTrouble.OVERLOAD if match[1] == "OL" else ReadingTrouble.UNDERLOAD)
        found = NUMBER_AND_UNIT.fullmatch(match[3].rsplit(",", 1)[-1].strip())
        number = number_of(found[1]) if found else None
        unit = unit_of(found[2]) if found else ""
        if found is None or number is None or (found[2] and not unit):
            return trouble(ReadingTrouble.GARBAGE)
        wanted = unit or word_of(self.settings, "unit", "kg", ("kg", "g", "lb", "oz", "jin"))
        return Reading(number, wanted, match[1] in ("ST", "QT"), match[2] in ("NT", "N"))


class YaohuaLineReader(LineReader):
    """Yaohua XK3190-A12(E): `WG004.139kg3D`, the last two the XOR of what stands before them in hexadecimal."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self._rest = Rest()

    def read(self, line: str) -> Reading | None:
        """The reading in one line; None when it holds none."""
        found = _YAOHUA_TROUBLE.fullmatch(line) or _YAOHUA.fullmatch(line)
        if found is None:
            return trouble(ReadingTrouble.GARBAGE) if line.startswith(("WG", "WN")) else None
        if xor_of(line[:-2].encode()) != line[-2:]:
            return trouble(ReadingTrouble.GARBAGE)
        if found.re is _YAOHUA_TROUBLE:
            return trouble(ReadingTrouble.OVERLOAD if found[1] == "OL" else ReadingTrouble.UNDERLOAD)
        number = number_of(found[2])
        if number is None:
            return trouble(ReadingTrouble.GARBAGE)
        return self._rest.see(Reading(number, "kg", is_net=found[1] == "WN"))


def xor_of(data: bytes) -> str:
    """The XOR of bytes as two hexadecimal letters, as Yaohua's indicators write it."""
    check = 0
    for byte in data:
        check ^= byte
    return f"{check:02X}"
