"""Large tiles to touch: an icon, a title, a line below, and the digit that does the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop.theme import Meaning, fit_lines, text_font, text_px, theme
from desktop.theme.icons import paint_icon
from desktop.theme.tokens import LARGE_PX, SMALL_PX
from desktop.widgets.language import Spoken, Words, ui_text

DIGITS = "123456789"
LEAST_ICON = 16
LEAST_HEIGHT = 72
GAP = 6
LEAST_PX = 10
PAD, NARROW_PAD, WIDE_TILE = 12, 7, 100
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile to be; `id` comes back when it is chosen."""

    id: Any
    title: Words
    subtitle: Words = ""
    icon: str = ""
    meaning: Meaning = Meaning.PLAIN


class TileButton(QAbstractButton, Spoken):
    """One tile."""

    def __init__(self, tile: Tile, digit: str = "") -> None:
        super().__init__()
        self.tile, self._digit = tile, digit
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def retranslate(self) -> None:
        words = [ui_text(self.tile.title), ui_text(self.tile.subtitle)]
        self.setAccessibleName(", ".join(word for word in words if word))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(168, 96)

    def minimumSizeHint(self) -> QSize:
        return QSize(104, LEAST_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        self._paint_words(painter)
        painter.end()

    def _has_meaning(self) -> bool:
        return self.tile.meaning is not Meaning.PLAIN

    def _paint_box(self, painter: QPainter) -> None:
        t = theme()
        wash = t.raised
        if self.isChecked():
            wash = t.accent_soft
        elif self.isDown():
            wash = t.selection
        elif self.underMouse() and self.isEnabled():
            wash = t.hover
        is_marked = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(t.accent if is_marked else t.line), 2 if is_marked else 1))
        painter.setBrush(QColor(wash))
        inset = 1.0 if is_marked else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)

    def _paint_words(self, painter: QPainter) -> None:
        pad = PAD if self.width() >= WIDE_TILE else NARROW_PAD
        t, room = theme(), QRectF(self.rect()).adjusted(pad, 8, -pad, -8)
        ink = t.text if self.isEnabled() else t.faint
        small = text_font(SMALL_PX)
        subtitle = ui_text(self.tile.subtitle)
        below = QFontMetrics(small).height() if subtitle else 0
        has_room = not self.tile.icon or room.height() >= LEAST_ICON + 3.2 * text_px(LARGE_PX) + below
        beside = QFontMetrics(small).horizontalAdvance(self._digit) + 2 if self._digit and not has_room else 0
        wide = int(room.width()) - beside
        font, lines = fit_lines(ui_text(self.tile.title), wide, LARGE_PX if has_room else SMALL_PX, least_px=LEAST_PX)
        line_high = QFontMetrics(font).height()
        high = line_high * len(lines)
        size = min(56.0, room.height() - high - below - GAP) if self.tile.icon else 0.0
        size = size if size >= LEAST_ICON else 0.0
        top = room.top() + (room.height() - size - high - below - (GAP if size else 0)) / 2
        if size:
            colour = t.accent if self.isChecked() else t.ink(self.tile.meaning) if self._has_meaning() else ink
            paint_icon(painter, QRectF(room.left() - 3, top, size, size), self.tile.icon, colour)
            top += size + GAP
        painter.setFont(font)
        painter.setPen(QColor(ink))
        for line in lines:
            painter.drawText(QRectF(room.left(), top, room.width() + 1, line_high), _LEFT, line)
            top += line_high
        painter.setFont(small)
        painter.setPen(QColor(t.muted))
        words = QFontMetrics(small).elidedText(subtitle, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(QRectF(room.left(), top, room.width(), below), _LEFT, words)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._digit)


class TileGrid(QWidget):
    """Tiles in as many columns as there is room for; `chosen(id)` by touch, Enter or digit.

    With `keeps=True` the tile chosen stays marked (one of a set); otherwise it only tells.
    """

    chosen = Signal(object)

    def __init__(
        self, tiles: Sequence[Tile] = (), *, columns: int = 0, digits: bool = True, keeps: bool = False
    ) -> None:
        super().__init__()
        self._columns, self._digits, self._keeps = columns, digits, keeps
        self._buttons: list[TileButton] = []
        self._least = LEAST_HEIGHT
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._laid = 0
        self.set_tiles(tiles)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these; nothing is chosen."""
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for at, tile in enumerate(tiles):
            button = TileButton(tile, DIGITS[at] if self._digits and at < len(DIGITS) else "")
            button.clicked.connect(lambda _on=False, button=button: self._choose(button))
            button.setMinimumHeight(self._least)
            self._buttons.append(button)
        self._laid = 0
        self._lay_out()

    def set_least_height(self, pixels: int) -> None:
        """How low a tile may become on a low screen."""
        self._least = pixels
        for button in self._buttons:
            button.setMinimumHeight(pixels)

    def tiles(self) -> list[Tile]:
        """The tiles shown."""
        return [button.tile for button in self._buttons]

    def current(self) -> Any:
        """The id of the tile that is marked."""
        return next((button.tile.id for button in self._buttons if button.isChecked()), None)

    def set_current(self, tile_id: Any) -> None:
        """Mark a tile (None for none) without telling."""
        for button in self._buttons:
            button.setChecked(tile_id is not None and button.tile.id == tile_id)

    def press_digit(self, digit: str) -> bool:
        """Choose by digit; False when no tile has it."""
        at = DIGITS.find(digit) if digit else -1
        if not self._digits or not 0 <= at < len(self._buttons) or not self._buttons[at].isEnabled():
            return False
        self._choose(self._buttons[at])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button = next((one for one in self._buttons if one.hasFocus()), None)
            if button is not None:
                self._choose(button)
                return
        if not self.press_digit(event.text()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _choose(self, button: TileButton) -> None:
        for one in self._buttons:
            one.setChecked(self._keeps and one is button)
        self.chosen.emit(button.tile.id)

    def _lay_out(self) -> None:
        columns = self._columns or max(2, min(6, self.width() // 176))
        if columns == self._laid:
            return
        self._laid = columns
        for button in self._buttons:
            self._grid.removeWidget(button)
        for at, button in enumerate(self._buttons):
            self._grid.addWidget(button, at // columns, at % columns)
        for at in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
