"""Web addresses, and GS1 Digital Links among them, whatever domain they stand on.

Source: GS1 Digital Link Standard: URI Syntax. The short names of its early releases (gtin, lot, ser, exp, ...) are read too.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from core.devices.rules.scans.collected import Collected
from core.devices.rules.scans.elements import take_field
from core.devices.types.scans import ScanWord
from core.gs1 import identifier
from core.gtin import has_right_check

_URL = re.compile(r"(?:https?|ftp)://", flags=re.IGNORECASE)
_BARE = re.compile(r"(?:www\.|id\.gs1\.org/)[^\s/]", flags=re.IGNORECASE)
_OWN_DOMAINS = ("id.gs1.org", "dl.gs1.org")
_NAMES = {
    "gtin": "01", "itip": "8006", "cpv": "22", "lot": "10", "ser": "21", "sscc": "00", "gln": "414", "grai": "8003",
    "giai": "8004", "exp": "17", "expdt": "17", "bestbefore": "15", "proddate": "11",
}  # fmt: skip
_KEYS = {
    "01": (8, 12, 13, 14), "8006": (18,), "00": (18,), "414": (13,), "417": (13,), "253": range(13, 31), "255": range(13, 26),
    "402": (17,), "8003": range(14, 31), "8017": (18,), "8018": (18,),
}  # fmt: skip
_OPEN_KEYS = ("401", "8004", "8010", "8013")
# A path such as /2026/01/12345678 is a date and a number, not goods; longer numbers are no chance.
_CERTAIN = 12


def is_url(text: str) -> bool:
    """Whether it is meant as a web address."""
    return _URL.match(text) is not None or _BARE.match(text) is not None


def is_glued_url(text: str) -> bool:
    """Whether a second address begins behind the first without being a part of it."""
    again = _URL.search(text, 8)
    return again is not None and text[again.start() - 1] not in "=/?&:#,;!|"


def read_url(text: str, found: Collected) -> bool | None:
    """True for a Digital Link, whose fields are then in `found`; False for another address; None for a broken one."""
    try:
        parts = urlsplit(text if _URL.match(text) else "https://" + text)
        host = parts.hostname
    except ValueError:
        return None
    if not host or any(letter.isspace() or ord(letter) < 0x20 for letter in text):
        return None
    steps = parts.path.strip("/").split("/")
    is_certain = host in _OWN_DOMAINS
    start = next(
        (place for place in range(len(steps) - 1) if _is_key(steps[place], steps[place + 1], is_certain)), None
    )
    if start is None:
        return None if is_certain and parts.path.strip("/") else False
    _read_path(steps[start:], found)
    for name, value in parse_qsl(parts.query.replace(";", "&")):
        known = identifier(_number(name))
        if known is not None:
            take_field(found, known, value)
    return True


def _number(name: str) -> str:
    return _NAMES.get(name.lower(), name)


def _is_key(name: str, value: str, is_certain: bool) -> bool:
    ai, value = _number(name), unquote(value)
    if ai in _OPEN_KEYS:
        return is_certain
    if ai not in _KEYS or not value.isascii():
        return False
    if is_certain or not name.isdigit():
        return True
    if ai in ("253", "255", "8003", "402", "417"):
        return False
    is_right = value.isdigit() and len(value) in _KEYS[ai]
    return is_right and (len(value) >= _CERTAIN or has_right_check(value))


def _read_path(steps: list[str], found: Collected) -> None:
    if len(steps) % 2:
        found.blame(ScanWord.MALFORMED, "/".join(steps), steps[-1])
    for name, escaped in zip(steps[::2], steps[1::2], strict=False):
        known = identifier(_number(name))
        value = unquote(escaped)
        if known is None:
            found.blame(ScanWord.UNKNOWN_AI, name, name)
            continue
        if known.ai == "01" and value.isdigit() and len(value) in (8, 12, 13):
            value = value.zfill(14)
        take_field(found, known, value)
