"""Filters as chips: one tap narrows a list, and it can be seen what it is narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.i18n import _
from desktop.widgets.flow import FlowLayout
from desktop.widgets.language import Words, ui_text
from desktop.widgets.words import Button, restyle


class Chip(Button):
    """A filter that is on or off."""

    def __init__(self, words: Words, *, icon_name: str = "", is_on: bool = False) -> None:
        super().__init__(words, icon_name=icon_name, kind="chip")
        self.setCheckable(True)
        self.setChecked(is_on)


class MenuChip(Button):
    """A filter with values: shows "Place: all" or the value chosen. `chosen(value)`."""

    chosen = Signal(object)

    def __init__(self, words: Words, options: Sequence[tuple[Any, Words]]) -> None:
        self._label, self._options, self._value = words, tuple(options), None
        super().__init__(words, kind="chip")
        self.setProperty("withmenu", True)
        self.setCheckable(True)
        restyle(self)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self.retranslate()

    _value: Any

    def set_options(self, options: Sequence[tuple[Any, Words]]) -> None:
        """Offer other values; one that is gone is no longer chosen."""
        self._options = tuple(options)
        if self._value not in [value for value, _words in options]:
            self.choose(None)
        self.retranslate()

    def value(self) -> Any:
        """The value chosen, None for all."""
        return self._value

    def choose(self, value: Any) -> None:
        """Choose a value (None for all); tells `chosen` when it is another."""
        is_new = value != self._value
        self._value = value
        self.retranslate()
        if is_new:
            self.chosen.emit(value)

    def retranslate(self) -> None:
        found = next((words for value, words in self._options if value == self._value), None)
        label = ui_text(self._label)
        if found is not None and self._value is not None:
            label = ui_text(_("{name}: {value}", name=label, value=ui_text(found).strip()))
        self.setText(label)
        self.setAccessibleName(self.text())
        with QSignalBlocker(self):
            self.setChecked(self._value is not None)

    def nextCheckState(self) -> None:
        """Whether it looks pressed follows the value, not the click."""

    def _fill(self) -> None:
        self._menu.clear()
        for value, words in ((None, _("All")), *self._options):
            action = QAction(ui_text(words), self._menu)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _on=False, value=value: self.choose(value))
            self._menu.addAction(action)


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """A chip to be: with options it has a menu, without it is on or off."""

    key: str
    words: Words
    options: tuple[tuple[Any, Words], ...] | None = None
    is_on: bool = False


class ChipRow(QWidget):
    """Chips in a row. `values()` gives key to True/False or the value chosen; `changed` when the person taps one."""

    changed = Signal()

    def __init__(self, specs: Sequence[ChipSpec] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, Chip | MenuChip] = {}
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(0, 2, 0, 2)
        self.hide()
        for spec in specs:
            self.add(spec)

    def add(self, spec: ChipSpec) -> Chip | MenuChip:
        """Add a chip at the end."""
        chip: Chip | MenuChip
        if spec.options is None:
            chip = Chip(spec.words, is_on=spec.is_on)
            chip.toggled.connect(lambda _on: self.changed.emit())
        else:
            chip = MenuChip(spec.words, spec.options)
            chip.chosen.connect(lambda _value: self.changed.emit())
        self._chips[spec.key] = chip
        self._flow.addWidget(chip)
        self.show()
        return chip

    def add_widget(self, widget: QWidget) -> None:
        """Put something else into the row."""
        self._flow.addWidget(widget)
        self.show()

    def chip(self, key: str) -> Chip | MenuChip:
        """A chip by its key."""
        return self._chips[key]

    def values(self) -> dict[str, Any]:
        """What is chosen."""
        return {
            key: chip.value() if isinstance(chip, MenuChip) else chip.isChecked() for key, chip in self._chips.items()
        }

    def set_value(self, key: str, value: Any) -> None:
        """Choose from outside, telling `changed` if it is something else."""
        chip = self._chips[key]
        if isinstance(chip, MenuChip):
            chip.choose(value)
        else:
            chip.setChecked(bool(value))

    def has_any(self) -> bool:
        """Whether anything narrows the list."""
        return any(value not in (None, False) for value in self.values().values())
