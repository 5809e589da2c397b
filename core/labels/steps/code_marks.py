"""Barcodes of a layout as marks: whole dots, quiet zones kept, refused with the size that would fit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.i18n import Text, _
from core.labels.rules.dots import DOTS_PER_MM, dots_of_module, to_dots, to_mm
from core.labels.rules.symbologies import STANDARDS, chosen, fault_of
from core.labels.rules.wrapping import Frame, fit
from core.labels.steps.fonts import ASCENT, width_in
from core.labels.steps.symbols import Modules, modules_of
from core.labels.types import BarcodeElement, BarsMark, FillMark, GridMark, Mark, Symbol, TextMark, Trouble

LEAST_BARS = 3.0  # mm; a hand scanner still finds bars of this height
_GUARD = 5  # modules by which guard bars go below the others
_WORDS = 2.6  # mm, the type under a code
_LEAST_WORDS = 1.8
_LARGE_WORDS = 5.0
_WORDS_MODULES = 9
_LARGEST_MODULE = 2.0  # mm, of a matrix that may grow
_GROUP = 42  # modules of six digits


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be drawn: the element, its content, the resolution, and its number in the layout."""

    element: BarcodeElement
    text: str
    dpi: int
    number: int

    @property
    def module(self) -> int:
        """Dots of the narrowest bar."""
        return self.element.dots or dots_of_module(self.element.module, self.dpi)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A code as marks in its element's frame, with its symbol; without one it could not be drawn."""

    marks: tuple[Mark, ...]
    symbol: Symbol | None
    troubles: tuple[Trouble, ...] = ()


def code_marks(code: Code) -> Drawn:
    """The code in its frame. `auto` takes the first symbology that fits; what does not fit leaves a crossed frame and a
    trouble that says how large it would have to be."""
    first: Drawn | None = None
    for symbology in chosen(code.text, code.element.symbology):
        drawn = _drawn(code, symbology)
        if drawn.symbol is not None:
            return drawn
        first = first or drawn
    return first or _crossed(code, ())


def _drawn(code: Code, symbology: str) -> Drawn:
    fault = fault_of(code.text, symbology)
    if fault is not None:
        return _crossed(code, (Trouble("not_encodable", fault, code.number),))
    trouble = _trouble_of_module(code, symbology)
    if trouble is not None:
        return _crossed(code, (trouble,))
    made = modules_of(code.text, symbology)
    if STANDARDS[symbology].is_matrix:
        code = _grown(code, symbology, made)
    need = _needed(code, symbology, made)
    room = to_dots(code.element.width, code.dpi), to_dots(code.element.height, code.dpi)
    if need[0] > room[0] or need[1] > room[1]:
        return _crossed(code, (_too_small(code, symbology, need),))
    return _matrix(code, symbology, made) if STANDARDS[symbology].is_matrix else _bars(code, symbology, made)


def _grown(code: Code, symbology: str, made: Modules) -> Code:
    """Where the layout leaves the choice, a matrix is drawn with the largest whole dots that its frame holds."""
    element = code.element
    if element.symbology not in ("auto", "matrix") or element.dots:
        return code
    quiet = 2 * STANDARDS[symbology].quiet[0]
    high = to_dots(element.height, code.dpi) - _words_below(code)
    fits = min(to_dots(element.width, code.dpi) // (made.width + quiet), high // (made.height + quiet))
    dots = max(code.module, min(fits, int(_LARGEST_MODULE * DOTS_PER_MM[code.dpi] + 0.5)))
    return replace(code, element=replace(element, dots=dots))


def _words_below(code: Code) -> int:
    """Room for the content under a matrix that stands in for a linear code."""
    return to_dots(_WORDS, code.dpi) if code.element.symbology == "auto" and code.element.words else 0


def _trouble_of_module(code: Code, symbology: str) -> Trouble | None:
    standard, module = STANDARDS[symbology], code.module / DOTS_PER_MM[code.dpi]
    if standard.least <= module <= standard.most:
        return None
    word = "too_fine" if module < standard.least else "too_coarse"
    return Trouble(word, _module_words(standard.name, module, standard.least, standard.most), code.number)


def _module_words(name: str, module: float, least: float, most: float) -> Text:
    return _(
        "A bar of {module} mm is not right for {name}: the narrowest bar is {least} to {most} mm.",
        module=f"{module:.3f}",
        name=name,
        least=f"{least:.2f}",
        most=f"{most:.2f}",
    )


def _too_small(code: Code, symbology: str, need: tuple[int, int]) -> Trouble:
    width, height = to_mm(need[0], code.dpi), to_mm(need[1], code.dpi)
    words = _(
        "The code “{code}” as {name} needs {width} × {height} mm at {dpi} dpi; there are {has_width} × {has_height} mm.",
        code=code.text[:40],
        name=STANDARDS[symbology].name,
        width=f"{width:g}",
        height=f"{height:g}",
        dpi=code.dpi,
        has_width=f"{code.element.width:g}",
        has_height=f"{code.element.height:g}",
    )
    return Trouble("too_small", words, code.number, width=width, height=height)


def _needed(code: Code, symbology: str, made: Modules) -> tuple[int, int]:
    left, right = STANDARDS[symbology].quiet
    width = (made.width + left + right) * code.module
    if STANDARDS[symbology].is_matrix:
        return width, (made.height + left + right) * code.module + _words_below(code)
    bearer = 4 * code.module if symbology == "itf14" else 0
    return width, to_dots(LEAST_BARS, code.dpi) + _words_height(code, made) + bearer


def _words_height(code: Code, made: Modules) -> int:
    if not code.element.words:
        return 0
    return max(_words_px(code, made), _GUARD * code.module if made.guards else 0) + code.module


def _words_px(code: Code, made: Modules) -> int:
    if made.guards:
        return min(int(_GROUP * code.module / (6 * width_in(False)("0")) * 0.96), to_dots(_LARGE_WORDS, code.dpi))
    return min(max(to_dots(_WORDS, code.dpi), _WORDS_MODULES * code.module), to_dots(_LARGE_WORDS, code.dpi))


def _crossed(code: Code, troubles: tuple[Trouble, ...]) -> Drawn:
    """A frame with nothing in it: what is missing can be seen."""
    width, height = to_dots(code.element.width, code.dpi), to_dots(code.element.height, code.dpi)
    return Drawn(
        (
            FillMark(0, 0, width, 1), FillMark(0, height - 1, width, 1), FillMark(0, 0, 1, height),
            FillMark(width - 1, 0, 1, height), FillMark(0, height // 2, width, 1),
        ),
        None,
        troubles,
    )  # fmt: skip


def _left(code: Code, width: int) -> int:
    slack = to_dots(code.element.width, code.dpi) - width
    return {"left": 0, "centre": slack // 2, "right": slack}[code.element.align]


def _matrix(code: Code, symbology: str, made: Modules) -> Drawn:
    quiet, module = STANDARDS[symbology].quiet[0], code.module
    side, high = (made.width + 2 * quiet) * module, (made.height + 2 * quiet) * module
    below = _words_below(code)
    x, y = _left(code, side), (to_dots(code.element.height, code.dpi) - high - below) // 2
    marks: list[Mark] = [GridMark(x + quiet * module, y + quiet * module, module, made.rows)]
    if below:
        marks += _words(code, (x, y + high, side), below)
    return Drawn(tuple(marks), Symbol(x, y, side, high, symbology, code.text, module, code.number))


def _bars(code: Code, symbology: str, made: Modules) -> Drawn:
    (left, right), module = STANDARDS[symbology].quiet, code.module
    width = (made.width + left + right) * module
    x, height = _left(code, width), to_dots(code.element.height, code.dpi)
    bars = height - _words_height(code, made)
    start = x + left * module
    marks: list[Mark] = []
    if symbology == "itf14":
        marks += [FillMark(x, 0, width, 2 * module), FillMark(x, bars - 2 * module, width, 2 * module)]
    marks.append(BarsMark(start, 0, bars, module, made.rows[0]))
    if made.guards and code.element.words:
        marks.append(BarsMark(start, bars, _GUARD * module, module, made.guards))
    if code.element.words:
        words = _retail_words if made.guards else _words
        marks += words(code, (start, bars + module, made.width * module), _words_px(code, made))
    symbol = Symbol(x, 0, width, bars, symbology, code.text, module, code.number)
    return Drawn(tuple(marks), symbol)


def _words(code: Code, place: tuple[int, int, int], px: int) -> list[Mark]:
    """The content under the bars, as wide as the frame at most."""
    x, y, width = place
    room = to_dots(code.element.width, code.dpi)
    measure = width_in(False)
    fitted = fit(code.text, Frame(room, px * 2, px, to_dots(_LEAST_WORDS, code.dpi)), measure)
    long = int(measure(fitted.lines[0]) * fitted.px)
    left = min(max(0, x + (width - long) // 2), max(0, room - long))
    return [TextMark(left, y + int(fitted.px * ASCENT + 0.5), fitted.lines[0], fitted.px)]


def _retail_words(code: Code, place: tuple[int, int, int], px: int) -> list[Mark]:
    """Digits between the guard bars, as on every package; the first of EAN-13 stands left of them."""
    (x, y, _width), module, digits = place, code.module, code.text
    baseline = y + int(px * ASCENT * 0.92 + 0.5)
    half = width_in(False)("0") * px
    groups: list[tuple[str, float]]
    if len(digits) == 8:
        groups = [(digits[:4], 17), (digits[4:], 50)]
    elif len(digits) == 12:
        groups = [(digits[0], -5), (digits[1:6], 27.5), (digits[6:11], 67.5), (digits[11], 100)]
    else:
        groups = [(digits[0], -5.5), (digits[1:7], 24), (digits[7:], 71)]
    return [
        TextMark(int(x + middle * module - half * len(group) / 2 + 0.5), baseline, group, px)
        for group, middle in groups
    ]
