"""Paper and files: lists written to XLSX or CSV (`list_file`), a preview of a finished PDF, and handing it over.

The same bytes go to the printer and to the file.

The printer is remembered by kind of document, so that slips go to the slip printer and lists to the office printer.
"""

from desktop.printing.preview import PreviewDialog
from desktop.printing.printer import page_count, page_picture, print_pdf, printer_names

__all__ = ["PreviewDialog", "page_count", "page_picture", "print_pdf", "printer_names"]
