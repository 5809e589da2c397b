"""The sheet of paper: its size, margins, sizes of type and colours. All lengths are points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.paper.text import Style
from core.documents.types import PaperSize

MM = 72 / 25.4
ROLL = "80 mm"
# A roll ends where its paper does; over two metres go on as another piece.
_SIZES = {"A4": (210 * MM, 297 * MM), "A5": (148 * MM, 210 * MM), ROLL: (80 * MM, 2000 * MM)}
_MARGINS = {"A4": 15 * MM, "A5": 10 * MM, ROLL: 4 * MM}
INK = (0.1, 0.1, 0.12)
GREY = (0.42, 0.44, 0.48)
RULE = (0.82, 0.83, 0.85)
SHADE = (0.945, 0.95, 0.955)
WARNING = (0.73, 0.13, 0.1)
BAR = (0.33, 0.48, 0.63)


@dataclass(frozen=True, slots=True)
class Page:
    """One size of paper. A5 and rolls are set a little smaller."""

    width: float
    height: float
    margin: float
    scale: float
    is_roll: bool = False

    @classmethod
    def of(cls, size: PaperSize, landscape: bool) -> Page:
        """The page of a size of paper, upright or lying."""
        width, height = _SIZES[size]
        if landscape:
            width, height = height, width
        return cls(width, height, _MARGINS[size], 1.0 if size == "A4" else 0.9, size == ROLL)

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def half(self) -> float:
        """Width of the company, and of title and number beside it; on a roll they stand one under the other."""
        return self.inner if self.is_roll else self.inner * 0.5

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
