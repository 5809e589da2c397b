"""Head figures in boxes side by side: what it is, how much, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence

from core.documents.paper.flow import Piece
from core.documents.paper.page import GREY, MM, SHADE, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.table import heading
from core.documents.paper.text import clean, fit, wrap
from core.documents.paper.voice import Voice
from core.documents.types import Tile, Tiles

_GAP = 3 * MM
_PAD = 2.6 * MM
_IN_A_ROW = 4


def lay_tiles(tiles: Tiles, page: Page, voice: Voice) -> list[Piece]:
    """The boxes, four in a row (two on a narrow page)."""
    title = [heading(voice.line(tiles.title), page)] if tiles.title is not None else []
    many = _IN_A_ROW if page.columns >= _IN_A_ROW else 2
    rows = [tiles.tiles[first : first + many] for first in range(0, len(tiles.tiles), many)]
    return [*title, *(_row(row, many, page, voice) for row in rows)]


def _row(row: Sequence[Tile], many: int, page: Page, voice: Voice) -> Piece:
    width = (page.inner - (many - 1) * _GAP) / many
    room = width - 2 * _PAD
    label, big, small = page.style(7.5, colour=GREY), page.style(13, bold=True), page.style(8, colour=GREY)
    labels = [wrap(voice.line(tile.label), label, room)[:2] for tile in row]
    notes = [wrap(voice.line(tile.note, "\n"), small, room)[:4] if tile.note else [] for tile in row]
    figures = [fit(clean(voice.value(tile.value, tile.kind)), big, room) for tile in row]
    said, noted = max(map(len, labels)), max(map(len, notes))
    height = said * label.leading + big.leading + noted * small.leading + 2 * _PAD

    def draw(pen: Pen, y: float) -> None:
        for index, (words, (figure, style), note) in enumerate(zip(labels, figures, notes, strict=True)):
            left = page.margin + index * (width + _GAP)
            pen.fill(Box(left, y, width, height), SHADE)
            top = y + _PAD
            pen.lines((left + _PAD, top), words, label)
            top += said * label.leading
            pen.text((left + _PAD, top), figure, style)
            pen.lines((left + _PAD, top + big.leading), note, small)

    return Piece(height + _GAP, draw)
