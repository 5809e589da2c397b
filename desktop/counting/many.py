"""Several of a list: what is chosen stands below as chips that a tap takes away again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.widgets import Button, Editor, FlowLayout, Words, ui_text


class ManyChoice(Editor):
    """Any number of options, given as (value, words); `value()` is a tuple, empty for all."""

    def __init__(self, everything: Words) -> None:
        super().__init__()
        self._everything = everything
        self._options: list[tuple[Any, Words]] = []
        self._chosen: list[Any] = []
        self._box = QComboBox()
        self._box.setMaxVisibleItems(14)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(8)
        self._box.activated.connect(self._on_activated)
        self._chips = QWidget()
        self._flow = FlowLayout(spacing=4)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._chips.setLayout(self._flow)
        self._chips.hide()
        self._row.addWidget(self._box, 1)
        column = self.layout()
        if column is not None:
            column.addWidget(self._chips)
        self.setFocusProxy(self._box)
        self.retranslate()

    def set_options(self, options: Sequence[tuple[Any, Words]]) -> None:
        """Offer these."""
        self._options = list(options)
        self._chosen = [value for value in self._chosen if value in [one for one, _words in options]]
        self.retranslate()

    def field(self) -> QWidget:
        return self._box

    def value(self) -> tuple[Any, ...]:
        return tuple(self._chosen)

    def set_value(self, value: Sequence[Any] | None) -> None:
        self._chosen = list(value or ())
        self.retranslate()

    def retranslate(self) -> None:
        with QSignalBlocker(self._box):
            self._box.clear()
            first = self._everything if not self._chosen else ""
            self._box.addItems([ui_text(first), *(ui_text(words) for _value, words in self._options)])
            self._box.setCurrentIndex(0)
        self._show_chips()
        super().retranslate()

    def _show_chips(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        words = dict(self._options)
        for value in self._chosen:
            chip = Button(words.get(value, ""), partial(self._drop, value), icon_name="close", kind="chip")
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._chosen))
        self.updateGeometry()

    def _on_activated(self, at: int) -> None:
        if at == 0:
            self._chosen = []
        elif self._options[at - 1][0] not in self._chosen:
            self._chosen.append(self._options[at - 1][0])
        self.retranslate()
        self._edited()

    def _drop(self, value: Any) -> None:
        self._chosen.remove(value)
        self.retranslate()
        self._edited()
