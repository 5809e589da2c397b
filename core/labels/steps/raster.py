"""Marks become dots: one bit a dot, nothing scaled, nothing dithered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.labels.steps.arrange import arrange
from core.labels.steps.fonts import run
from core.labels.types import (
    BarsMark,
    FillMark,
    GridMark,
    LabelContent,
    LabelPage,
    Layout,
    Mark,
    PictureMark,
    TextMark,
    TurnedMark,
)

if TYPE_CHECKING:
    from PIL.Image import Image

_KEPT = 1  # of a picture in memory: 1 is a black dot


def draw(layout: Layout, content: LabelContent, dpi: int) -> LabelPage:
    """One label in whole printer dots, with its barcodes and what is wrong with it.

    `dpi` is 180, 203, 300 or 600; raises InvalidInput for any other. What does not fit is not drawn smaller but said in
    the page's troubles with the millimetres that would fit; a page with blocking troubles can be looked at, not printed.
    """
    return with_dots(arrange(layout, content, dpi))


def with_dots(page: LabelPage) -> LabelPage:
    """The same page with its marks drawn."""
    return page if page.bits else replace(page, bits=_picture(page).tobytes())


def picture_of(page: LabelPage) -> Image:
    """The dots as a picture for looking at: black on white, one pixel a dot."""
    from PIL import Image, ImageChops

    bits = page.bits or with_dots(page).bits
    return ImageChops.invert(Image.frombytes("1", (page.width, page.height), bits))


def region(page: LabelPage, box: tuple[int, int, int, int]) -> Image:
    """A part of a page's dots (left, top, width, height), white on black: cut out of its dots, or drawn from its marks where
    it has none yet."""
    from PIL import Image

    left, top, width, height = box
    if page.bits:
        whole = Image.frombytes("1", (page.width, page.height), page.bits)
        return whole.crop((left, top, left + width, top + height))
    canvas = Image.new("1", (width, height), 0)
    _draw_all(canvas, page.marks, -left, -top)
    return canvas


def _picture(page: LabelPage) -> Image:
    from PIL import Image

    canvas = Image.new("1", (page.width, page.height), 0)
    _draw_all(canvas, page.marks, 0, 0)
    return canvas


def _draw_all(canvas: Image, marks: Iterable[Mark], x: int, y: int) -> None:
    for mark in marks:
        _DRAWERS[type(mark)](canvas, mark, x, y)


def _draw_text(canvas: Image, mark: TextMark, x: int, y: int) -> None:
    # Of a part of a page most words are not seen: they need not be made into dots.
    baseline = y + mark.y
    is_above, is_below = baseline < -mark.px // 2, baseline > canvas.height + 2 * mark.px
    if is_above or is_below or x + mark.x > canvas.width + mark.px:
        return
    picture, left, top = run(mark.words, mark.px, mark.bold)
    if picture is not None:
        canvas.paste(0 if mark.white else _KEPT, (x + mark.x + left, y + mark.y + top), picture)


def _draw_bars(canvas: Image, mark: BarsMark, x: int, y: int) -> None:
    row = _stripes(mark.pattern, mark.module)
    picture = row.resize((row.width, mark.height))
    canvas.paste(_KEPT, (x + mark.x, y + mark.y), picture)


@lru_cache(maxsize=512)
def _stripes(pattern: str, module: int) -> Image:
    from PIL import Image

    row = Image.frombytes("L", (len(pattern), 1), bytes(255 if bit == "1" else 0 for bit in pattern)).convert("1")
    return row.resize((len(pattern) * module, 1), Image.Resampling.NEAREST)


def _draw_grid(canvas: Image, mark: GridMark, x: int, y: int) -> None:
    from PIL import Image

    cells = bytes(255 if bit == "1" else 0 for row in mark.rows for bit in row)
    small = Image.frombytes("L", (len(mark.rows[0]), len(mark.rows)), cells).convert("1")
    size = small.width * mark.module, small.height * mark.module
    canvas.paste(_KEPT, (x + mark.x, y + mark.y), small.resize(size, Image.Resampling.NEAREST))


def _draw_fill(canvas: Image, mark: FillMark, x: int, y: int) -> None:
    left, top = x + mark.x, y + mark.y
    canvas.paste(0 if mark.white else _KEPT, (left, top, left + mark.width, top + mark.height))


def _draw_picture(canvas: Image, mark: PictureMark, x: int, y: int) -> None:
    from PIL import Image

    canvas.paste(_KEPT, (x + mark.x, y + mark.y), Image.frombytes("1", (mark.width, mark.height), mark.bits))


def _draw_turned(canvas: Image, mark: TurnedMark, x: int, y: int) -> None:
    if mark.turn == 0:
        _draw_all(canvas, mark.marks, x + mark.x, y + mark.y)
        return
    from PIL import Image

    frame = Image.new("1", (mark.width, mark.height), 0)
    _draw_all(frame, mark.marks, 0, 0)
    way = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}[mark.turn]
    turned = frame.transpose(way)
    canvas.paste(_KEPT, (x + mark.x, y + mark.y), turned)


_DRAWERS: dict[type, Any] = {
    TextMark: _draw_text,
    BarsMark: _draw_bars,
    GridMark: _draw_grid,
    FillMark: _draw_fill,
    PictureMark: _draw_picture,
    TurnedMark: _draw_turned,
}
