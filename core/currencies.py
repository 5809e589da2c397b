"""The currencies there are. Source: ISO 4217, without metals, funds and units of account."""

from __future__ import annotations

from core.errors import InvalidInput
from core.i18n import _

_CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD
IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF
XPF YER ZAR ZMW
"""
CURRENCIES = frozenset(_CODES.split())


def check_currency(code: str, field: str = "currency") -> str:
    """The code of a currency in capitals. Raises InvalidInput when there is none of that name."""
    word = code.strip().upper()
    if word not in CURRENCIES:
        raise InvalidInput(
            _("{currency} is not a currency. Write three letters such as CNY.", currency=code.strip()[:20]), field=field
        )
    return word
