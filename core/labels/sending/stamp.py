"""A small running number at the edge of a label: so that a person can say which was the last good one."""

from __future__ import annotations

from dataclasses import replace

from core.labels.steps.raster import with_dots
from core.labels.types import LabelPage

SCALE, EDGE, AIR = 2, 4, 3
_ROWS = {  # of each sign five rows of three dots
    "0": (7, 5, 5, 5, 7), "1": (2, 6, 2, 2, 7), "2": (7, 1, 7, 4, 7), "3": (7, 1, 7, 1, 7), "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7), "6": (7, 4, 7, 5, 7), "7": (7, 1, 1, 2, 2), "8": (7, 5, 7, 5, 7), "9": (7, 5, 7, 1, 7),
    "/": (1, 1, 2, 4, 4),
}  # fmt: skip


def stamped(page: LabelPage, words: str) -> LabelPage:
    """The page with `words` (digits and strokes) in the first corner that is free, lower right before the others; without a
    free corner as it was, for nothing on a label is ever overprinted."""
    page = with_dots(page)
    width = len(words) * 4 * SCALE
    height = 5 * SCALE
    right, low = page.width - EDGE - width, page.height - EDGE - height
    for x, y in ((right, low), (EDGE, low), (right, EDGE), (EDGE, EDGE)):
        if x >= 0 and y >= 0 and _is_free(page, (x - AIR, y - AIR, width + 2 * AIR, height + 2 * AIR)):
            return replace(page, bits=_drawn(page, words, x, y))
    return page


def _is_free(page: LabelPage, area: tuple[int, int, int, int]) -> bool:
    x, y, width, height = area
    first, last = max(x, 0), min(x + width, page.width)
    mask = ((1 << (last - first)) - 1) << (page.row_bytes * 8 - last)
    for row in range(max(y, 0), min(y + height, page.height)):
        start = row * page.row_bytes
        if int.from_bytes(page.bits[start : start + page.row_bytes], "big") & mask:
            return False
    return not any(
        one.x < last and first < one.x + one.width and one.y < y + height and y < one.y + one.height
        for one in page.symbols
    )


def _drawn(page: LabelPage, words: str, x: int, y: int) -> bytes:
    bits = bytearray(page.bits)
    for at, sign in enumerate(words):
        for line, dots in enumerate(_ROWS.get(sign, (0,) * 5)):
            for column in range(3):
                if dots >> (2 - column) & 1:
                    _square(bits, page.row_bytes, x + (at * 4 + column) * SCALE, y + line * SCALE)
    return bytes(bits)


def _square(bits: bytearray, row_bytes: int, x: int, y: int) -> None:
    for row in range(y, y + SCALE):
        for column in range(x, x + SCALE):
            bits[row * row_bytes + column // 8] |= 0x80 >> column % 8
