"""The time a report is about, as chips: usual periods in one tap, any other by its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.clock import business_day, day_ends_at, day_starts_at
from core.errors import CoreError
from core.i18n import Text, _
from core.reports import ChartKind, ChartSpec, Span, SpanKind, span_of_period
from core.uow import SiteFacts
from core.words import Period
from desktop.context import AppContext
from desktop.widgets import Chip, ChipRow, DateEdit, Label, Words

PERIODS: tuple[tuple[Period, Text], ...] = (
    (Period.MONTH_TO_DATE, _("This month")),
    (Period.LAST_MONTH, _("Last month")),
    (Period.WEEK_TO_DATE, _("This week")),
    (Period.LAST_12_MONTHS, _("Last 12 months")),
)
MOMENTS: tuple[tuple[Period, Text], ...] = ((Period.MOMENT, _("Now")), (Period.LAST_MONTH, _("End of last month")))


class Timed(Protocol):
    """What has a time: a report, a pivot."""

    @property
    def span(self) -> SpanKind: ...

    @property
    def is_of_period(self) -> bool: ...

    @property
    def chart(self) -> ChartSpec | None: ...


class PeriodChips(QObject):
    """Adds its chips to a row; `changed` when the person means another time.

    `word` is the usual period chosen, empty for days of one's own: a saved view keeps the word, so that it is about the
    period as it is when it is opened.
    """

    changed = Signal()

    def __init__(
        self,
        context: AppContext,
        chips: ChipRow,
        entry: Timed,
        without: Sequence[Period] = (),
        site: SiteFacts | None = None,
    ) -> None:
        super().__init__(chips)
        site = site or context.office.site
        self._clock, self._zone, self._hour = context.office.clock, site.zone, site.day_start_hour
        self._kind = entry.span
        self._is_over_time = entry.chart is not None and entry.chart.kind is ChartKind.LINE and entry.chart.x == "month"
        self.word = ""
        self._chips: dict[Period, Chip] = {}
        for period, words in self._usual():
            if period in without:
                continue
            chip = Chip(words)
            chip.clicked.connect(lambda _on=False, period=period: self.choose(period))
            chips.add_widget(chip)
            self._chips[period] = chip
        self.first = DateEdit(_("From day"), today=self.today, is_past=True)
        self.last = DateEdit(_("To day"), today=self.today, is_past=True)
        if entry.span is SpanKind.PERIOD:
            self._add_day(chips, _("From day"), self.first)
        if entry.span is not SpanKind.NOW:
            self._add_day(chips, _("To day") if entry.is_of_period else _("As of"), self.last)
        self._told: object = None

    def set_shown(self, is_shown: bool) -> None:
        """Show the chips, or none of them where what is asked is about now."""
        days = [box for box in (self.first.parentWidget(), self.last.parentWidget()) if box is not None]
        for widget in (*self._chips.values(), *days):
            widget.setVisible(is_shown)

    def today(self) -> date:
        """The business day it is."""
        return business_day(self._clock.now(), self._zone, self._hour)

    def usual_word(self) -> Period | None:
        """The period a report opens with; a year where it goes by months."""
        if self._is_over_time and self._kind is SpanKind.PERIOD:
            return Period.LAST_12_MONTHS
        return None if self._kind is SpanKind.NOW else self._usual()[0][0]

    def span(self) -> Span:
        """The time chosen, as it is now."""
        if self._kind is SpanKind.NOW:
            return Span()
        if self.word:
            found = span_of_period(Period(self.word), self._clock.now(), self._zone, self._hour)
            if self._kind is SpanKind.MOMENT:
                return Span() if self.word == Period.MOMENT else Span(None, found.end)
            return found
        first, last = _day(self.first), _day(self.last)
        start = None if first is None or self._kind is SpanKind.MOMENT else day_starts_at(first, self._zone, self._hour)
        return Span(start, None if last is None else day_ends_at(last, self._zone, self._hour))

    def show(self, span: Span, word: str) -> None:
        """Show a time chosen elsewhere (a saved view, another report), without telling."""
        self.word = word if word in {period.value for period in Period} else ""
        shown = self.span() if self.word else span
        self.first.set_value(self._day_of(shown.start))
        self.last.set_value(self._day_of(shown.end))
        for period, chip in self._chips.items():
            chip.setChecked(period.value == self.word)
        self._told = self._standing()

    def choose(self, period: Period) -> None:
        """Choose a usual period."""
        self.show(Span(), period.value)
        self.changed.emit()

    # --- inside

    def _usual(self) -> tuple[tuple[Period, Text], ...]:
        return {SpanKind.PERIOD: PERIODS, SpanKind.MOMENT: MOMENTS, SpanKind.NOW: ()}[self._kind]

    def _add_day(self, chips: ChipRow, words: Words, editor: DateEdit) -> None:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(Label(words, "muted"))
        line.addWidget(editor)
        editor.setFixedWidth(156)
        editor.committed.connect(self._on_days)
        chips.add_widget(box)

    def _day_of(self, at: datetime | None) -> date | None:
        return None if at is None else business_day(at, self._zone, self._hour)

    def _standing(self) -> object:
        return self.word, _day(self.first), _day(self.last)

    def _on_days(self) -> None:
        if self._standing() == self._told:
            return
        first, last = _day(self.first), _day(self.last)
        if first is not None and last is not None and last < first:
            self.last.set_error(_("The period ends before it starts."))
            return
        self.last.set_error(None)
        self.word = ""
        for chip in self._chips.values():
            chip.setChecked(False)
        self._told = self._standing()
        self.changed.emit()


def _day(editor: DateEdit) -> date | None:
    try:
        return editor.value()
    except CoreError:
        return None
