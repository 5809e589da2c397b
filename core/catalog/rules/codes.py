"""Item codes: how one looks, and the next free one of a prefix (BRK-001, then BRK-002; a variant of it BRK-001-A)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from core.errors import InvalidInput
from core.i18n import _

DEFAULT_PREFIX = "ITM"
SUPPLIER_PREFIX = "S"
LONGEST = 40
DIGITS = 3
_VARIANT = re.compile(r"^(.*-\d+)-[A-Z]{1,3}$")


def normal_code(text: str, *, longest: int = LONGEST) -> str:
    """A code as it is kept: half-width, no blanks around or inside. Raises InvalidInput."""
    code = unicodedata.normalize("NFKC", text).strip()
    if not code:
        raise InvalidInput(_("The code is empty."), field="code")
    if len(code) > longest:
        raise InvalidInput(
            _("The code {code} is too long: at most {most} characters.", code=code[:20], most=longest), field="code"
        )
    if any(letter.isspace() or unicodedata.category(letter)[0] == "C" for letter in code):
        raise InvalidInput(
            _("The code {code} holds blanks. Write it in one piece, such as BRK-001.", code=code), field="code"
        )
    return code


def normal_prefix(text: str) -> str:
    """The prefix of a category's codes: up to 12 letters and digits, in capitals, or none. Raises InvalidInput."""
    prefix = unicodedata.normalize("NFKC", text).strip().strip("-").upper()
    if (prefix and not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", prefix)) or len(prefix) > 12:
        raise InvalidInput(
            _("{prefix} is no prefix: up to 12 letters and digits, such as BRK.", prefix=text.strip()[:20]),
            field="code_prefix",
        )
    return prefix


def next_codes(prefix: str, taken: Iterable[str], n: int = 1) -> list[str]:
    """The next `n` codes of a prefix after the highest one taken, as many digits as it has, at least three."""
    start = f"{prefix}-"
    numbers = [code[len(start) :] for code in taken if code.startswith(start)]
    plain = [
        match.group(1)
        for match in (re.match(r"(\d+)(?:-[A-Z]{1,3})?$", number, flags=re.ASCII) for number in numbers)
        if match
    ]
    highest = max((int(number) for number in plain), default=0)
    digits = max([DIGITS, *(len(number) for number in plain if int(number) == highest)])
    return [f"{start}{number:0{digits}d}" for number in range(highest + 1, highest + 1 + n)]


def next_variant(code: str, taken: Iterable[str]) -> str:
    """The next free variant of a code: BRK-001-A, then -B, after -Z comes -AA."""
    match = _VARIANT.match(code)
    root = match.group(1) if match else code
    known = set(taken)
    number = 1
    while f"{root}-{letters(number)}" in known:
        number += 1
    return f"{root}-{letters(number)}"


def letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    word = ""
    while number:
        number, rest = divmod(number - 1, 26)
        word = chr(ord("A") + rest) + word
    return word
