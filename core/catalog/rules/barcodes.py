"""Barcodes of items: what kind one is, which may be given to an item, and codes of our own (numbers: core/gtin.py)."""

from __future__ import annotations

import unicodedata

from core.errors import InvalidInput
from core.gtin import GTIN_LENGTHS, check_digit, is_gtin, scanned_form, upc_a_of
from core.i18n import _

LONGEST = 80
# Numbers beginning with 2 are for use inside one company; 29 is ours, scales usually take 20 to 25.
INTERNAL_PREFIX = "29"
KINDS = {8: "EAN-8", 13: "EAN-13", 14: "ITF-14"}


def barcode_kind(code: str) -> str:
    """EAN-13, EAN-8, UPC-A, ITF-14, UPC-E, or empty for any other code."""
    if is_gtin(code):
        return "UPC-A" if len(code) == 12 or (len(code) == 13 and code[0] == "0") else KINDS[len(code)]
    return "UPC-E" if upc_a_of(code) else ""


def normal_barcode(text: str) -> str:
    """A code that may be given to an item. Raises InvalidInput for none, one too long, or one of 8, 12, 13 or 14 digits
    whose check digit is wrong."""
    code = scanned_form(text)
    if not code:
        raise InvalidInput(_("The barcode is empty."), field="barcode")
    if len(code) > LONGEST:
        raise InvalidInput(
            _("The barcode has {n} characters; at most {most} can be kept.", n=len(code), most=LONGEST), field="barcode"
        )
    if any(unicodedata.category(letter) in ("Cc", "Cf") for letter in code):
        raise InvalidInput(_("The barcode holds characters that cannot be printed."), field="barcode")
    is_number = code.isascii() and code.isdigit() and len(code) in GTIN_LENGTHS
    if is_number and not is_gtin(code) and not upc_a_of(code):
        raise InvalidInput(
            _("The check digit of barcode {code} is wrong: with these digits the last one would be {digit}.",
              code=code, digit=check_digit(code[:-1])),
            field="barcode",
        )  # fmt: skip
    return code


def internal_barcode(number: int) -> str:
    """The EAN-13 of our own with this running number. Raises ValueError beyond ten digits."""
    if not 0 <= number < 10**10:
        raise ValueError("a code of our own has ten digits")
    digits = f"{INTERNAL_PREFIX}{number:010d}"
    return digits + check_digit(digits)
