"""The values of a field, to be ticked: only these, or all but these."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from core.errors import CoreError
from core.i18n import _, _n
from core.reports import PivotField, PivotFilter, PivotValue
from desktop.reports.pivot.lines import words_of
from desktop.theme import row_height
from desktop.widgets import Button, Chip, DetailPanel, Label, ui_text
from desktop.widgets.head import SearchLine

VALUE = Qt.ItemDataRole.UserRole
MOST = 500
LIST_HEIGHT = 240


class FilterPanel(DetailPanel):
    """`chosen(PivotFilter)` with every tick."""

    chosen = Signal(object)

    def __init__(self, field: PivotField, now: PivotFilter | None) -> None:
        super().__init__(field.title, field.about)
        self._field = field.key
        self._keys = set(() if now is None else now.keys)
        self._is_without = now is not None and now.is_without
        self._is_filling = False
        self.search = SearchLine(self._narrow, _("Find a value"))
        self.values = QListWidget()
        self.values.setMinimumHeight(LIST_HEIGHT)
        self.values.setAccessibleName(ui_text(field.title))
        self.values.itemChanged.connect(self._on_tick)
        self._only = Chip(_("Only these"), is_on=not self._is_without)
        self._without = Chip(_("All but these"), is_on=self._is_without)
        self._only.clicked.connect(lambda _on=False: self._turn(is_without=False))
        self._without.clicked.connect(lambda _on=False: self._turn(is_without=True))
        ways = QWidget()
        line = QHBoxLayout(ways)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._only)
        line.addWidget(self._without)
        line.addStretch(1)
        self._note = Label("", "muted", wrap=True)
        self.add_widget(ways)
        self.add_widget(self.search)
        self.add_widget(self.values)
        self.add_widget(self._note)
        self.add_action(Button(_("Without this filter"), self.clear))
        self._say()

    def show_values(self, values: Sequence[PivotValue]) -> None:
        """The values there are, with those chosen ticked."""
        self._is_filling = True
        self.values.clear()
        for value in values:
            item = QListWidgetItem(words_of(value.title))
            item.setData(VALUE, value.key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value.key in self._keys else Qt.CheckState.Unchecked)
            hint = item.sizeHint()
            hint.setHeight(row_height() - 4)
            item.setSizeHint(hint)
            self.values.addItem(item)
        self._is_filling = False
        if self.values.count():
            self.values.setCurrentRow(0)
            self.values.setFocus()
        self._narrow(self.search.text())

    def show_error(self, error: CoreError) -> None:
        """The values could not be read."""
        self._note.set_words(error.text)

    def wanted(self) -> PivotFilter:
        """What is ticked."""
        ticked = [self.values.item(at) for at in range(self.values.count())]
        shown = [item.data(VALUE) for item in ticked if item.checkState() == Qt.CheckState.Checked]
        known = {item.data(VALUE) for item in ticked}
        keys = (*shown, *sorted((key for key in self._keys if key not in known), key=str))
        return PivotFilter(self._field, keys, self._is_without or not keys)

    def clear(self) -> None:
        """Take all ticks away."""
        self._keys = set()
        self._is_filling = True
        for at in range(self.values.count()):
            self.values.item(at).setCheckState(Qt.CheckState.Unchecked)
        self._is_filling = False
        self._tell()

    def _on_tick(self, _item: QListWidgetItem) -> None:
        if not self._is_filling:
            self._tell()

    def _turn(self, *, is_without: bool) -> None:
        self._is_without = is_without
        self._only.setChecked(not is_without)
        self._without.setChecked(is_without)
        self._tell()

    def _tell(self) -> None:
        self._keys = set(self.wanted().keys)
        self._say()
        self.chosen.emit(self.wanted())

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for at in range(self.values.count()):
            item = self.values.item(at)
            item.setHidden(bool(wanted) and wanted not in item.text().casefold())
        self._say()

    def _say(self) -> None:
        if not self._keys:
            self._note.set_words(_("Nothing is ticked: the field limits nothing."))
        elif self.values.count() >= MOST:
            self._note.set_words(_("The first {n} values are listed.", n=MOST))
        else:
            self._note.set_words(_n("{n} value ticked.", "{n} values ticked.", len(self._keys)))
