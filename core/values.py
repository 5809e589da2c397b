"""Exact numbers: quantities, money, rounding, and reading them as people type them.

Quantities have at most six decimals and are kept as whole millionths; money is kept as whole minor units of the site's
currency. Rounding is half away from zero and happens only here. No float touches either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from core.errors import InvalidInput
from core.i18n import _

MICRO = 1_000_000
QTY_LIMIT = Decimal(1_000_000_000)
MONEY_LIMIT = Decimal(1_000_000_000_000)
_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
CURRENCY_DIGITS = {**dict.fromkeys(_WITHOUT.split(), 0), **dict.fromkeys(_THREE.split(), 3)}
CURRENCY_SIGNS = {"CNY": "¥", "EUR": "€", "GBP": "£", "USD": "$", "SEK": "kr", "NOK": "kr", "JPY": "¥"}
_WIDE = str.maketrans("０１２３４５６７８９．，－＋　＊／（）", "0123456789.,-+ */()")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "'": " ", "\u2019": " "})


def digits_of(currency: str) -> int:
    """Minor digits of a currency (ISO 4217): 2 for CNY, 0 for JPY."""
    return CURRENCY_DIGITS.get(currency, 2)


def round_half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the next whole, halves away from zero. The one rounding rule of the house."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def split_by_weights(total: int, weights: Sequence[int]) -> list[int]:
    """Shares of `total` in proportion to non-negative `weights`, by cumulative rounding: they sum to `total` exactly.

    Raises ValueError when the weights sum to nothing.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights must sum to more than nothing")
    shares, run, given = [], 0, 0
    for weight in weights:
        run += weight
        upto = round_half_up(total * run, whole)
        shares.append(upto - given)
        given = upto
    return shares


def to_micro(qty: Decimal) -> int:
    """A quantity as whole millionths. Raises InvalidInput beyond six decimals or the limit."""
    scaled = qty * MICRO
    if scaled != scaled.to_integral_value():
        raise InvalidInput(_("{qty} has more than six decimals.", qty=qty), field="qty")
    if abs(qty) >= QTY_LIMIT:
        raise InvalidInput(_("{qty} is too large for a quantity.", qty=qty), field="qty")
    return int(scaled)


def from_micro(micro: int) -> Decimal:
    """Whole millionths as a quantity without trailing zeros."""
    whole, part = divmod(micro, MICRO)
    return Decimal(micro).scaleb(-6).normalize() if part else Decimal(whole)


def to_minor(amount: Decimal, digits: int) -> int:
    """Money as whole minor units; more decimals than the currency has are refused with InvalidInput."""
    if not amount.is_finite():
        raise _too_large(amount)
    scaled = amount.scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise InvalidInput(_("{amount} has more decimals than the currency.", amount=amount), field="amount")
    if abs(amount) >= MONEY_LIMIT:
        raise _too_large(amount)
    return int(scaled)


def from_minor(minor: int, digits: int) -> Decimal:
    """Whole minor units as money with the currency's decimals (12.50, not 12.5)."""
    return Decimal(minor).scaleb(-digits)


def round_to_minor(amount: Decimal, digits: int) -> int:
    """Money rounded to whole minor units. Raises InvalidInput when it is too large."""
    if abs(amount) >= MONEY_LIMIT:
        raise _too_large(amount)
    numerator, denominator = amount.as_integer_ratio()
    return round_half_up(numerator * 10**digits, denominator)


def _too_large(amount: Decimal) -> InvalidInput:
    return InvalidInput(_("{amount} is too large for an amount.", amount=amount), field="amount")


def amount_of(qty: Decimal, unit_price: Decimal, digits: int) -> Decimal:
    """`qty * unit_price` rounded to the currency."""
    return round_decimal(qty * unit_price, digits)


def round_decimal(number: Decimal, digits: int) -> Decimal:
    """`number` to `digits` decimals, halves away from zero."""
    numerator, denominator = number.as_integer_ratio()
    return Decimal(round_half_up(numerator * 10**digits, denominator)).scaleb(-digits)


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros and never with an exponent (100, not 1E+2)."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return number.normalize()


def parse_number(text: str) -> Decimal:
    """A number as people type it: full-width digits, 1,234.5 and 1.234,5 and 1 234,5, 1/2, and sums such as 3*12+5.

    A single comma followed by exactly three digits is a thousands separator (12,000); otherwise it is a decimal comma
    (1,5). Raises InvalidInput with a sentence.
    """
    cleaned = text.translate(_WIDE).translate(_MINUS).strip()
    if not cleaned or len(cleaned) > 60:
        raise _not_a_number(text)
    terms = re.findall(r"[+-]?[^+-]+", cleaned.replace(" ", ""))
    if not terms or "".join(terms) != cleaned.replace(" ", ""):
        raise _not_a_number(text)
    return sum((_term(term, text) for term in terms), Decimal(0))


def _term(term: str, text: str) -> Decimal:
    sign = Decimal(-1 if term.startswith("-") else 1)
    parts = re.split(r"([*x×/])", term.lstrip("+-"), flags=re.IGNORECASE)
    result = _literal(parts[0], text)
    for operator, operand in zip(parts[1::2], parts[2::2], strict=True):
        number = _literal(operand, text)
        if operator == "/" and number == 0:
            raise _not_a_number(text)
        result = result / number if operator == "/" else result * number
    return sign * result


def _literal(literal: str, text: str) -> Decimal:
    comma, point = literal.rfind(","), literal.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimal = (",", ".") if point > comma else (".", ",")
        literal = literal.replace(thousands, "").replace(decimal, ".")
    elif comma >= 0:
        groups = literal.split(",")
        is_grouped = all(len(group) == 3 for group in groups[1:]) and groups[0].lstrip("0") != ""
        literal = literal.replace(",", "") if is_grouped else literal.replace(",", ".")
    elif literal.count(".") > 1 and all(len(group) == 3 for group in literal.split(".")[1:]):
        literal = literal.replace(".", "")
    if not re.fullmatch(r"\d+\.?\d*|\.\d+", literal, flags=re.ASCII):
        raise _not_a_number(text)
    try:
        return Decimal(literal)
    except InvalidOperation as fault:
        raise _not_a_number(text) from fault


def _not_a_number(text: str) -> InvalidInput:
    return InvalidInput(_("“{text}” is not a number. Write 12, 1.5 or 3*12+5.", text=text[:30]))


def parse_quantity(text: str) -> Decimal:
    """A quantity as typed, at most six decimals. Raises InvalidInput."""
    number = parse_number(text)
    numerator, denominator = number.as_integer_ratio()
    if "/" in text:
        number = Decimal(round_half_up(numerator * MICRO, denominator)).scaleb(-6)
    to_micro(number)
    return plain(number)


def parse_money(text: str, digits: int) -> Decimal:
    """An amount of money as typed, with or without its currency sign. Raises InvalidInput."""
    bare = re.sub(
        r"^(CNY|EUR|GBP|USD|SEK|NOK|JPY|RMB|[¥￥€£$]|kr)\s*|\s*(CNY|EUR|元|kr|€)$",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    amount = parse_number(bare)
    return from_minor(to_minor(amount, digits), digits)
