"""The keys of a page, shown over it with one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import _
from desktop.theme import text_font, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets.language import Words, ui_text
from desktop.widgets.words import Button, Label


class KeyHint(NamedTuple):
    """A key, as Qt writes it ("Ctrl+K", "F2"), and what it does."""

    key: str
    words: Words


class KeyCap(QWidget):
    """A key drawn as a key."""

    def __init__(self, key: str) -> None:
        super().__init__()
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
        self._words = shown if len(key) > 1 else key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(text_font(SMALL_PX))
        return QSize(max(metrics.horizontalAdvance(self._words) + 16, 28), metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.edge))
        painter.setBrush(QColor(t.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(t.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()


class KeysOverlay(QWidget):
    """Covers `over` with a card of keys in sections of (title, [(key, words)]); any key or click takes it away."""

    def __init__(self, over: QWidget, sections: Sequence[tuple[Words, Sequence[tuple[str, Words]]]]) -> None:
        super().__init__(over)
        self.setAccessibleName(ui_text(_("Keys of this page")))
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        for number, (title, keys) in enumerate(sections):
            head = QHBoxLayout()
            head.addWidget(Label(title, "heading"), 1)
            if number == 0:
                head.addWidget(Button(_("Close"), self.close, icon_name="close", kind="icon"))
            column.addLayout(head)
            column.addLayout(self._grid(keys))
        outer = QGridLayout(self)
        outer.addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        over.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setGeometry(over.rect())
        self.hide()

    @staticmethod
    def _grid(keys: Sequence[tuple[str, Words]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        half = (len(keys) + 1) // 2 if len(keys) > 5 else max(len(keys), 1)
        for at, (key, words) in enumerate(keys):
            row, side = at % half, at // half * 3
            grid.addWidget(KeyCap(key), row, side, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(words), row, side + 1)
        grid.setColumnMinimumWidth(0, 96)
        grid.setColumnMinimumWidth(2, 24)
        grid.setColumnStretch(4, 1)
        return grid

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(theme().shadow)
        veil.setAlphaF(0.45)
        painter.fillRect(self.rect(), veil)
        painter.end()
