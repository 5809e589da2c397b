"""How well typed words fit a title: word starts, parts, letters in order, pinyin and pinyin initials. Pure, no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

WHOLE, START, WORD_START, INITIALS, PART, SCATTERED = 100.0, 90.0, 80.0, 70.0, 60.0, 30.0


def score(typed: str, names: Iterable[str]) -> float:
    """0 when a typed word fits none of the names, else the higher the better; words may come in any order."""
    words = typed.casefold().split()
    if not words:
        return WHOLE
    return max((_score_name(words, name.casefold()) for name in names if name), default=0.0)


def _score_name(words: list[str], name: str) -> float:
    scores = [_score_word(word, name) for word in words]
    return 0.0 if min(scores) == 0 else sum(scores) / len(scores)


def _score_word(word: str, name: str) -> float:
    if word == name:
        return WHOLE
    if name.startswith(word):
        return START
    if any(part.startswith(word) for part in re.split(r"[\s\-/·(（]+", name)):
        return WORD_START
    if _initials(name).startswith(word):
        return INITIALS
    if word in name:
        return PART
    return SCATTERED * len(word) / len(name) if len(word) > 2 and _is_scattered(word, name) else 0.0


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s\-/·]+", name) if part)


def _is_scattered(word: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in word)


@lru_cache(maxsize=2048)
def pinyin_names(title: str) -> tuple[str, ...]:
    """A Chinese title as it may be typed without an input method: 收货 as `shouhuo` and `sh`. Empty for other titles.

    Loads the pinyin table at its first call, so call it beside the window.
    """
    if not re.search(r"[\u4e00-\u9fff]", title):
        return ()
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(title)), "".join(lazy_pinyin(title, style=Style.FIRST_LETTER))
