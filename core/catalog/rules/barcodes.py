"""Barcodes: their one written form, check digits, and codes of our own.

Source: GS1 General Specifications, section 7.9 (check digit calculations); UPC-E is read as the UPC-A it stands for.
"""

from __future__ import annotations

import re
import unicodedata

from core.errors import InvalidInput
from core.i18n import _

GTIN_LENGTHS = (8, 12, 13, 14)
LONGEST = 80
# Numbers beginning with 2 are for use inside one company; 29 is ours, scales usually take 20 to 25.
INTERNAL_PREFIX = "29"
KINDS = {8: "EAN-8", 13: "EAN-13", 14: "ITF-14"}


def check_digit(digits: str) -> str:
    """The last digit of a GTIN whose other digits are given: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def is_gtin(code: str) -> bool:
    """Whether it is a GTIN-8, -12, -13 or -14 with a right check digit."""
    return len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit() and check_digit(code[:-1]) == code[-1]


def upc_a_of(code: str) -> str:
    """The UPC-A (12 digits) that an 8-digit UPC-E stands for; empty when it is none."""
    if not re.fullmatch(r"[01]\d{7}", code, flags=re.ASCII):
        return ""
    system, body, check = code[0], code[1:7], code[7]
    last = body[5]
    if last in "012":
        number = body[:2] + last + "0000" + body[2:5]
    elif last == "3":
        number = body[:3] + "00000" + body[3:5]
    elif last == "4":
        number = body[:4] + "00000" + body[4]
    else:
        number = body[:5] + "0000" + last
    full = system + number
    return full + check if check_digit(full) == check else ""


def barcode_kind(code: str) -> str:
    """EAN-13, EAN-8, UPC-A, ITF-14, UPC-E, or empty for any other code."""
    if is_gtin(code):
        return "UPC-A" if len(code) == 12 or (len(code) == 13 and code[0] == "0") else KINDS[len(code)]
    return "UPC-E" if upc_a_of(code) else ""


def scanned_form(text: str) -> str:
    """A code as it is stored and looked up: no blanks, half-width; a UPC-A, or a GTIN-14 that begins with 0, as the
    EAN-13 it is."""
    code = unicodedata.normalize("NFKC", "".join(unicodedata.normalize("NFKC", text).split()))
    bare = code.replace("-", "")
    if not (bare.isascii() and bare.isdigit()):
        return code
    if len(bare) == 12 and is_gtin(bare):
        return "0" + bare
    if len(bare) == 14 and bare[0] == "0" and is_gtin(bare):
        return bare[1:]
    return bare if len(bare) in GTIN_LENGTHS and is_gtin(bare) else code


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
