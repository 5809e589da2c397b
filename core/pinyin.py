"""How Chinese words sound: syllables, initials, a key to sort by; 制动片 is found by `zdp` and stands under Z.

The tables are those of pypinyin, loaded when the first Chinese word is met. Its own functions take 0.1 ms a name; here
one pass takes the longest known phrase at each place (重庆 is chong qing, 重量 zhong liang), in microseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MARKS = {"\u0304", "\u0301", "\u030c", "\u0300"}
_SEPARATORS = re.compile(r"[\s\-_/,.;:·、，。；：()（）\[\]【】]+")


class _Tables:
    """Readings of single characters, of phrases, and which characters begin a phrase of which lengths."""

    def __init__(self) -> None:
        from pypinyin.phrases_dict import phrases_dict
        from pypinyin.pinyin_dict import pinyin_dict

        self.single: dict[int, str] = pinyin_dict
        self.phrases: dict[str, list[list[str]]] = phrases_dict
        self.lengths: dict[str, tuple[int, ...]] = {}
        found: dict[str, set[int]] = {}
        for phrase in phrases_dict:
            found.setdefault(phrase[:2], set()).add(len(phrase))
        self.lengths = {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}


@cache
def _tables() -> _Tables:
    return _Tables()


@cache
def _toneless(syllable: str) -> str:
    """`chóng` as chong, `lǜ` as lv, as people type them."""
    parts = unicodedata.normalize("NFD", syllable)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _MARKS))
    return unicodedata.normalize("NFD", bare.replace("ü", "v")).encode("ascii", "ignore").decode()


@cache
def _sound(character: str) -> str:
    """The usual reading of one character; itself when it has none."""
    readings = _tables().single.get(ord(character))
    return _toneless(readings.split(",")[0]) if readings else character


def fold(text: str) -> str:
    """The form in which texts are compared: full-width as half-width, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=1024)
def syllables(text: str) -> tuple[str, ...]:
    """The sounds of a folded text: one a Chinese character, other words as they stand, separators dropped."""
    if text.isascii():
        return tuple(part for part in _SEPARATORS.split(text) if part)
    result: list[str] = []
    place = 0
    while place < len(text):
        if not HAN.match(text[place]):
            end = place
            while end < len(text) and not HAN.match(text[end]):
                end += 1
            result += [part for part in _SEPARATORS.split(text[place:end]) if part]
            place = end
            continue
        spoken = _phrase(text, place)
        result += spoken
        place += len(spoken)
    return tuple(result)


def _phrase(text: str, place: int) -> list[str]:
    tables = _tables()
    for size in tables.lengths.get(text[place : place + 2], ()):
        spoken = tables.phrases.get(text[place : place + size])
        if spoken is not None and len(spoken) == size:
            return [_toneless(readings[0]) for readings in spoken]
    return [_sound(text[place])]


def initials(parts: Sequence[str]) -> str:
    """First letters of syllables: zhi dong pian is zdp; a number stays whole."""
    return "".join(part if part.isdigit() else part[0] for part in parts)


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in it."""
    return not text.isascii() and HAN.search(text) is not None


def sort_key(text: str, length: int = 200) -> str:
    """What lists are sorted by, the same on every database: folded, Chinese by its sound."""
    folded = fold(text)
    return (" ".join(syllables(folded)) if has_han(folded) else folded)[:length]
