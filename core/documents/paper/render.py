"""A paper put together: parts in their order, pages, and what stands on every page."""

from __future__ import annotations

from dataclasses import replace

from core.documents.paper.chart import lay_chart
from core.documents.paper.flow import Piece, Placed, gap, kept, new_page, paginate
from core.documents.paper.page import GREY, MM, Page
from core.documents.paper.parts import lay_facts, lay_head, lay_parties, lay_signatures, lay_totals, lay_words
from core.documents.paper.pen import Pen
from core.documents.paper.pictures import lay_pictures
from core.documents.paper.roll import lay_roll_table
from core.documents.paper.table import lay_table
from core.documents.paper.text import clean, fit, width_of
from core.documents.paper.tiles import lay_tiles
from core.documents.paper.voice import Voice
from core.documents.paper.waterfall import lay_waterfall
from core.documents.types import Chart, NewPage, Paper, PaperSize, PaperTable, Tiles, Waterfall, Words
from core.i18n import _

_BETWEEN = 5 * MM
_STRIP = 9 * MM


def render_pdf(paper: Paper, language: str, size: PaperSize | None = None) -> bytes:
    """The paper as PDF, in Chinese (`zh`), English (`en`) or both (`both`, Chinese first).

    `size` sets it on another sheet than it is meant for. Fonts are embedded, text is never read as markup, and a
    character no font has is shown as a replacement mark. The same paper always gives the same bytes. Raises ValueError
    for another language.
    """
    voice = Voice(language, paper.notation)
    paper = _resized(paper, size) if size is not None else paper
    page, pages = _paged(paper, voice)
    if paper.grows and paper.size == "A5" and len(pages) > 1:
        page, pages = _paged(replace(paper, size="A4", landscape=False), voice)
    pen = Pen(page, f"{voice.line(paper.title)} {paper.number}".strip(), voice.line(paper.head.name))
    for index, placed in enumerate(pages):
        top = page.margin if index == 0 else page.margin + _STRIP
        if index > 0:
            _strip(pen, paper, page, voice)
        for place in placed:
            place.piece.draw(pen, top + place.y)
        _foot(pen, paper, (page, voice), (index + 1, len(pages)))
        pen.next_page()
    return pen.finish()


def _resized(paper: Paper, size: PaperSize) -> Paper:
    """The paper for a sheet of this size, whatever it holds; only what lies on its own sheet lies on a larger one."""
    lies = paper.landscape and (size == paper.size or size == "A5")
    return replace(paper, size=size, landscape=lies, grows=False)


def _paged(paper: Paper, voice: Voice) -> tuple[Page, list[list[Placed]]]:
    page = Page.of(paper.size, paper.landscape)
    room = page.height - 2 * page.margin - page.foot - (page.label.leading if paper.head.foot else 0.0)
    pages = paginate(_pieces(paper, page, voice), room, room - _STRIP)
    if page.is_roll and len(pages) == 1:
        used = max(place.y + place.piece.height for place in pages[0])
        page = replace(page, height=page.height - room + used)
    return page, pages


def _pieces(paper: Paper, page: Page, voice: Voice) -> list[Piece]:
    pieces = lay_head(paper, page, voice)
    pieces += lay_parties(paper.parties, page, voice)
    pieces += lay_facts(paper.facts, page, voice)
    for block in paper.body:
        pieces += [gap(_BETWEEN), *_block(block, page, voice)] if not isinstance(block, NewPage) else [new_page()]
    if paper.totals:
        # What the paper comes to never stands alone on a page.
        pieces = [*kept(pieces), gap(2 * MM), *lay_totals(paper.totals, page, voice)]
    if paper.remarks:
        remarks = lay_words(Words(paper.remarks, _("Remarks")), page, voice)
        pieces += [gap(_BETWEEN), *remarks]
    if paper.signatures:
        pieces = [*kept(pieces), gap(3 * MM), *lay_signatures(paper.signatures, page, voice)]
    if paper.pictures:
        pieces += [new_page(), *lay_pictures(paper.pictures, page, voice)]
    return pieces


def _block(block: PaperTable | Chart | Waterfall | Tiles | Words, page: Page, voice: Voice) -> list[Piece]:
    if isinstance(block, PaperTable):
        return lay_roll_table(block, page, voice) if page.is_roll else lay_table(block, page, voice)
    if isinstance(block, Chart):
        return lay_chart(block, page, voice)
    if isinstance(block, Waterfall):
        return lay_waterfall(block, page, voice)
    if isinstance(block, Tiles):
        return lay_tiles(block, page, voice)
    return lay_words(block, page, voice)


def _strip(pen: Pen, paper: Paper, page: Page, voice: Voice) -> None:
    """What a further page says of itself: title and number, and the company."""
    style = page.label
    half = page.inner * 0.6
    title, title_style = fit(f"{voice.line(paper.title)}  {paper.number}".strip(), style, half)
    name, name_style = fit(voice.line(paper.head.name), style, page.inner - half - 4 * MM)
    pen.text((page.margin, page.margin), title, title_style)
    pen.text((page.margin + page.inner, page.margin), name, name_style, "right")
    pen.rule((page.margin, page.margin + style.leading + 1 * MM), page.inner)


def _foot(pen: Pen, paper: Paper, setting: tuple[Page, Voice], count: tuple[int, int]) -> None:
    page, voice = setting
    style, top = page.label, page.height - page.margin - page.label.leading
    if paper.head.foot:
        own, own_style = fit(paper.head.foot, style, page.inner)
        pen.text((page.margin, top), own, own_style)
        top -= style.leading
    number = clean(voice.line(_("Page {n} of {m}", n=count[0], m=count[1]), "   "))
    pen.rule((page.margin, top - 1.2 * MM), page.inner, 0.35)
    pen.text((page.margin + page.inner, top), number, style, "right")
    foot, foot_style = fit(
        voice.line(paper.foot, "   "), page.style(7.5, colour=GREY), page.inner - width_of(number, style) - 4 * MM
    )
    pen.text((page.margin, top), foot, foot_style)
