"""From PDF bytes to paper: pages are drawn by pypdfium2 at the printer's own fineness and true size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from core.errors import Refused
from core.i18n import _, _n

if TYPE_CHECKING:
    from core.i18n import Text

POINTS_PER_INCH = 72
MM_PER_INCH = 25.4
FINEST_DPI = 300
Report = Callable[[float, "Text | str"], None]


@dataclass(frozen=True)
class Placing:
    """Which pages are printed (from 0; none named: all), and by how many millimetres to the right and down."""

    pages: tuple[int, ...] = ()
    shift: tuple[float, float] = (0.0, 0.0)


def printer_names() -> list[str]:
    """The printers of this PC, the system's default first."""
    names = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != default, name.casefold()))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_picture(pdf: bytes, number: int = 0, dpi: int = 100) -> QImage:
    """One page of a PDF (0 is the first) as a picture."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        return _draw(document[number], dpi)
    finally:
        document.close()


def print_pdf(pdf: bytes, printer: QPrinter, report: Report | None = None, placing: Placing | None = None) -> int:
    """Print at true size, never fitted to the page; answers how many pages of the paper were printed.

    May run beside the window. `report` is told the share done after each page. A printer that cannot make copies by
    itself gets every page as often. Raises Refused when the printer takes no job.
    """
    from pypdfium2 import PdfDocument

    placing = placing or Placing()
    document = PdfDocument(pdf)
    try:
        numbers = placing.pages or tuple(range(len(document)))
        rounds = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
        _set_page(printer, document[numbers[0]])
        painter = QPainter()
        if not painter.begin(printer):
            raise Refused(_("The printer takes no job. Check that it is on and has paper, or choose another."))
        try:
            for at, number in enumerate(numbers * rounds):
                if at:
                    _set_page(printer, document[number])
                    printer.newPage()
                _paint_page(painter, printer, document[number], placing.shift)
                if report is not None:
                    report((at + 1) / len(numbers * rounds), _n("{n} page printed", "{n} pages printed", at + 1))
        finally:
            painter.end()
        return len(numbers)
    finally:
        document.close()


def make_printer(name: str, copies: int = 1) -> QPrinter:
    """A printer of this PC by name, else the system's default."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setCopyCount(copies)
    return printer


def _set_page(printer: QPrinter, page: object) -> None:
    width, height = page.get_size()  # type: ignore[attr-defined]
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch)
    landscape = width > height
    orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    if landscape and size.sizePoints().width() > size.sizePoints().height():
        turned = QSizeF(height, width)
        size = QPageSize(turned, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def _paint_page(painter: QPainter, printer: QPrinter, page: object, shift: tuple[float, float]) -> None:
    dpi = printer.resolution()
    width, height = page.get_size()  # type: ignore[attr-defined]
    right, down = (length / MM_PER_INCH * dpi for length in shift)
    target = QRectF(right, down, width / POINTS_PER_INCH * dpi, height / POINTS_PER_INCH * dpi)
    painter.drawImage(target, _draw(page, min(dpi, FINEST_DPI)))


def _draw(page: object, dpi: int) -> QImage:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=False, prefer_bgrx=True)  # type: ignore[attr-defined]
    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    drawn = image.copy()
    bitmap.close()
    return drawn
