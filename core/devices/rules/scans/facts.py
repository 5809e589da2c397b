"""What the fields of a GS1 code mean: goods, dates, weight, price, count; and where they contradict each other.

Source: GS1 General Specifications, section 3 (identifiers), 3.6 (decimals), 4.13.2 (fields that need each other).
Pounds and troy ounces are converted exactly (International yard and pound agreement, 1959).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from core.devices.rules.scans.collected import Collected
from core.devices.rules.scans.currencies import currency_of
from core.devices.rules.scans.dates import day_of, is_time
from core.devices.types.scans import ScanKind, ScanWord
from core.gs1 import identifier
from core.gtin import stored_form

_TEXTS = {"10": "batch", "21": "serial", "00": "sscc", "8200": "url"}
_DAYS = {"11": "production", "15": "best_before", "17": "expiry", "7003": "expiry", "8008": "production"}
# Fields that begin with a date: how many dates of six digits, and whether day 00 stands for the end of the month.
_DATED = {
    "11": True, "12": True, "13": True, "15": True, "16": True, "17": True,
    "7003": False, "7006": False, "7007": False, "7011": False, "8008": False, "4324": True, "4325": True, "4326": True,
}  # fmt: skip
KG_OF = {"310": Decimal(1), "320": Decimal("0.45359237"), "356": Decimal("0.0311034768")}
# A field, and those of which one has to stand beside it.
_NEEDS: dict[str, tuple[str, ...]] = {
    "02": ("37",), "37": ("02", "8026"), "310": ("01", "02", "03", "8006"), "320": ("01", "02", "03", "8006"),
}  # fmt: skip


def facts_of(found: Collected, this_year: int) -> dict[str, Any]:
    """The fields of a `Scan` that these fields fill; what is wrong is told in `found`."""
    _drop_contradictions(found)
    facts: dict[str, Any] = {}
    good: list[tuple[str, str]] = []
    for ai, value in found.fields:
        if ai in _DATED and not _is_dated(ai, value, this_year):
            found.blame(ScanWord.INVALID_DATE, value, ai)
            continue
        good.append((ai, value))
        _read(facts, found, ai, value, this_year)
    found.fields[:] = good
    _find_goods(facts, found)
    _find_lacking(found)
    made, kept = facts.get("production"), facts.get("expiry") or facts.get("best_before")
    if made and kept and made > kept:
        found.blame(ScanWord.CONFLICT, f"{made.isoformat()} > {kept.isoformat()}", "11")
    facts["kind"] = ScanKind.SSCC if {ai for ai, _value in good} == {"00"} else ScanKind.GS1
    return facts


def _drop_contradictions(found: Collected) -> None:
    """A field twice with one value counts once; with two values nobody knows which is right, so neither is taken."""
    values: dict[str, set[str]] = {}
    for ai, value in found.fields:
        values.setdefault(_subject(ai), set()).add(_same(ai, value))
    wrong = [subject for subject, told in values.items() if len(told) > 1]
    for subject in wrong:
        both = " / ".join(dict.fromkeys(value for ai, value in found.fields if _subject(ai) == subject))
        found.blame(ScanWord.CONFLICT, f"({subject}) {both}", subject)
    kept = dict.fromkeys((ai, value) for ai, value in found.fields if _subject(ai) not in wrong)
    found.fields[:] = kept


def _subject(ai: str) -> str:
    """What a field speaks of: 3102 and 3103 are both the net weight."""
    return ai[:3] if len(ai) == 4 and ai[0] == "3" else ai


def _same(ai: str, value: str) -> str:
    if len(ai) == 4 and ai[0] == "3" and ai[:3] not in ("391", "393"):
        return str(_decimal(ai, value).normalize())
    return value


def _decimal(ai: str, value: str) -> Decimal:
    return Decimal(value).scaleb(-int(ai[3]))


def _is_dated(ai: str, value: str, this_year: int) -> bool:
    if ai in ("4324", "4325") and value[6:] == "9999":
        return day_of(value[:6], this_year) is not None
    if ai == "7007":
        days = [day_of(value[start : start + 6], this_year, has_day_0=False) for start in range(0, len(value), 6)]
        return len(value) in (6, 12) and None not in days and days == sorted(days, key=lambda day: day or date.min)
    rest = value[6:]
    return len(rest) % 2 == 0 and is_time(rest) and day_of(value[:6], this_year, has_day_0=_DATED[ai]) is not None


def _read(facts: dict[str, Any], found: Collected, ai: str, value: str, this_year: int) -> None:
    if ai == "00" and not value.strip("0"):
        found.blame(ScanWord.MALFORMED, value, ai)
    elif ai in _TEXTS:
        facts[_TEXTS[ai]] = value
    elif ai in _DAYS:
        _read_day(facts, found, ai, day_of(value[:6], this_year, has_day_0=_DATED[ai]))
    elif ai in ("30", "37"):
        _put_measure(facts, found, ai, "count", Decimal(value))
    elif ai[:3] in KG_OF:
        _put_measure(facts, found, ai, "net_weight_kg", _decimal(ai, value) * KG_OF[ai[:3]])
    elif ai[:3] in ("390", "391", "392", "393"):
        _read_price(facts, found, ai, value)
    elif ai == "240" or (ai == "241" and "item_code" not in facts):
        facts["item_code"] = value


def _read_day(facts: dict[str, Any], found: Collected, ai: str, day: date | None) -> None:
    name = _DAYS[ai]
    if facts.get(name, day) != day:
        found.blame(ScanWord.CONFLICT, f"{facts[name]} / {day}", ai)
        facts[name] = None
    else:
        facts[name] = day


def _put_measure(facts: dict[str, Any], found: Collected, ai: str, name: str, number: Decimal) -> None:
    if number == 0:
        found.blame(ScanWord.ZERO_MEASURE, "0", ai)
    elif name not in facts or ai[:3] == "310":
        facts[name] = number


def _read_price(facts: dict[str, Any], found: Collected, ai: str, value: str) -> None:
    """392 and 393 are the price of what was weighed, 390 and 391 an amount to pay; the former goes first."""
    has_currency = ai[:3] in ("391", "393")
    price = _decimal(ai, value[3:] if has_currency else value)
    if price == 0:
        found.blame(ScanWord.ZERO_MEASURE, "0", ai)
    elif "price" not in facts or ai[:3] in ("392", "393"):
        facts["price"] = price
        facts["currency"] = currency_of(value[:3]) if has_currency else ""


def _find_goods(facts: dict[str, Any], found: Collected) -> None:
    """Which GTIN the message is about: its own (01), that of a piece (8006), or what is inside (02, 8026)."""
    values = dict(found.fields)
    if "01" in values and "02" in values:
        found.blame(ScanWord.CONFLICT, f"(01) {values['01']} / (02) {values['02']}", "02")
    names = ("01", "8006", "02", "8026", "03")
    gtin = next((values[ai][:14] for ai in names if ai in values), "")
    if gtin.strip("0"):
        facts["gtin"] = gtin
        facts["codes"] = (stored_form(gtin),)
    elif gtin:
        found.blame(ScanWord.MALFORMED, gtin, "01")


def _find_lacking(found: Collected) -> None:
    names = {_subject(name) if identifier(name) else name for name in found.names()}
    for name, needed in _NEEDS.items():
        if name in names and not names.intersection(needed):
            found.blame(ScanWord.MISSING_AI, "", name)


def codes_of(facts: dict[str, Any], more: Iterable[str] = ()) -> tuple[str, ...]:
    """What may be looked up, best first, each once."""
    known = (*facts.get("codes", ()), facts.get("item_code", ""), *more)
    return tuple(dict.fromkeys(code for code in known if code))
