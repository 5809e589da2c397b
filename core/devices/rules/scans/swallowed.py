"""Fields that a field of open length has swallowed because the separator behind it was not sent.

Seen in practice: `10V1002521JGFMG4P38R`, `21X12Y9JNZ961721080610176600715`. What is asked about is never filled in.
"""

from __future__ import annotations

import re

from core.devices.rules.scans.dates import is_day
from core.gs1 import Identifier, identifier_at
from core.gtin import has_right_check

_DATE = re.compile(r"(?=(?:1[1-3]|1[5-7])(\d{6}))", flags=re.ASCII)
_GTIN = re.compile(r"(?=01(\d{14}))", flags=re.ASCII)
_SERIAL = re.compile(r"(?=21)")
_DATES = ("11", "12", "13", "15", "16", "17")
# What stands behind a batch or serial number in practice; internal fields (91 to 99) would fit nearly anything.
_USUAL = (*_DATES, "00", "01", "02", "10", "21", "22", "30", "37")
_LEAST_HEAD, _LEAST_SERIAL = 3, 6
_MOST_SWALLOWED = 120


def ends_in_a_field(value: str) -> bool:
    """Whether it goes over into a date field that is a real date and the end, or is followed by further fields."""
    return len(value) <= _MOST_SWALLOWED and any(
        found.start() > 0 and is_day(found[1]) and _is_fields(value[found.start() + 8 :])
        for found in _DATE.finditer(value)
    )


def hides_a_gtin(value: str) -> bool:
    """Whether a whole (01) with a right check digit stands inside."""
    return 16 < len(value) <= _MOST_SWALLOWED and any(
        found.start() > 0 and has_right_check(found[1]) for found in _GTIN.finditer(value)
    )


def hides_a_serial(value: str) -> bool:
    """Whether a batch seems to go over into a serial number (21). The 21 of a year 2021 is none."""
    for found in _SERIAL.finditer(value):
        head, serial = value[: found.start()], value[found.start() + 2 :]
        if len(head) >= _LEAST_HEAD and len(serial) >= _LEAST_SERIAL and not head.endswith("20"):
            return True
    return False


def is_several_fields(value: str, known: Identifier) -> bool:
    """Whether a value that cannot be one field can be read as this field and others behind it."""
    most = min(len(value) - 1, known.most)
    return len(value) <= _MOST_SWALLOWED and any(
        known.has_right_characters(value[:length]) and _is_fields(value[length:])
        for length in range(max(known.least, 1), most + 1)
    )


def _is_fields(rest: str) -> bool:
    place = 0
    while place < len(rest):
        known = identifier_at(rest, place)
        if known is None or not (known.ai in _USUAL or known.ai[:2] in ("31", "32", "39") or known.ai == "240"):
            return False
        place += len(known.ai)
        value = rest[place : place + known.most]
        if len(value) < known.least or not known.has_right_characters(value):
            return False
        if known.ai in _DATES and not is_day(value):
            return False
        place = place + known.most if known.is_fixed else len(rest)
    return True
