"""Labels as PDF: true to size, words as embedded type, bars as one vector path a label."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.errors import InvalidInput
from core.i18n import _
from core.labels.rules.dots import DOTS_PER_MM
from core.labels.rules.sheets import check_sheet
from core.labels.steps.fonts import face
from core.labels.types import (
    BarsMark,
    FillMark,
    GridMark,
    LabelPage,
    Mark,
    PictureMark,
    Sheet,
    TextMark,
    TurnedMark,
)

_MM = 72 / 25.4
_Rect = tuple[float, float, float, float]


def to_pdf(
    pages: Sequence[LabelPage], sheet: Sheet | None = None, *, start_at: int = 1, offset: tuple[float, float] = (0, 0)
) -> bytes:
    """Labels as PDF in their true size: on a roll one page a label, on a sheet from label `start_at` on (1 is the first).

    `offset` moves everything right and down by millimetres, for printers that feed askew. Print it at 100 %. The same
    labels give the same bytes. Raises InvalidInput for a start that is not on the sheet, labels larger than the sheet's,
    and no labels at all.
    """
    if not pages:
        raise InvalidInput(_("There are no labels to print."), field="items")
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas: Any = Canvas(made, invariant=1, pageCompression=1)
    canvas.setCreator("Steward")
    canvas.setTitle("Labels")
    pen = _Pen(canvas)
    if sheet is None:
        _roll(pen, pages, offset)
    else:
        check_sheet(sheet, start_at, [_size(page) for page in pages])
        _sheets(pen, pages, sheet, (start_at, offset))
    canvas.save()
    return made.getvalue()


def _size(page: LabelPage) -> tuple[float, float]:
    """Millimetres of a label, to a tenth: whole dots are a little more or less."""
    scale = DOTS_PER_MM[page.dpi]
    return round(page.width / scale, 1), round(page.height / scale, 1)


def _roll(pen: _Pen, pages: Sequence[LabelPage], offset: tuple[float, float]) -> None:
    for page in pages:
        width, height = _size(page)
        pen.begin(width, height)
        pen.label(page, offset)
        pen.canvas.showPage()


def _sheets(pen: _Pen, pages: Sequence[LabelPage], sheet: Sheet, start: tuple[int, tuple[float, float]]) -> None:
    place, (right, down) = start[0] - 1, start[1]
    pen.begin(sheet.page_width, sheet.page_height)
    for page in pages:
        if place == sheet.count:
            pen.canvas.showPage()
            pen.begin(sheet.page_width, sheet.page_height)
            place = 0
        row, column = divmod(place, sheet.columns)
        width, height = _size(page)
        left = sheet.left + column * sheet.step_x + (sheet.width - width) / 2
        top = sheet.top + row * sheet.step_y + (sheet.height - height) / 2
        pen.label(page, (left + right, top + down))
        place += 1
    pen.canvas.showPage()


@cache
def _font(bold: bool) -> str:
    """The name of the embedded font of a weight, registered on first use."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"Label{'Bold' if bold else 'Regular'}"
    pdfmetrics.registerFont(TTFont(name, face(bold).file))
    return name


@dataclass(slots=True)
class _Pen:
    """Draws labels onto the page of a PDF, measured from its upper left corner."""

    canvas: Any
    page_height: float = 0.0

    def begin(self, width: float, height: float) -> None:
        """A new page of this size in millimetres."""
        self.canvas.setPageSize((width * _MM, height * _MM))
        self.page_height = height * _MM

    def label(self, page: LabelPage, at: tuple[float, float]) -> None:
        """One label with its upper left corner at `at`, in millimetres."""
        unit = _MM / DOTS_PER_MM[page.dpi]
        self.canvas.saveState()
        self.canvas.translate(at[0] * _MM, self.page_height - at[1] * _MM)
        self.canvas.scale(unit, unit)
        self._marks(page.marks, 0, 0)
        self.canvas.restoreState()

    def _marks(self, marks: Iterable[Mark], x: int, y: int) -> None:
        """Black areas as one path first, white ones and words on top, in their order."""
        rects: list[_Rect] = []
        for mark in marks:
            if isinstance(mark, TurnedMark):
                self._fill(rects, 0)
                self._turned(mark, x, y)
            elif isinstance(mark, TextMark):
                self._fill(rects, 0)
                self._text(mark, x, y)
            elif isinstance(mark, FillMark) and mark.white:
                self._fill(rects, 0)
                self._fill(list(_rects(mark, x, y)), 1)
            else:
                rects.extend(_rects(mark, x, y))
        self._fill(rects, 0)

    def _fill(self, rects: list[_Rect], grey: int) -> None:
        if not rects:
            return
        self.canvas.setFillGray(grey)
        path = self.canvas.beginPath()
        for left, top, width, height in rects:
            path.rect(left, -top - height, width, height)
        self.canvas.drawPath(path, stroke=0, fill=1)
        rects.clear()

    def _turned(self, mark: TurnedMark, x: int, y: int) -> None:
        left, top = x + mark.x, y + mark.y
        if mark.turn == 0:
            self._marks(mark.marks, left, top)
            return
        shift = {90: (mark.height, 0), 180: (mark.width, -mark.height), 270: (0, -mark.width)}[mark.turn]
        self.canvas.saveState()
        self.canvas.translate(left + shift[0], -top + shift[1])
        self.canvas.rotate(-mark.turn)
        self._marks(mark.marks, 0, 0)
        self.canvas.restoreState()

    def _text(self, mark: TextMark, x: int, y: int) -> None:
        self.canvas.setFillGray(1 if mark.white else 0)
        pen = float(x + mark.x)
        for bold, piece, width in _pieces(mark):
            self.canvas.setFont(_font(bold), mark.px)
            self.canvas.drawString(pen, -(y + mark.y), piece)
            pen += width


def _pieces(mark: TextMark) -> Iterator[tuple[bool, str, float]]:
    """A run by the fonts that have its signs: bold type lacks rare hanzi."""
    bold, regular = face(True).widths, face(False).widths
    if not mark.bold or all(char in bold for char in mark.words):
        widths = bold if mark.bold else regular
        yield mark.bold, mark.words, sum(widths[char] for char in mark.words) * mark.px
        return
    for char in mark.words:
        has = char in bold
        yield has, char, (bold if has else regular)[char] * mark.px


def _rects(mark: Mark, x: int, y: int) -> Iterator[_Rect]:
    """The black areas of a mark that is neither words nor a frame of marks."""
    if isinstance(mark, FillMark):
        yield x + mark.x, y + mark.y, mark.width, mark.height
    elif isinstance(mark, BarsMark):
        yield from _row(mark.pattern, (x + mark.x, y + mark.y), mark.module, mark.height)
    elif isinstance(mark, GridMark):
        for number, cells in enumerate(mark.rows):
            yield from _row(cells, (x + mark.x, y + mark.y + number * mark.module), mark.module, mark.module)
    elif isinstance(mark, PictureMark):
        for number, dots in enumerate(_dots(mark)):
            yield from _row(dots, (x + mark.x, y + mark.y + number), 1, 1)


def _row(pattern: str, at: tuple[int, int], module: int, height: int) -> Iterator[_Rect]:
    for start, length in _runs(pattern):
        yield at[0] + start * module, at[1], length * module, height


def _dots(mark: PictureMark) -> Iterator[str]:
    """The rows of a picture as words of 0 and 1."""
    step = (mark.width + 7) // 8
    for start in range(0, mark.height * step, step):
        yield f"{int.from_bytes(mark.bits[start : start + step], 'big'):0{step * 8}b}"[: mark.width]


def _runs(pattern: str) -> Iterator[tuple[int, int]]:
    """Where black begins and how long it goes on."""
    start = pattern.find("1")
    while start >= 0:
        end = pattern.find("0", start)
        end = len(pattern) if end < 0 else end
        yield start, end - start
        start = pattern.find("1", end)
