"""Labels: layouts, drawing, barcodes read back, printer languages, sheets, and what stands on a label.

A layout is data. `draw` makes a page of whole printer dots from it, once; every printer language, the preview and the
file come from that page, so what is seen is what prints. A barcode that does not fit is refused with the size that would
fit, never shrunk; each is read back from the drawn dots by a second library before anything is sent.
"""

from core.labels.types import (
    SHEETS,
    BarcodeElement,
    BoxElement,
    Element,
    Field,
    LabelContent,
    LabelPage,
    Layout,
    Life,
    LineElement,
    Media,
    Mismatch,
    PictureElement,
    Sheet,
    Symbol,
    TextElement,
    Trouble,
)

__all__ = [
    "SHEETS",
    "BarcodeElement",
    "BoxElement",
    "Element",
    "Field",
    "LabelContent",
    "LabelPage",
    "Layout",
    "Life",
    "LineElement",
    "Media",
    "Mismatch",
    "PictureElement",
    "Sheet",
    "Symbol",
    "TextElement",
    "Trouble",
]
