"""Names and words in the letters that banks of the euro area take.

Marks of letters fall away (é is e), letters of their own are spelt (ß is ss), Chinese is spelt by whoever is asked to
(`spell`). What cannot be said becomes a question mark, so that it is seen and not lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
UNKNOWN = "?"
_SPELT = {
    "ß": "ss", "ẞ": "SS", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l",
    "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "TH", "þ": "th", "ı": "i", "&": "+", "_": "-", "“": "'", "”": "'",
    "‘": "'", "’": "'", '"': "'", "`": "'", "–": "-", "—": "-", ";": ",", "!": ".", "*": ".", "%": ".", "=": "-",
    "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", "|": "/", "\\": "/", "#": "", "@": "(at)",
    "€": "EUR", "£": "GBP", "$": "USD", "。": ".", "、": ",", "·": " ", "・": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BankText:
    """Words as the bank gets them. `is_lossy` when something could not be said or was cut off."""

    words: str
    is_lossy: bool

    @property
    def says_nothing(self) -> bool:
        """Whether no letter and no digit is left."""
        return not any(sign.isalnum() for sign in self.words)


def bank_text(words: str, longest: int, spell: Callable[[str], str] | None = None) -> BankText:
    """`words` in the letters of the EPC (EPC217-08), cut to `longest` characters.

    `spell` says a run of other letters, such as Chinese, in Latin ones; without it each becomes a question mark.
    """
    said, run = [], ""
    for sign in unicodedata.normalize("NFKC", words):
        plain = _plain(sign)
        if plain is None:
            run += sign
            continue
        said += [_spelt(run, spell), plain]
        run = ""
    said.append(_spelt(run, spell))
    joined = " ".join("".join(said).split())
    # A text that begins or ends with a slash, or has two of them, is refused by the banks.
    joined = re.sub(r"/{2,}", "/", joined).strip("/ ")
    cut = joined[:longest].rstrip("/ ")
    return BankText(cut, len(joined) > longest or joined.count(UNKNOWN) > words.count(UNKNOWN))


def bank_id(words: str, longest: int = 35) -> str:
    """An identifier in the same letters, without blanks; two different ones may become alike."""
    return bank_text(words, 200).words.replace(" ", "")[:longest].rstrip("/")


def _plain(sign: str) -> str | None:
    if sign in ALLOWED:
        return sign
    if sign in _SPELT:
        return _SPELT[sign]
    if sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf"):
        return " "
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return bare if bare and all(part in ALLOWED for part in bare) else None


def _spelt(run: str, spell: Callable[[str], str] | None) -> str:
    if not run:
        return ""
    said = spell(run) if spell else ""
    plain = [_plain(sign) for sign in unicodedata.normalize("NFKC", said)]
    known = "".join(part if part is not None else UNKNOWN for part in plain)
    return f" {known} " if known.strip() else UNKNOWN * len(run)
