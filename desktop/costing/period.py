"""The period the review is about: this month, last month, or any days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.costing import Days, last_month, month_to_date
from core.errors import CoreError
from core.i18n import _
from desktop.widgets import Chip, ChipRow, DateEdit, Label, Words


class PeriodChooser(QObject):
    """Two chips and two dates in the page's row of chips. `changed(Days)` when the person chooses another period."""

    changed = Signal(object)

    def __init__(self, chips: ChipRow, today: Callable[[], date], days: Days) -> None:
        super().__init__(chips)
        self._today, self._days = today, days
        self._presets: list[tuple[Chip, Callable[[date], Days]]] = []
        for words, preset in ((_("This month"), month_to_date), (_("Last month"), last_month)):
            chip = Chip(words)
            chip.clicked.connect(lambda _on=False, preset=preset: self.choose(preset(self._today())))
            chips.add_widget(chip)
            self._presets.append((chip, preset))
        self.first = DateEdit(_("From day"), today=today, is_past=True)
        self.last = DateEdit(_("To day"), today=today, is_past=True)
        for words, editor in ((_("From day"), self.first), (_("To day"), self.last)):
            chips.add_widget(_labelled(words, editor))
            editor.committed.connect(self._on_dates)
        self._show()

    @property
    def days(self) -> Days:
        """The period chosen."""
        return self._days

    def choose(self, days: Days) -> None:
        """Choose a period; tells `changed` when it is another."""
        is_new = days != self._days
        self._days = days
        self._show()
        if is_new:
            self.changed.emit(days)

    def follow(self) -> bool:
        """A new day began while this month was chosen: take it in. Tells whether the period is another."""
        today = self._today()
        is_current = self._days.first == today.replace(day=1) and self._days.last < today
        if is_current and self._was_to_date:
            self._days = month_to_date(today)
            self._show()
            return True
        return False

    def _show(self) -> None:
        today = self._today()
        self._was_to_date = self._days == month_to_date(today)
        for chip, preset in self._presets:
            chip.setChecked(self._days == preset(today))
        self.first.set_value(self._days.first)
        self.last.set_value(self._days.last)

    def _on_dates(self) -> None:
        try:
            first, last = self.first.value(), self.last.value()
        except CoreError:
            return
        if first is None or last is None:
            self._show()
            return
        if last < first:
            self.last.set_error(_("The period ends before it starts."))
            return
        self.last.set_error(None)
        self.choose(Days(first, last))


def _labelled(words: Words, editor: DateEdit) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(Label(words, "muted"))
    row.addWidget(editor)
    editor.setFixedWidth(168)
    return box
