"""A span of days among a list's chips: usual spans in one tap, any other by its two days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Text, _
from desktop.widgets.chips import ChipRow, ChipSpec, MenuChip
from desktop.widgets.editors import DateEdit
from desktop.widgets.language import Words
from desktop.widgets.words import Label

RECENT: tuple[tuple[str, Text, int], ...] = (
    ("today", _("Today"), 0),
    ("week", _("Last 7 days"), 6),
    ("month", _("Last 30 days"), 29),
)
SEASONS: tuple[tuple[str, Text, int], ...] = (
    ("month", _("Last 30 days"), 29),
    ("quarter", _("Last 90 days"), 89),
    ("year", _("Last 365 days"), 364),
)
"""Each with how many days it goes back from today."""


class PeriodFilter(QObject):
    """Adds its chip and two days to a row of chips; `changed` when another span is meant.

    A day that cannot be read counts as open, its field says so.
    """

    changed = Signal()

    def __init__(
        self,
        chips: ChipRow,
        today: Callable[[], date],
        spans: Sequence[tuple[str, Text, int]] = RECENT,
        chosen: str | None = None,
    ) -> None:
        super().__init__(chips)
        self._today, self._spans, self._told = today, spans, (None, None)
        self._chip = chips.add(ChipSpec("period", _("Period"), tuple((key, words) for key, words, _days in spans)))
        assert isinstance(self._chip, MenuChip)
        self.first = DateEdit(_("From day"), today=today, is_past=True)
        self.last = DateEdit(_("To day"), today=today, is_past=True)
        for words, editor in ((_("From day"), self.first), (_("To day"), self.last)):
            chips.add_widget(_labelled(words, editor))
            editor.committed.connect(self._tell)
        self._chip.chosen.connect(self._on_chip)
        if chosen is not None:
            self._chip.choose(chosen)

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day; None where it is open."""
        return _day(self.first), _day(self.last)

    _told: tuple[date | None, date | None]

    def _on_chip(self, key: str | None) -> None:
        days = next((days for name, _words, days in self._spans if name == key), None)
        self.first.set_value(None if days is None else self._today() - timedelta(days=days))
        self.last.set_value(None if days is None else self._today())
        self._tell()

    def _tell(self, *_args: object) -> None:
        if self.days() != self._told:
            self._told = self.days()
            self.changed.emit()


def _day(editor: DateEdit) -> date | None:
    try:
        return editor.value()
    except CoreError:
        return None


def _labelled(words: Words, editor: DateEdit) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    line.addWidget(Label(words, "muted"))
    line.addWidget(editor)
    editor.setFixedWidth(168)
    return box
