"""Labels: layouts, drawing, barcodes read back, printer languages, sheets, and what stands on a label.

A layout is data. `draw` makes a page of whole printer dots from it, once; every printer language, the preview and the
file come from that page, so what is seen is what prints. A barcode that does not fit is refused with the size that would
fit, never shrunk; each is read back from the drawn dots by a second library before anything is sent.
"""

from core.labels.commands.jobs import (
    answer_last_good,
    cancel_job,
    choose_label_printer,
    continue_job,
    pause_job,
    print_again,
    reprint,
    resume_at,
    skip_labels,
    start_due_labels,
    start_job,
)
from core.labels.commands.layouts import import_layout, retire_layout, save_layout
from core.labels.commands.prices import drop_planned_prices, plan_prices, set_new_prices, take_over_prices
from core.labels.commands.queue import (
    add_to_queue,
    check_shelf_label,
    drop_from_queue,
    queue_place,
    queue_receipt,
    set_item_labels,
    set_queue_copies,
    take_down_labels,
)
from core.labels.commands.sending import (
    keep_job,
    mark_asked,
    mark_confirmed,
    mark_sent,
    next_window,
    release_job,
    take_job,
)
from core.labels.queries.contents import label_contents
from core.labels.queries.finding import find_labelled
from core.labels.queries.jobs import get_job, list_jobs, list_printed
from core.labels.queries.layouts import get_layout, get_layout_file, list_layouts
from core.labels.queries.prices import find_due_prices, list_item_plans, reckon_prices
from core.labels.queries.queue import (
    count_stale_labels,
    list_item_labels,
    list_planned_prices,
    list_queue,
    list_stale_labels,
)
from core.labels.rules.copies import Amount
from core.labels.rules.dots import DOTS_PER_MM, check_dpi, to_dots, to_mm
from core.labels.rules.fields import SUBJECTS, fields_for
from core.labels.rules.layouts import fields_of, layout_from_json, layout_to_json
from core.labels.rules.sheets import find_sheet
from core.labels.rules.symbologies import STANDARDS as SYMBOLOGIES
from core.labels.sending.door import PrintOrder, find_printer, print_labels, subject_of
from core.labels.sending.ink import draw_label, media_of
from core.labels.sending.run import Pace, run_job
from core.labels.sending.trial import send_test_label
from core.labels.steps.arrange import arrange
from core.labels.steps.languages import LANGUAGES, check_language, encode
from core.labels.steps.layouts import check_layout, load_layout, ready_layouts, sample_content
from core.labels.steps.pdf import to_pdf
from core.labels.steps.png import to_png
from core.labels.steps.raster import draw, picture_of, with_dots
from core.labels.steps.reading import check_pages, read_back
from core.labels.steps.records import content_of, stock_of
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
    TextMark,
    Trouble,
)
from core.labels.types.prices import DuePrices, PriceChange
from core.labels.types.queue import (
    Difference,
    JobCard,
    JobLabel,
    JobRow,
    JobRun,
    JobStand,
    LabelsDue,
    LabelWindow,
    LayoutRow,
    NewWish,
    PlannedRow,
    PrintedRow,
    Progress,
    QueueRow,
    ShelfCheck,
    StaleRow,
    StartedJob,
)

__all__ = [
    "DOTS_PER_MM",
    "LANGUAGES",
    "SHEETS",
    "SUBJECTS",
    "SYMBOLOGIES",
    "Amount",
    "BarcodeElement",
    "BoxElement",
    "Difference",
    "DuePrices",
    "Element",
    "Field",
    "JobCard",
    "JobLabel",
    "JobRow",
    "JobRun",
    "JobStand",
    "LabelContent",
    "LabelPage",
    "LabelWindow",
    "LabelsDue",
    "Layout",
    "LayoutRow",
    "Life",
    "LineElement",
    "Media",
    "Mismatch",
    "NewWish",
    "Pace",
    "PictureElement",
    "PlannedRow",
    "PriceChange",
    "PrintOrder",
    "PrintedRow",
    "Progress",
    "QueueRow",
    "Sheet",
    "ShelfCheck",
    "StaleRow",
    "StartedJob",
    "Symbol",
    "TextElement",
    "TextMark",
    "Trouble",
    "add_to_queue",
    "answer_last_good",
    "arrange",
    "cancel_job",
    "check_dpi",
    "check_language",
    "check_layout",
    "check_pages",
    "check_shelf_label",
    "choose_label_printer",
    "content_of",
    "continue_job",
    "count_stale_labels",
    "draw",
    "draw_label",
    "drop_from_queue",
    "drop_planned_prices",
    "encode",
    "fields_for",
    "fields_of",
    "find_due_prices",
    "find_labelled",
    "find_printer",
    "find_sheet",
    "get_job",
    "get_layout",
    "get_layout_file",
    "import_layout",
    "keep_job",
    "label_contents",
    "layout_from_json",
    "layout_to_json",
    "list_item_labels",
    "list_item_plans",
    "list_jobs",
    "list_layouts",
    "list_planned_prices",
    "list_printed",
    "list_queue",
    "list_stale_labels",
    "load_layout",
    "mark_asked",
    "mark_confirmed",
    "mark_sent",
    "media_of",
    "next_window",
    "pause_job",
    "picture_of",
    "plan_prices",
    "print_again",
    "print_labels",
    "queue_place",
    "queue_receipt",
    "read_back",
    "ready_layouts",
    "reckon_prices",
    "release_job",
    "reprint",
    "resume_at",
    "retire_layout",
    "run_job",
    "sample_content",
    "save_layout",
    "send_test_label",
    "set_item_labels",
    "set_new_prices",
    "set_queue_copies",
    "skip_labels",
    "start_due_labels",
    "start_job",
    "stock_of",
    "subject_of",
    "take_down_labels",
    "take_job",
    "take_over_prices",
    "to_dots",
    "to_mm",
    "to_pdf",
    "to_png",
    "with_dots",
]
