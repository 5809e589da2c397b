"""One cell of a table on paper: its lines, how wide it wants to be, how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.formats import MINUS
from core.documents.paper.barcode import MODULE, Stripes, code128, draw_stripes, is_readable
from core.documents.paper.page import GREY, MM, WARNING, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.text import SMALLEST, Style, clean, width_of, wrap
from core.documents.paper.voice import Voice
from core.documents.types import Align, Cell, Column, Measure
from core.i18n import Text

FIGURES = frozenset({"qty", "money", "cost", "number", "percent"})
PAD_X = 1.3 * MM
PAD_Y = 0.9 * MM
UNIT_GAP = 0.8 * MM
_BAR_HEIGHT = 7 * MM
_TICK = 3.6 * MM
_WRITING_HEIGHT = 8 * MM
_WRITING_WIDTH = 24 * MM


@dataclass(frozen=True, slots=True)
class Setting:
    """What all cells of a column share."""

    column: Column
    page: Page
    voice: Voice
    width: float = 0.0
    unit_width: float = 0.0

    @property
    def align(self) -> Align:
        """Figures stand right, boxes to tick in the middle, words left."""
        if self.column.align:
            return self.column.align
        if self.column.kind in FIGURES:
            return "right"
        return "centre" if self.column.kind == "tick" else "left"

    @property
    def inner(self) -> float:
        """Room for the content."""
        return max(1.0, self.width - 2 * PAD_X)


def natural_width(cell: Cell, setting: Setting, bold: bool = False) -> float:
    """How wide the cell would be with each of its lines unbroken, without padding and unit."""
    kind = setting.column.kind
    if kind == "tick":
        return _TICK
    if kind == "blank":
        return _WRITING_WIDTH
    text = setting.voice.figure(cell, kind, dash=setting.column.dash)
    if isinstance(cell, str) or not isinstance(cell, Measure):
        text = setting.voice.cell(cell, kind, dash=setting.column.dash)
    if kind == "barcode":
        stripes = code128(text)
        return stripes.modules * MODULE if stripes else 30 * MM
    style = setting.page.style(bold=bold)
    return max(width_of(line, style) for line in clean(text).split("\n"))


def unit_width(cell: Cell, setting: Setting) -> float:
    """How wide the unit after a figure is."""
    unit = setting.voice.unit(cell)
    return width_of(clean(unit).replace("\n", " "), setting.page.style(8)) if unit else 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell ready to be drawn: its lines of one style, its unit, and what is drawn instead of words."""

    setting: Setting
    lines: list[str]
    style: Style
    unit: str = ""
    stripes: Stripes | None = None
    ticked: bool = False

    @property
    def height(self) -> float:
        """Height with padding above and below."""
        kind = self.setting.column.kind
        height = len(self.lines) * self.style.leading + 2 * PAD_Y
        if self.stripes is not None:
            height += _BAR_HEIGHT + 0.5 * MM
        return max(height, _WRITING_HEIGHT) if kind in ("blank", "tick") else height

    def part(self, first: int, count: int) -> Drawn:
        """Some of its lines, for a row that is broken over pages; everything but words stays in the first part."""
        is_first = first == 0
        return Drawn(
            self.setting, self.lines[first : first + count], self.style, self.unit if is_first else "",
            self.stripes if is_first else None, self.ticked and is_first,
        )  # fmt: skip

    def draw(self, pen: Pen, x: float, y: float, height: float) -> None:
        """Draw it with its upper left corner at x, y in a row of this height."""
        left, right, top = x + PAD_X, x + self.setting.width - PAD_X, y + PAD_Y
        if self.setting.column.kind == "tick":
            self._draw_tick(pen, x, y, height)
            return
        if self.setting.column.kind == "blank" and self.lines == [""]:
            pen.frame(Box(left, y + 0.8 * MM, self.setting.inner, height - 1.6 * MM), 0.4, GREY)
            return
        if self.stripes is not None:
            width = min(self.setting.inner, self.stripes.modules * MODULE)
            draw_stripes(pen, self.stripes, Box(left, top, width, _BAR_HEIGHT))
            pen.lines((left + width / 2, top + _BAR_HEIGHT + 0.5 * MM), self.lines, self.style, "centre")
            return
        align = self.setting.align
        if align == "right":
            unit_room = self.setting.unit_width + UNIT_GAP if self.setting.unit_width else 0.0
            pen.lines((right - unit_room, top), self.lines, self.style, "right")
            if self.unit:
                unit = self.setting.page.style(8, colour=GREY)
                shift = (self.style.leading - unit.leading) / 2 + (self.style.size - unit.size) * 0.38
                pen.text((right - self.setting.unit_width, top + shift), self.unit, unit)
            return
        pen.lines(((left + right) / 2 if align == "centre" else left, top), self.lines, self.style, align)

    def _draw_tick(self, pen: Pen, x: float, y: float, height: float) -> None:
        box = Box(x + (self.setting.width - _TICK) / 2, y + (height - _TICK) / 2, _TICK, _TICK)
        pen.frame(box, 0.5, GREY)
        if self.ticked:
            style = self.setting.page.style(9, bold=True)
            pen.text((box.x + _TICK / 2, box.y + (_TICK - style.leading) / 2), "\u2713", style, "centre")


def lay_cell(cell: Cell, setting: Setting, bold: bool = False) -> Drawn:
    """Break a cell's words into the lines its column has room for. A figure is made smaller before it is broken."""
    kind, voice = setting.column.kind, setting.voice
    style = setting.page.style(bold=bold)
    if kind == "tick":
        return Drawn(setting, [""], style, ticked=cell is True)
    if kind == "blank" and cell is None:
        return Drawn(setting, [""], style)
    if kind == "barcode":
        return _lay_barcode(voice.cell(cell, kind), setting)
    if isinstance(cell, Text):
        return Drawn(setting, _wrap_words(cell, setting, style), style)
    if kind not in FIGURES or isinstance(cell, str):
        return Drawn(setting, wrap(voice.cell(cell, kind, dash=setting.column.dash), style, setting.inner), style)
    return _lay_figure(cell, setting, style)


def _wrap_words(cell: Text, setting: Setting, style: Style) -> list[str]:
    """Both languages beside each other where there is room, else each on lines of its own."""
    lines = wrap(setting.voice.cell(cell, "text"), style, setting.inner)
    if len(lines) == 1:
        return lines
    return [line for words in setting.voice.pair(cell) if words for line in wrap(words, style, setting.inner)]


def _lay_figure(cell: Cell, setting: Setting, style: Style) -> Drawn:
    kind, voice = setting.column.kind, setting.voice
    room = max(1.0, setting.inner - (setting.unit_width + UNIT_GAP if setting.unit_width else 0.0))
    if setting.align != "right":
        figure, unit = voice.cell(cell, kind, dash=setting.column.dash), ""
    else:
        figure, unit = voice.figure(cell, kind, dash=setting.column.dash), voice.unit(cell)
    if figure.startswith(MINUS):
        style = Style(style.size, style.bold, WARNING)
    natural = width_of(clean(figure), style) if "\n" not in figure else room
    if natural > room:
        style = style.at(style.size * max(SMALLEST, room / natural * 0.999))
    return Drawn(setting, wrap(figure, style, room), style, clean(unit).replace("\n", " "))


def _lay_barcode(value: str, setting: Setting) -> Drawn:
    stripes = code128(value)
    if stripes is None or not is_readable(stripes, setting.inner):
        style = setting.page.style()
        return Drawn(setting, wrap(value, style, setting.inner), style)
    small = setting.page.style(7)
    return Drawn(setting, wrap(value, small, setting.inner), small, stripes=stripes)
