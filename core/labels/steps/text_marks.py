"""Words of a layout as marks: fitted into their frame, aligned, emphasised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.i18n import _
from core.labels.rules.dots import to_dots
from core.labels.rules.wrapping import ELLIPSIS, LEADING, Fitted, Frame, fit, is_wide
from core.labels.steps.fonts import ASCENT, clean, has_bold, width_in
from core.labels.types import FillMark, Mark, TextElement, TextMark, Trouble

LEAST_HANZI = 20  # dots; below that dense ones fill in
LEAST_LATIN = 10  # the x-height of 1.2 mm that food law asks for is 10 dots at 203 dpi
_TIGHT = 2  # dots that words keep from the edge of a reversed frame


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be written, and how: the element, its text, its emphasised words, the resolution, its number, and whether
    the layout gives it line by line."""

    element: TextElement
    text: str
    emphasised: tuple[str, ...]
    dpi: int
    number: int
    is_list: bool = False


def text_marks(words: Words) -> tuple[list[Mark], list[Trouble]]:
    """The marks of an element in its own frame (its upper left corner is 0, 0), and what is wrong with it."""
    element, dpi = words.element, words.dpi
    text, is_replaced = clean(words.text)
    width, height = to_dots(element.width, dpi), to_dots(element.height, dpi)
    inset = _TIGHT * 2 if element.inverse else 0
    least = _least(text, element, dpi)
    frame = Frame(
        max(1, width - 2 * inset), height, max(least, to_dots(element.size, dpi)), least, element.lines, words.is_list
    )
    fitted = fit(text, frame, width_in(element.bold or bool(words.emphasised)))
    troubles = _troubles(words, fitted, height, is_replaced)
    marks: list[Mark] = [FillMark(0, 0, width, height)] if element.inverse else []
    marks += _lines(replace(words, text=text), fitted, width, inset)
    return marks, troubles


def _least(text: str, element: TextElement, dpi: int) -> int:
    asked = to_dots(element.least, dpi) if element.least else to_dots(element.size, dpi)
    return max(asked, LEAST_HANZI if any(map(is_wide, text)) else LEAST_LATIN)


def _troubles(words: Words, fitted: Fitted, height: int, is_replaced: bool) -> list[Trouble]:
    found = []
    if is_replaced:
        found.append(
            Trouble(
                "missing_glyph",
                _(
                    "“{text}” holds signs that cannot be printed; they show as {mark}.",
                    text=words.text[:40],
                    mark="\ufffd",
                ),
                words.number,
                is_blocking=False,
            )
        )
    if fitted.is_cut:
        shown = " ".join(fitted.lines)
        found.append(
            Trouble(
                "shortened",
                _("“{text}” is too long here and is printed as “{shown}”.", text=words.text[:60], shown=shown[:60]),
                words.number,
                is_blocking=False,
            )
        )
    return found


def _lines(words: Words, fitted: Fitted, width: int, inset: int) -> Iterator[Mark]:
    element, px = words.element, fitted.px
    height = to_dots(element.height, words.dpi)
    step = min(int(px * LEADING + 0.5), _closest(fitted, height))
    block = px + (len(fitted.lines) - 1) * step
    top = {"top": 0, "middle": (height - block) // 2, "bottom": height - block}[element.valign]
    flags = _flags(words.text, words.emphasised)
    place = 0
    for number, line in enumerate(fitted.lines):
        bare = line.removesuffix(ELLIPSIS) if fitted.is_cut else line
        found = words.text.find(bare, place)
        place = found if found >= 0 else place
        yield from _line(words, (line, flags[place : place + len(line)]), px, (width, inset, top + number * step))
        place += len(bare)


def _closest(fitted: Fitted, height: int) -> int:
    """The step from line to line that still fits; lines never overlap."""
    if len(fitted.lines) < 2:
        return 1_000_000
    return max(fitted.px, (height - fitted.px) // (len(fitted.lines) - 1))


def _flags(text: str, emphasised: tuple[str, ...]) -> list[bool]:
    """For each sign of a text whether it belongs to an emphasised word. Latin words count whole, so egg is not eggplant."""
    flags = [False] * len(text)
    for word in emphasised:
        edge = r"\b" if word.isascii() else ""
        for match in re.finditer(edge + re.escape(word) + edge, text, re.IGNORECASE):
            flags[match.start() : match.end()] = [True] * (match.end() - match.start())
    return flags


def _line(words: Words, line: tuple[str, list[bool]], px: int, place: tuple[int, int, int]) -> Iterator[Mark]:
    element, (shown, flags), (width, inset, top) = words.element, line, place
    runs = list(_runs(shown, flags))
    measures = [width_in(element.bold or strong)(run) * px for run, strong in runs]
    slack = width - 2 * inset - sum(measures)
    x = inset + {"left": 0.0, "centre": slack / 2, "right": slack}[element.align]
    baseline = top + int(px * ASCENT + 0.5)
    for (run, strong), measure in zip(runs, measures, strict=True):
        reverse = strong and element.bold
        if reverse:
            yield FillMark(int(x + 0.5), top, int(measure + 0.5), px + 1, white=element.inverse)
        bold = (element.bold or strong) and any(map(has_bold, run))
        yield TextMark(int(x + 0.5), baseline, run, px, bold, white=element.inverse is not reverse)
        x += measure


def _runs(line: str, flags: list[bool]) -> Iterator[tuple[str, bool]]:
    if True not in flags:
        if line:
            yield line, False
        return
    padded = flags + [False] * (len(line) - len(flags))
    start = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or padded[end] != padded[start]:
            yield line[start:end], padded[start]
            start = end
