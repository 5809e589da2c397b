"""A layout: how a label looks, as data. All measures are millimetres from the label's upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "centre", "right"]
VerticalAlign: TypeAlias = Literal["top", "middle", "bottom"]
Turn: TypeAlias = Literal[0, 90, 180, 270]
Symbology: TypeAlias = Literal[
    "auto", "matrix", "ean13", "ean8", "upca", "itf14", "code128", "gs1-128", "qr", "datamatrix", "gs1-datamatrix"
]


@dataclass(frozen=True, slots=True)
class TextElement:
    """Words in a frame. `text` holds literal words and `{fields}`; `{a|b}` takes the first that is not
    empty. Of a text of several lines those whose fields are all empty are left out, and each
    of the others is one line.

    The words stand in at most `lines` lines of `size` (height of the type); when they do not fit they get smaller, down
    to `least`, and are then cut with an ellipsis. An element whose fields are all empty is not drawn. `emphasise` names
    a field with words, one a line, which are drawn bold wherever they stand in the text (reversed where all is bold).
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    text_en: str = ""
    size: float = 3.0
    least: float = 2.5
    lines: int = 1
    align: Align = "left"
    valign: VerticalAlign = "middle"
    bold: bool = False
    inverse: bool = False
    emphasise: str = ""
    turn: Turn = 0


@dataclass(frozen=True, slots=True)
class BarcodeElement:
    """A code in a frame that holds its quiet zones too. `module` is the narrowest bar in millimetres, drawn with the
    nearest whole number of dots; `dots` says that number itself. `auto` is EAN or ITF-14 where the content is one, else
    Code 128, and Data Matrix where that Code 128 would not fit. `matrix` is GS1 DataMatrix for a GS1 code, else Data Matrix, or QR
    for other writing; both draw a matrix as large as the frame allows, up to 2 mm a module. `words` writes the content
    under linear codes, and under the matrix that stands in for one."""

    x: float
    y: float
    width: float
    height: float
    content: str
    symbology: Symbology = "auto"
    module: float = 0.25
    dots: int = 0
    words: bool = True
    align: Align = "centre"
    turn: Turn = 0


@dataclass(frozen=True, slots=True)
class PictureElement:
    """A picture, as large as the frame allows without bending it: `data` is a PNG in base64, or `source` names one of
    the content's pictures."""

    x: float
    y: float
    width: float
    height: float
    source: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class LineElement:
    """A line from one point to another, level or upright."""

    x: float
    y: float
    x2: float
    y2: float
    weight: float = 0.25


@dataclass(frozen=True, slots=True)
class BoxElement:
    """A frame, or with `filled` a black area."""

    x: float
    y: float
    width: float
    height: float
    weight: float = 0.25
    filled: bool = False


Element: TypeAlias = TextElement | BarcodeElement | PictureElement | LineElement | BoxElement


@dataclass(frozen=True, slots=True)
class Layout:
    """A label: its size, what stands on it, and what it is for. Without a field of `required` it is not printed;
    without one of `advised` it is, with a warning. `subject` is what it shows: item, location, lot, person, document,
    asset."""

    code: str
    name: str
    width: float
    height: float
    elements: tuple[Element, ...]
    name_en: str = ""
    subject: str = "item"
    margin: float = 1.5
    required: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """The layout's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name
