"""Shows a PDF: its pages under each other, drawn when they are seen, at the screen's own fineness."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QVBoxLayout, QWidget

from core.documents import PDFIUM
from core.i18n import _
from desktop.theme import Meaning, theme
from desktop.widgets.language import ui_text
from desktop.widgets.notice import Notice
from desktop.widgets.words import Button, Label

GAP = 16
POINTS = 72
SCREEN = 96
ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
KEPT = 8


class _Paper(QAbstractScrollArea):
    """The pages; zoom None fits the width."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._document: Any = None
        self._sizes: list[tuple[float, float]] = []
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self.zoom: float | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.moved.emit())
        self.setAccessibleName(ui_text(_("Pages")))

    def load(self, content: bytes) -> None:
        """Open a PDF. Raises ValueError when it is none."""
        from pypdfium2 import PdfDocument, PdfiumError

        self.close_document()
        try:
            with PDFIUM:
                self._document = PdfDocument(content)
                self._sizes = [self._document.get_page_size(number) for number in range(len(self._document))]
        except PdfiumError as fault:
            raise ValueError("not a readable PDF") from fault
        self._fit()
        self.verticalScrollBar().setValue(0)

    def close_document(self) -> None:
        self._drawn.clear()
        self._sizes = []
        if self._document is not None:
            with PDFIUM:
                self._document.close()
            self._document = None

    def count(self) -> int:
        return len(self._sizes)

    def scale(self) -> float:
        """Logical pixels a point."""
        if self.zoom is not None:
            return self.zoom * SCREEN / POINTS
        widest = max((wide for wide, _high in self._sizes), default=595.0)
        return max((self.viewport().width() - 2 * GAP) / widest, 0.1)

    def set_zoom(self, zoom: float | None) -> None:
        here = self.current()
        self.zoom = zoom
        self._fit()
        self.go(here)

    def current(self) -> int:
        """The page in the middle of the view, from nought."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        tops = self._tops()
        return max((number for number in range(self.count()) if tops[number] <= middle), default=0)

    def go(self, number: int) -> None:
        if 0 <= number < self.count():
            self.verticalScrollBar().setValue(self._tops()[number] - GAP)

    def _tops(self) -> list[int]:
        tops, top, scale = [], GAP, self.scale()
        for _wide, high in self._sizes:
            tops.append(top)
            top += round(high * scale) + GAP
        return [*tops, top]

    def _fit(self) -> None:
        room, scale = self.viewport().size(), self.scale()
        high = self._tops()[-1]
        wide = round(max((wide for wide, _high in self._sizes), default=0.0) * scale) + 2 * GAP
        self.verticalScrollBar().setRange(0, max(high - room.height(), 0))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(wide - room.width(), 0))
        self.horizontalScrollBar().setPageStep(room.width())
        self.viewport().update()
        self.moved.emit()

    def _page_image(self, number: int) -> QImage:
        density = self.devicePixelRatioF()
        key = (number, round(self.scale() * density * 1000))
        if key not in self._drawn:
            with PDFIUM:
                bitmap = self._document[number].render(scale=self.scale() * density, prefer_bgrx=True)
                image = QImage(
                    bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
                ).copy()
            image.setDevicePixelRatio(density)
            self._drawn[key] = image
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme().sunken))
        scale, tops = self.scale(), self._tops()
        for number, (wide, high) in enumerate(self._sizes):
            size = QSize(round(wide * scale), round(high * scale))
            free = max(self.viewport().width() - size.width(), 2 * GAP) // 2
            left = free - self.horizontalScrollBar().value()
            box = QRect(left, tops[number] - self.verticalScrollBar().value(), size.width(), size.height())
            if box.intersects(self.viewport().rect()):
                painter.drawImage(box.topLeft(), self._page_image(number))
                painter.setPen(QColor(theme().line))
                painter.drawRect(box.adjusted(-1, -1, 0, 0))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)


class PdfView(QWidget):
    """Pages with a bar: page n of m, nearer, farther, whole width. `page_changed(number)` counts from 1.

    PageUp and PageDown turn pages, Ctrl with plus, minus and wheel zooms, Ctrl+0 fits the width.
    """

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = _Paper()
        self._paper.moved.connect(self._say_where)
        self._paper.installEventFilter(self)
        self._where = Label("", "muted")
        self._told = 0
        self._notice = Notice(_("This paper cannot be shown: the file is damaged or no PDF."), Meaning.DANGER)
        self._notice.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.addWidget(Button(_("Page before"), lambda: self._turn(-1), icon_name="chevron-up", kind="icon"))
        bar.addWidget(Button(_("Next page"), lambda: self._turn(1), icon_name="chevron-down", kind="icon"))
        bar.addWidget(self._where)
        bar.addStretch(1)
        bar.addWidget(Button(_("Zoom out"), lambda: self._zoom(-1), icon_name="zoom-out", kind="icon"))
        bar.addWidget(Button(_("Zoom in"), lambda: self._zoom(1), icon_name="zoom-in", kind="icon"))
        bar.addWidget(Button(_("Whole width"), self.fit_width, icon_name="fit-width", kind="icon"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._notice)
        column.addWidget(self._paper, 1)
        self.setFocusProxy(self._paper)

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF; one that cannot be read is said so, not raised."""
        try:
            self._paper.load(content)
        except ValueError:
            self._paper.close_document()
            self._notice.show()
        else:
            self._notice.hide()
        self._say_where()

    def is_readable(self) -> bool:
        """Whether the last PDF could be shown."""
        return self._paper.count() > 0

    def page_count(self) -> int:
        """How many pages it has."""
        return self._paper.count()

    def current_page(self) -> int:
        """The page in view, from 1."""
        return self._paper.current() + 1 if self._paper.count() else 0

    def go_to_page(self, number: int) -> None:
        """Show a page, from 1."""
        self._paper.go(number - 1)

    def fit_width(self) -> None:
        """As wide as the view."""
        self._paper.set_zoom(None)

    def set_zoom(self, zoom: float) -> None:
        """1.0 is the size on paper."""
        self._paper.set_zoom(zoom)

    def zoom(self) -> float:
        """The zoom in force, 1.0 is the size on paper."""
        return self._paper.scale() * POINTS / SCREEN

    def where_words(self) -> str:
        """What the bar says."""
        return self._where.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(1 if event.angleDelta().y() > 0 else -1)
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        has_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if key in steps and not has_ctrl:
            self._turn(steps[key])
        elif key in zooms and has_ctrl:
            self._zoom(zooms[key])
        elif key == Qt.Key.Key_0 and has_ctrl:
            self.fit_width()
        else:
            return False
        return True

    def _turn(self, step: int) -> None:
        self._paper.go(self._paper.current() + step)

    def _zoom(self, step: int) -> None:
        now = self.zoom()
        wanted = [one for one in ZOOMS if (one > now + 0.01 if step > 0 else one < now - 0.01)]
        if wanted:
            self.set_zoom(wanted[0] if step > 0 else wanted[-1])

    def _say_where(self) -> None:
        here, count = self.current_page(), self.page_count()
        self._where.set_words(_("Page {n} of {total}", n=here, total=count) if count else "")
        if here != self._told:
            self._told = here
            self.page_changed.emit(here)
