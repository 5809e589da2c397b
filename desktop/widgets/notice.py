"""A notice: a sentence in a box with the colour and icon of its meaning, inside a page or form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.theme import MEANING_ICONS, Meaning, theme, themes
from desktop.widgets.language import Words
from desktop.widgets.words import Button, IconLabel, Label


class Notice(QWidget):
    """A sentence that asks for attention. `say` shows it; buttons may stand behind it."""

    def __init__(self, words: Words = "", meaning: Meaning = Meaning.DANGER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning = meaning
        self._icon = IconLabel(MEANING_ICONS[meaning], meaning)
        self._words = Label(words, wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        themes.changed.connect(self.update)

    def say(self, words: Words, meaning: Meaning | None = None) -> None:
        """Say a sentence and be seen."""
        if meaning is not None:
            self._meaning = meaning
            self._icon.set_icon(MEANING_ICONS[meaning], meaning)
        self._words.set_words(words)
        self.show()

    def add_button(self, button: Button) -> None:
        """Put a button behind the sentence."""
        self._row.addWidget(button)

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().wash(self._meaning)))
        painter.drawRoundedRect(self.rect(), *self._radius())
        painter.end()

    def _radius(self) -> tuple[int, int]:
        return 4, 4


class Banner(Notice):
    """The same as a band over the whole width, for the top of a window or page; with what can be done about it."""

    def _radius(self) -> tuple[int, int]:
        return 0, 0
