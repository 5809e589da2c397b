"""The page a printer is measured with: two lines exactly 50 mm from the paper's edges, and a bar of 100 mm."""

from __future__ import annotations

from core.documents.paper.page import INK, MM, Page
from core.documents.paper.pen import Box, Pen
from core.documents.paper.text import wrap
from core.documents.paper.voice import Voice
from core.documents.types import Notation
from core.i18n import Text, _

FROM_EDGE = 50
"""Millimetres from the left and the upper edge of the paper to the lines."""
BAR = 100
_THIN = 0.1 * MM


def render_ruler(language: str) -> bytes:
    """The page as PDF (A4, upright; also right on any other sheet from A5 on). Raises ValueError for another language."""
    voice, page = Voice(language, Notation()), Page.of("A4", landscape=False)
    title = _("Printer test page")
    pen = Pen(page, voice.line(title), "Steward")
    edge = FROM_EDGE * MM
    pen.fill(Box(edge - _THIN, 30 * MM, 2 * _THIN, 90 * MM), INK)
    pen.fill(Box(30 * MM, edge - _THIN, 100 * MM, 2 * _THIN), INK)
    _arrow(pen, page, voice, (32 * MM, 90 * MM), _("A: from the left edge of the paper to the upright line"))
    _arrow(pen, page, voice, (60 * MM, 40 * MM), _("B: from the upper edge of the paper to the level line"))
    _bar(pen, page, voice)
    rule = _("Measure A and B with a ruler, in millimetres, and type them in the program. Right is {mm}.", mm=FROM_EDGE)
    scale = _("The bar is {mm} mm long. If it is not, switch off “fit to page” in the printer's settings.", mm=BAR)
    y = 60 * MM
    for words in (title, rule, scale):
        y = _paragraph(pen, page, voice, (54 * MM, y), words) + 2 * MM
    pen.next_page()
    return pen.finish()


def _paragraph(pen: Pen, page: Page, voice: Voice, at: tuple[float, float], words: Text) -> float:
    lines = wrap(voice.line(words, "\n"), page.style(9), 80 * MM)
    return at[1] + pen.lines(at, lines, page.style(9))


def _arrow(pen: Pen, page: Page, voice: Voice, at: tuple[float, float], words: Text) -> None:
    pen.lines(at, wrap(voice.line(words, "\n"), page.label, 70 * MM if at[0] > FROM_EDGE * MM else 17 * MM), page.label)


def _bar(pen: Pen, page: Page, voice: Voice) -> None:
    """A bar of 100 mm with a tick at every millimetre, longer at 5 and 10."""
    left, top = 30 * MM, 130 * MM
    pen.fill(Box(left, top, BAR * MM, 2 * _THIN), INK)
    for mm in range(BAR + 1):
        length = 5 if mm % 10 == 0 else 3.5 if mm % 5 == 0 else 2
        pen.fill(Box(left + mm * MM - _THIN / 2, top, _THIN, length * MM), INK)
        if mm % 10 == 0:
            pen.text((left + mm * MM, top + 5.5 * MM), str(mm), page.label, "centre")
