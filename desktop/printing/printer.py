"""From PDF bytes to paper: pages are drawn by pypdfium2 at the printer's own fineness and true size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from core.documents import PDFIUM
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
    with _opened(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, number: int = 0, dpi: int = 100) -> QImage:
    """One page of a PDF (0 is the first) as a picture."""
    with _opened(pdf) as document:
        return document[number].draw(dpi)


def print_pdf(pdf: bytes, printer: QPrinter, report: Report | None = None, placing: Placing | None = None) -> int:
    """Print at true size, never fitted to the page; answers how many pages of the paper were printed.

    May run beside the window. `report` is told the share done after each page. A printer that cannot make copies by
    itself gets every page as often. Raises Refused when the printer takes no job.
    """
    placing = placing or Placing()
    with _opened(pdf) as document:
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


@contextmanager
def _opened(pdf: bytes) -> Iterator[_Pages]:
    from pypdfium2 import PdfDocument

    with PDFIUM:
        document = PdfDocument(pdf)
    try:
        yield _Pages(document)
    finally:
        with PDFIUM:
            document.close()


class _Pages:
    """The pages of an open PDF; PDFium is asked by one thread at a time."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def __len__(self) -> int:
        with PDFIUM:
            return len(self._document)

    def __getitem__(self, number: int) -> _Page:
        return _Page(self._document, number)


class _Page:
    """One of them."""

    def __init__(self, document: Any, number: int) -> None:
        self._document, self._number = document, number

    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        with PDFIUM:
            wide, high = self._document.get_page_size(self._number)
        return float(wide), float(high)

    def draw(self, dpi: int) -> QImage:
        """The page as a picture."""
        with PDFIUM:
            page = self._document[self._number]
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=False, prefer_bgrx=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            drawn = image.copy()
            bitmap.close()
        return drawn


def make_printer(name: str, copies: int = 1) -> QPrinter:
    """A printer of this PC by name, else the system's default."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setCopyCount(copies)
    return printer


def _set_page(printer: QPrinter, page: _Page) -> None:
    width, height = page.size()
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch)
    landscape = width > height
    orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    if landscape and size.sizePoints().width() > size.sizePoints().height():
        turned = QSizeF(height, width)
        size = QPageSize(turned, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def _paint_page(painter: QPainter, printer: QPrinter, page: _Page, shift: tuple[float, float]) -> None:
    dpi = printer.resolution()
    width, height = page.size()
    right, down = (length / MM_PER_INCH * dpi for length in shift)
    target = QRectF(right, down, width / POINTS_PER_INCH * dpi, height / POINTS_PER_INCH * dpi)
    painter.drawImage(target, page.draw(min(dpi, FINEST_DPI)))
