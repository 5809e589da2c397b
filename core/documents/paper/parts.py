"""The parts of a paper around its tables: head, parties, facts, totals, remarks, signatures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from core.documents.paper.barcode import QUIET, code128, draw_qr, draw_stripes, is_readable_everywhere, module_width
from core.documents.paper.flow import Piece, gap, kept
from core.documents.paper.page import GREY, INK, MM, WARNING, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.table import heading
from core.documents.paper.text import Style, clean, fit, width_of, wrap
from core.documents.paper.voice import Voice
from core.documents.types import CompanyHead, Fact, Paper, Party, Signature, Total, Words

_GUTTER = 4 * MM
_BARCODE_HEIGHT = 9 * MM
_QR_HEIGHT = 16 * MM
_SIGNING_ROOM = 13 * MM
_LOGO = (38 * MM, 16 * MM)
_LOGO_DOTS = 450

Part: TypeAlias = tuple[Callable[[Pen, float], None], float]


def lay_head(paper: Paper, page: Page, voice: Voice) -> list[Piece]:
    """The company on the left; title, number and barcode on the right, on a roll under it."""
    left_width = page.half - _GUTTER
    left, left_height = _company(paper.head, page, voice, left_width)
    right, right_height = _title(paper, page, voice)
    below = left_height + 2 * MM if page.is_roll else 0.0
    height = max(left_height, below + right_height) + 3 * MM

    def draw(pen: Pen, y: float) -> None:
        left(pen, y)
        right(pen, y + below)
        pen.rule((page.margin, y + height), page.inner, 0.8, INK)

    return [Piece(height, draw, keep=True)]


def _company(head: CompanyHead, page: Page, voice: Voice, width: float) -> Part:
    logo, logo_width, logo_height = _logo(head.logo, width * 0.4)
    indent = logo_width + 3 * MM if logo is not None else 0.0
    name, small = page.style(11.5, bold=True), page.style(8, colour=GREY)
    first, second = voice.pair(head.name)
    names = wrap(first, name, width - indent)
    lines = [line for text in (second, *head.lines) if text for line in wrap(text, small, width - indent)]

    def draw(pen: Pen, y: float) -> None:
        if logo is not None:
            pen.picture(logo, Box(page.margin, y, logo_width, logo_height))
        used = pen.lines((page.margin + indent, y), names, name)
        pen.lines((page.margin + indent, y + used + 0.6 * MM), lines, small)

    return draw, max(len(names) * name.leading + len(lines) * small.leading + 0.6 * MM, logo_height)


def _logo(content: bytes | None, widest: float) -> tuple[Any, float, float]:
    """The logo and its size on paper; a picture that cannot be read is left out rather than stop the paper."""
    if not content:
        return None, 0.0, 0.0
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = opened.convert("RGBA" if opened.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    except OSError:
        return None, 0.0, 0.0
    scale = min(min(_LOGO[0], widest) / picture.width, _LOGO[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    # As fine as paper shows it: every copy of every paper carries it.
    picture.thumbnail((_LOGO_DOTS, _LOGO_DOTS), Image.Resampling.LANCZOS)
    return ImageReader(picture), width, height


def _title(paper: Paper, page: Page, voice: Voice) -> Part:
    right, stamp = page.margin + page.inner, _Stamp.of(paper, page, voice)
    width = page.half - stamp.width
    large, second = page.style(17, bold=True), page.style(9.5, colour=GREY)
    words = voice.pair(paper.title)
    titles = wrap(words[0], large, width)
    others = wrap(words[1], second, width) if words[1] else []
    above = len(titles) * large.leading + len(others) * second.leading + 1.5 * MM
    number, number_height = _number(paper, page)

    def draw(pen: Pen, y: float) -> None:
        used = pen.lines((right, y), titles, large, "right")
        pen.lines((right, y + used), others, second, "right")
        stamp.draw(pen, right - max(width_of(line, large) for line in titles), y)
        number(pen, y + above)

    return draw, above + number_height


def _number(paper: Paper, page: Page) -> Part:
    """The number under its barcode: Code 128 where it can hold it, else a QR code."""
    right, style = page.margin + page.inner, page.style(9.5)
    width = page.half
    lines = wrap(paper.number, style, width) if paper.number else []
    if not paper.number or not paper.coded:
        return _right_aligned(lines, style, right), len(lines) * style.leading
    stripes = code128(paper.number)
    stripes = stripes if stripes is not None and is_readable_everywhere(stripes, width) else None
    height = _BARCODE_HEIGHT * page.scale if stripes is not None else _QR_HEIGHT

    def draw(pen: Pen, y: float) -> None:
        under = y + height + 0.6 * MM
        if stripes is None:
            draw_qr(pen, paper.number, Box(right - width, y, width, height))
            pen.lines((right, under), lines, style, "right")
            return
        # The quiet zone lies in the margin, so that the bars end where the words end.
        quiet = QUIET * module_width(stripes, width)
        left = draw_stripes(pen, stripes, Box(right + quiet - width, y, width, height))
        pen.lines(((left + quiet + right) / 2, under), lines, style, "centre")

    return draw, height + 0.6 * MM + len(lines) * style.leading


def _right_aligned(lines: list[str], style: Style, right: float) -> Callable[[Pen, float], None]:
    def draw(pen: Pen, y: float) -> None:
        pen.lines((right, y), lines, style, "right")

    return draw


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The state of the paper in a frame, left of its title; without words it takes no room."""

    words: str
    style: Style
    width: float

    @classmethod
    def of(cls, paper: Paper, page: Page, voice: Voice) -> _Stamp:
        style = page.style(10, bold=True, colour=WARNING)
        if paper.stamp is None:
            return cls("", style, 0.0)
        words, style = fit(voice.line(paper.stamp), style, page.inner * 0.25)
        return cls(words, style, width_of(words, style) + 7 * MM)

    def draw(self, pen: Pen, right: float, y: float) -> None:
        if not self.words:
            return
        box = Box(right - self.width, y + 1.5 * MM, self.width - 3 * MM, self.style.leading + 1 * MM)
        pen.frame(box, 0.9, WARNING)
        pen.text((box.x + 2 * MM, box.y + 0.5 * MM), self.words, self.style)


def lay_parties(parties: Sequence[Party], page: Page, voice: Voice) -> list[Piece]:
    """Parties side by side, two in a row."""
    pieces: list[Piece] = []
    width = (page.inner - _GUTTER) / 2
    for first in range(0, len(parties), 2):
        blocks = [_party(party, page, voice, width) for party in parties[first : first + 2]]
        pieces.append(_side_by_side(blocks, page, width + _GUTTER))
    return [gap(3 * MM), *pieces] if pieces else []


def _party(party: Party, page: Page, voice: Voice, width: float) -> list[tuple[list[str], Style]]:
    name, small = page.style(10, bold=True), page.style(8.5)
    lines = [line for text in party.lines for line in wrap(text, small, width)]
    return [
        (wrap(voice.line(party.role), page.label, width), page.label),
        (wrap(voice.line(party.name), name, width), name),
        (lines, small),
    ]


def lay_facts(facts: Sequence[Fact], page: Page, voice: Voice) -> list[Piece]:
    """Facts in a grid, the label over its value; a long value takes the room of several."""
    step = (page.inner + _GUTTER) / page.columns
    pieces, row, used = [], list[list[tuple[list[str], Style]]](), 0
    for fact in facts:
        value = clean(voice.value(fact.value, fact.kind)) or "\u2013"
        natural = max(width_of(line, page.style(9.5)) for line in value.split("\n"))
        span = min(page.columns, max(1, int(-(-(natural + _GUTTER) // step))))
        if used + span > page.columns:
            pieces.append(_side_by_side(row, page, step))
            row, used = [], 0
        width = span * step - _GUTTER
        block = [(wrap(voice.line(fact.label), page.label, width), page.label)]
        block.append((wrap(value, page.style(9.5), width), page.style(9.5)))
        row.extend([block, *([[]] * (span - 1))])
        used += span
    if row:
        pieces.append(_side_by_side(row, page, step))
    return [gap(3 * MM), *pieces] if pieces else []


def _side_by_side(blocks: Sequence[list[tuple[list[str], Style]]], page: Page, step: float) -> Piece:
    """Blocks of lines in columns of equal width."""
    height = max(sum(len(lines) * style.leading for lines, style in block) for block in blocks)

    def draw(pen: Pen, y: float) -> None:
        for index, block in enumerate(blocks):
            top = y
            for lines, style in block:
                top += pen.lines((page.margin + index * step, top), lines, style)

    return Piece(height + 2 * MM, draw)


def lay_words(words: Words, page: Page, voice: Voice) -> list[Piece]:
    """A paragraph line by line, so that it can go on over the page."""
    style = page.style()
    title = [heading(voice.line(words.title), page)] if words.title is not None else []
    lines = wrap(voice.line(words.text, "\n"), style, page.inner)

    def piece(line: str) -> Piece:
        return Piece(style.leading, lambda pen, y: pen.text((page.margin, y), line, style))

    return [*title, *map(piece, lines)]


def lay_totals(totals: Sequence[Total], page: Page, voice: Voice) -> list[Piece]:
    """Sums on the right under the table, the strong one larger and under a line."""
    width = min(page.inner, 80 * MM)
    return kept([_total(total, page, voice, width) for total in totals])


def _total(total: Total, page: Page, voice: Voice, width: float) -> Piece:
    style = page.style(11.5 if total.strong else 9.5, bold=total.strong)
    label = style if total.strong else page.style(9.5, colour=GREY)
    right = page.margin + page.inner
    figure = clean(voice.value(total.value, total.kind)).replace("\n", " ")
    if not total.strong and width_of(figure, style) > width - 20 * MM - _GUTTER:
        return _wordy_total((voice.line(total.label), label), (figure, style), right, width)
    lines = wrap(voice.line(total.label), label, max(20 * MM, width - width_of(figure, style) - _GUTTER))
    above = 1.2 * MM if total.strong else 0.6 * MM
    height = max(1, len(lines)) * style.leading + above + 0.6 * MM

    def draw(pen: Pen, y: float) -> None:
        if total.strong:
            pen.rule((right - width, y + 0.2 * MM), width, 0.6, GREY)
        pen.lines((right - width, y + above), lines, label)
        pen.text((right, y + above), figure, style, "right")

    return Piece(height, draw, keep=True)


def _wordy_total(label: tuple[str, Style], words: tuple[str, Style], right: float, width: float) -> Piece:
    """A sum that is said in words: under its label, in as many lines as it takes."""
    above, named, said = 0.6 * MM, wrap(label[0], label[1], width), wrap(words[0], words[1], width)
    down = above + len(named) * label[1].leading

    def draw(pen: Pen, y: float) -> None:
        pen.lines((right - width, y + above), named, label[1])
        pen.lines((right - width, y + down), said, words[1])

    return Piece(down + len(said) * words[1].leading + above, draw, keep=True)


def lay_signatures(signatures: Sequence[Signature], page: Page, voice: Voice) -> list[Piece]:
    """Places to sign side by side: room, a line, and under it who signs."""
    step = (page.inner + _GUTTER) / page.columns
    return [
        _signing_row(signatures[first : first + page.columns], page, voice, step)
        for first in range(0, len(signatures), page.columns)
    ]


def _signing_row(row: Sequence[Signature], page: Page, voice: Voice, step: float) -> Piece:
    width = step - _GUTTER
    labels = [wrap(voice.line(place.label), page.label, width) for place in row]
    names = [wrap(place.name, page.style(8.5), width) if place.name else [] for place in row]
    style = page.style(8.5)
    below = max(len(a) * page.label.leading + len(b) * style.leading for a, b in zip(labels, names, strict=True))

    def draw(pen: Pen, y: float) -> None:
        line = y + _SIGNING_ROOM
        for index, (label, name) in enumerate(zip(labels, names, strict=True)):
            x = page.margin + index * step
            pen.rule((x, line), width, 0.5, GREY)
            used = pen.lines((x, line + 0.8 * MM), label, page.label)
            pen.lines((x, line + 0.8 * MM + used), name, style)

    return Piece(_SIGNING_ROOM + below + 1.5 * MM, draw)
