"""An amount in words, as papers for signature have it: 人民币壹佰贰拾元伍角整, One hundred twenty and 50/100 CNY.

Source of the Chinese form: the People's Bank of China's rules for filling in bills (正确填写票据和结算凭证的基本规定).
"""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Language
from core.values import to_minor

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿", "万亿")
_PARTS = ("角", "分", "厘")
_CURRENCIES = {
    "CNY": "人民币", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "HKD": "港元", "SEK": "瑞典克朗",
    "NOK": "挪威克朗", "DKK": "丹麦克朗", "CHF": "瑞士法郎", "AUD": "澳元", "CAD": "加元", "NZD": "新西兰元",
    "SGD": "新加坡元", "TWD": "新台币", "MOP": "澳门元", "KRW": "韩元", "THB": "泰铢", "MYR": "林吉特",
}  # fmt: skip
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS = ("", " thousand", " million", " billion")


def in_words(amount: Decimal, currency: str, digits: int, language: Language) -> str:
    """An amount of a currency with so many minor digits (at most 3) in Chinese capitals or English words, below a
    trillion of its units. Raises InvalidInput beyond that or for more decimals than the currency has."""
    minor = to_minor(abs(amount), digits)
    whole, part = divmod(minor, 10**digits)
    if language == "zh":
        sign = "负" if amount < 0 else ""
        return f"{_CURRENCIES.get(currency, currency)}{sign}{_whole_zh(whole)}{_part_zh(whole, part, digits)}"
    said = _whole_en(whole)
    fraction = f" and {part:0{digits}d}/{10**digits}" if digits else ""
    return f"{'minus ' if amount < 0 else ''}{said}{fraction} {currency}".capitalize().replace(
        currency.lower(), currency
    )


def _whole_zh(number: int) -> str:
    if not number:
        return ""
    groups: list[int] = []
    while number:
        number, low = divmod(number, 10_000)
        groups.append(low)
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += "零"
        said += _group_zh(group) + _MYRIADS[place]
        gap = False
    return said + "元"


def _group_zh(group: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return said


def _part_zh(whole: int, part: int, digits: int) -> str:
    if not part:
        return "整" if whole else "零元整"
    figures = f"{part:0{digits}d}"
    said, gap = "", False
    for figure, name in zip(figures, _PARTS, strict=False):
        if figure == "0":
            gap = bool(whole or said)
            continue
        said += ("零" if gap else "") + _DIGITS[int(figure)] + name
        gap = False
    return said + ("整" if figures.endswith("0") else "")


def _whole_en(number: int) -> str:
    if not number:
        return _ONES[0]
    said: list[str] = []
    for name in _GROUPS:
        number, low = divmod(number, 1000)
        if low:
            said.insert(0, _group_en(low) + name)
    return " ".join(said)


def _group_en(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    said = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        said.append(_TENS[tens] + (f"-{_ONES[ones]}" if ones else ""))
    elif rest:
        said.append(_ONES[rest])
    return " ".join(said)
