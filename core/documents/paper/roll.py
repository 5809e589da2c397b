"""Tables on a roll of 80 mm: a line's words first, its figures with their names under them, nothing squeezed."""

from __future__ import annotations

from core.documents.paper.cells import FIGURES, PAD_X, PAD_Y, Setting
from core.documents.paper.flow import Piece
from core.documents.paper.page import GREY, INK, RULE, Page
from core.documents.paper.pen import Pen
from core.documents.paper.table import lay_group, lay_nothing, lay_title
from core.documents.paper.text import wrap
from core.documents.paper.voice import Voice
from core.documents.types import Line, PaperTable

_BLANK = "________"
_BOX = "☐"
_TICKED = "☑"


def lay_roll_table(table: PaperTable, page: Page, voice: Voice) -> list[Piece]:
    """The table as pieces; every line says what its figures are, so there is no head."""
    pieces = lay_title(table, page, voice)
    if not table.lines:
        return [*pieces, lay_nothing(page, voice)]
    settings = [Setting(column, page, voice) for column in table.columns]
    for line in table.lines:
        pieces += lay_group(line, page, voice) if line.look == "group" else [_line(line, settings, page)]
    return pieces


def _line(line: Line, settings: list[Setting], page: Page) -> Piece:
    bold = line.look == "subtotal"
    style, small = page.style(bold=bold), page.style(8, colour=INK)
    words: list[str] = []
    figures: list[str] = []
    for index, setting in enumerate(settings):
        said = _said(line, index, setting)
        if said and _is_word(setting):
            words.append(said)
        elif said:
            figures.append(f"{setting.voice.line(setting.column.title, '/')} {said}")
    inner = page.inner - 2 * PAD_X
    above, below = wrap("  ".join(words), style, inner), wrap("   ".join(figures), small, inner) if figures else []
    height = len(above) * style.leading + len(below) * small.leading + 2 * PAD_Y

    def draw(pen: Pen, y: float) -> None:
        if bold:
            pen.rule((page.margin, y), page.inner, 0.6, GREY)
        used = pen.lines((page.margin + PAD_X, y + PAD_Y), above, style)
        pen.lines((page.margin + page.inner - PAD_X, y + PAD_Y + used), below, small, "right")
        pen.rule((page.margin, y + height), page.inner, 0.35, RULE)

    return Piece(height, draw)


def _said(line: Line, index: int, setting: Setting) -> str:
    """A cell in words; nothing where the line has nothing to say."""
    cell = line.cells[index] if index < len(line.cells) else None
    if setting.column.kind == "tick":
        return _TICKED if cell is True else _BOX
    if setting.column.kind == "blank" and cell is None:
        return _BLANK
    return setting.voice.cell(cell, setting.column.kind, dash=setting.column.dash)


def _is_word(setting: Setting) -> bool:
    """Words stand first, and the number of the line with them."""
    kind = setting.column.kind
    return kind == "number" or kind not in (*FIGURES, "blank", "tick")
