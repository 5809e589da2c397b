"""The time machine of a list: now, or how it was at any past moment."""

from __future__ import annotations

import re
from datetime import datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import CoreError, InvalidInput
from core.i18n import _
from desktop.stock.lists.known import Known
from desktop.widgets import Button, Chip, DateEdit
from desktop.widgets.editors.base import LineEditor

_TIME = re.compile(r"^(\d{1,2})\s*[:：.]?\s*(\d{2})$")


class TimeEdit(LineEditor):
    """A time of day: 18:30, 1830; empty is None."""

    def __init__(self) -> None:
        super().__init__(_("Time"), placeholder=_("18:30"))
        self._line.setFixedWidth(72)

    def value(self) -> time | None:
        typed = self._line.text().strip()
        if not typed:
            return None
        found = _TIME.match(typed)
        hour, minute = (int(found[1]), int(found[2])) if found else (99, 99)
        if hour > 23 or minute > 59:
            raise InvalidInput(_("A time is written like 14:30."))
        return time(hour, minute)

    def set_value(self, value: time | None) -> None:
        self._line.setText("" if value is None else f"{value:%H:%M}")

    def _on_left(self) -> None:
        if self._line.text().strip() and self.check_left():
            self.set_value(self.value())
        self.committed.emit()


class AsAt(QWidget):
    """A chip that opens a day and a time; without a time it is the end of that day. `changed` when another moment counts."""

    changed = Signal()

    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known
        self._told: datetime | None = None
        self.chip = Chip(_("As at"), icon_name="history")
        self.day = DateEdit(_("Day"), today=known.today, is_past=True)
        self.time = TimeEdit()
        self.now = Button(_("Now"), self.clear, kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.chip)
        for widget in (self.day, self.time, self.now):
            row.addWidget(widget)
            widget.hide()
        self.chip.toggled.connect(self._on_chip)
        self.day.committed.connect(self._look)
        self.time.committed.connect(self._look)

    def value(self) -> datetime | None:
        """The moment chosen; None for now, or while what stands there cannot be read."""
        try:
            day, at = self.day.value(), self.time.value()
        except CoreError:
            return self._told
        if day is None:
            return None
        return self._known.end_of(day) if at is None else self._known.moment_of(day, at)

    def is_on(self) -> bool:
        """Whether a past moment is shown."""
        return self._told is not None

    def set_moment(self, moment: datetime) -> None:
        """Choose a moment from outside."""
        site = self._known.moment_of(self._known.today(), time(0)).tzinfo
        here = moment.astimezone(site)
        self.day.set_value(here.date())
        self.time.set_value(here.time())
        self.chip.setChecked(True)
        self._look()

    def clear(self) -> None:
        """Back to now."""
        self.day.clear()
        self.time.clear()
        self.chip.setChecked(False)
        self._look()

    def _on_chip(self, is_on: bool) -> None:
        for widget in (self.day, self.time, self.now):
            widget.setVisible(is_on)
        self.updateGeometry()
        parent = self.parentWidget()
        if parent is not None:
            parent.updateGeometry()
        if is_on:
            self.day.field().setFocus()
        elif self._told is not None:
            self.clear()

    def _look(self) -> None:
        moment = self.value()
        if moment is not None and moment > self._known.now():
            moment = None
        if moment != self._told:
            self._told = moment
            self.changed.emit()
