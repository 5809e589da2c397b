"""Which month is looked at: the one before, a menu of all, the one after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from core.costing import STATE_TITLES, MonthRow
from core.i18n import _
from desktop.widgets import Button, restyle, ui_text


class MonthChooser(QWidget):
    """`chosen(month)` when the person chooses another one. Months come newest first."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[MonthRow] = ()
        self._month = ""
        self.earlier = Button(_("Month before"), lambda: self.step(1), icon_name="chevron-left", kind="icon")
        self.later = Button(_("Month after"), lambda: self.step(-1), icon_name="chevron-right", kind="icon")
        self.menu_button = Button("", kind="chip")
        self.menu_button.setProperty("withmenu", True)
        restyle(self.menu_button)
        self._menu = QMenu(self.menu_button)
        self._menu.aboutToShow.connect(self._fill)
        self.menu_button.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.earlier, self.menu_button, self.later):
            row.addWidget(part)

    @property
    def month(self) -> str:
        """The month chosen, empty before any is known."""
        return self._month

    @property
    def row(self) -> MonthRow | None:
        """What is known of it."""
        return next((one for one in self._rows if one.month == self._month), None)

    @property
    def rows(self) -> Sequence[MonthRow]:
        """All months, the newest first."""
        return self._rows

    def set_months(self, rows: Sequence[MonthRow], month: str) -> None:
        """Offer these, with one of them chosen; tells nobody."""
        self._rows, self._month = rows, month
        self._show()

    def choose(self, month: str) -> None:
        """Choose a month; tells `chosen` when it is another."""
        is_new = month != self._month
        self._month = month
        self._show()
        if is_new:
            self.chosen.emit(month)

    def step(self, older: int) -> None:
        """So many months earlier (below zero: later), as far as there are months."""
        at = self._at() + older
        if 0 <= at < len(self._rows):
            self.choose(self._rows[at].month)

    def _at(self) -> int:
        return next((at for at, one in enumerate(self._rows) if one.month == self._month), 0)

    def _show(self) -> None:
        self.menu_button.set_words(_("Month: {month}", month=self._month))
        self.earlier.setEnabled(self._at() + 1 < len(self._rows))
        self.later.setEnabled(self._at() > 0)

    def _fill(self) -> None:
        self._menu.clear()
        for one in self._rows:
            action = QAction(f"{one.month}  {ui_text(STATE_TITLES[one.state])}", self._menu)
            action.setCheckable(True)
            action.setChecked(one.month == self._month)
            action.triggered.connect(lambda _on=False, month=one.month: self.choose(month))
            self._menu.addAction(action)
