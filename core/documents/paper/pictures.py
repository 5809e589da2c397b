"""Photographs that go with a paper: two side by side, each with what it is under it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.documents.paper.flow import Piece
from core.documents.paper.page import MM, RULE, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.text import fit
from core.documents.paper.voice import Voice
from core.documents.types import Picture
from core.i18n import _

_GAP = 6 * MM
_TALLEST = 112 * MM
_DOTS = 1400


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture ready to be drawn, in points; one that cannot be read has no picture."""

    picture: Any
    width: float
    height: float
    title: str


def lay_pictures(pictures: Sequence[Picture], page: Page, voice: Voice) -> list[Piece]:
    """The pictures as pieces, a row of two (on a roll: one) each."""
    beside = 1 if page.is_roll else 2
    width = (page.inner - (beside - 1) * _GAP) / beside
    tallest = min(_TALLEST, page.height / 2 - page.margin - page.foot)
    shown = [_shown(one, (width, tallest), voice) for one in pictures]
    rows = [shown[start : start + beside] for start in range(0, len(shown), beside)]
    return [_row(row, width, page) for row in rows]


def _row(row: Sequence[_Shown], width: float, page: Page) -> Piece:
    label = page.label
    tallest = max(one.height for one in row)
    height = tallest + label.leading + 5 * MM

    def draw(pen: Pen, y: float) -> None:
        for number, one in enumerate(row):
            x = page.margin + number * (width + _GAP)
            if one.picture is not None:
                pen.picture(one.picture, Box(x, y, one.width, one.height))
            pen.frame(Box(x, y, one.width, one.height), 0.35, RULE)
            words, style = fit(one.title, label, width)
            pen.text((x, y + tallest + 1 * MM), words, style)

    return Piece(height, draw)


def _shown(one: Picture, room: tuple[float, float], voice: Voice) -> _Shown:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    title = voice.line(one.title)
    try:
        with Image.open(io.BytesIO(one.content)) as opened:
            picture = opened.convert("RGB")
    except OSError:
        return _Shown(None, room[0], 20 * MM, voice.line(_("{name} cannot be shown.", name=title)))
    scale = min(room[0] / picture.width, room[1] / picture.height)
    size = (picture.width * scale, picture.height * scale)
    picture.thumbnail((_DOTS, _DOTS), Image.Resampling.LANCZOS)
    return _Shown(ImageReader(picture), *size, title)
