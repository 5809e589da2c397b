"""The label as it will be printed, dot for dot, to be arranged with mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.i18n import Text, _
from core.labels import DOTS_PER_MM, LabelPage
from desktop.labels.draft import Box, Draft, box_of, boxed, guides_of, snapped
from desktop.labels.picture import image_of
from desktop.theme import text_font, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets import ui_text

EDGE = 24
HANDLE = 7
FINGER = 8
HANDLES = ((0, 0), (0.5, 0), (1, 0), (0, 0.5), (1, 0.5), (0, 1), (0.5, 1), (1, 1))
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


@dataclass(slots=True)
class _Drag:
    """What the mouse holds: where it began, the frames then, and which handle (None moves)."""

    start: QPointF
    boxes: dict[int, Box]
    handle: tuple[float, float] | None


class DesignCanvas(QWidget):
    """`chosen` when another element was picked, `changed` when one was moved or sized, `deleted`, `wants(key)`."""

    chosen = Signal()
    changed = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.dpi, self.zoom = 203, 2
        self.troubles: dict[int, Text] = {}
        self._image: QImage | None = None
        self._drag: _Drag | None = None
        self._lines: tuple[list[float], list[float]] = ([], [])
        self.setProperty("undoes", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(ui_text(_("The label")))

    def show_page(self, page: LabelPage, troubles: dict[int, Text]) -> None:
        """Show the drawn label and mark the elements that do not fit."""
        self._image, self.troubles = image_of(page), troubles
        self.setFixedSize(self.sizeHint())
        self.update()

    def set_zoom(self, zoom: int) -> None:
        """Pixels for each dot, 1 to 8."""
        self.zoom = max(1, min(8, zoom))
        self.setFixedSize(self.sizeHint())
        self.update()

    def fit(self, room: QSize) -> None:
        """As large as whole pixels for each dot leave the label in view."""
        layout, dots = self.draft.layout, DOTS_PER_MM[self.dpi]
        across = (room.width() - 2 * EDGE) / (layout.width * dots)
        down = (room.height() - 2 * EDGE) / (layout.height * dots)
        self.set_zoom(int(min(across, down)))

    def sizeHint(self) -> QSize:
        layout, scale = self.draft.layout, self._scale
        return QSize(int(layout.width * scale) + 2 * EDGE, int(layout.height * scale) + 2 * EDGE)

    @property
    def _scale(self) -> float:
        """Pixels of the screen for a millimetre."""
        return DOTS_PER_MM[self.dpi] * self.zoom

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), theme()
        layout, scale = self.draft.layout, self._scale
        paper = QRectF(EDGE, EDGE, layout.width * scale, layout.height * scale)
        painter.fillRect(paper, QColor("white"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            size = QRectF(EDGE, EDGE, self._image.width() * self.zoom, self._image.height() * self.zoom)
            painter.drawImage(size, self._image)
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawRect(paper)
        for number, element in enumerate(layout.elements):
            rect = self._rect(box_of(element))
            is_wrong = number in self.troubles
            if is_wrong or number in self.draft.chosen:
                painter.setPen(
                    QPen(QColor(t.danger if is_wrong else t.accent), 2 if number in self.draft.chosen else 1)
                )
            else:
                painter.setPen(QPen(QColor(0, 120, 110, 90), 1, Qt.PenStyle.DotLine))
            painter.drawRect(rect)
        self._paint_chosen(painter)
        self._paint_troubles(painter)
        painter.end()

    def _paint_chosen(self, painter: QPainter) -> None:
        t = theme()
        painter.setPen(QPen(QColor(t.accent), 1))
        painter.setBrush(QColor("white"))
        if len(self.draft.chosen) == 1:
            for spot in self._handles():
                painter.drawRect(spot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.accent), 1, Qt.PenStyle.DashLine))
        for x in self._lines[0]:
            painter.drawLine(QPointF(EDGE + x * self._scale, 0), QPointF(EDGE + x * self._scale, self.height()))
        for y in self._lines[1]:
            painter.drawLine(QPointF(0, EDGE + y * self._scale), QPointF(self.width(), EDGE + y * self._scale))

    def _paint_troubles(self, painter: QPainter) -> None:
        """The sentence stands at its element."""
        t = theme()
        painter.setFont(text_font(SMALL_PX))
        for number, words in self.troubles.items():
            if number >= len(self.draft.layout.elements):
                continue
            rect = self._rect(box_of(self.draft.layout.elements[number]))
            said = ui_text(words)
            room = QRectF(rect.left(), rect.bottom() + 2, max(self.width() - rect.left() - 4, 160), 400)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            used = painter.boundingRect(room, flags, said)
            if used.bottom() > self.height():
                used.moveBottom(rect.top() - 2 if rect.top() > used.height() else self.height() - 2)
            painter.fillRect(used.adjusted(-3, -1, 3, 1), QColor(t.danger))
            painter.setPen(QColor("white"))
            painter.drawText(used, flags, said)

    def _rect(self, box: Box) -> QRectF:
        scale = self._scale
        return QRectF(EDGE + box[0] * scale, EDGE + box[1] * scale, max(box[2] * scale, 2), max(box[3] * scale, 2))

    def _handles(self) -> list[QRectF]:
        element = self.draft.element
        if element is None:
            return []
        rect = self._rect(box_of(element))
        half = HANDLE / 2
        return [
            QRectF(rect.left() + rect.width() * x - half, rect.top() + rect.height() * y - half, HANDLE, HANDLE)
            for x, y in HANDLES
        ]

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        place = event.position()
        handle = next((HANDLES[at] for at, spot in enumerate(self._handles()) if _near(spot, place)), None)
        if handle is None:
            number = self._under(place)
            is_more = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if number is None:
                self.draft.choose()
            elif is_more:
                self.draft.choose(*self.draft.chosen, number)
            elif number not in self.draft.chosen:
                self.draft.choose(number)
            self.chosen.emit()
        boxes = {at: box_of(self.draft.layout.elements[at]) for at in self.draft.chosen}
        self._drag = _Drag(place, boxes, handle) if boxes else None
        self.draft.end_step()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        right = (event.position().x() - drag.start.x()) / self._scale
        down = (event.position().y() - drag.start.y()) / self._scale
        if abs(right) + abs(down) < 0.2 and not self._lines[0]:
            return
        is_free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if drag.handle is None:
            self._move(drag, right, down, is_free)
        else:
            self._size(drag, drag.handle, (right, down), is_free)
        self.changed.emit()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._drag, self._lines = None, ([], [])
        self.draft.end_step()
        self.update()

    def _move(self, drag: _Drag, right: float, down: float, is_free: bool) -> None:
        x, y, width, height = next(iter(drag.boxes.values()))
        if not is_free:
            across, along = guides_of(self.draft.layout, drag.boxes)
            left, top = x + right, y + down
            right += snapped([left, left + width / 2, left + width], across)
            down += snapped([top, top + height / 2, top + height], along)
            self._mark([x + right, x + right + width], across, [y + down, y + down + height], along)
        for number, box in drag.boxes.items():
            element = boxed(self.draft.layout.elements[number], (box[0] + right, box[1] + down, box[2], box[3]))
            self.draft.put(number, element, "drag")

    def _size(self, drag: _Drag, handle: tuple[float, float], by: tuple[float, float], is_free: bool) -> None:
        number, (x, y, width, height) = next(iter(drag.boxes.items()))
        left, top, right, bottom = x, y, x + width, y + height
        across, along = guides_of(self.draft.layout, drag.boxes) if not is_free else ([], [])
        if handle[0] == 0:
            left += by[0] + (0 if is_free else snapped([left + by[0]], across))
        elif handle[0] == 1:
            right += by[0] + (0 if is_free else snapped([right + by[0]], across))
        if handle[1] == 0:
            top += by[1] + (0 if is_free else snapped([top + by[1]], along))
        elif handle[1] == 1:
            bottom += by[1] + (0 if is_free else snapped([bottom + by[1]], along))
        box = (min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))
        self._mark([left, right], across, [top, bottom], along)
        self.draft.put(number, boxed(self.draft.layout.elements[number], box), "drag")

    def _mark(self, xs: Sequence[float], across: Sequence[float], ys: Sequence[float], along: Sequence[float]) -> None:
        self._lines = (
            [one for one in xs if any(abs(one - guide) < 0.01 for guide in across)],
            [one for one in ys if any(abs(one - guide) < 0.01 for guide in along)],
        )

    def _under(self, place: QPointF) -> int | None:
        """The smallest element under the mouse."""
        found = []
        for number, element in enumerate(self.draft.layout.elements):
            rect = self._rect(box_of(element)).adjusted(-3, -3, 3, 3)
            if rect.contains(place):
                found.append((rect.width() * rect.height(), number))
        return min(found)[1] if found else None

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in ARROWS and self.draft.chosen:
            step = 1.0 if shift else 1 / DOTS_PER_MM[self.dpi]
            self.draft.nudge(ARROWS[key][0] * step, ARROWS[key][1] * step)
            self.changed.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self.draft.layout.elements and self.draft.chosen:
            count = len(self.draft.layout.elements)
            at = self.draft.chosen[0]
            self.draft.choose((at + (1 if key == Qt.Key.Key_Tab else -1)) % count)
            self.chosen.emit()
            self.update()
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        """Tab goes from element to element once one is chosen; Esc lets go, so that Tab leaves the label again."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self.draft.chosen:
                self.keyPressEvent(event)
                return True
            if key == Qt.Key.Key_Escape and self.draft.chosen:
                self.draft.choose()
                self.chosen.emit()
                self.update()
                return True
        return super().event(event)  # type: ignore[arg-type]


def _near(spot: QRectF, place: QPointF) -> bool:
    grown = FINGER - HANDLE / 2
    return spot.adjusted(-grown, -grown, grown, grown).contains(place)
