"""Unit prices: what a kilogram or a litre costs, exactly, rounded by a written rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from core.values import plain, round_decimal

# How many grams, millilitres or centimetres one unit of a specification is.
_UNITS = {
    "kg": ("mass", Decimal(1000)), "g": ("mass", Decimal(1)), "克": ("mass", Decimal(1)),
    "千克": ("mass", Decimal(1000)), "公斤": ("mass", Decimal(1000)), "斤": ("mass", Decimal(500)),
    "l": ("volume", Decimal(1000)), "升": ("volume", Decimal(1000)), "ml": ("volume", Decimal(1)),
    "毫升": ("volume", Decimal(1)), "cl": ("volume", Decimal(10)),
}  # fmt: skip
_NUMBER = r"(\d{1,6}(?:\.\d{1,3})?)"
_CONTENT = re.compile(
    rf"(?:(\d{{1,4}})\s*[x×*]\s*)?{_NUMBER}\s*(千克|公斤|毫升|kg|ml|cl|克|斤|升|g|l)(?![a-z])"
    r"(?:\s*[/]?[瓶听袋盒罐包支]?\s*[x×*]\s*(\d{1,4}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NetContent:
    """What one base unit holds: `amount` grams (mass) or millilitres (volume)."""

    dimension: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class UnitPriceRule:
    """For how much a unit price is said: grams or millilitres, and what people read. Rounded half away from zero to the
    currency's decimals; with `is_finer_below_one` to one decimal more below 1.00."""

    mass: Decimal
    volume: Decimal
    is_finer_below_one: bool = False

    def per(self, dimension: str) -> Decimal:
        """The reference quantity of a dimension."""
        return self.mass if dimension == "mass" else self.volume


_THOUSAND = Decimal(1000)
PER_KILO = UnitPriceRule(_THOUSAND, _THOUSAND)
PER_HUNDRED = UnitPriceRule(Decimal(100), Decimal(100))
PER_HALF_KILO = UnitPriceRule(Decimal(500), Decimal(500))
# The United Kingdom's Price Marking Order 2004: to 0.1 p below one pound.
_OF_CURRENCY = {"CNY": PER_HALF_KILO, "GBP": UnitPriceRule(_THOUSAND, _THOUSAND, is_finer_below_one=True)}


def usual_rule(currency: str) -> UnitPriceRule:
    """Per 500 g where people buy by the 斤, per kilogram and litre elsewhere."""
    return _OF_CURRENCY.get(currency, PER_KILO)


def net_content(spec: str) -> NetContent | None:
    """What a specification such as 330 ml, 6×330ml or 500 g*12 says that one piece holds; None where it says nothing, or
    two different things."""
    found = {_amount(match) for match in _CONTENT.finditer(spec[:200])}
    if len(found) != 1:
        return None
    dimension, amount = found.pop()
    return NetContent(dimension, amount) if amount > 0 else None


def _amount(match: re.Match[str]) -> tuple[str, Decimal]:
    before, number, unit, after = match.groups()
    dimension, size = _UNITS[unit.lower()]
    return dimension, Decimal(number) * size * Decimal(before or 1) * Decimal(after or 1)


def unit_price(price: Decimal, content: NetContent, rule: UnitPriceRule, digits: int) -> Decimal:
    """The price of the rule's reference quantity. `price` is that of one piece holding `content`; worked out exactly and
    rounded once. Source: Directive 98/6/EC, Price Marking Order 2004."""
    per = rule.per(content.dimension)
    top, bottom = (price * per).as_integer_ratio()
    numerator, denominator = content.amount.as_integer_ratio()
    exact_top, exact_bottom = top * denominator, bottom * numerator
    is_below_one = exact_top < exact_bottom
    places = digits + 1 if rule.is_finer_below_one and is_below_one else digits
    return _rounded(exact_top, exact_bottom, places)


def _rounded(top: int, bottom: int, places: int) -> Decimal:
    scaled, rest = divmod(top * 10**places, bottom)
    return Decimal(scaled + (1 if rest * 2 >= bottom else 0)).scaleb(-places)


def reference_words(dimension: str, per: Decimal) -> str:
    """500 g, kg, 100 ml, L: what stands behind the stroke of a unit price."""
    small, large = ("g", "kg") if dimension == "mass" else ("ml", "L")
    if per == _THOUSAND:
        return large
    return f"{plain(per)} {small}"


def shelf_price(price: Decimal, digits: int) -> Decimal:
    """A price as it is asked at the till: rounded half away from zero to the currency's decimals."""
    return round_decimal(price, digits)
