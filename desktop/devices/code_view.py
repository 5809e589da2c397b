"""The test code: drawn on the screen in whole dots, and on a paper to print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.devices import TEST_CODE, TEST_LINE
from core.i18n import Language, _, tr
from desktop.context import Paper
from desktop.widgets import ui_text

QUIET = 4
LINE_QUIET = 12
DOTS_PER_INCH = 300
MM = DOTS_PER_INCH / 25.4
Bars = tuple[tuple[bool, ...], ...]


def square_code() -> Bars:
    """The long test code as a QR code."""
    import segno

    return tuple(tuple(bool(dot) for dot in row) for row in segno.make_qr(TEST_CODE, error="l").matrix)


def line_code() -> Bars:
    """The short test code as Code 128, for scanners that read no square ones."""
    import zxingcpp

    code = zxingcpp.create_barcode(TEST_LINE, zxingcpp.BarcodeFormat.Code128)
    image: Any = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    rows: Any = memoryview(image).tolist()
    return (tuple(not light for light in rows[0]),)


def _boxes(bars: Bars, left: float, top: float, module: float, height: float) -> Iterator[QRectF]:
    for at, row in enumerate(bars):
        for place, is_dark in enumerate(row):
            if is_dark:
                yield QRectF(left + place * module, top + at * height, module, height)


class CodeView(QWidget):
    """The code, black on white in every theme, each of its modules a whole number of dots."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = square_code()
        self.setMinimumSize(QSize(300, 240))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(ui_text(_("Test code")))

    def show_line(self, is_line: bool) -> None:
        """The line code, or the square one."""
        self._bars = line_code() if is_line else square_code()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        wide, high = int(self.width() * ratio), int(self.height() * ratio)
        painter.fillRect(0, 0, wide, high, Qt.GlobalColor.white)
        is_line = len(self._bars) == 1
        quiet = LINE_QUIET if is_line else QUIET
        columns, rows = len(self._bars[0]) + 2 * quiet, 1 if is_line else len(self._bars) + 2 * quiet
        module = max(1, min(wide // columns, high // rows) if not is_line else wide // columns)
        height = min(high * 0.6, 40 * module) if is_line else module
        left = (wide - module * len(self._bars[0])) // 2
        top = (high - height * len(self._bars)) // 2
        for box in _boxes(self._bars, left, top, module, height):
            painter.fillRect(box, Qt.GlobalColor.black)
        painter.end()


def paper_of_codes(language: Language) -> Paper:
    """Both test codes on one sheet of A4, to hang beside the PC."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    title = tr(_("Test codes for scanners"), language)
    writer.setTitle(title)
    painter = QPainter(writer)
    _write(painter, 0, title, 18)
    _write(
        painter, 14, tr(_("Open Devices, then Calibrate a scanner, and scan one of them three times."), language), 11
    )
    top = 30 * MM
    for box in _boxes(square_code(), 10 * MM, top, 6, 6):
        painter.fillRect(box, Qt.GlobalColor.black)
    _write(painter, 100, tr(_("For scanners that read line codes only:"), language), 11)
    for box in _boxes(line_code(), 10 * MM, 112 * MM, 5, 20 * MM):
        painter.fillRect(box, Qt.GlobalColor.black)
    painter.end()
    buffer.close()
    return Paper(title, bytes(data.data()), "test_code", "scanner-test.pdf")


def _write(painter: QPainter, top_mm: float, words: str, points: int) -> None:
    font = QFont(painter.font())
    font.setPointSize(points)
    painter.setFont(font)
    painter.drawText(QRectF(0, top_mm * MM, 170 * MM, 14 * MM), Qt.TextFlag.TextWordWrap, words)
