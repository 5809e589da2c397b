"""Currencies by their number (ISO 4217), as GS1's amounts carry them."""

from __future__ import annotations

_NUMBERS = {
    "036": "AUD", "051": "AMD", "124": "CAD", "156": "CNY", "203": "CZK", "208": "DKK", "344": "HKD", "348": "HUF",
    "352": "ISK", "356": "INR", "360": "IDR", "376": "ILS", "392": "JPY", "398": "KZT", "410": "KRW", "446": "MOP",
    "458": "MYR", "484": "MXN", "554": "NZD", "578": "NOK", "608": "PHP", "643": "RUB", "682": "SAR", "702": "SGD",
    "704": "VND", "710": "ZAR", "752": "SEK", "756": "CHF", "764": "THB", "784": "AED", "818": "EGP", "826": "GBP",
    "840": "USD", "901": "TWD", "941": "RSD", "946": "RON", "949": "TRY", "975": "BGN", "978": "EUR", "980": "UAH",
    "985": "PLN", "986": "BRL",
}  # fmt: skip


def currency_of(number: str) -> str:
    """Its three letters, or the number itself where it is none of these."""
    return _NUMBERS.get(number, number)
