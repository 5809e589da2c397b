"""A label as a picture file, one pixel a dot."""

from __future__ import annotations

import io

from core.labels.steps.raster import picture_of
from core.labels.types import LabelPage


def to_png(page: LabelPage) -> bytes:
    """The page's dots as PNG, black on white, marked with its resolution so that it prints in its true size."""
    made = io.BytesIO()
    picture_of(page).save(made, "PNG", dpi=(page.dpi, page.dpi))
    return made.getvalue()
