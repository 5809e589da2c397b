"""The sheet of paper: its size, margins, sizes of type and colours. All lengths are points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.paper.text import Style
from core.documents.types import PaperSize

MM = 72 / 25.4
_SIZES = {"A4": (210 * MM, 297 * MM), "A5": (148 * MM, 210 * MM)}
INK = (0.1, 0.1, 0.12)
GREY = (0.42, 0.44, 0.48)
RULE = (0.82, 0.83, 0.85)
SHADE = (0.945, 0.95, 0.955)
WARNING = (0.73, 0.13, 0.1)
BAR = (0.33, 0.48, 0.63)


@dataclass(frozen=True, slots=True)
class Page:
    """One size of paper. A5 is set a little smaller."""

    width: float
    height: float
    margin: float
    scale: float

    @classmethod
    def of(cls, size: PaperSize, landscape: bool) -> Page:
        """The page of a size of paper, upright or lying."""
        width, height = _SIZES[size]
        if landscape:
            width, height = height, width
        is_small = size == "A5"
        return cls(width, height, (10 if is_small else 15) * MM, 0.9 if is_small else 1.0)

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def columns(self) -> int:
        """How many facts or signatures stand side by side."""
        return max(2, round(self.inner / (45 * MM)))

    @property
    def foot(self) -> float:
        """Height kept free for the foot of the page."""
        return 9 * MM

    def style(self, size: float = 9, bold: bool = False, colour: tuple[float, float, float] = INK) -> Style:
        """A style in this page's scale."""
        return Style(size * self.scale, bold, colour)

    @property
    def label(self) -> Style:
        """Small grey words over a value or under a line."""
        return self.style(7.5, colour=GREY)
