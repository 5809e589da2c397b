"""A drawn label on screen: every printer dot as a whole number of pixels, never smoothed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.labels import LabelPage, with_dots
from desktop.theme import Meaning, theme
from desktop.widgets import Notice, Words

EDGE = 8
LEAST_WIDE = 320


def image_of(page: LabelPage) -> QImage:
    """The dots of a page as a picture of one bit a pixel, black on white."""
    page = with_dots(page)
    image = QImage(page.bits, page.width, page.height, page.row_bytes, QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image.copy()


class PanelNotice(Notice):
    """A notice in a narrow panel: as high as its words need there."""

    def __init__(self, words: Words = "", meaning: Meaning = Meaning.DANGER) -> None:
        super().__init__(words, meaning)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


class LabelPicture(QWidget):
    """Shows a page as large as whole dots fit; where there is too little room, two or three dots share a pixel."""

    def __init__(self, high: int = 220) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._high = high
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_page(self, page: LabelPage | None) -> None:
        """Show a label, or nothing."""
        self._image = image_of(page) if page is not None else None
        if self._image is not None:
            size = self._fitting(QSize(max(self.width(), LEAST_WIDE) - 2 * EDGE, self._high - 2 * EDGE))
            self.setFixedHeight(size.height() + 2 * EDGE)
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return self._image is None

    def sizeHint(self) -> QSize:
        return QSize(320, self._high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is None:
            painter.end()
            return
        density = self.devicePixelRatioF()
        room = QSize(int((self.width() - 2 * EDGE) * density), int((self.height() - 2 * EDGE) * density))
        size = self._fitting(room)
        shown = QSize(int(size.width() / density), int(size.height() / density))
        at = QPoint((self.width() - shown.width()) // 2, (self.height() - shown.height()) // 2)
        target = QRect(at, shown)
        painter.fillRect(target, QColor("white"))
        is_smaller = size.width() < self._image.width()
        way = Qt.TransformationMode.SmoothTransformation if is_smaller else Qt.TransformationMode.FastTransformation
        source = self._image.convertToFormat(QImage.Format.Format_Grayscale8) if is_smaller else self._image
        painter.drawImage(target, source.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, way))
        painter.setPen(QPen(QColor(theme().line), 1))
        painter.drawRect(target.adjusted(-1, -1, 0, 0))
        painter.end()

    def _fitting(self, room: QSize) -> QSize:
        assert self._image is not None
        wide, high = self._image.width(), self._image.height()
        times = min(room.width() // wide, room.height() // high)
        if times >= 1:
            return QSize(wide * times, high * times)
        share = max(-(-wide // max(room.width(), 1)), -(-high // max(room.height(), 1)))
        return QSize(max(1, wide // share), max(1, high // share))
