"""Ready profiles: how the shops of a country write weights and prices into their codes.

Sources: GS1 member organisations. Norway and Sweden: 20 to 22 prices, 23 to 25 weights, with 2, 1, 0 and 3, 2, 1 decimals;
UK: 20, price with inner check; Germany: 22 and 23 prices, 25 and 26 counts, 28 and 29 weights, all with inner check;
Denmark: 21 to 24 prices, 26 to 28 weights; Finland and the Baltic states: 23 to 25 weights; US: 02, price with inner
check. China: GB/T 18283-2008, prefixes 20 to 24 with five digits of item and five of price; the 18 digits of label scales
are prefix, item, amount in fen, weight in grams (as sellers of such scales describe them).
"""

from __future__ import annotations

from dataclasses import replace

from core.devices.types.scans import Measure, ScanProfile, StoreTemplate
from core.errors import NotFound
from core.i18n import _

_PRICE, _WEIGHT, _COUNT = Measure.PRICE, Measure.WEIGHT, Measure.COUNT


def _nordic(*prefixes: str) -> tuple[StoreTemplate, ...]:
    rules = {"20": (_PRICE, 2), "21": (_PRICE, 1), "22": (_PRICE, 0)}
    rules |= {"23": (_WEIGHT, 3), "24": (_WEIGHT, 2), "25": (_WEIGHT, 1)}
    return tuple(StoreTemplate(f"{prefix}IIIIIIVVVVC", *rules[prefix]) for prefix in prefixes)


_ALL_NORDIC = _nordic("20", "21", "22", "23", "24", "25")
_WEIGHTS_ONLY = _nordic("23", "24", "25")
_GERMAN = {"22": _PRICE, "23": _PRICE, "25": _COUNT, "26": _COUNT, "28": _WEIGHT, "29": _WEIGHT}
_DECIMALS = {_PRICE: 2, _COUNT: 0, _WEIGHT: 3}
_DANISH = (
    *(StoreTemplate(f"{prefix}IIIIVVVVVVC", _PRICE, 2) for prefix in ("21", "22", "23", "24")),
    StoreTemplate("26IIIIVVVVVVC", _WEIGHT, 3),
    StoreTemplate("27IIIIIVVVVVC", _WEIGHT, 3),
    StoreTemplate("28IIIIVVVVVVC", _WEIGHT, 3),
)
_CHINESE = (
    *(StoreTemplate(f"2{digit}IIIIIVVVVVC", _PRICE, 2) for digit in range(5)),
    # 28 is where Alipay's payment codes begin.
    *(StoreTemplate(f"2{digit}IIIIIMMMMMVVVVVC", _WEIGHT, 3) for digit in (0, 1, 2, 3, 4, 5, 6, 7, 9)),
)

_PROFILES: dict[str, ScanProfile] = {
    "": ScanProfile(),
    "cn": ScanProfile("cn", _CHINESE, "CNY", has_payment_codes=True),
    "no": ScanProfile("no", _ALL_NORDIC, "NOK", date_order="dmy"),
    "se": ScanProfile("se", _ALL_NORDIC, "SEK"),
    "gb": ScanProfile("gb", (StoreTemplate("20IIIIIPVVVVC", _PRICE, 2),), "GBP", date_order="dmy"),
    "de": ScanProfile(
        "de",
        tuple(StoreTemplate(f"{prefix}IIIIPVVVVVC", kind, _DECIMALS[kind]) for prefix, kind in _GERMAN.items()),
        "EUR",
        date_order="dmy",
    ),
    "dk": ScanProfile("dk", _DANISH, "DKK", date_order="dmy"),
    "fi": ScanProfile("fi", _WEIGHTS_ONLY, "EUR", date_order="dmy"),
    "ee": ScanProfile("ee", _WEIGHTS_ONLY, "EUR", date_order="dmy"),
    "lv": ScanProfile("lv", _WEIGHTS_ONLY, "EUR", date_order="dmy"),
    "lt": ScanProfile("lt", _WEIGHTS_ONLY, "EUR"),
    "us": ScanProfile("us", (StoreTemplate("02IIIIIPVVVVC", _PRICE, 2),), "USD", date_order="mdy"),
}
_OTHER_NAMES = {
    "uk": "gb", "default": "", "none": "", "generic": "", "china": "cn", "zh": "cn", "norway": "no", "sweden": "se",
    "united kingdom": "gb", "great britain": "gb", "britain": "gb", "england": "gb", "germany": "de", "denmark": "dk",
    "finland": "fi", "estonia": "ee", "latvia": "lv", "lithuania": "lt", "usa": "us", "united states": "us",
    "中国": "cn", "挪威": "no", "瑞典": "se", "英国": "gb", "德国": "de", "zh_cn": "cn", "zh-cn": "cn", "nb": "no", "sv": "se",
}  # fmt: skip
PROFILE_NAMES = tuple(name for name in _PROFILES if name)


def named_profile(name: str) -> ScanProfile:
    """The ready profile of a country (cn, no, se, gb, de, dk, fi, ee, lv, lt, us); an empty name is a scanner of no
    country. Raises NotFound."""
    key = name.strip().lower()
    found = _PROFILES.get(_OTHER_NAMES.get(key, key))
    if found is None:
        raise NotFound(
            _(
                "There is no scanner profile “{name}”. There are: {names}.",
                name=name[:20],
                names=", ".join(PROFILE_NAMES),
            ),
            field="profile",
        )
    return replace(found)
