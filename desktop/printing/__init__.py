"""Paper and files: lists written to XLSX or CSV (`list_file`), a preview of a finished PDF, and handing it over.

The same bytes go to the printer, to the file and to the archive of what was printed.

The printer, the language and the size are remembered by kind of document, so that slips go to the slip printer and
lists to the office printer; by printer, how far its pages are moved. Pages always have their true size.
"""

from desktop.printing.memory import chosen_last
from desktop.printing.preview import PreviewDialog
from desktop.printing.printer import Placing, page_count, page_picture, print_pdf, printer_names
from desktop.printing.source import PaperSource

__all__ = [
    "PaperSource",
    "Placing",
    "PreviewDialog",
    "chosen_last",
    "page_count",
    "page_picture",
    "print_pdf",
    "printer_names",
]
