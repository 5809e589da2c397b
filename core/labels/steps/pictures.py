"""Pictures on labels: logos and photos as dots."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Mapping
from functools import lru_cache

from core.i18n import _
from core.labels.rules.dots import to_dots
from core.labels.steps.fonts import THRESHOLD
from core.labels.types import Mark, PictureElement, PictureMark, Trouble

_MOST_PIXELS = 25_000_000


def picture_marks(
    element: PictureElement, pictures: Mapping[str, bytes], dpi: int, number: int
) -> tuple[list[Mark], list[Trouble]]:
    """A picture in its frame, as large as it can be without bending it, in the middle. None is drawn where there is none;
    one that cannot be read is said."""
    content = pictures.get(element.source, b"") if element.source else _decoded(element.data)
    if content == b"":
        return [], []
    room = to_dots(element.width, dpi), to_dots(element.height, dpi)
    made = None if content is None else _dots(content, room)
    if made is None:
        words = _("Element {n}: this is no picture the program can read. PNG and JPEG are right.", n=number + 1)
        return [], [Trouble("bad_picture", words, number)]
    width, height, bits = made
    x = to_dots(element.x, dpi) + (room[0] - width) // 2
    y = to_dots(element.y, dpi) + (room[1] - height) // 2
    return [PictureMark(x, y, width, height, bits)], []


def _decoded(data: str) -> bytes | None:
    try:
        return base64.b64decode(data, validate=True)
    except (ValueError, binascii.Error):
        return None


@lru_cache(maxsize=64)
def _dots(content: bytes, room: tuple[int, int]) -> tuple[int, int, bytes] | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "BMP", "GIF")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            rgba = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    paper = Image.new("RGBA", rgba.size, "white")
    paper.alpha_composite(rgba)
    scale = min(room[0] / rgba.width, room[1] / rgba.height)
    size = max(1, int(rgba.width * scale)), max(1, int(rgba.height * scale))
    grey = paper.convert("L").resize(size, Image.Resampling.LANCZOS)
    black = grey.point([255 if level < THRESHOLD else 0 for level in range(256)], "1")
    return size[0], size[1], black.tobytes()
