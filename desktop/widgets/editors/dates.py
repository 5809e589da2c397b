"""A date by shorthand or from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from core.dates import NEVER, parse_date, shift_months
from core.errors import CoreError, InvalidInput
from core.i18n import _
from desktop.widgets.editors.base import LineEditor
from desktop.widgets.figures import date_words
from desktop.widgets.language import Words, language, ui_text
from desktop.widgets.words import Button, Label

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 7,
    Qt.Key.Key_PageDown: -7,
}


class DateEdit(LineEditor):
    """A day. Takes 2026-05-17, 0517, +3d, w23, t for today, x for never (where that is allowed).

    Up and Down move by a day, PageUp and PageDown by a week, with Ctrl by a month. `today` says what day it is.
    """

    def __init__(
        self, name: Words = "", *, today: Callable[[], date], is_past: bool = False, never: bool = False
    ) -> None:
        self._never = Label(_("no limit"), "muted")
        super().__init__(name, placeholder=_("0517, +3d, w23"))
        self._today, self._is_past, self._may_never = today, is_past, never
        self._line.setMinimumWidth(128)
        self._line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._never.hide()
        self._row.addWidget(self._never)
        self._button = Button(_("Calendar"), self._show_calendar, icon_name="today", kind="icon")
        self._row.addWidget(self._button)
        self._line.textChanged.connect(lambda _text: self._never.hide())

    def value(self) -> date | None:
        typed = self._line.text().strip()
        if not typed:
            return None
        day = NEVER if typed == date_words(NEVER) else parse_date(typed, self._today(), is_past=self._is_past)
        if day == NEVER and not self._may_never:
            raise InvalidInput(_("A date is needed here; “never” is not possible."))
        return day

    def set_value(self, value: date | None) -> None:
        self._line.setText("" if value is None else date_words(value))
        self._never.setVisible(value == NEVER)

    def set_read_only(self, is_read_only: bool) -> None:
        super().set_read_only(is_read_only)
        self._button.setEnabled(not is_read_only)

    def step(self, days: int, months: int = 0) -> None:
        """Move the date; from today when the field is empty."""
        try:
            day = self.value() or self._today()
        except CoreError:
            return
        if day != NEVER:
            self.set_value(shift_months(day, months) + timedelta(days=days))
            self._edited()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._line.isReadOnly():
            days = _STEPS.get(Qt.Key(event.key()))
            if days is not None:
                is_month = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self.step(0 if is_month else days, (1 if days > 0 else -1) if is_month else 0)
                return True
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        if self._line.text().strip() and self.check_left():
            self.set_value(self.value())
        self.committed.emit()

    def _show_calendar(self) -> None:
        popup = _Calendar(self, self._shown_day())
        popup.move(self._line.mapToGlobal(QPoint(0, self._line.height() + 4)))
        popup.show()

    def _shown_day(self) -> date:
        try:
            day = self.value()
        except CoreError:
            day = None
        return self._today() if day is None or day == NEVER else day

    def pick(self, day: date) -> None:
        """Take a day as if the person had typed it."""
        self.set_value(day)
        self._edited()
        self.check()
        self._line.setFocus()
        self.committed.emit()


class _Calendar(QWidget):
    """A calendar that goes away by itself."""

    def __init__(self, owner: DateEdit, day: date) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setAccessibleName(ui_text(_("Calendar")))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, calendar.weekdayTextFormat(Qt.DayOfWeek.Monday))
        calendar.setLocale(QLocale("zh_CN" if language() == "zh" else "en_GB"))
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(calendar)
        self._owner = owner
        calendar.setFocus()

    def _on_picked(self, day: QDate) -> None:
        self._owner.pick(date(day.year(), day.month(), day.day()))
        self.close()
