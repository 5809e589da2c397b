"""A layout and its content become a page: every element as marks on the grid of dots, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from core.i18n import _
from core.labels.rules.dots import check_dpi, to_dots, to_mm
from core.labels.rules.fields import field_words
from core.labels.rules.layouts import fill, is_empty
from core.labels.steps.code_marks import Code, code_marks
from core.labels.steps.pictures import picture_marks
from core.labels.steps.text_marks import Words, text_marks
from core.labels.types import (
    BarcodeElement,
    BoxElement,
    Element,
    FillMark,
    LabelContent,
    LabelPage,
    Layout,
    LineElement,
    Mark,
    PictureElement,
    Symbol,
    TextElement,
    Trouble,
    TurnedMark,
)

E = TypeVar("E", TextElement, BarcodeElement)


@dataclass(slots=True)
class _Sheet:
    """What has been put on the page so far."""

    dpi: int
    marks: list[Mark] = field(default_factory=list)
    symbols: list[Symbol] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def arrange(layout: Layout, content: LabelContent, dpi: int) -> LabelPage:
    """The page without its dots: marks, symbols, troubles. Raises InvalidInput for a resolution nobody has."""
    check_dpi(dpi)
    sheet = _Sheet(dpi)
    _say_missing(layout, content, sheet)
    for number, element in enumerate(layout.elements):
        if isinstance(element, TextElement):
            _put_text(sheet, element, content, number)
        elif isinstance(element, BarcodeElement):
            _put_code(sheet, element, content, number)
        elif isinstance(element, PictureElement):
            marks, troubles = picture_marks(element, content.pictures, dpi, number)
            sheet.marks += marks
            sheet.troubles += troubles
        else:
            sheet.marks += _drawn_lines(element, dpi)
    sheet.troubles += off_label(layout, dpi)
    width, height = to_dots(layout.width, dpi), to_dots(layout.height, dpi)
    return LabelPage(layout.code, width, height, dpi, tuple(sheet.marks), tuple(sheet.symbols), tuple(sheet.troubles))


def _say_missing(layout: Layout, content: LabelContent, sheet: _Sheet) -> None:
    for names, is_blocking in ((layout.required, True), (layout.advised, False)):
        for name in names:
            if not content.fields.get(name, "").strip():
                field = field_words(layout.subject, name)
                words = _("{label}: “{field}” must stand on this label and is empty.", label=content.code, field=field)
                if not is_blocking:
                    words = _(
                        "{label}: “{field}” is empty and should stand on this label.", label=content.code, field=field
                    )
                sheet.troubles.append(Trouble("missing_field", words, is_blocking=is_blocking))


def _put_text(sheet: _Sheet, element: TextElement, content: LabelContent, number: int) -> None:
    pattern = element.text_en if content.language == "en" and element.text_en else element.text
    if is_empty(pattern, content.fields):
        return
    values = content.fields
    is_list = "\n" in pattern
    if is_list:
        values = {name: " ".join(words.split("\n")) for name, words in values.items()}
    emphasised = content.fields.get(element.emphasise, "") if element.emphasise else ""
    text = fill(pattern, values).strip()
    if not text:
        return
    shown = tuple(filter(None, emphasised.split("\n")))
    words = Words(_upright(element), text, shown, sheet.dpi, number, is_list)
    marks, troubles = text_marks(words)
    sheet.troubles += troubles
    sheet.marks += _placed(marks, element, sheet.dpi)


def _put_code(sheet: _Sheet, element: BarcodeElement, content: LabelContent, number: int) -> None:
    if is_empty(element.content, content.fields):
        return
    text = fill(element.content, content.fields).strip()
    drawn = code_marks(Code(_upright(element), text, sheet.dpi, number))
    sheet.troubles += drawn.troubles
    sheet.marks += _placed(drawn.marks, element, sheet.dpi)
    if drawn.symbol is not None:
        sheet.symbols.append(_placed_symbol(drawn.symbol, element, sheet.dpi))


def _upright(element: E) -> E:
    """The element as it is drawn before it is turned."""
    if element.turn in (0, 180):
        return element
    return replace(element, width=element.height, height=element.width)


def _placed(marks: Sequence[Mark], element: TextElement | BarcodeElement, dpi: int) -> list[Mark]:
    if not marks:
        return []
    width, height, turn = to_dots(element.width, dpi), to_dots(element.height, dpi), element.turn
    frame = (width, height) if turn in (0, 180) else (height, width)
    return [TurnedMark(to_dots(element.x, dpi), to_dots(element.y, dpi), *frame, turn, tuple(marks))]


def _placed_symbol(symbol: Symbol, element: BarcodeElement, dpi: int) -> Symbol:
    """Where a symbol of the upright frame lies on the label."""
    width, height = to_dots(element.width, dpi), to_dots(element.height, dpi)
    x, y, wide, high = symbol.x, symbol.y, symbol.width, symbol.height
    if element.turn == 90:
        x, y, wide, high = width - y - high, x, high, wide
    elif element.turn == 180:
        x, y = width - x - wide, height - y - high
    elif element.turn == 270:
        x, y, wide, high = y, height - x - wide, high, wide
    left, top = to_dots(element.x, dpi), to_dots(element.y, dpi)
    return replace(symbol, x=left + x, y=top + y, width=wide, height=high)


def _drawn_lines(element: LineElement | BoxElement, dpi: int) -> list[Mark]:
    weight = max(1, to_dots(element.weight, dpi))
    x, y = to_dots(element.x, dpi), to_dots(element.y, dpi)
    if isinstance(element, LineElement):
        return [_line(element, dpi, weight)]
    width, height = to_dots(element.width, dpi), to_dots(element.height, dpi)
    if element.filled:
        return [FillMark(x, y, width, height)]
    return [
        FillMark(x, y, width, weight),
        FillMark(x, y + height - weight, width, weight),
        FillMark(x, y, weight, height),
        FillMark(x + width - weight, y, weight, height),
    ]


def _line(element: LineElement, dpi: int, weight: int) -> FillMark:
    """A level or upright line; its weight lies evenly on both sides."""
    left, right = sorted((to_dots(element.x, dpi), to_dots(element.x2, dpi)))
    top, bottom = sorted((to_dots(element.y, dpi), to_dots(element.y2, dpi)))
    if element.y == element.y2:
        return FillMark(left, max(0, top - weight // 2), right - left, weight)
    return FillMark(max(0, left - weight // 2), top, weight, bottom - top)


@lru_cache(maxsize=256)
def off_label(layout: Layout, dpi: int) -> tuple[Trouble, ...]:
    """Elements that stand over the label's edge, or whose words could not stand in their frame in their least type."""
    found = []
    for number, element in enumerate(layout.elements):
        right, bottom = _reach(element)
        if right > layout.width + 0.01 or bottom > layout.height + 0.01:
            words = _(
                "Element {n} stands over the edge: it reaches to {right} × {bottom} mm on a label of {width} × {height} mm.",
                n=number + 1, right=f"{right:g}", bottom=f"{bottom:g}", width=f"{layout.width:g}",
                height=f"{layout.height:g}",
            )  # fmt: skip
            found.append(Trouble("off_label", words, number, width=round(right, 2), height=round(bottom, 2)))
        if isinstance(element, TextElement):
            found += _too_low(element, dpi, number)
    return tuple(found)


def _reach(element: Element) -> tuple[float, float]:
    if isinstance(element, LineElement):
        return max(element.x, element.x2), max(element.y, element.y2)
    return element.x + element.width, element.y + element.height


def _too_low(element: TextElement, dpi: int, number: int) -> list[Trouble]:
    """Words in a frame lower than their least type."""
    height = element.height if element.turn in (0, 180) else element.width
    least = to_dots(element.least or element.size, dpi)
    if least <= to_dots(height, dpi):
        return []
    words = _(
        "Element {n} is {height} mm high: its words need {need} mm.",
        n=number + 1, height=f"{height:g}", need=f"{to_mm(least, dpi):g}",
    )  # fmt: skip
    return [Trouble("too_low", words, number, height=to_mm(least, dpi))]
