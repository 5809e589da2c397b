"""A filter of several records: each is searched for as elsewhere, those chosen stand in a chip whose menu takes them away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.reports import Chosen
from desktop.reports.report.many import ManyChip
from desktop.widgets import Found, RecordPicker, Words

PICKER_WIDTH = 160
Answer = Callable[[Sequence[Found]], None]
Complete = Callable[[str, Answer], object]
Known = Callable[[Sequence[Any], Answer], object]
"""Asked with ids; calls back with their records."""


class RecordsFilter(QWidget):
    """`changed` when the person adds a record or takes one away. After a pick the field is empty for the next one."""

    changed = Signal()

    def __init__(self, title: Words, complete: Complete, known: Known) -> None:
        super().__init__()
        self._known = known
        self._found: dict[Any, Found] = {}
        self.picker = RecordPicker(title, complete, placeholder=title)
        self.picker.setFixedWidth(PICKER_WIDTH)
        self.chip = ManyChip(title)
        self.chip.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.picker)
        line.addWidget(self.chip)
        self.picker.picked.connect(self.add)
        self.chip.chosen.connect(self._on_chosen)

    def values(self) -> Chosen:
        """The ids chosen; empty for all."""
        return tuple(self.chip.values())

    def add(self, record: Found) -> None:
        """One record more."""
        self.picker.set_record(None)
        if record.id not in self.values():
            self._found[record.id] = record
            self._show((*self.values(), record.id))
            self.changed.emit()

    def set_values(self, values: Chosen) -> None:
        """Show these as chosen, by their names as soon as those are known, without telling."""
        self._show(values)
        missing = [one for one in values if one not in self._found]
        if missing:
            self._known(missing, self._on_known)

    def _on_known(self, records: Sequence[Found]) -> None:
        self._found.update({one.id: one for one in records})
        self._show(self.values())

    def _on_chosen(self, values: tuple[Any, ...]) -> None:
        self._show(values)
        self.changed.emit()

    def _show(self, values: Chosen) -> None:
        self.chip.set_options([(one, self._found[one].words()) for one in values if one in self._found])
        self.chip.set_values(values)
        self.chip.setVisible(bool(values))
        self.updateGeometry()
