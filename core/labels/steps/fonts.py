"""The shipped fonts on labels: which signs they have, how wide these are, and how they look in dots.

Widths come from the font file itself, unhinted, so that lines break alike on every head and in a PDF.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from core.paths import resource

REPLACEMENT = "\ufffd"
THRESHOLD = 140  # of 255: darker is a dot; no dithering
ASCENT = 0.88
_LARGEST_KEPT = 100  # dots; larger type is rare, and its pictures would fill the memory
_FILES = {False: "NotoSansSC-Regular.ttf", True: "NotoSansSC-Bold.ttf"}


@dataclass(frozen=True, slots=True)
class Face:
    """A font: the width of each sign it has, in heights of the type."""

    file: str
    widths: dict[str, float]


@cache
def face(bold: bool) -> Face:
    """The font of a weight, read on first use."""
    file = resource("fonts", _FILES[bold])
    return Face(str(file), dict(_widths(file.read_bytes())))


def _widths(data: bytes) -> Iterator[tuple[str, float]]:
    tables = _tables(data)
    per_em = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    metrics = struct.unpack_from(f">{count * 2}H", data, tables["hmtx"])[::2]
    for code, glyph in _glyphs(data, tables["cmap"]):
        yield chr(code), metrics[min(glyph, count - 1)] / per_em


def _tables(data: bytes) -> dict[str, int]:
    """Where the tables of a TrueType file begin. Source: OpenType specification, "otff"."""
    count = struct.unpack_from(">H", data, 4)[0]
    found = (struct.unpack_from(">4s4xL", data, 12 + 16 * number) for number in range(count))
    return {tag.decode("latin-1"): offset for tag, offset in found}


def _glyphs(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Characters and their glyphs: the table of formats 12 or 4, whichever holds more. Source: OpenType, "cmap"."""
    count = struct.unpack_from(">H", data, start + 2)[0]
    tables = {}
    for number in range(count):
        offset = start + struct.unpack_from(">4xL", data, start + 4 + 8 * number)[0]
        tables[struct.unpack_from(">H", data, offset)[0]] = offset
    if 12 in tables:
        yield from _format_12(data, tables[12])
    else:
        yield from _format_4(data, tables[4])


def _format_12(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    for number in range(struct.unpack_from(">L", data, offset + 12)[0]):
        first, last, glyph = struct.unpack_from(">3L", data, offset + 16 + 12 * number)
        for code in range(first, last + 1):
            yield code, glyph + code - first


def _format_4(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    half = struct.unpack_from(">H", data, offset + 6)[0]
    ends = offset + 14
    for number in range(half // 2):
        last = struct.unpack_from(">H", data, ends + 2 * number)[0]
        first, delta, shift = (
            struct.unpack_from(">H", data, ends + 2 + part * half + 2 * number)[0] for part in (1, 2, 3)
        )
        place = ends + 2 + 3 * half + 2 * number
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code if not shift else struct.unpack_from(">H", data, place + shift + 2 * (code - first))[0]
            if glyph or not shift:
                yield code, (glyph + delta) & 0xFFFF


@lru_cache(maxsize=8192)
def clean(text: str) -> tuple[str, bool]:
    """What can be drawn of a text, and whether signs were replaced: composed letters, spaces for control characters, a
    replacement mark for what no font has. Line breaks stay; nothing visible is ever left out."""
    if text.isascii() and text.isprintable():
        return text, False
    known, shown, is_replaced = face(False).widths, [], False
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")):
        if char == "\n" or (char in known and not _is_invisible(char) and char >= " "):
            shown.append(char)
        elif not _is_invisible(char):
            is_replaced = True
            shown.append(REPLACEMENT)
    return "".join(shown), is_replaced


def _is_invisible(char: str) -> bool:
    """Joiners, direction marks, variation selectors: they show nothing themselves."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def width_in(bold: bool) -> Callable[[str], float]:
    """A measure of cleaned words in a weight, in heights of the type. A sign bold type lacks counts as regular."""
    return _width_bold if bold else _width_regular


@lru_cache(maxsize=16384)
def _width_regular(words: str) -> float:
    widths = face(False).widths
    return sum(widths[char] for char in words if char != "\n")


@lru_cache(maxsize=16384)
def _width_bold(words: str) -> float:
    bold, regular = face(True).widths, face(False).widths
    return sum(bold.get(char) or regular[char] for char in words if char != "\n")


def has_bold(char: str) -> bool:
    """Whether bold type has a sign."""
    return char in face(True).widths


@lru_cache(maxsize=64)
def _type(px: int, bold: bool) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(face(bold).file, px, layout_engine=ImageFont.Layout.BASIC)


def glyph(char: str, px: int, bold: bool) -> tuple[Any, int, int]:
    """A sign in dots: a 1-bit picture, and where it lies from its pen position and baseline. No dithering."""
    if px <= _LARGEST_KEPT:
        return _kept_glyph(char, px, bold)
    return _kept_large_glyph(char, px, bold) if px <= 4 * _LARGEST_KEPT else _glyph(char, px, bold)


def _glyph(char: str, px: int, bold: bool) -> tuple[Any, int, int]:
    mask, (left, top) = _type(px, bold).getmask2(char, mode="L", anchor="ls")
    if not mask.size[0] or not mask.size[1]:
        return None, 0, 0
    from PIL import Image

    picture = Image.frombytes("L", mask.size, bytes(mask)).point(_DOTS, "1")
    return picture, left, top


_kept_glyph = lru_cache(maxsize=4096)(_glyph)
_kept_large_glyph = lru_cache(maxsize=128)(_glyph)  # figures of prices
_DOTS = [255 if level > 255 - THRESHOLD else 0 for level in range(256)]


@lru_cache(maxsize=128)
def _kept_run(words: str, px: int, bold: bool) -> tuple[Any, int, int]:
    return _run(words, px, bold)


def run(words: str, px: int, bold: bool) -> tuple[Any, int, int]:
    """A run of words in dots: its picture, and where it lies from its pen position and baseline; None for blanks."""
    return _kept_run(words, px, bold) if px <= _LARGEST_KEPT else _run(words, px, bold)


def _run(words: str, px: int, bold: bool) -> tuple[Any, int, int]:
    from PIL import Image

    widths, other = face(bold).widths, face(False).widths
    placed, pen = [], 0.0
    for char in words:
        picture, left, top = glyph(char, px, bold and char in widths)
        if picture is not None:
            x = int(pen * px + 0.5) + left
            placed.append((picture.im, x, top, x + picture.width, top + picture.height))
        pen += widths.get(char) or other[char]
    if not placed:
        return None, 0, 0
    x0, y0 = min(one[1] for one in placed), min(one[2] for one in placed)
    drawn = Image.new("1", (max(one[3] for one in placed) - x0, max(one[4] for one in placed) - y0))
    paste = drawn.im.paste  # the picture's own core: the checks of Image.paste take longer than the pasting of a sign
    for core, left, top, right, bottom in placed:
        paste(1, (left - x0, top - y0, right - x0, bottom - y0), core)
    return drawn, x0, y0
