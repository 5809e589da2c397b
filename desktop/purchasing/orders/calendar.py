"""Expected deliveries by day, a week or a month at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import purchasing
from core.errors import CoreError
from core.i18n import Text, _, _n, join, verbatim
from core.purchasing import CalendarDay, DueRow
from desktop.context import AppContext
from desktop.purchasing.orders.calendar_grid import MONTHS, DayGrid
from desktop.purchasing.orders.looks import day_words, due_look, items_words, named
from desktop.widgets import Badge, Button, Chip, DetailPanel, ErrorState, Label, line, money_words

WEEK, SHOWN_WEEKS = 7, 5
WIDE = 380


class CalendarPart(QWidget):
    """Arrows go from day to day, Page Up and Down to other weeks or months, Enter shows the deliveries of a day."""

    def __init__(
        self, context: AppContext, today: Callable[[], date], open_panel: Callable[..., object],
        close_panel: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._context, self._today, self._open_panel, self._close_panel = context, today, open_panel, close_panel
        self._first = _monday(today())
        self._is_month = False
        self._days: Sequence[CalendarDay] = ()
        self._text = ""
        self.grid = DayGrid()
        self.grid.opened.connect(self.open_day)
        self.grid.turned.connect(self.turn)
        self._says = Label("", "strong")
        self._sum = Label("", "muted")
        self.month = Chip(_("Month"))
        self.month.toggled.connect(self._on_month)
        self._error = ErrorState()
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._bar())
        column.addWidget(self.grid, 1)
        column.addWidget(self._error, 1)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(Button(_("Earlier"), lambda: self.turn(-1), icon_name="chevron-left", kind="icon"))
        bar.addWidget(Button(_("Today"), self.go_to_today, kind="chip"))
        bar.addWidget(Button(_("Later"), lambda: self.turn(1), icon_name="chevron-right", kind="icon"))
        bar.addWidget(self._says)
        bar.addStretch(1)
        bar.addWidget(self._sum)
        bar.addWidget(self.month)
        return bar

    # --- going about

    def span(self) -> tuple[date, date]:
        """The first and the last day shown; whole weeks, the month's or one after the other."""
        if not self._is_month:
            return self._first, self._first + timedelta(days=2 * WEEK - 1)
        first = self._first.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return _monday(first), _monday(last) + timedelta(days=WEEK - 1)

    def turn(self, by: int) -> None:
        """Weeks or months earlier or later."""
        if self._is_month:
            self._first = (self._first.replace(day=1) + timedelta(days=31 if by > 0 else -1)).replace(day=1)
        else:
            self._first += timedelta(days=by * WEEK)
        self.reload()

    def go_to_today(self) -> None:
        """Back to this week."""
        self._first = self._today().replace(day=1) if self._is_month else _monday(self._today())
        self.reload()

    def _on_month(self, is_on: bool) -> None:
        self._is_month = is_on
        middle = self._first + timedelta(days=WEEK - 1)
        self._first = middle.replace(day=1) if is_on else _monday(max(self._first, self._today()))
        self.reload()

    # --- asking

    def reload(self) -> None:
        """Ask for the days shown."""
        first, last = self.span()
        self._context.ops.ask(
            self, purchasing.list_calendar, from_on=first, to_on=last, key="calendar", then=self._take,
            failed=self.show_error,
        )  # fmt: skip

    def show_error(self, error: CoreError) -> None:
        """It could not be read."""
        self._error.say(error.text, self.reload)
        self.grid.hide()
        self._error.show()

    def narrow(self, text: str) -> None:
        """Only deliveries that fit these words."""
        self._text = text.casefold()
        self._show()

    def _take(self, days: Sequence[CalendarDay]) -> None:
        self._days = days
        self._error.hide()
        self.grid.show()
        self._show()

    def _show(self) -> None:
        if not self._days:
            return
        shown = [
            CalendarDay(one.day, tuple(row for row in one.deliveries if self._fits(row)), one.value)
            for one in self._days
        ]
        month = self._first.month if self._is_month else 0
        self.grid.show_days(shown, self._today(), month)
        self._says.set_words(self._title())
        count = sum(len(one.deliveries) for one in shown)
        parts: list[Text] = [_n("{n} delivery", "{n} deliveries", count)]
        values = [one.value for one in self._days if one.value is not None]
        if values:
            parts.append(verbatim(money_words(sum(values[1:], values[0]), sign=True)))
        self._sum.set_words(join(parts, " · "))

    def _title(self) -> Text:
        first, last = self.span()
        if self._is_month:
            return _("{month} {year}", month=MONTHS[self._first.month - 1], year=str(self._first.year))
        return _("{first} to {last}", first=first, last=last)

    def _fits(self, row: DueRow) -> bool:
        return self._text in f"{row.number} {row.supplier.zh} {row.supplier.en}".casefold()

    def open_day(self, day: CalendarDay) -> None:
        """The deliveries of a day beside the calendar; a single one opens its order."""
        if len(day.deliveries) == 1:
            self._context.shell.go("purchasing.order", order_id=day.deliveries[0].order_id)
        elif day.deliveries:
            self._open_panel(DayPanel(self._context, day, self._today()), WIDE)


class DayPanel(DetailPanel):
    """The deliveries of one day, each a link to its order."""

    def __init__(self, context: AppContext, day: CalendarDay, today: date) -> None:
        value = money_words(day.value, sign=True) if day.value is not None else ""
        super().__init__(verbatim(day_words(day.day)), value)
        for row in day.deliveries:
            self.add_widget(_delivery(context, row, today))


def _delivery(context: AppContext, row: DueRow, today: date) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    words = join([named(row.supplier), verbatim(row.number)], " · ")
    column.addWidget(Button(words, partial(context.shell.go, "purchasing.order", order_id=row.order_id), kind="link"))
    if row.days_late:
        column.addWidget(Badge(due_look(row, today)), 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(Label(items_words(row.first_items, row.lines), "small", wrap=True))
    if row.phone:
        column.addWidget(Label(row.phone, "small"))
    column.addWidget(line())
    return box


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
