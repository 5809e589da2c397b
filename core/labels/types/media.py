"""What labels are printed on: rolls in a label printer, sheets in an office printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Media:
    """A roll and how its printer is set. Offsets are millimetres right and down. `head` is how
    wide the printer prints, where that is less than the label (48 on 58 mm paper): as much is left out on both sides;
    0 is as wide as the label. `sensing` says how the printer finds the
    next label: gaps of `gap` mm, black marks, or none on endless paper; empty leaves it as the printer is set. `darkness`
    0 to 15 and `speed` 1 to 14 are steps as TSPL counts them; None leaves them too. `is_turned` prints upside down, `cuts`
    cuts after the last copy. `compression` is how ZPL pictures are packed: `acs`, which every such printer knows, or `z64`,
    half as long, for slow lines to newer printers."""

    gap: float = 2.0
    head: float = 0.0
    sensing: Literal["", "gap", "mark", "none"] = ""
    offset_x: float = 0.0
    offset_y: float = 0.0
    darkness: int | None = None
    speed: int | None = None
    is_turned: bool = False
    cuts: bool = False
    compression: Literal["acs", "z64"] = "acs"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Labels in rows and columns on a page, in millimetres: one label's size, the first one's left upper corner, and the
    steps from one label to the next."""

    code: str
    name: str
    page_width: float
    page_height: float
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    step_x: float
    step_y: float

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows


_A4 = (210.0, 297.0)
_LETTER = (215.9, 279.4)
# Source: the makers' drawings of the stocks; L7160 is symmetric with steps of 66.0.
SHEETS: tuple[Sheet, ...] = (
    Sheet("L7160", "L7160 · 63.5 × 38.1 · 3 × 7", *_A4, 3, 7, 63.5, 38.1, 7.2, 15.15, 66.0, 38.1),
    Sheet("L7163", "L7163 · 99.1 × 38.1 · 2 × 7", *_A4, 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
    Sheet("L7651", "L7651 · 38.1 × 21.2 · 5 × 13", *_A4, 5, 13, 38.1, 21.2, 4.75, 10.7, 40.6, 21.2),
    Sheet("3x8", "70 × 36 · 3 × 8", *_A4, 3, 8, 70.0, 36.0, 0.0, 4.5, 70.0, 36.0),
    Sheet("5160", "US 5160 · 66.7 × 25.4 · 3 × 10", *_LETTER, 3, 10, 66.675, 25.4, 4.7625, 12.7, 69.85, 25.4),
)
