"""A period as a filter: a usual one by a tap, or two days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from desktop.stock.lists.known import Known
from desktop.widgets import DateEdit, Label, MenuChip, Words

USUAL: tuple[tuple[str, Words], ...] = (
    ("today", _("Today")),
    ("yesterday", _("Yesterday")),
    ("week", _("Last 7 days")),
    ("month", _("Last 30 days")),
    ("this_month", _("This month")),
    ("last_month", _("Last month")),
    ("days", _("Days")),
)


def days_of(usual: str, today: date) -> tuple[date, date]:
    """The first and last day of a usual period, seen from a business day."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    known = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "week": (today - timedelta(days=6), today),
        "month": (today - timedelta(days=29), today),
        "this_month": (first, today),
        "last_month": (before.replace(day=1), before),
    }
    return known.get(usual, (first, today))


class Period(QWidget):
    """`changed` when other days count; `span()` their moments."""

    changed = Signal()

    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known
        self._told: tuple[date | None, date | None] = (None, None)
        self.chip = MenuChip(_("Period"), USUAL)
        self.first = DateEdit(_("From day"), today=known.today, is_past=True)
        self.last = DateEdit(_("To day"), today=known.today, is_past=True)
        self._to = Label(_("to"), "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.chip, self.first, self._to, self.last):
            row.addWidget(widget)
        self._show_days(False)
        self.chip.chosen.connect(self._on_chosen)
        self.first.committed.connect(self._look)
        self.last.committed.connect(self._look)

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day, None without limit; days that cannot be read stay as they were."""
        usual = self.chip.value()
        if usual is None:
            return None, None
        if usual != "days":
            return days_of(usual, self._known.today())
        try:
            return self.first.value(), self.last.value()
        except CoreError:
            return self._told

    def span(self) -> tuple[datetime | None, datetime | None]:
        """The first and the last moment."""
        first, last = self.days()
        return (
            None if first is None else self._known.start_of(first),
            None if last is None else self._known.end_of(last),
        )

    def is_on(self) -> bool:
        """Whether a period is chosen."""
        return self.chip.value() is not None

    def choose(self, usual: str) -> None:
        """Choose a usual period from outside."""
        self.chip.choose(usual)

    def choose_days(self, first: date, last: date) -> None:
        """Choose two days from outside."""
        self.chip.choose("days")
        self.first.set_value(first)
        self.last.set_value(last)
        self._look()

    def clear(self) -> None:
        """All days."""
        self.chip.choose(None)

    def _on_chosen(self, usual: str | None) -> None:
        self._show_days(usual == "days")
        if usual == "days":
            first, last = self._told
            self.first.set_value(first)
            self.last.set_value(last)
            self.first.field().setFocus()
        self._look()

    def _show_days(self, is_shown: bool) -> None:
        for widget in (self.first, self._to, self.last):
            widget.setVisible(is_shown)
        self.updateGeometry()

    def _look(self) -> None:
        days = self.days()
        if days != self._told:
            self._told = days
            self.changed.emit()
