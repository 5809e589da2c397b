"""Codes of digits alone: GTIN, UPC-E, SSCC, add-ons, in-store codes, and two of them in one scan.

Without an AIM id many readings fit one number, so length and check digit decide first. Eight digits are often right both
as a UPC-E and as a GTIN-8. No goods have a GTIN-8 that begins with 0, so that is a UPC-E; with any other beginning it is a
GTIN-8, as there are hardly any UPC-E that begin with 1. The scanner's own word (]E0, ]E4) goes before both.
"""

from __future__ import annotations

from typing import Any

from core.devices.rules.scans.collected import Collected
from core.devices.rules.scans.store import read_in_store, template_of
from core.devices.types.scans import ScanKind, ScanProfile, ScanWord
from core.gtin import GTIN_LENGTHS, check_digit, has_right_check, is_gtin, stored_form, upc_a_of, upc_e_body

ADD_ONS = (2, 5)
_LONGEST_NUMBER = 80
Facts = dict[str, Any]


def read_gtin(digits: str, profile: ScanProfile, found: Collected) -> Facts:
    """A number of 8, 12, 13 or 14 digits."""
    if not digits.strip("0"):
        found.blame(ScanWord.MALFORMED, digits)
        return {}
    template = template_of(digits.zfill(13), profile) if len(digits) in (12, 13) else None
    if template is not None:
        return read_in_store(digits.zfill(13), template, found)
    if len(digits) == 8 and (digits[0] == "0" or not is_gtin(digits)) and upc_a_of(digits):
        return _upc_e(digits)
    return plain_gtin(digits, found)


def _upc_e(digits: str) -> Facts:
    upc_a = upc_a_of(digits)
    return {"kind": ScanKind.GTIN, "gtin": "00" + upc_a, "codes": ("0" + upc_a, digits)}


def plain_gtin(digits: str, found: Collected) -> Facts:
    """A GTIN that is nothing else: the scanner said so, or nothing else fits."""
    if not has_right_check(digits):
        found.blame(ScanWord.CHECK_DIGIT, digits)
        return {}
    gtin = digits.zfill(14)
    return {"kind": ScanKind.GTIN, "gtin": gtin, "codes": (digits if len(digits) == 8 else stored_form(gtin),)}


def read_european(digits: str, profile: ScanProfile, found: Collected) -> Facts:
    """What a scanner calls EAN or UPC (]E0, ]E3): 13 digits, shorter ones as some scanners send them, add-ons."""
    if len(digits) in (6, 7):
        full = _short_upc_e(digits)
        return read_gtin(full, profile, found) if full else _wrong(found, ScanWord.CHECK_DIGIT, digits)
    if len(digits) == 8 and upc_a_of(digits):
        return _upc_e(digits)
    if len(digits) in (8, 12, 13):
        return read_gtin(digits, profile, found)
    if len(digits) == 14 and digits[0] == "0":
        return read_gtin(digits[1:], profile, found)
    return with_add_on(digits, profile, found) or _glued_or_length(digits, found)


def _wrong(found: Collected, word: ScanWord, digits: str) -> Facts:
    found.blame(word, digits)
    return {}


def _glued_or_length(digits: str, found: Collected) -> Facts:
    return _wrong(found, ScanWord.GLUED if is_glued(digits) else ScanWord.BAD_LENGTH, digits)


def _short_upc_e(digits: str) -> str:
    """The UPC-A of a UPC-E sent without check digit (7), or without number system too (6); empty when there is none."""
    if len(digits) == 6:
        digits = "0" + digits
    if digits[0] not in "01":
        return ""
    full = digits[0] + upc_e_body(digits[1:])
    return full + check_digit(full)


def with_add_on(digits: str, profile: ScanProfile, found: Collected) -> Facts | None:
    """An article number with the two or five digits printed beside it; None when it is none."""
    for extra in ADD_ONS:
        main = digits[:-extra]
        if len(main) in (8, 12, 13) and (is_gtin(main) or (len(main) == 8 and upc_a_of(main))):
            facts = read_gtin(main, profile, found)
            found.take("add_on", digits[-extra:])
            return facts
    return None


def is_glued(digits: str) -> bool:
    """Whether these are two article numbers, each with a right check digit, or one and a GS1 message."""
    return any(is_gtin(digits[:length]) and _is_second(digits[length:]) for length in GTIN_LENGTHS)


def _is_second(digits: str) -> bool:
    return is_gtin(digits) or (digits[:2] == "01" and len(digits) >= 16 and has_right_check(digits[2:16]))


def read_sscc(digits: str) -> Facts:
    """A parcel or pallet number of 18 digits, checked before."""
    return {"kind": ScanKind.SSCC, "sscc": digits}


def read_number(digits: str, profile: ScanProfile, found: Collected) -> Facts | None:
    """Digits from a scanner that does not say what it read; None when they are no number of GS1."""
    if len(digits) in GTIN_LENGTHS:
        return read_gtin(digits, profile, found)
    if len(digits) == 18:
        return _read_eighteen(digits, profile, found)
    if is_glued(digits):
        return _wrong(found, ScanWord.GLUED, digits)
    if len(digits) == 15 and digits[:3] in ("977", "978", "979"):
        return with_add_on(digits, profile, found)
    return _wrong(found, ScanWord.TOO_LONG, digits) if len(digits) > _LONGEST_NUMBER else None


def _read_eighteen(digits: str, profile: ScanProfile, found: Collected) -> Facts:
    if not digits.strip("0"):
        return _wrong(found, ScanWord.MALFORMED, digits)
    template = template_of(digits, profile)
    if template is not None and has_right_check(digits):
        return read_in_store(digits, template, found)
    if has_right_check(digits):
        return read_sscc(digits)
    if digits[:3] in ("977", "978", "979") and is_gtin(digits[:13]):
        return with_add_on(digits, profile, found) or {}
    return _wrong(found, ScanWord.CHECK_DIGIT, digits)
