"""Today's waste as a panel: each entry with Undo, for as long as the day lasts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import Text, _, _n
from desktop.context import AppContext
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.waste_rules import WasteDay, WasteRow
from desktop.widgets import Button, Label, line, local_time, money_words, number_words, scrolled

MOST_SHOWN = 200


class WasteDayPanel(QFrame):
    """The list. `undo_pressed(WasteRow)`."""

    close_requested = Signal()
    undo_pressed = Signal(object)

    def __init__(self, context: AppContext, finder: Finder, reason_word: Callable[[str], str]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._context, self._finder, self._reason_word = context, finder, reason_word
        self._title = Label(_("Waste of today"), "heading")
        self._total = Label("", "muted")
        close = Button(_("Back to the tiles"), self.close_requested.emit, icon_name="close", kind="icon")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._total)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 8)
        head.addLayout(words, 1)
        head.addWidget(close)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 0, 16, 16)
        self._rows.setSpacing(0)
        inner = QWidget()
        inner.setLayout(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(scrolled(inner), 1)

    def show_day(self, day: WasteDay) -> None:
        """Show what stands now."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._total.set_words(total_words(day) if day.rows else "")
        if not day.rows:
            self._rows.addWidget(Label(_("Nothing was wasted today."), "muted", wrap=True))
        seen: set[int] = set()
        for row in day.rows[:MOST_SHOWN]:
            self._rows.addWidget(self._row(row, has_undo=row.posting_id not in seen))
            self._rows.addWidget(line())
            seen.add(row.posting_id)
        self._rows.addStretch(1)

    def _row(self, row: WasteRow, *, has_undo: bool) -> QWidget:
        name = row.goods.title(self._context.language)
        amount = f"{number_words(row.qty)} {self._finder.unit_word(row.goods.base_unit)}"
        upper, lower = QHBoxLayout(), QHBoxLayout()
        what = Label(f"{name}  {amount}", "strong")
        what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        upper.addWidget(what, 1)
        if row.value is not None:
            upper.addWidget(Label(money_words(row.value, sign=True)))
        about = Label(f"{local_time(row.at):%H:%M} · {self._reason_word(row.reason)} · {row.by}", "small")
        about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        lower.addWidget(about, 1)
        if has_undo:
            words = _("Undo") if row.lines == 1 else _("Undo {n} lines", n=row.lines)
            undo = Button(words, lambda: self.undo_pressed.emit(row), kind="link")
            undo.setAccessibleDescription(f"{name} {amount}")
            lower.addWidget(undo)
        both = QVBoxLayout()
        both.setContentsMargins(0, 8, 0, 8)
        both.setSpacing(0)
        both.addLayout(upper)
        both.addLayout(lower)
        cell = QWidget()
        cell.setLayout(both)
        return cell


def total_words(day: WasteDay) -> Text:
    """Today's total in one line."""
    if not day.rows:
        return _("Nothing wasted today")
    count = _n("{n} entry", "{n} entries", len(day.rows))
    if day.value is None:
        return _("Today {count}", count=count)
    return _("Today {count}, {amount}", count=count, amount=money_words(day.value, sign=True))
