"""The band under the top bar while the database is away. Pages and forms stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from core.i18n import Text, _, _n
from desktop.theme import Meaning
from desktop.widgets import Button, IconLabel, Label


class LostBanner(QFrame):
    """Says that the database does not answer, what waits to be saved, and that it is tried again by itself."""

    retry_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lost_banner")
        self._words = Label("", wrap=True)
        self._waiting = Label("", "strong")
        self._retry = Button(_("Try now"), self.retry_pressed.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(12)
        layout.addWidget(IconLabel("warning", Meaning.DANGER))
        layout.addWidget(self._words, 1)
        layout.addWidget(self._waiting)
        layout.addWidget(self._retry)
        self.hide()

    def show_lost(self, text: Text, waiting: int) -> None:
        """Say so; `waiting` is how many entries are sent as soon as the database answers."""
        self._words.set_words(text)
        waits = _n("{n} entry waits to be saved", "{n} entries wait to be saved", waiting) if waiting else ""
        self._waiting.set_words(waits)
        self._waiting.setVisible(waiting > 0)
        self.show()

    @property
    def words(self) -> str:
        """What the band says."""
        return self._words.text()
