"""Payment codes: what a guest's phone shows, or a till's poster. They are told, never taken for goods.

Lengths and beginnings as the payment companies publish them: WeChat Pay 18 digits from 10 to 15, Alipay 16 to 24 digits
from 25 to 30, UnionPay 19 digits from 62; EMVCo merchant codes begin with 000201.
"""

from __future__ import annotations

import re

from core.devices.types.scans import ScanProfile
from core.gtin import has_right_check

_WECHAT = re.compile(r"1[0-5]\d{16}", flags=re.ASCII)
_ALIPAY = re.compile(r"(?:2[5-9]|30)\d{14,22}", flags=re.ASCII)
_UNIONPAY = re.compile(r"62\d{17}", flags=re.ASCII)
_EMV = re.compile(r"00020[1-9](?:0102(?:11|12)|.*6304[0-9A-F]{4}$|[2-5]\d)", flags=re.IGNORECASE | re.DOTALL)
_ADDRESSES = re.compile(
    r"(?:wxp|weixin|alipays?|upi|bitcoin|ethereum|lightning|paytm|swish|vipps|twint|payto):"
    r"|https?://(?:qr|ulink|mobilecodec|render|ds|mclient)\.alipay\.com\b"
    r"|https?://(?:wx\.tenpay|payapp\.weixin\.qq|pay\.weixin\.qq|action\.weixin\.qq|qr\.95516|qr\.unionpay"
    r"|qrpay\.qq|pay\.qq|h5\.jdpay|paypal|www\.paypal|paypal\.me|www\.paypal\.me|qr\.paypal)\.?(?:com|me)?\b",
    flags=re.IGNORECASE,
)
_TRANSFERS = re.compile(r"(?:BCD\r?\n00[12]\r?\n|SPC\r?\n02\d\d\r?\n|ST0001\d\|)")
_LEAST_EMV = 30


def is_payment(text: str, profile: ScanProfile) -> bool:
    """Whether a scan is a code for paying.

    18 digits with a right check digit may be a parcel's number; they are a payment code only where people pay so.
    """
    if text.isdigit():
        return _is_payment_number(text, profile)
    if text.startswith("00020"):
        return len(text) >= _LEAST_EMV and _EMV.match(text) is not None
    return _ADDRESSES.match(text) is not None or _TRANSFERS.match(text) is not None


def _is_payment_number(digits: str, profile: ScanProfile) -> bool:
    if len(digits) == 18 and has_right_check(digits) and not profile.has_payment_codes:
        return False
    if _WECHAT.fullmatch(digits) or _ALIPAY.fullmatch(digits) or _UNIONPAY.fullmatch(digits):
        return True
    return len(digits) >= _LEAST_EMV and _EMV.match(digits) is not None
