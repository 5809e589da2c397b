"""Account numbers of banks: the form and check digits of an IBAN, the form of a BIC."""

from __future__ import annotations

import re

from core.errors import InvalidInput
from core.i18n import _

# Length by country. Source: SWIFT IBAN registry.
LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}", re.ASCII)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)


def compact(number: str) -> str:
    """An account number as banks keep it: capital letters, no blanks."""
    return "".join(number.split()).upper()


def spaced(iban: str) -> str:
    """An IBAN as people read it, in groups of four."""
    bare = compact(iban)
    return " ".join(bare[place : place + 4] for place in range(0, len(bare), 4))


def check_iban(number: str) -> str:
    """The IBAN without blanks. Raises InvalidInput that says whether form, length or check digits are wrong.

    Source: ISO 13616; the check is modulo 97 of ISO 7064.
    """
    iban = compact(number)
    if not _IBAN.fullmatch(iban):
        raise InvalidInput(
            _(
                "“{iban}” is no IBAN. It begins with two letters of the country and two digits, as IE29 AIBK 9311 5212 3456 78.",
                iban=number[:40],
            ),
            field="iban",
        )
    length = LENGTHS.get(iban[:2])
    if length is None:
        raise InvalidInput(_("No IBAN begins with {country}.", country=iban[:2]), field="iban")
    if len(iban) != length:
        raise InvalidInput(
            _(
                "The IBAN {iban} has {found} characters; one of {country} has {length}.",
                iban=spaced(iban),
                found=len(iban),
                country=iban[:2],
                length=length,
            ),
            field="iban",
        )
    if remainder(iban) != 1:
        raise InvalidInput(
            _("The check digits of the IBAN {iban} do not fit: a character is mistyped.", iban=spaced(iban)),
            field="iban",
        )
    return iban


def check_digits(country: str, account: str) -> str:
    """The two check digits that make an IBAN of a country and an account."""
    return f"{98 - remainder(f'{country}00{account}'):02d}"


def check_bic(code: str) -> str:
    """The BIC without blanks. Raises InvalidInput unless it has 8 or 11 characters of its form. Source: ISO 9362."""
    bic = compact(code)
    if not _BIC.fullmatch(bic):
        raise InvalidInput(
            _("“{bic}” is no BIC. It has 8 or 11 characters, as AIBKIE2D or DEUTDEFF500.", bic=code[:20]), field="bic"
        )
    return bic


def is_creditor_reference(reference: str) -> bool:
    """Whether it is a structured reference of a creditor (RF and check digits). Source: ISO 11649."""
    bare = compact(reference)
    return bool(re.fullmatch(r"RF\d{2}[A-Z0-9]{1,21}", bare, re.ASCII)) and remainder(bare) == 1


def remainder(number: str) -> int:
    """Modulo 97 of the number whose first four characters stand last and whose letters are 10 to 35."""
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97
