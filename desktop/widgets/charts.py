"""Small charts drawn by hand: a line of a trend, bars, and the bridge from one total to the next.

Figures are drawn from floats and written from the exact numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.i18n import _
from desktop.theme import Meaning, fit_font, text_font, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets.figures import number_words
from desktop.widgets.language import Spoken, Words, ui_text

Shown = Callable[[Decimal], str]


def paint_sparkline(painter: QPainter, rect: QRectF, values: Sequence[Decimal | None], colour: str) -> None:
    """Draw a trend into a rectangle: the line breaks where a value is missing, the last one has a dot."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = rect.width() / (len(values) - 1)
    path, is_on, last = QPainterPath(), False, QPointF()
    for at, value in enumerate(values):
        if value is None:
            is_on = False
            continue
        last = QPointF(rect.left() + at * step, rect.bottom() - (float(value) - low) / span * rect.height())
        if is_on:
            path.lineTo(last)
        else:
            path.moveTo(last)
        is_on = True
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(last, 2.5, 2.5)
    painter.restore()


class Sparkline(QWidget, Spoken):
    """A trend as a thin line, told to a reader as its first and last value."""

    def __init__(self, values: Sequence[Decimal | None] = (), meaning: Meaning = Meaning.ACCENT) -> None:
        super().__init__()
        self._values, self._meaning = tuple(values), meaning
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_values(self, values: Sequence[Decimal | None], meaning: Meaning | None = None) -> None:
        """Show another trend."""
        self._values = tuple(values)
        self._meaning = meaning or self._meaning
        self.retranslate()

    def retranslate(self) -> None:
        known = [value for value in self._values if value is not None]
        words = _("from {first} to {last}", first=number_words(known[0]), last=number_words(known[-1])) if known else ""
        self.setAccessibleName(ui_text(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(96, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(3, 4, -4, -4)
        paint_sparkline(painter, room, self._values, theme().ink(self._meaning))
        painter.end()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `against` draws a mark to compare with (a budget, last month)."""

    key: Any
    words: Words
    value: Decimal
    meaning: Meaning = Meaning.ACCENT
    against: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A bar as it is drawn: from one value to another."""

    key: Any
    words: Words
    start: Decimal
    end: Decimal
    label: str
    meaning: Meaning
    against: Decimal | None = None
    is_joined: bool = False
    is_total: bool = False


class BlockChart(QWidget, Spoken):
    """What bars and bridges share: blocks on a common scale, chosen by mouse or arrow keys. `picked(key)`."""

    picked = Signal(object)

    def __init__(self, name: Words, shown: Shown) -> None:
        super().__init__()
        self._name, self._shown = name, shown
        self._blocks: list[Block] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    def retranslate(self) -> None:
        parts = [f"{ui_text(block.words)} {block.label}" for block in self._blocks]
        self.setAccessibleName(ui_text(self._name))
        self.setAccessibleDescription("; ".join(parts))
        self.update()

    def labels(self) -> list[tuple[str, str]]:
        """What is written: words and figure of each block."""
        return [(ui_text(block.words), block.label) for block in self._blocks]

    # --- places

    def _scale(self) -> tuple[float, float]:
        """The lowest and highest value drawn; nought is always among them."""
        values = [float(value) for block in self._blocks for value in (block.start, block.end)]
        values += [float(block.against) for block in self._blocks if block.against is not None]
        return min([0.0, *values]), max([0.0, *values])

    def _room(self) -> QRectF:
        line = QFontMetrics(text_font(SMALL_PX)).height()
        return QRectF(self.rect()).adjusted(8, line + 6, -8, -line - 8)

    def _is_cut(self) -> bool:
        """Whether the scale begins above nought."""
        return self._scale()[0] > 0

    def _paint_cut(self, painter: QPainter, box: QRectF) -> None:
        """A slanted gap near the foot says that a part of the bar is left out."""
        painter.setPen(QPen(QColor(theme().window), 4))
        y = box.bottom() - 16
        painter.drawLine(QPointF(box.left() - 4, y + 5), QPointF(box.right() + 4, y - 5))

    def _y(self, value: Decimal) -> float:
        low, high = self._scale()
        room = self._room()
        share = max((float(value) - low) / ((high - low) or 1.0), 0.0)
        return room.bottom() - share * room.height()

    def _slot(self, at: int) -> QRectF:
        room = self._room()
        wide = room.width() / max(len(self._blocks), 1)
        return QRectF(room.left() + at * wide, 0, wide, self.height())

    def _box(self, at: int) -> QRectF:
        block, slot = self._blocks[at], self._slot(at)
        wide = min(slot.width() * 0.64, 56)
        top, bottom = sorted((self._y(block.start), self._y(block.end)))
        return QRectF(slot.center().x() - wide / 2, top, wide, max(bottom - top, 1.0))

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, room = theme(), self._room()
        painter.setPen(QColor(t.edge))
        painter.drawLine(QPointF(room.left(), self._y(Decimal(0))), QPointF(room.right(), self._y(Decimal(0))))
        for at in range(len(self._blocks)):
            self._paint_block(painter, at)
        painter.end()

    def _paint_block(self, painter: QPainter, at: int) -> None:
        t, block, box, slot = theme(), self._blocks[at], self._box(at), self._slot(at)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.ink(block.meaning)))
        painter.drawRoundedRect(box, 2, 2)
        if self._is_cut() and block.is_total:
            self._paint_cut(painter, box)
        if block.is_joined and at + 1 < len(self._blocks):
            painter.setPen(QPen(QColor(t.edge), 1, Qt.PenStyle.DotLine))
            y = self._y(block.end)
            painter.drawLine(QPointF(box.right(), y), QPointF(self._box(at + 1).left(), y))
        if block.against is not None:
            painter.setPen(QPen(QColor(t.text), 2))
            y = self._y(block.against)
            painter.drawLine(QPointF(box.left() - 4, y), QPointF(box.right() + 4, y))
        metrics = QFontMetrics(text_font(SMALL_PX))
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(t.text))
        above = QRectF(slot.left(), self._label_top(at, metrics.height()), slot.width(), metrics.height())
        painter.setFont(fit_font(block.label, int(slot.width()) - 2, SMALL_PX, least_px=8))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, block.label)
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(t.muted))
        below = QRectF(slot.left(), self.height() - metrics.height() - 2, slot.width(), metrics.height())
        words = metrics.elidedText(ui_text(block.words), Qt.TextElideMode.ElideRight, int(slot.width()) - 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus() and at == self._current:
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 4, 4)

    def _label_top(self, at: int, high: int) -> float:
        """Above the bar, and above its mark where that would strike the figure through."""
        top, against = self._box(at).top(), self._blocks[at].against
        mark = top if against is None else self._y(against)
        is_struck = top - high - 4 < mark < top
        return (mark if is_struck else top) - high - 2

    # --- choosing

    def _under(self, x: float) -> int | None:
        return next(
            (at for at in range(len(self._blocks)) if self._slot(at).left() <= x < self._slot(at).right()), None
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position().x())
        if at is not None:
            self._current = at
            self.update()
            self.picked.emit(self._blocks[at].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and self._blocks:
            self._current = (self._current + step) % len(self._blocks)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._blocks:
            self.picked.emit(self._blocks[self._current].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._under(event.pos().x())
            if at is not None:
                block = self._blocks[at]
                QToolTip.showText(event.globalPos(), f"{ui_text(block.words)}: {block.label}", self)
            return True
        return super().event(event)


class BarChart(BlockChart):
    """Bars from nought. `shown` writes a figure (`money_words`, `number_words`)."""

    def __init__(self, name: Words, bars: Sequence[Bar] = (), *, shown: Shown = number_words) -> None:
        super().__init__(name, shown)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these."""
        self._current = 0
        self._blocks = [
            Block(bar.key, bar.words, Decimal(0), bar.value, self._shown(bar.value), bar.meaning, bar.against)
            for bar in bars
        ]
        self.retranslate()


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A step of a bridge: an amount that adds or takes away, or (`is_total`) where the running total is shown whole.

    `meaning` is its colour; None: whether it adds decides, as `more_is_good` of the bridge says.
    """

    key: Any
    words: Words
    amount: Decimal = Decimal(0)
    is_total: bool = False
    meaning: Meaning | None = None


class BridgeChart(BlockChart):
    """From one total to the next by what changed it. The first step is a total with its amount; later totals are summed
    here, so the bridge always closes. `more_is_good` says whether what adds is green or red."""

    def __init__(
        self, name: Words, steps: Sequence[BridgeStep] = (), *, shown: Shown = number_words, more_is_good: bool = False
    ) -> None:
        super().__init__(name, shown)
        self._more_is_good = more_is_good
        self.set_steps(steps)

    def _scale(self) -> tuple[float, float]:
        """Where the steps are small against the totals, the scale begins above nought so that they can be seen."""
        low, high = super()._scale()
        ends = [float(block.end) for block in self._blocks]
        span = max(ends, default=0.0) - min(ends, default=0.0)
        if not span or low < 0 or span > max(ends) * 0.4:
            return low, high
        return min(ends) - span * 0.8, high

    def set_steps(self, steps: Sequence[BridgeStep]) -> None:
        """Show these."""
        self._current, self._blocks, run = 0, [], Decimal(0)
        for step in steps:
            before, run = run, run + step.amount
            if step.is_total:
                label = self._shown(run)
                self._blocks.append(
                    Block(step.key, step.words, Decimal(0), run, label, Meaning.PLAIN, None, True, True)
                )
            else:
                is_good = (step.amount > 0) is self._more_is_good
                meaning = Meaning.PLAIN if step.amount == 0 else Meaning.GOOD if is_good else Meaning.DANGER
                meaning = step.meaning or meaning
                label = ("+" if step.amount > 0 else "") + self._shown(step.amount)
                self._blocks.append(Block(step.key, step.words, before, run, label, meaning, None, True))
        self.retranslate()
