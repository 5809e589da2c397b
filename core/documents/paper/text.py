"""Text on paper: which font draws a character, how wide words are, where lines break. No text is read as markup."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from core.paths import resource

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
LEADING = 1.36
SMALLEST = 0.7
SLACK = 0.01  # points; sums of widths differ in the last digits
# Signs that may not begin a line, and signs that may not end one (GB/T 15834, and its Latin counterparts).
_NOT_FIRST = frozenset("，。、；：！？）》」』】〉〕”’…—％%)]},.;:!?")
_NOT_LAST = frozenset("（《「『【〈〔“‘([{¥￥$€£")


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points, weight and colour (0 to 1 for red, green, blue)."""

    size: float
    bold: bool = False
    colour: tuple[float, float, float] = (0.1, 0.1, 0.12)

    @property
    def leading(self) -> float:
        """From one line to the next, in points."""
        return self.size * LEADING

    def at(self, size: float) -> Style:
        """The same in another size."""
        return Style(size, self.bold, self.colour)


@cache
def font(bold: bool) -> Any:
    """The embedded font of a weight, read on first use (30 ms)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    weight = "Bold" if bold else "Regular"
    loaded = TTFont(f"Steward{weight}", str(resource("fonts", f"NotoSansSC-{weight}.ttf")))
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def _widths(bold: bool) -> dict[int, float]:
    face = font(bold).face
    return {code: face.charWidths[code] / 1000 for code in face.charToGlyph if code in face.charWidths}


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """What can be drawn of `text`: composed letters, no invisible signs, and a replacement mark for what no font has.

    Line breaks stay, tabs become spaces; nothing visible is ever left out.
    """
    if text.isascii() and text.isprintable():
        return text
    known = _widths(False)
    shown = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")):
        if char == "\n" or (ord(char) in known and char >= " " and not _is_invisible(char)):
            shown.append(char)
        elif not _is_invisible(char):
            shown.append(REPLACEMENT)
    return "".join(shown)


def _is_invisible(char: str) -> bool:
    """Joiners, direction marks and variation selectors: they change what stands beside them and show nothing."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def width_of(text: str, style: Style) -> float:
    """Width of one line of cleaned text, in points."""
    regular = _widths(False)
    if not style.bold:
        return sum(regular[ord(char)] for char in text) * style.size
    bold = _widths(True)
    return sum(bold.get(ord(char)) or regular[ord(char)] for char in text) * style.size


def runs(text: str, style: Style) -> list[tuple[bool, str]]:
    """Pieces of a line by the weight that can draw them: a rare character in bold words falls back to regular."""
    if not style.bold:
        return [(False, text)]
    bold = _widths(True)
    found: list[tuple[bool, str]] = []
    for char in text:
        is_bold = ord(char) in bold
        if found and found[-1][0] == is_bold:
            found[-1] = (is_bold, found[-1][1] + char)
        else:
            found.append((is_bold, char))
    return found


def wrap(text: str, style: Style, width: float) -> list[str]:
    """`text` cleaned and broken into lines of at most `width` points.

    Chinese breaks between characters but not before a closing sign, words break at spaces, and a word that is wider
    than the line breaks where the line ends. One line at least, which may be empty.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        lines.extend(_wrap_paragraph(paragraph.rstrip(" "), style, width))
    return lines


def _wrap_paragraph(text: str, style: Style, width: float) -> list[str]:
    if width_of(text, style) <= width + SLACK:
        return [text]
    lines, line, used = [], "", 0.0
    for unit in _units(text):
        need = width_of(unit.rstrip(" "), style)
        if line and used + need > width + SLACK:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        if need > width + SLACK:
            *full, unit = _chop(unit, style, width)
            lines.extend(full)
        line += unit
        used += width_of(unit, style)
    return [*lines, line.rstrip(" ")]


def _units(text: str) -> list[str]:
    """The smallest pieces a line may break between; spaces stay at the end of their piece."""
    units: list[str] = []
    for char in text:
        if units and not _breaks_between(units[-1][-1], char):
            units[-1] += char
        else:
            units.append(char)
    return units


def _breaks_between(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or _is_han(before) or _is_han(after)


@cache
def _is_han(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char == REPLACEMENT


def _chop(word: str, style: Style, width: float) -> list[str]:
    """A word too wide for the line in pieces that fit, one character at least in each."""
    pieces, piece, used = [], "", 0.0
    for char in word:
        step = width_of(char, style)
        if piece and used + step > width + SLACK:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += char
        used += step
    return [*pieces, piece]


def fit(text: str, style: Style, width: float) -> tuple[str, Style]:
    """One line that fits: smaller down to 70 %, then cut with an ellipsis."""
    line = clean(text).replace("\n", " ")
    natural = width_of(line, style)
    if natural <= width:
        return line, style
    smaller = style.at(style.size * max(SMALLEST, width / natural))
    if width_of(line, smaller) <= width + SLACK:
        return line, smaller
    while line and width_of(line + ELLIPSIS, smaller) > width:
        line = line[:-1]
    return line + ELLIPSIS, smaller
