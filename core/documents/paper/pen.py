"""Drawing on a page, measured from its upper left corner."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from core.documents.paper.page import INK, RULE, Page
from core.documents.paper.text import Style, clean, font, runs, width_of
from core.documents.types import Align

_ASCENT = 0.88


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float


class Pen:
    """Draws words, lines and boxes into one PDF."""

    def __init__(self, page: Page, title: str, author: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._bytes = io.BytesIO()
        self._height = page.height
        # invariant: the same paper gives the same bytes, so a stored copy can be compared with a new one.
        self._canvas: Any = Canvas(self._bytes, pagesize=(page.width, page.height), invariant=1, pageCompression=1)
        self._canvas.setTitle(clean(title))
        self._canvas.setAuthor(clean(author))
        self._canvas.setCreator("Steward")

    def text(self, at: tuple[float, float], line: str, style: Style, align: Align = "left") -> None:
        """One cleaned line whose top left (or right, or middle) is at `at`."""
        x, y = at
        if align != "left":
            x -= width_of(line, style) / (1 if align == "right" else 2)
        baseline = self._height - y - (style.leading - style.size) / 2 - style.size * _ASCENT
        self._canvas.setFillColorRGB(*style.colour)
        for bold, piece in runs(line, style):
            self._canvas.setFont(font(bold).fontName, style.size)
            self._canvas.drawString(x, baseline, piece)
            x += width_of(piece, style)

    def lines(self, at: tuple[float, float], lines: list[str], style: Style, align: Align = "left") -> float:
        """Several lines, one under the other; the height they took."""
        for index, line in enumerate(lines):
            self.text((at[0], at[1] + index * style.leading), line, style, align)
        return len(lines) * style.leading

    def rule(
        self, at: tuple[float, float], width: float, weight: float = 0.4, colour: tuple[float, float, float] = RULE
    ) -> None:
        """A horizontal line."""
        x, y = at
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(weight)
        self._canvas.line(x, self._height - y, x + width, self._height - y)

    def fill(self, box: Box, colour: tuple[float, float, float]) -> None:
        """A filled rectangle without border."""
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(box.x, self._height - box.y - box.height, box.width, box.height, stroke=0, fill=1)

    def frame(self, box: Box, weight: float = 0.6, colour: tuple[float, float, float] = INK) -> None:
        """The border of a rectangle."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(weight)
        self._canvas.rect(box.x, self._height - box.y - box.height, box.width, box.height, stroke=1, fill=0)

    def picture(self, picture: Any, box: Box) -> None:
        """A raster picture, filling `box`."""
        self._canvas.drawImage(picture, box.x, self._height - box.y - box.height, box.width, box.height, mask="auto")

    def next_page(self) -> None:
        """Finish this page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The PDF."""
        self._canvas.save()
        return self._bytes.getvalue()
