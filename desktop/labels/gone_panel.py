"""Labels that hang for something no longer used: to be taken down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import labels
from core.i18n import _
from core.labels import StaleRow
from desktop.context import AppContext
from desktop.widgets import Button, Column, DetailPanel, Label, small_table

MOST = 200


class GonePanel(DetailPanel):
    """`changed` once they were taken down."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("To take down"), _("Their item or place is no longer used. In the order one walks."))
        self._context = context
        self._rows: list[StaleRow] = []
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.add_widget(holder)
        self.button = self.add_action(Button(_("All taken down"), self._take_down, kind="primary"))
        self.button.setEnabled(False)
        context.ops.ask(self, labels.list_stale_labels, then=self._on_rows)

    def _on_rows(self, rows: list[StaleRow]) -> None:
        spoken = self._context.language
        self._rows = [row for row in rows if row.is_gone]
        self.button.setEnabled(bool(self._rows))
        if not self._rows:
            self._column.addWidget(Label(_("Nothing is left to take down."), "muted"))
            return
        columns = [
            Column("place", _("Place"), 96, sortable=False),
            Column(
                "name", _("Label for"), 180, stretch=True, value=lambda row: row.name.render(spoken), sortable=False
            ),
            Column("code", _("Code"), 96, muted=True, sortable=False),
        ]
        self._column.addWidget(small_table(columns, self._rows[:MOST], _("To take down"), most=14))

    def _take_down(self) -> None:
        self.button.setEnabled(False)
        pairs = [(row.item_id, row.location_id) for row in self._rows]
        self._context.ops.do(self, labels.take_down_labels, pairs=pairs, then=self._done)

    def _done(self, count: int) -> None:
        self._context.shell.say(_("{n} labels taken down.", n=count))
        self.changed.emit()
        self.close_requested.emit()
