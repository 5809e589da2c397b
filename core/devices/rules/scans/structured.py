"""QR codes that hold JSON: the fields that are known by their names, in English and Chinese."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from core.devices.rules.scans.collected import Collected
from core.devices.rules.scans.dates import written_day
from core.devices.types.scans import ScanKind, ScanProfile, ScanWord
from core.gtin import bare_digits, has_right_check, is_gtin, stored_form

_WORDS = {
    "gtin": "gtin gtin14 gtin13 ean ean13 ean8 upc barcode 条码 条形码 商品条码",
    "item_code": "itemcode item itemno itemnumber sku code partno partnumber part pn mpn material 编码 物料编码 物料号 货号 商品编码 料号",
    "batch": "batch lot batchno lotno batchnumber lotnumber 批号 批次 批次号",
    "serial": "serial sn serialno serialnumber 序列号",
    "expiry": "expiry exp expirydate expires expirationdate useby 有效期 有效期至 失效日期 到期日期",
    "best_before": "bestbefore bbd bestbeforedate 保质期至 最佳食用日期",
    "production": "production productiondate mfg mfd mfgdate manufactured produced 生产日期",
    "sscc": "sscc",
    "count": "count qty quantity pcs 数量",
    "net_weight_kg": "netweightkg weightkg kg 净重kg",
    "price": "price 价格 单价",
    "url": "url link",
}
_FIELDS = {word: field for field, words in _WORDS.items() for word in words.split()}
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", flags=re.ASCII)


def read_json(text: str, profile: ScanProfile, this_year: int, found: Collected) -> dict[str, Any] | None:
    """The fields of a JSON object or list; None when it is none. Numbers stay as they are written."""
    try:
        data = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    facts: dict[str, Any] = {"kind": ScanKind.JSON, "text": text}
    for name, value in data.items() if isinstance(data, dict) else ():
        if not isinstance(value, str) or not value.strip():
            continue
        found.take(name[:40], value)
        field = _FIELDS.get(re.sub(r"[\s_.-]", "", name).lower())
        if field is not None and field not in facts:
            _put(facts, found, field, value.strip(), profile, this_year)
    return facts


def _put(facts: dict[str, Any], found: Collected, field: str, value: str, profile: ScanProfile, this_year: int) -> None:
    if field == "gtin":
        _put_gtin(facts, found, value)
    elif field in ("expiry", "best_before", "production"):
        day = written_day(value, profile.date_order, this_year)
        if day is None:
            found.blame(ScanWord.INVALID_DATE, value, field)
        else:
            facts[field] = day
    elif field in ("count", "net_weight_kg", "price"):
        _put_number(facts, found, field, value)
    elif field == "sscc" and not (len(value) == 18 and has_right_check(value)):
        found.blame(ScanWord.CHECK_DIGIT, value, field)
    else:
        facts[field] = value


def _put_gtin(facts: dict[str, Any], found: Collected, value: str) -> None:
    digits = bare_digits(value)
    if is_gtin(digits) and digits.strip("0"):
        facts["gtin"] = digits.zfill(14)
        facts["codes"] = (stored_form(facts["gtin"]),)
    elif digits:
        found.blame(ScanWord.CHECK_DIGIT, value, "gtin")
    else:
        facts.setdefault("item_code", value)


def _put_number(facts: dict[str, Any], found: Collected, field: str, value: str) -> None:
    try:
        number = Decimal(value) if _NUMBER.fullmatch(value) else None
    except InvalidOperation:
        number = None
    if number is None:
        found.blame(ScanWord.BAD_CHAR, value, field)
    elif number == 0:
        found.blame(ScanWord.ZERO_MEASURE, value, field)
    else:
        facts[field] = number
