"""A label as a picture file, one pixel a dot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import InvalidInput
from core.i18n import _
from core.labels.rules.dots import to_dots
from core.labels.steps.raster import picture_of
from core.labels.types import LabelPage

if TYPE_CHECKING:
    from PIL.Image import Image

_GAP = 2.0  # mm
_GREY = 200


def to_png(page: LabelPage | Sequence[LabelPage]) -> bytes:
    """The dots of a label as PNG, black on white, marked with its resolution so that it prints in its true size; several
    labels stand under one another with 2 mm of grey between them."""
    pages = [page] if isinstance(page, LabelPage) else list(page)
    if not pages:
        raise InvalidInput(_("There are no labels to print."), field="items")
    made, dpi = io.BytesIO(), pages[0].dpi
    _stacked([picture_of(one) for one in pages], to_dots(_GAP, dpi)).save(made, "PNG", dpi=(dpi, dpi))
    return made.getvalue()


def _stacked(pictures: list[Image], gap: int) -> Image:
    from PIL import Image as Images

    if len(pictures) == 1:
        return pictures[0]
    height = sum(one.height for one in pictures) + gap * (len(pictures) - 1)
    whole = Images.new("L", (max(one.width for one in pictures), height), _GREY)
    top = 0
    for one in pictures:
        whole.paste(one, (0, top))
        top += one.height + gap
    return whole
