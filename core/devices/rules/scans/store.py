"""In-store codes: what the scales of a shop print, read by the templates of the scanner's profile.

Source: GS1 General Specifications, section 2.1.11 (restricted circulation) and 7.9.2 to 7.9.4 (check digit of a price
or weight of four or five digits). Ready templates stand in `profiles`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from core.devices.rules.scans.collected import Collected
from core.devices.types.scans import Measure, ScanKind, ScanProfile, ScanWord, StoreTemplate
from core.gtin import check_digit, has_right_check

_TWO_MINUS = (0, 2, 4, 6, 8, 9, 1, 3, 5, 7)
_THREE = (0, 3, 6, 9, 2, 5, 8, 1, 4, 7)
_FIVE_PLUS = (0, 5, 1, 6, 2, 7, 3, 8, 4, 9)
_FIVE_MINUS = (0, 5, 9, 4, 8, 3, 7, 2, 6, 1)
_WEIGHTS = {
    4: (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS),
    5: (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS),
}


def price_check_digit(value: str) -> str:
    """The inner check digit of a price or weight of four or five digits; empty for any other length."""
    weights = _WEIGHTS.get(len(value))
    if weights is None:
        return ""
    total = sum(weights[place][int(digit)] for place, digit in enumerate(value))
    return str(total * 3 % 10) if len(value) == 4 else str(_FIVE_MINUS.index(-total % 10))


def template_of(digits: str, profile: ScanProfile) -> StoreTemplate | None:
    """The template a number of 13 or 18 digits fits, or None."""
    return next((one for one in profile.templates if _form_of(one.pattern).fullmatch(digits)), None)


def read_in_store(digits: str, template: StoreTemplate, found: Collected) -> dict[str, Any]:
    """Item, weight, price or count of such a number. What cannot be right is told in `found` and left out."""
    groups = _groups_of(digits, template)
    facts: dict[str, Any] = {"kind": ScanKind.IN_STORE}
    if not has_right_check(digits):
        found.blame(ScanWord.CHECK_DIGIT, digits)
        return facts
    item, value, amount = groups.get("I", ""), groups.get("V", ""), groups.get("M", "")
    facts["item_code"] = item
    facts["codes"] = (_without_value(digits, template), item) if value or amount else (digits, item)
    if "P" in groups and price_check_digit(value) != groups["P"]:
        found.blame(ScanWord.PRICE_CHECK_DIGIT, value)
        return facts
    if value:
        _put(facts, found, _FIELD_OF[template.measure], Decimal(value).scaleb(-template.decimals))
    if amount:
        _put(facts, found, "price", Decimal(amount).scaleb(-template.amount_decimals))
    return facts


_FIELD_OF = {Measure.WEIGHT: "net_weight_kg", Measure.PRICE: "price", Measure.COUNT: "count"}


def _put(facts: dict[str, Any], found: Collected, name: str, number: Decimal) -> None:
    if number == 0:
        found.blame(ScanWord.ZERO_MEASURE, "0", name)
    else:
        facts[name] = number


def _groups_of(digits: str, template: StoreTemplate) -> dict[str, str]:
    groups: dict[str, str] = {}
    for letter, digit in zip(template.pattern, digits, strict=True):
        if letter.isupper():
            groups[letter] = groups.get(letter, "") + digit
    return groups


def _without_value(digits: str, template: StoreTemplate) -> str:
    """The same number with nothing as its value: as shops keep such goods in their catalogue."""
    blank = ["0" if letter in "VMP" else digit for letter, digit in zip(template.pattern, digits[:-1], strict=False)]
    place = template.pattern.find("P")
    if place >= 0:
        blank[place] = price_check_digit("0" * template.pattern.count("V"))
    bare = "".join(blank)
    return bare + check_digit(bare)


@lru_cache(maxsize=256)
def _form_of(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(letter if letter.isdigit() else r"\d" for letter in pattern), flags=re.ASCII)


def is_template(pattern: str) -> bool:
    """Whether a pattern can be used: 13 or 18 places, an item, a value, and the check digit last."""
    return re.fullmatch(r"[0-9xIPVM]{12}C|[0-9xIPVM]{17}C", pattern) is not None and "I" in pattern
