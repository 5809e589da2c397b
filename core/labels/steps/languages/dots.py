"""Dots between drawing and printer: moved by an offset, turned, cut into bands of ink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.labels.types import LabelPage

_GAP = 16  # blank rows between two bands; fewer are sent as they are


@dataclass(frozen=True, slots=True)
class Band:
    """Inked rows: the first column (a multiple of 8) and row, bytes a row, and the rows themselves."""

    x: int
    y: int
    row_bytes: int
    rows: tuple[bytes, ...]


def moved(page: LabelPage, right: int, down: int, is_turned: bool) -> LabelPage:
    """The same page with its dots moved; what leaves the label is lost, as on paper. Turned it stands upside down."""
    from PIL import Image

    picture = Image.frombytes("1", (page.width, page.height), page.bits)
    canvas = Image.new("1", picture.size, 0)
    canvas.paste(picture, (right, down))
    if is_turned:
        canvas = canvas.transpose(Image.Transpose.ROTATE_180)
    return replace(page, bits=canvas.tobytes())


def within(page: LabelPage, width: int) -> LabelPage:
    """The middle of a page that is wider than the print head (0: as wide as the page)."""
    if not 0 < width < page.width:
        return page
    from PIL import Image

    left = (page.width - width) // 2
    picture = Image.frombytes("1", (page.width, page.height), page.bits)
    return replace(page, width=width, bits=picture.crop((left, 0, left + width, page.height)).tobytes())


def rows_of(page: LabelPage) -> list[bytes]:
    """The rows of dots, from the top."""
    step = page.row_bytes
    return [page.bits[start : start + step] for start in range(0, len(page.bits), step)]


def bands(page: LabelPage) -> Iterator[Band]:
    """The inked parts of a page, without the white around and between them."""
    rows, start, last = rows_of(page), None, -1
    blank = bytes(page.row_bytes)
    for number, row in enumerate(rows):
        if row == blank:
            continue
        if start is not None and number - last > _GAP:
            yield _band(rows, start, last)
            start = None
        start = number if start is None else start
        last = number
    if start is not None:
        yield _band(rows, start, last)


def _band(rows: list[bytes], first: int, last: int) -> Band:
    inked = rows[first : last + 1]
    left = min(len(row) - len(row.lstrip(b"\0")) for row in inked)
    right = max(len(row.rstrip(b"\0")) for row in inked)
    return Band(left * 8, first, right - left, tuple(row[left:right] for row in inked))
