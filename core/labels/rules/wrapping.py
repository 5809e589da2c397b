"""Breaking words into lines and making them fit. Widths are in parts of the type's height, so that one measuring serves
every size."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

ELLIPSIS = "…"
LEADING = 1.16  # from baseline to baseline, in heights of the type: labels are set tight
_SLACK = 1e-6
_STEP = 0.96
_LONELY = 0.4  # of the frame's width: a shorter last line looks lost
_SLIGHTLY = 0.87
# Signs that may not begin a line, and signs that may not end one (GB/T 15834, and its Latin counterparts).
_NOT_FIRST = frozenset("，。、；：！？）》」』】〉〕”’…—％%)]},.;:!?")
_NOT_LAST = frozenset("（《「『【〈〔“‘([{¥￥$€£")

Widths = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Room for words in dots: the largest and least type, and the most lines. In a list each line stands for itself: it is
    never broken, and shortened alone."""

    width: int
    height: int
    size: int
    least: int
    lines: int = 1
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Words that fit: their lines, the height of the type, and whether something had to be left out."""

    lines: tuple[str, ...]
    px: int
    is_cut: bool = False


def fit(text: str, frame: Frame, width_of: Widths) -> Fitted:
    """The largest type, from `size` down to `least`, in which the text stands in its frame; then cut with an ellipsis.

    One line at least. A frame lower than one line of the least type still gets that line: whether it fits is the
    layout's fault and said there.
    """
    px = min(frame.size, max(frame.least, int(frame.height / LEADING) if frame.lines == 1 else frame.size))
    px = max(px, frame.least)
    if frame.is_list:
        return _fit_list(text.split("\n"), frame, px, width_of)
    if frame.lines == 1:
        return _fit_line(text.replace("\n", " "), frame, px, width_of)
    while True:
        room = _lines_in(frame, px)
        lines = wrap(text, frame.width / px, width_of)
        if len(lines) <= room:
            return _evened(text, frame, (lines, px), width_of)
        if px <= frame.least:
            return Fitted(tuple(cut(lines, room, frame.width / px, width_of)), px, is_cut=True)
        px = max(frame.least, min(px - 1, int(px * _STEP)))


def _evened(text: str, frame: Frame, found: tuple[list[str], int], width_of: Widths) -> Fitted:
    """Without a word or sign alone in the last line: a line less in slightly smaller type, or lines of like length."""
    lines, px = found
    if len(lines) < 2 or "\n" in text or width_of(lines[-1]) * px > frame.width * _LONELY:
        return Fitted(tuple(lines), px)
    smaller = max(frame.least, int(px * _SLIGHTLY))
    fewer = wrap(text, frame.width / smaller, width_of)
    if len(fewer) < len(lines):
        return Fitted(tuple(fewer), smaller)
    width = frame.width / px
    even = lines
    for part in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55):
        tried = wrap(text, width * part, width_of)
        if len(tried) != len(lines):
            break
        even = tried
    return Fitted(tuple(even), px)


def _fit_line(text: str, frame: Frame, px: int, width_of: Widths) -> Fitted:
    natural = width_of(text)
    if natural * px <= frame.width:
        return Fitted((text,), px)
    px = max(frame.least, min(px, int(frame.width / natural)))
    if natural * px <= frame.width:
        return Fitted((text,), px)
    return Fitted(tuple(cut([text], 1, frame.width / px, width_of)), px, is_cut=True)


def _fit_list(lines: list[str], frame: Frame, px: int, width_of: Widths) -> Fitted:
    """Lines of one size, the longest of them deciding it; beyond the least type each too long one is shortened."""
    longest = max(map(width_of, lines))
    if longest * px > frame.width:
        px = max(frame.least, int(frame.width / longest))
    while px > frame.least and _lines_in(frame, px) < len(lines):
        px = max(frame.least, px - 1)
    room, width = _lines_in(frame, px), frame.width / px
    kept = [line if width_of(line) <= width + _SLACK else cut([line], 1, width, width_of)[0] for line in lines[:room]]
    return Fitted(tuple(kept), px, is_cut=tuple(kept) != tuple(lines))


def _lines_in(frame: Frame, px: int) -> int:
    """Lines of a height of type that the frame holds, one at least."""
    return max(1, min(frame.lines, int((frame.height - px) / (px * LEADING)) + 1 if frame.height > px else 1))


def cut(lines: Sequence[str], room: int, width: float, width_of: Widths) -> list[str]:
    """The first lines, the last of them ending in an ellipsis."""
    kept = list(lines[:room])
    last = kept[-1].rstrip() if len(lines) > room else kept[-1]
    while last and width_of(last + ELLIPSIS) > width + _SLACK:
        last = last[:-1]
    return [*kept[:-1], last.rstrip() + ELLIPSIS]


def wrap(text: str, width: float, width_of: Widths) -> list[str]:
    """Lines of at most `width` heights of the type. Chinese breaks between characters but not before a closing sign, words
    break at spaces, and a word wider than the line where the line ends. One line at least, which may be empty."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph.strip(" "), width, width_of))
    return lines


def _wrap_paragraph(text: str, width: float, width_of: Widths) -> list[str]:
    if width_of(text) <= width + _SLACK:
        return [text]
    lines, line, used = [], "", 0.0
    for unit in units(text):
        need = width_of(unit.rstrip(" "))
        if line and used + need > width + _SLACK:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        if need > width + _SLACK:
            *full, unit = _chop(unit, width, width_of)
            lines.extend(full)
        line += unit
        used += width_of(unit)
    return [*lines, line.rstrip(" ")]


@lru_cache(maxsize=2048)
def units(text: str) -> tuple[str, ...]:
    """The smallest pieces a line may break between; spaces stay at the end of their piece."""
    found: list[str] = []
    for char in text:
        if found and not _breaks_between(found[-1][-1], char):
            found[-1] += char
        else:
            found.append(char)
    return tuple(found)


def _breaks_between(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or is_wide(before) or is_wide(after)


@lru_cache(maxsize=4096)
def is_wide(char: str) -> bool:
    """Whether a sign is a hanzi or as wide as one."""
    return unicodedata.east_asian_width(char) in "WF" or char == "\ufffd"


def _chop(word: str, width: float, width_of: Widths) -> list[str]:
    """A word too wide for the line in pieces that fit, one character at least in each."""
    pieces, piece, used = [], "", 0.0
    for char in word:
        step = width_of(char)
        if piece and used + step > width + _SLACK:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += char
        used += step
    return [*pieces, piece]
