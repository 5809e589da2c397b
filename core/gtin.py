"""GS1 numbers: check digits, the UPC-A behind a UPC-E, and the one form in which a code is stored and looked up.

Source: GS1 General Specifications, section 7.9 (check digit calculations) and 5.2 (UPC-E).
"""

from __future__ import annotations

import re
import unicodedata

GTIN_LENGTHS = (8, 12, 13, 14)
_SEPARATED = re.compile(r"[\s-]")


def check_digit(digits: str) -> str:
    """The last digit of a GS1 number whose other digits are given: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def has_right_check(number: str) -> bool:
    """Whether it is digits and the last one is their check digit; of any length (GTIN, SSCC, GLN, ...)."""
    return len(number) > 1 and number.isascii() and number.isdigit() and check_digit(number[:-1]) == number[-1]


def is_gtin(code: str) -> bool:
    """Whether it is a GTIN-8, -12, -13 or -14 with a right check digit."""
    return len(code) in GTIN_LENGTHS and has_right_check(code)


def upc_a_of(code: str) -> str:
    """The UPC-A (12 digits) that an 8-digit UPC-E stands for; empty when it is none."""
    if not re.fullmatch(r"[01]\d{7}", code, flags=re.ASCII):
        return ""
    full = code[0] + upc_e_body(code[1:7])
    return full + code[7] if check_digit(full) == code[7] else ""


def upc_e_body(body: str) -> str:
    """The ten digits between number system and check digit that the six of a UPC-E stand for."""
    last = body[5]
    if last in "012":
        return body[:2] + last + "0000" + body[2:5]
    if last == "3":
        return body[:3] + "00000" + body[3:5]
    if last == "4":
        return body[:4] + "00000" + body[4]
    return body[:5] + "0000" + last


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


def stored_form(gtin_14: str) -> str:
    """A GTIN of 14 digits as the catalogue keeps it: 8 digits of a GTIN-8, else 13, or 14 of a case code."""
    if gtin_14.startswith("000000"):
        return gtin_14[6:]
    return gtin_14[1:] if gtin_14[0] == "0" else gtin_14


def bare_digits(text: str) -> str:
    """The digits of a number written in groups (4 006381 333931, 978-3-16-148410-0); empty when it is anything else."""
    bare = _SEPARATED.sub("", text)
    return bare if bare.isascii() and bare.isdigit() else ""
