"""Cards side by side that share the width evenly, in as many rows as they need."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.theme import text_px
from desktop.widgets.card import LEAST_LOW, FigureCard

LEAST = 152
GAP = 12
LOW_WINDOW = 640


class CardGrid(QWidget):
    """`set_cards` shows these; none is narrower than `least`, and rows are evenly filled. In a low window cards are low."""

    def __init__(self, cards: Sequence[QWidget] = (), *, least: int = LEAST) -> None:
        super().__init__()
        self._least, self._cards, self._across = least, list(cards), 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._place(max(len(self._cards), 1))

    def cards(self) -> list[QWidget]:
        """The cards, in order."""
        return list(self._cards)

    def set_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these; those before that are not among them are deleted."""
        for card in self._cards:
            self._grid.removeWidget(card)
            if card not in cards:
                card.hide()
                card.deleteLater()
        self._cards, self._across = list(cards), 0
        self._spread(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread(event.size().width())

    def _set_low(self) -> bool:
        is_low = self.window().height() < LOW_WINDOW
        for card in self._cards:
            if isinstance(card, FigureCard):
                card.set_low(is_low)
        return is_low and all(isinstance(card, FigureCard) for card in self._cards)

    def _spread(self, width: int) -> None:
        """As many a row as fit, then as few as the rows need, so that six are 6 or 3 and 3, not 5 and 1."""
        if not self._cards:
            return
        least = LEAST_LOW if self._set_low() else self._least
        fitting = max(1, (width + GAP) // (text_px(least) + GAP))
        rows = math.ceil(len(self._cards) / fitting)
        self._place(math.ceil(len(self._cards) / rows))

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        for at in range(self._across):
            self._grid.setColumnStretch(at, 0)
        self._across = across
        for card in self._cards:
            self._grid.removeWidget(card)
        for at, card in enumerate(self._cards):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)  # as high as its neighbours
            self._grid.addWidget(card, at // across, at % across)
            card.show()
        for at in range(across):
            self._grid.setColumnStretch(at, 1)
        self.updateGeometry()
