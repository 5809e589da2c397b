"""Codes of our own, for items, batches, places, assets, documents and people.

`NKT`, one letter for the kind, the thing's code, two check characters; in capitals and digits only, so that a QR code
holds it in its small alphabet and Code 128 in one set. `J` begins everything that is neither: JJ is J itself, JD - JP . JS
/ JU _ JB blank, JC changes between capitals and small letters, JX and two digits a byte of UTF-8. The check (ISO 7064,
MOD 1271-36) tells our codes from other people's, and tells a keyboard of another country: its exchange of letters is
undone where only then the check is right.
"""

from __future__ import annotations

import re

from core.devices.rules.scans.cleaning import has_controls
from core.devices.types.scans import OwnCode, OwnKind, ScanKind
from core.errors import InvalidInput
from core.i18n import _

PREFIX = "NKT"
LONGEST = 80
_LETTERS = {
    OwnKind.ITEM: "I", OwnKind.LOT: "L", OwnKind.LOCATION: "P", OwnKind.ASSET: "E", OwnKind.DOCUMENT: "D",
    OwnKind.PERSON: "H",
}  # fmt: skip
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_ESCAPES = {"J": "JJ", "-": "JD", ".": "JP", "/": "JS", "_": "JU", " ": "JB"}
_MEANT = {escape[1]: letter for letter, escape in _ESCAPES.items()}
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = frozenset(_ALPHABET) - {"J"}
_OURS = re.compile(rf"{PREFIX}[{''.join(_KINDS)}]", flags=re.IGNORECASE)
# What a scanner set to English makes of a keyboard that is German, French or Russian: as it comes, as it was.
_KEYBOARDS = (
    str.maketrans("ZY", "YZ"),
    str.maketrans("QAWZ?,&É\"'(-È_ÇÀ", "AQZWMM1234567890"),
)
_RUSSIAN = str.maketrans("ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def own_code(kind: OwnKind, value: str) -> str:
    """What is printed, as QR, DataMatrix or Code 128, for a thing with this code. Raises InvalidInput for an empty code
    or one of more than 80 characters."""
    if not value.strip() or len(value) > LONGEST:
        raise InvalidInput(
            _("A code to be printed has 1 to {most} characters; this one has {n}.", most=LONGEST, n=len(value)),
            field="code",
        )
    if has_controls(value):
        raise InvalidInput(_("The code holds a character that is no character."), field="code")
    body = PREFIX + _LETTERS[kind] + _escaped(value)
    return body + _check_of(body)


def read_own(text: str) -> OwnCode | None:
    """The thing a code of ours stands for, or None for any other text."""
    capitals = text.upper()
    if not capitals.isascii():
        capitals = capitals.translate(_RUSSIAN)
    if _OURS.match(capitals) is None:
        return None
    for candidate in (capitals, *(capitals.translate(keys) for keys in _KEYBOARDS)):
        if _is_right(candidate):
            value = _unescaped(candidate[len(PREFIX) + 1 : -2])
            return None if value is None or has_controls(value) else OwnCode(_KINDS[candidate[len(PREFIX)]], value)
    return None


def own_facts(own: OwnCode) -> dict[str, object]:
    """The fields of a scan that such a code fills."""
    name = {OwnKind.ITEM: "item_code", OwnKind.LOT: "batch"}.get(own.kind, "text")
    return {"kind": ScanKind.OWN, "own": own, name: own.value, "codes": (own.value,)}


def _escaped(value: str) -> str:
    parts: list[str] = []
    is_small = False
    for letter in value:
        if letter.isascii() and letter.isalpha() and letter.islower() != is_small:
            parts.append("JC")
            is_small = not is_small
        capital = letter.upper() if letter.isascii() else letter
        if capital in _PLAIN:
            parts.append(capital)
        else:
            parts.append(_ESCAPES.get(capital) or "".join(f"JX{byte:02X}" for byte in letter.encode()))
    return "".join(parts)


def _unescaped(body: str) -> str | None:
    """The value again; None when it was never made by `_escaped`."""
    found = bytearray()
    is_small = False
    place = 0
    while place < len(body):
        letter = body[place]
        place += 1
        if letter == "J":
            sign = body[place : place + 1]
            place += 1
            if sign == "C":
                is_small = not is_small
                continue
            if sign == "X":
                byte = body[place : place + 2]
                place += 2
                if re.fullmatch("[0-9A-F]{2}", byte) is None:
                    return None
                found.append(int(byte, 16))
                continue
            if sign not in _MEANT:
                return None
            letter = _MEANT[sign]
        found += (letter.lower() if is_small else letter).encode()
    try:
        return found.decode()
    except UnicodeDecodeError:
        return None


def _remainder(body: str) -> int:
    total = 0
    for letter in body:
        total = (total * 36 + _ALPHABET.index(letter)) % 1271
    return total


def _check_of(body: str) -> str:
    check = (1 - _remainder(body + "00")) % 1271
    return _ALPHABET[check // 36] + _ALPHABET[check % 36]


def _is_right(code: str) -> bool:
    return len(code) > len(PREFIX) + 3 and set(code) <= set(_ALPHABET) and _remainder(code) == 1
