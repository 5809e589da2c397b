"""Labels of suppliers' bags and boxes: ISO/IEC 15434 envelopes with data identifiers, and LCSC's braces.

Source: ISO/IEC 15434 (envelope), ANSI MH10.8.2 (data identifiers), EIGP 114 (electronic parts). `P` is the customer's
number of the part, `1P` the supplier's, `30P` another of the supplier's; the first that is there is the item's code, all
may be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core.devices.rules.scans.collected import Collected
from core.devices.rules.scans.dates import day_of, week_of, written_day
from core.devices.types.scans import ScanKind, ScanWord
from core.gtin import has_right_check, is_gtin, stored_form

MOST_FIELDS = 60
GS, RS, EOT = "\x1d", "\x1e", "\x04"
_HEAD = re.compile(r">?\[\)>([^0-9A-Za-z]?)(\d\d)", flags=re.ASCII)
_FIELD = re.compile(r"(\d{0,3}[A-Z])(.*)", flags=re.DOTALL)
_QUANTITY = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]{0,3})", flags=re.ASCII)
_BRACES = re.compile(r"\{(?:[a-z]{1,10}:[^,{}]*)(?:,[a-z]{1,10}:[^,{}]*)+\}", flags=re.IGNORECASE)
_FORMATS = ("05", "06")
_ITEMS = ("P", "1P", "30P", "31P", "pc", "pm")
_TEXTS = {"1T": "batch", "T": "batch", "S": "serial", "1S": "serial", "25S": "serial"}
_KILOGRAMS = {"KG": Decimal(1), "KGM": Decimal(1), "G": Decimal("0.001"), "GRM": Decimal("0.001")}
_PIECES = ("", "EA", "PC", "PCS", "PCE", "ST", "C62")
_Day = Callable[[str, int], "date | None"]


def is_envelope(text: str) -> bool:
    """Whether it begins as ISO 15434 does; Mouser's older labels have one sign in front."""
    return text.startswith(("[)>", ">[)>"))


def envelope(text: str, found: Collected) -> tuple[str, str] | None:
    """Format number and content of an envelope; None when it is broken. A scanner that sends another sign for the group
    separator is understood: it is the one behind the format number."""
    head = _HEAD.match(text)
    if head is None or head[2] not in _FORMATS:
        return None
    if text.find("[)>", head.end()) >= 0:
        found.blame(ScanWord.GLUED)
        return None
    body = text[head.end() :].rstrip(EOT).rstrip(RS)
    if body and not body[0].isalnum() and body[0] not in (GS, RS):
        body = body.replace(body[0], GS)
    if GS not in body and body:
        found.blame(ScanWord.MISSING_SEPARATOR, body)
        return None
    if not body.strip(GS + RS):
        found.blame(ScanWord.TRUNCATED, text)
        return None
    return head[2], body.split(RS)[0]


def read_identifiers(body: str, this_year: int, found: Collected) -> dict[str, Any]:
    """The fields of a content with data identifiers (format 06)."""
    fields = [field for field in body.split(GS) if field]
    if len(fields) > MOST_FIELDS:
        found.blame(ScanWord.TOO_LONG)
    for field in fields[:MOST_FIELDS]:
        parts = _FIELD.fullmatch(field)
        if parts is None:
            found.blame(ScanWord.TRUNCATED if field.isdigit() and body.endswith(field) else ScanWord.MALFORMED, field)
        elif parts[2].strip():
            found.take(parts[1], parts[2].strip())
    if not found.fields and not found.troubles:
        found.blame(ScanWord.TRUNCATED, body)
    return _facts(found, this_year)


def read_braces(text: str, this_year: int, found: Collected) -> dict[str, Any] | None:
    """LCSC's `{pbn:...,on:...,pc:C22775,pm:...,qty:100,...}`; None for anything else."""
    if _BRACES.fullmatch(text) is None:
        return None
    for pair in text[1:-1].split(",")[:MOST_FIELDS]:
        name, _sep, value = pair.partition(":")
        if value.strip():
            found.take({"qty": "Q"}.get(name.lower(), name.lower()), value.strip())
    names = {name for name, _value in found.fields}
    return _facts(found, this_year) if names & {"pc", "pm"} else None


def _facts(found: Collected, this_year: int) -> dict[str, Any]:
    values = _without_contradictions(found)
    facts: dict[str, Any] = {"kind": ScanKind.SUPPLIER}
    items = [values[name] for name in _ITEMS if name in values]
    if items:
        facts["item_code"], facts["codes"] = items[0], tuple(dict.fromkeys(items))
    for name, value in values.items():
        if name in _TEXTS:
            facts.setdefault(_TEXTS[name], value)
        elif name in _DAYS:
            _put_day(facts, found, name, value, this_year)
        elif name in ("Q", "7Q"):
            _put_quantity(facts, found, name, value)
        elif name in ("8P", "J"):
            _put_number(facts, found, name, value)
    return facts


def _without_contradictions(found: Collected) -> dict[str, str]:
    values: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name, value in found.fields:
        if values.setdefault(name, value) != value:
            wrong[name] = f"({name}) {values[name]} / {value}"
    known = {*_ITEMS, *_TEXTS, *_DAYS, "Q", "8P"}
    for name, both in wrong.items():
        if name in known:
            found.blame(ScanWord.CONFLICT, both, name)
            del values[name]
    return values


def _put_quantity(facts: dict[str, Any], found: Collected, name: str, value: str) -> None:
    parts = _QUANTITY.fullmatch(value.replace(",", ""))
    if parts is None:
        found.blame(ScanWord.BAD_CHAR, value, name)
        return
    try:
        number = Decimal(parts[1])
    except InvalidOperation:
        found.blame(ScanWord.BAD_CHAR, value, name)
        return
    if number == 0:
        found.blame(ScanWord.ZERO_MEASURE, value, name)
    elif parts[2].upper() in _PIECES:
        facts.setdefault("count", number)
    elif parts[2].upper() in _KILOGRAMS:
        facts.setdefault("net_weight_kg", number * _KILOGRAMS[parts[2].upper()])


def _put_number(facts: dict[str, Any], found: Collected, name: str, value: str) -> None:
    """8P is a GTIN; J with 18 digits behind it a parcel's number."""
    if name == "8P" and is_gtin(value):
        facts["gtin"] = value.zfill(14)
        facts["codes"] = (stored_form(facts["gtin"]), *facts.get("codes", ()))
    elif name == "8P":
        found.blame(ScanWord.CHECK_DIGIT, value, name)
    elif len(value) == 18 and has_right_check(value):
        facts["sscc"] = value


def _mutual(value: str, this_year: int) -> date | None:
    """9D is as partners agree: in practice a week YYWW, sometimes a whole date."""
    return week_of(value, this_year) if len(value) == 4 else written_day(value, "ymd", this_year)


def _day_first(value: str, this_year: int) -> date | None:
    return written_day(value[4:] + value[2:4] + value[:2], "ymd", this_year)


_DAYS: dict[str, tuple[str, tuple[int, ...], _Day]] = {
    "D": ("production", (6,), day_of),
    "9D": ("production", (4, 6, 8), _mutual),
    "10D": ("production", (4,), week_of),
    "11D": ("production", (6,), week_of),
    "14D": ("expiry", (8,), lambda value, this_year: written_day(value, "ymd", this_year)),
    "15D": ("expiry", (8,), _day_first),
    "16D": ("production", (8,), lambda value, this_year: written_day(value, "ymd", this_year)),
    "17D": ("production", (8,), _day_first),
}


def _put_day(facts: dict[str, Any], found: Collected, name: str, value: str, this_year: int) -> None:
    field, lengths, meaning = _DAYS[name]
    is_number = value.isascii() and value.isdigit() and len(value) in lengths
    day = meaning(value, this_year) if is_number else None
    if day is None:
        found.blame(ScanWord.INVALID_DATE, value, name)
    else:
        facts.setdefault(field, day)
