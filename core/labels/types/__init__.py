"""What crosses the door of labels."""

from core.labels.types.content import Field, LabelContent, Life
from core.labels.types.layout import (
    Align,
    BarcodeElement,
    BoxElement,
    Element,
    Layout,
    LineElement,
    PictureElement,
    Symbology,
    TextElement,
    Turn,
)
from core.labels.types.media import SHEETS, Media, Sheet
from core.labels.types.page import (
    BarsMark,
    FillMark,
    GridMark,
    LabelPage,
    Mark,
    Mismatch,
    PictureMark,
    Symbol,
    TextMark,
    Trouble,
    TurnedMark,
)

__all__ = [
    "SHEETS",
    "Align",
    "BarcodeElement",
    "BarsMark",
    "BoxElement",
    "Element",
    "Field",
    "FillMark",
    "GridMark",
    "LabelContent",
    "LabelPage",
    "Layout",
    "Life",
    "LineElement",
    "Mark",
    "Media",
    "Mismatch",
    "PictureElement",
    "PictureMark",
    "Sheet",
    "Symbol",
    "Symbology",
    "TextElement",
    "TextMark",
    "Trouble",
    "Turn",
    "TurnedMark",
]
