"""What comes from a scanner, before anybody asks what it means: frame, alphabet, code ids, signs that stand for GS."""

from __future__ import annotations

import re
import unicodedata

from core.devices.types.scans import ScanProfile

GS, RS, EOT = "\x1d", "\x1e", "\x04"
LONGEST = 4_296
"""The most characters a QR code of letters and digits holds."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_ENDS = " \t\r\n\x00\x02\x03\x0b\x0c\u00a0\u2028\u2029"
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
# Ids of symbols that say which alphabet they use (ECI); some scanners send its number in front: \000026 is UTF-8.
_WITH_ALPHABET = ("]Q2", "]Q4", "]Q6", "]d4", "]d5", "]d6")
_ALPHABET_MARK = re.compile(r"\\\d{6}", flags=re.ASCII)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufffd]")
# How programs, keyboards and people write the group separator; CP437 shows character 29 as a double arrow.
_WRITTEN_GS = re.compile(
    r"[<{\[](?:GS|FNC1)[>}\]]|\u241d|\u2194|\\x1d|\\u001d|\\035|\\F(?=\d\d)|\^\]|&#(?:29|x1d);|<0x1d>|\{0x1d\}|~d029|%1D",
    flags=re.IGNORECASE,
)
_WRITTEN_RS = re.compile(r"[<{\[]RS[>}\]]|\u241e|\\x1e|\\u001e|\\036|\^\^|&#(?:30|x1e);|~d030", flags=re.IGNORECASE)
_WRITTEN_EOT = re.compile(r"[<{\[]EOT[>}\]]|\u2404|\\x04|\\u0004|\\004|\^D|&#0?4;|~d004", flags=re.IGNORECASE)
_FOREIGN = re.compile("[\u0370-\u052f]")


def unframed(raw: str, profile: ScanProfile) -> str:
    """A scan without what the scanner puts around it, in the characters it was encoded in."""
    text = raw
    if profile.characters:
        text = text.translate({ord(came): was for came, was in profile.characters if len(came) == 1})
    if profile.prefix:
        text = text.removeprefix(profile.prefix)
    text = text.rstrip("\r\n") if profile.suffix.strip("\r\n") else text
    if profile.suffix:
        text = text.removesuffix(profile.suffix)
    text = text.strip(_ENDS)
    if profile.separator and profile.separator != GS:
        text = text.replace(profile.separator, GS)
    return text if text.isascii() else _narrow(text)


def _narrow(text: str) -> str:
    """Full-width letters and digits as ASCII where the whole is a code; marks nobody sees go."""
    bare = _INVISIBLE.sub("", text).translate(_WIDE).strip(_ENDS)
    if bare.isascii() or _is_number(bare):
        return bare
    return text.strip(_ENDS + "\ufeff\u200e\u200f\u202a\u202b\u202c")


def _is_number(text: str) -> bool:
    return bool(text) and all(letter.isdigit() or letter in " -\x1d]" for letter in text)


def split_symbology(text: str, profile: ScanProfile) -> tuple[str, str]:
    """The AIM id in front of a scan (`]C1`) and the rest; a maker's own id is translated by the profile."""
    for theirs, aim in profile.code_ids:
        if theirs and text.startswith(theirs):
            return aim, text[len(theirs) :]
    if _AIM.match(text) is None:
        return "", text
    aim, rest = _right_case(text[:3], text[3:]), text[3:]
    return aim, (_ALPHABET_MARK.sub("", rest) if aim in _WITH_ALPHABET else rest).strip(_ENDS)


def _right_case(aim: str, rest: str) -> str:
    """With Caps Lock the letters come reversed. E (EAN) and e (DataBar) are told apart by what follows."""
    if aim[1] in "Ee":
        is_databar = rest.lstrip(GS)[:2] in ("00", "01", "02") and len(rest) >= 16
        is_european = aim[2] in "034" and rest.isdigit() and len(rest) in (8, 12, 13, 15, 18)
        if aim[1] == "e" and is_european and not is_databar:
            return "]E" + aim[2]
        return "]e0" if aim == "]E0" and is_databar and len(rest) != 18 else aim
    swapped = {"c": "C", "q": "Q", "D": "d", "j": "J", "i": "I", "a": "A"}
    return "]" + swapped.get(aim[1], aim[1]) + aim[2]


def with_separators(text: str) -> str:
    """Written-out separators as the characters they stand for."""
    if text.isalnum():
        return text
    return _WRITTEN_GS.sub(GS, text)


def with_envelope(text: str) -> str:
    """The same for GS, RS and EOT, as supplier labels hold them."""
    return _WRITTEN_EOT.sub(EOT, _WRITTEN_RS.sub(RS, _WRITTEN_GS.sub(GS, text)))


def has_wrong_script(text: str) -> bool:
    """Whether digits of another script stand for ours, or Cyrillic or Greek letters among Latin ones of a code."""
    if text.isascii():
        return False
    letters = [letter for letter in text if letter.isalpha()]
    has_digits = any(unicodedata.category(letter) == "Nd" for letter in text if not letter.isascii())
    if not letters:
        return has_digits or _is_number(text)
    if " " in text:
        return False
    is_mixed = any(letter.isascii() for letter in letters)
    is_code = text == text.upper() and any(letter in "0123456789" for letter in text)
    return (is_mixed and has_digits) or ((is_mixed or is_code) and _FOREIGN.search(text) is not None)


def has_controls(text: str) -> bool:
    """Whether characters stand in it that no code holds: control characters, halves of characters, lost ones."""
    return _CONTROLS.search(text) is not None
