"""A chip whose menu lets several values be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from core.i18n import _
from desktop.widgets import Button, Words, restyle, ui_text

Options = Sequence[tuple[Any, Words]]


class ManyChip(Button):
    """Shows "Category: Meat +1". A tap on a value adds it or takes it away; All takes all away. `chosen(values)`."""

    chosen = Signal(object)

    def __init__(self, words: Words, options: Options = ()) -> None:
        self._label, self._options = words, tuple(options)
        self._values: tuple[Any, ...] = ()
        super().__init__(words, kind="chip")
        self.setProperty("withmenu", True)
        self.setCheckable(True)
        restyle(self)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self.retranslate()

    def set_options(self, options: Options) -> None:
        """Offer these; what is chosen stays."""
        self._options = tuple(options)
        self.retranslate()

    def values(self) -> tuple[Any, ...]:
        """What is chosen; empty for all."""
        return self._values

    def set_values(self, values: Sequence[Any]) -> None:
        """Show these as chosen, without telling."""
        self._values = tuple(values)
        self.retranslate()

    def toggle_value(self, value: Any) -> None:
        """Choose a value or take it away, as a tap in the menu does; None takes all away."""
        if value is None:
            self._values = ()
        elif value in self._values:
            self._values = tuple(one for one in self._values if one != value)
        else:
            self._values = (*self._values, value)
        self.retranslate()
        self.chosen.emit(self._values)

    def retranslate(self) -> None:
        label = ui_text(self._label)
        names = [ui_text(words).strip() for value, words in self._options if value in self._values]
        more = len(self._values) - 1
        if self._values:
            label = f"{label}: {names[0] if names else '…'}" + (f" +{more}" if more > 0 else "")
        self.setText(label)
        self.setAccessibleName(label)
        with QSignalBlocker(self):
            self.setChecked(bool(self._values))

    def nextCheckState(self) -> None:
        """Whether it looks pressed follows the values, not the click."""

    def _fill(self) -> None:
        self._menu.clear()
        for value, words in ((None, _("All")), *self._options):
            action = QAction(ui_text(words), self._menu)
            action.setCheckable(True)
            action.setChecked(value in self._values if value is not None else not self._values)
            action.triggered.connect(lambda _on=False, value=value: self.toggle_value(value))
            self._menu.addAction(action)


class ExactChip(ManyChip):
    """Just one value, as a row of another report had it, with the words that say it; a tap takes it away. It is seen only
    while it has one."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._chosen: tuple[Any, ...] = ()
        self.hide()

    def values(self) -> tuple[Any, ...]:
        return self._chosen if self._values else ()

    def set_values(self, values: Sequence[Any]) -> None:
        self._chosen = tuple(values)
        self.set_options([(values[0], str(values[-1]) or "–")] if values else [])
        super().set_values(self._chosen[:1])

    def retranslate(self) -> None:
        super().retranslate()
        self.setVisible(bool(self._values))


class OneChip(ManyChip):
    """One of several words, or none."""

    def toggle_value(self, value: Any) -> None:
        self._values = () if value is None or value in self._values else (value,)
        self.retranslate()
        self.chosen.emit(self._values)
