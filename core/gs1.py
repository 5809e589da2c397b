"""GS1 application identifiers: which there are, how long their values may be, and of what characters.

Source: GS1 General Specifications, section 3 (definitions), figure 7.8.5-2 (identifiers of predefined length), section
7.11 (character sets 82, 39 and 64). The table follows the release of January 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

CSET_82 = re.compile(r"[!\"%-?A-Z_a-z]+")
_SETS = {
    "n": re.compile(r"[0-9]+"),
    "x": CSET_82,
    "y": re.compile(r"[A-Z0-9/#-]+"),
    "z": re.compile(r"[0-9A-Za-z_=-]+"),
}
# The first two digits of identifiers after which no separator has to stand.
_PREDEFINED = {"00", "01", "02", "03", "04", "20", "31", "32", "33", "34", "35", "36", "41", *map(str, range(11, 20))}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One application identifier. The first `digits` characters of its value are digits, the rest of set `charset`;
    `checked` is the part of the value whose last digit is a check digit; `decimals` stands in the fourth digit."""

    ai: str
    least: int
    most: int
    charset: str
    digits: int = 0
    checked: tuple[int, int] = (0, 0)

    @property
    def is_fixed(self) -> bool:
        """Whether its length is known, so that its value ends by itself."""
        return self.least == self.most

    @property
    def is_predefined(self) -> bool:
        """Whether no separator has to follow it."""
        return self.ai[:2] in _PREDEFINED

    @property
    def decimals(self) -> int:
        """The number of decimals of a measure or amount (3103: three)."""
        return int(self.ai[3]) if len(self.ai) == 4 else 0

    def has_right_characters(self, value: str) -> bool:
        """Whether every character may stand where it stands."""
        head, rest = value[: self.digits], value[self.digits :]
        if head and not (head.isascii() and head.isdigit()):
            return False
        return not rest or _SETS[self.charset].fullmatch(rest) is not None


# Identifiers (a-b: a whole range), then the form of the value: n6 six digits, x..20 up to twenty characters, n3+x..9 three
# digits and up to nine characters; "c" and a range behind it: digits of which the last is a check digit.
_TABLE = """
00 n18 c0-18|01 n14 c0-14|02 n14 c0-14|03 n14 c0-14|10 x..20|11-13 n6|15-17 n6|20 n2|21-22 x..20|235 x..28|240-241 x..30
242 n..6|243 x..20|250-251 x..30|253 n13+x0..17 c0-13|254 x..20|255 n13+n0..12 c0-13|30 n..8|37 n..8
3100-3105 n6|3110-3115 n6|3120-3125 n6|3130-3135 n6|3140-3145 n6|3150-3155 n6|3160-3165 n6
3200-3205 n6|3210-3215 n6|3220-3225 n6|3230-3235 n6|3240-3245 n6|3250-3255 n6|3260-3265 n6|3270-3275 n6|3280-3285 n6
3290-3295 n6|3300-3305 n6|3310-3315 n6|3320-3325 n6|3330-3335 n6|3340-3345 n6|3350-3355 n6|3360-3365 n6|3370-3375 n6
3400-3405 n6|3410-3415 n6|3420-3425 n6|3430-3435 n6|3440-3445 n6|3450-3455 n6|3460-3465 n6|3470-3475 n6|3480-3485 n6
3490-3495 n6|3500-3505 n6|3510-3515 n6|3520-3525 n6|3530-3535 n6|3540-3545 n6|3550-3555 n6|3560-3565 n6|3570-3575 n6
3600-3605 n6|3610-3615 n6|3620-3625 n6|3630-3635 n6|3640-3645 n6|3650-3655 n6|3660-3665 n6|3670-3675 n6|3680-3685 n6
3690-3695 n6|3900-3909 n..15|3910-3919 n3+n..15|3920-3929 n..15|3930-3939 n3+n..15|3940-3943 n4|3950-3955 n6
400-401 x..30|402 n17 c0-17|403 x..30|410-417 n13 c0-13|420 x..20|421 n3+x..9|422 n3|423 n..15|424 n3|425 n..15|426 n3
427 x..3|4300-4301 x..35|4302-4306 x..70|4307 x2|4308 x..30|4309 n20|4310-4311 x..35|4312-4316 x..70|4317 x2|4318 x..20
4319 x..30|4320 x..35|4321-4323 n1|4324-4325 n10|4326 n6|4330-4333 n6+x0..1|7001 n13|7002 x..30|7003 n10|7004 n..4
7005 x..12|7006 n6|7007 n6..12|7008 x..3|7009 x..10|7010 x..2|7011 n6..10|7020-7022 x..20|7023 x..30|7030-7039 n3+x..27
7040 n1+x3|7041 x..4|710-717 x..20|7230-7239 x3..30|7240 x..20|7241 n2|7242 x..25|7250 n8|7251 n12|7252 n1|7253-7254 x..40
7255 x..10|7256 x..90|7257 x..70|7258 x3|7259 x..40|8001 n14|8002 x..20|8003 n14+x0..16 c1-14|8004 x..30|8005 n6
8006 n18 c0-14|8007 x..34|8008 n8..12|8009 x..50|8010 y5..30|8011 n..12|8012 x..20|8013-8014 x..25|8017-8018 n18 c0-18
8019 n..10|8020 x..25|8026 n18 c0-14|8030 z..90|8040-8041 n15|8042 n32|8043 n18..20|8110 x..70|8111 n4|8112 x..70
8200 x..70|90 x..30|91-99 x..90
"""


def identifier(ai: str) -> Identifier | None:
    """The identifier with this number, or None."""
    return _identifiers().get(ai)


def identifier_at(message: str, place: int = 0) -> Identifier | None:
    """The identifier a message goes on with at a place, or None. No identifier is the beginning of another."""
    known = _identifiers()
    for length in (2, 4, 3):
        found = known.get(message[place : place + length])
        if found is not None:
            return found
    return None


@cache
def begins_identifier(rest: str) -> bool:
    """Whether these few characters are the beginning of an identifier and no more."""
    return any(ai.startswith(rest) and ai != rest for ai in _identifiers())


def identifiers() -> tuple[Identifier, ...]:
    """All of them."""
    return tuple(_identifiers().values())


@cache
def _identifiers() -> dict[str, Identifier]:
    found: dict[str, Identifier] = {}
    for entry in _TABLE.replace("\n", "|").split("|"):
        if not entry:
            continue
        numbers, form, *check = entry.split()
        first, _sep, last = numbers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            ai = str(number).zfill(len(first))
            found[ai] = _of_form(ai, form, check[0][1:] if check else "")
    return found


def _of_form(ai: str, form: str, check: str) -> Identifier:
    head, _sep, tail = form.rpartition("+")
    digits = int(head[1:]) if head else 0
    least, most = _lengths(tail[1:])
    start, _sep, end = check.partition("-")
    return Identifier(ai, digits + least, digits + most, tail[0], digits, (int(start or 0), int(end or 0)))


def _lengths(text: str) -> tuple[int, int]:
    least, dots, most = text.partition("..")
    return (int(least or 1), int(most)) if dots else (int(text), int(text))
