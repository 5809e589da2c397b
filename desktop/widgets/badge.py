"""A badge: a state as a word on a wash of its colour, with its icon."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import MEANING_ICONS, Meaning, text_font, theme
from desktop.theme.icons import paint_icon
from desktop.theme.tokens import SMALL_PX
from desktop.widgets.language import Spoken, Words, ui_text

_ICON = 14
_PAD = 6


@dataclass(frozen=True, slots=True)
class BadgeLook:
    """What a badge says. Without a name the icon is the meaning's own; a plain badge has none."""

    words: Words
    meaning: Meaning = Meaning.PLAIN
    icon: str = ""

    @property
    def icon_name(self) -> str:
        return self.icon or ("" if self.meaning is Meaning.PLAIN else MEANING_ICONS[self.meaning])


def badge_width(look: BadgeLook) -> int:
    """How wide a badge is drawn."""
    words = QFontMetrics(text_font(SMALL_PX)).horizontalAdvance(ui_text(look.words))
    return words + 2 * _PAD + (_ICON + 4 if look.icon_name else 0)


def paint_badge(painter: QPainter, rect: QRectF, look: BadgeLook) -> None:
    """Draw a badge at the left of `rect`, in its middle; words that do not fit end in an ellipsis."""
    t = theme()
    font = text_font(SMALL_PX)
    height = QFontMetrics(font).height() + 4
    box = QRectF(rect.left(), rect.center().y() - height / 2, min(badge_width(look), rect.width()), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.wash(look.meaning)))
    painter.drawRoundedRect(box, 4, 4)
    left = box.left() + _PAD
    ink = t.ink(look.meaning)
    if look.icon_name:
        paint_icon(painter, QRectF(left, box.center().y() - _ICON / 2, _ICON, _ICON), look.icon_name, ink)
        left += _ICON + 4
    painter.setPen(QColor(ink))
    painter.setFont(font)
    room = box.right() - _PAD - left + 1
    words = QFontMetrics(font).elidedText(ui_text(look.words), Qt.TextElideMode.ElideRight, int(room) + 1)
    painter.drawText(QRectF(left, box.top(), room + 2, height), Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


class Badge(QWidget, Spoken):
    """A badge on a form or a card."""

    def __init__(self, look: BadgeLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_look(self, look: BadgeLook) -> None:
        """Show another state."""
        self._look = look
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(self._look.words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._look), QFontMetrics(text_font(SMALL_PX)).height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self._look)
        painter.end()
