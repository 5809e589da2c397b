"""Labels: layouts, drawing, barcodes read back, printer languages, sheets, and what stands on a label.

A layout is data. `draw` makes a page of whole printer dots from it, once; every printer language, the preview and the
file come from that page, so what is seen is what prints. A barcode that does not fit is refused with the size that would
fit, never shrunk; each is read back from the drawn dots by a second library before anything is sent.
"""

from core.labels.queries.contents import label_contents
from core.labels.rules.dots import DOTS_PER_MM, check_dpi, to_dots, to_mm
from core.labels.rules.fields import SUBJECTS, fields_for
from core.labels.rules.layouts import fields_of, layout_from_json, layout_to_json
from core.labels.rules.sheets import find_sheet
from core.labels.rules.symbologies import STANDARDS as SYMBOLOGIES
from core.labels.steps.arrange import arrange
from core.labels.steps.languages import LANGUAGES, check_language, encode
from core.labels.steps.layouts import check_layout, load_layout, ready_layouts, sample_content
from core.labels.steps.pdf import to_pdf
from core.labels.steps.png import to_png
from core.labels.steps.raster import draw, picture_of, with_dots
from core.labels.steps.reading import check_pages, read_back
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
    "DOTS_PER_MM",
    "LANGUAGES",
    "SHEETS",
    "SUBJECTS",
    "SYMBOLOGIES",
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
    "arrange",
    "check_dpi",
    "check_language",
    "check_layout",
    "check_pages",
    "draw",
    "encode",
    "fields_for",
    "fields_of",
    "find_sheet",
    "label_contents",
    "layout_from_json",
    "layout_to_json",
    "load_layout",
    "picture_of",
    "read_back",
    "ready_layouts",
    "sample_content",
    "to_dots",
    "to_mm",
    "to_pdf",
    "to_png",
    "with_dots",
]
