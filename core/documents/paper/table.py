"""Tables on paper: columns share the width by what they hold, rows break over pages, the head is repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.documents.formats import currency_sign
from core.documents.paper.cells import (
    FIGURES,
    PAD_X,
    PAD_Y,
    UNIT_GAP,
    Drawn,
    Setting,
    lay_cell,
    natural_width,
    unit_width,
)
from core.documents.paper.flow import Piece, kept
from core.documents.paper.page import GREY, INK, MM, RULE, SHADE, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.text import Style, clean, width_of, wrap
from core.documents.paper.voice import Voice
from core.documents.types import Cell, Line, PaperTable
from core.i18n import _

_TALLEST_ROW = 0.4  # of the page's height; a taller row is broken
_WIDEST_TEXT = 0.55  # of the table's width, as far as a column of words can ask for
_NARROWEST_TEXT = 24 * MM
_SHORT = 27 * MM
_SHORT_HEAD = 16 * MM
_TIGHT = frozenset({"number", "tick", "barcode"})
_TALL = frozenset({"blank", "tick", "barcode"})


def lay_table(table: PaperTable, page: Page, voice: Voice) -> list[Piece]:
    """The table as pieces: title and head, then its rows."""
    settings = _settings(table, page, voice)
    head = _head(settings, page)
    pieces = [*lay_title(table, page, voice), head]
    if not table.lines:
        return [*pieces, lay_nothing(page, voice)]
    for index, line in enumerate(table.lines):
        following = table.lines[index + 1] if index + 1 < len(table.lines) else None
        stays = line.look == "group" or (following is not None and following.look == "subtotal")
        rows = lay_group(line, page, voice) if line.look == "group" else _rows(line, settings, page)
        pieces.extend(replace(row, head=head) for row in (kept(rows) if stays else rows))
    return pieces


def heading(words: str, page: Page) -> Piece:
    """The title of a table, chart or paragraph; it stays with what follows."""
    style = page.style(10.5, bold=True)
    lines = wrap(words, style, page.inner)

    def draw(pen: Pen, y: float) -> None:
        pen.lines((page.margin, y), lines, style)

    return Piece(len(lines) * style.leading + 1.2 * MM, draw, keep=True)


def lay_title(table: PaperTable, page: Page, voice: Voice) -> list[Piece]:
    """The words over a table, where it has any."""
    return [heading(voice.line(table.title), page)] if table.title is not None else []


def _settings(table: PaperTable, page: Page, voice: Voice) -> list[Setting]:
    """The columns with their widths in points."""
    lines = [line for line in table.lines if line.look != "group"]
    settings = [Setting(column, page, voice) for column in table.columns]
    asked = [Asked.of(setting, index, lines) for index, setting in enumerate(settings)]
    widths = share_width(asked, page.inner)
    return [
        replace(setting, width=width, unit_width=a.unit)
        for setting, width, a in zip(settings, widths, asked, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a column asks for: the least and the natural width, the width of its units, whether it takes more room.

    `grows` takes a large share of what is left over, `airy` a small one.
    """

    least: float
    natural: float
    unit: float = 0.0
    grows: bool = False
    airy: bool = False

    @classmethod
    def of(cls, setting: Setting, index: int, lines: Sequence[Line]) -> Asked:
        """What the column at `index` asks for, from its title and its cells."""
        column = setting.column
        cells = [(_cell(line, index), line.look == "subtotal") for line in lines]
        unit = max((unit_width(cell, setting) for cell, _bold in cells), default=0.0) if column.kind in FIGURES else 0.0
        if column.width is not None:
            fixed = column.width * MM
            return cls(fixed, fixed, unit)
        content = max((natural_width(cell, setting, bold) for cell, bold in cells), default=0.0)
        content += (unit + UNIT_GAP if unit else 0.0) + 2 * PAD_X
        word = _longest_word(setting) + 2 * PAD_X
        whole = max(width_of(clean(part), _head_style(setting.page)) for part in _head_words(setting)) + 2 * PAD_X
        if column.kind == "text":
            natural = min(max(content, whole), setting.page.inner * _WIDEST_TEXT)
            # Short words such as codes and lots keep their line; only longer ones give way.
            least = natural if natural <= _SHORT * setting.page.scale else _NARROWEST_TEXT * setting.page.scale
            return cls(min(natural, max(word, least)), natural, unit, natural > _SHORT * setting.page.scale, True)
        least = max(content, word, min(whole, _SHORT_HEAD * setting.page.scale))
        return cls(least, max(least, whole), unit, column.kind == "blank", column.kind not in _TIGHT)


def share_width(asked: Sequence[Asked], total: float) -> list[float]:
    """Widths that fill `total`.

    Room beyond the natural widths goes half to the columns that grow and half evenly to the airy ones; too little room
    takes from what lies between natural and least, and if even the least do not fit all shrink alike.
    """
    least, natural = sum(a.least for a in asked), sum(a.natural for a in asked)
    if natural <= total:
        return [a.natural + extra for a, extra in zip(asked, _extras(asked, total - natural), strict=True)]
    if least >= total:
        return [a.least * total / least for a in asked]
    part = (total - least) / (natural - least)
    return [a.least + (a.natural - a.least) * part for a in asked]


def _extras(asked: Sequence[Asked], room: float) -> list[float]:
    growing = [a.natural if a.grows else 0.0 for a in asked]
    airy = [1.0 if a.airy else 0.0 for a in asked]
    if not any(airy) and not any(growing):
        airy = [1.0] * len(asked)
    evenly = 0.0 if not any(airy) else 0.5 if any(growing) else 1.0
    grown, even = sum(growing) or 1.0, sum(airy) or 1.0
    return [
        room * (evenly * share / even + (1 - evenly) * grow / grown) for share, grow in zip(airy, growing, strict=True)
    ]


def _cell(line: Line, index: int) -> Cell:
    return line.cells[index] if index < len(line.cells) else None


def _head_words(setting: Setting) -> tuple[str, str]:
    """The column's title, the currency after it where the cells leave it out."""
    first, second = setting.voice.pair(setting.column.title)
    if setting.column.kind in ("money", "cost"):
        sign = f" ({currency_sign(setting.voice.notation.currency)})"
        return first + sign, second
    return first, second


def _head_style(page: Page) -> Style:
    return page.style(8, bold=True, colour=GREY)


def _longest_word(setting: Setting) -> float:
    words = [word for part in _head_words(setting) for word in clean(part).split()]
    style = _head_style(setting.page)
    # Chinese titles may break anywhere, yet four characters in a line read better than two.
    return max((width_of(word if word.isascii() else word[:4], style) for word in words), default=0.0)


def _head(settings: list[Setting], page: Page) -> Piece:
    main, other = _head_style(page), page.style(7, colour=GREY)
    titles = []
    for setting in settings:
        first, second = _head_words(setting)
        titles.append((wrap(first, main, setting.inner), wrap(second, other, setting.inner) if second else []))
    height = max((len(a) * main.leading + len(b) * other.leading for a, b in titles), default=0.0) + 2 * PAD_Y

    def draw(pen: Pen, y: float) -> None:
        pen.fill(Box(page.margin, y, page.inner, height), SHADE)
        x = page.margin
        for setting, (first, second) in zip(settings, titles, strict=True):
            at = x + PAD_X
            if setting.align != "left":
                at = x + setting.width - PAD_X if setting.align == "right" else x + setting.width / 2
            used = pen.lines((at, y + PAD_Y), first, main, setting.align)
            pen.lines((at, y + PAD_Y + used), second, other, setting.align)
            x += setting.width
        pen.rule((page.margin, y + height), page.inner, 0.6, GREY)

    return Piece(height, draw, keep=True)


def _rows(line: Line, settings: list[Setting], page: Page) -> list[Piece]:
    """One row; a very tall one as several pieces that may stand on different pages."""
    bold = line.look == "subtotal"
    cells = [lay_cell(_cell(line, index), setting, bold) for index, setting in enumerate(settings)]
    tallest = int(page.height * _TALLEST_ROW / page.style().leading)
    count = max((len(cell.lines) for cell in cells), default=0)
    if count <= tallest:
        return [_row(cells, page, bold, True)]
    return [
        _row([cell.part(first, tallest) for cell in cells], page, bold, first + tallest >= count)
        for first in range(0, count, tallest)
    ]


def _row(cells: list[Drawn], page: Page, bold: bool, ends: bool) -> Piece:
    height = max((cell.height for cell in cells), default=0.0)
    # Beside boxes and barcodes short words stand in the middle of the row, else on the first line.
    is_centred = any(cell.setting.column.kind in _TALL for cell in cells)

    def draw(pen: Pen, y: float) -> None:
        if bold:
            pen.rule((page.margin, y), page.inner, 0.6, GREY)
        x = page.margin
        for cell in cells:
            down = (height - cell.height) / 2 if is_centred and cell.setting.column.kind not in _TALL else 0.0
            cell.draw(pen, x, y + down, height)
            x += cell.setting.width
        if ends:
            pen.rule((page.margin, y + height), page.inner, 0.35, RULE)

    return Piece(height, draw)


def lay_group(line: Line, page: Page, voice: Voice) -> list[Piece]:
    """The heading of a group of lines."""
    style = page.style(9, bold=True)
    lines = wrap(voice.cell(_cell(line, 0), "text"), style, page.inner - 2 * PAD_X)
    height = len(lines) * style.leading + 2 * PAD_Y + 1 * MM

    def draw(pen: Pen, y: float) -> None:
        pen.lines((page.margin + PAD_X, y + PAD_Y + 1 * MM), lines, style)
        pen.rule((page.margin, y + height), page.inner, 0.35, INK)

    return [Piece(height, draw)]


def lay_nothing(page: Page, voice: Voice) -> Piece:
    """What a table without lines says."""
    style = page.style(9, colour=GREY)
    words = voice.line(_("Nothing to list."))

    def draw(pen: Pen, y: float) -> None:
        pen.text((page.margin + PAD_X, y + PAD_Y), clean(words), style)
        pen.rule((page.margin, y + style.leading + 2 * PAD_Y), page.inner)

    return Piece(style.leading + 2 * PAD_Y, draw)
