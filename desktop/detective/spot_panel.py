"""An item nobody counted yet: at which place, and how much lies there. Then it can be looked into."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import catalog, stock
from core.errors import CoreError
from core.i18n import _
from core.stock import OnHandRow
from desktop.context import AppContext
from desktop.widgets import Button, DetailPanel, Label, Notice, QtyEdit, language, number_words


class SpotPanel(DetailPanel):
    """Lists the item's places with what the book has. `asked(location_id, lot_id, counted)`; counted None takes the book
    alone, where it is below zero."""

    asked = Signal(int, int, object)

    def __init__(self, context: AppContext, item_id: int) -> None:
        super().__init__("…")
        self._context = context
        self.edits: list[QtyEdit] = []
        self._notice = Notice()
        self._notice.hide()
        self.add_widget(self._notice)
        self._places = QVBoxLayout()
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(12)
        box = QWidget()
        box.setLayout(self._places)
        self.add_widget(box)
        self._item_id = item_id
        self._units: dict[str, str] = {}
        context.ops.ask(self, catalog.list_units, then=self._take_units, failed=self._failed)

    def _take_units(self, rows: list[catalog.UnitRow]) -> None:
        is_english = language() == "en"
        self._units = {row.code: (row.name_en or row.name) if is_english else row.name for row in rows}
        ask = self._context.ops.ask
        ask(self, stock.list_on_hand, then=self._take, failed=self._failed, item_id=self._item_id)

    def _take(self, rows: list[OnHandRow]) -> None:
        if not rows:
            self.set_title(
                _("Nothing in the book"), _("The book has this item nowhere. Count the place where it lies.")
            )
            start = lambda: self._context.shell.go("stock.counts", is_starting=True)  # noqa: E731
            if self._context.shell.can_go("stock.counts"):
                self.add_action(Button(_("Start a new count"), start, icon_name="count"))
            return
        first = rows[0]
        name = (first.item_name_en or first.item_name) if language() == "en" else first.item_name
        self.set_title(name, first.item_code)
        self._places.addWidget(Label(_("How much lies on the shelf? Enter looks into it."), "muted", wrap=True))
        for row in rows:
            self._places.addWidget(self._place(row))
        self.edits[0].setFocus()

    def _place(self, row: OnHandRow) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        place = (row.location_name_en or row.location_name) if language() == "en" else row.location_name
        where, unit = f"{place}  {row.lot}".rstrip(), self._units.get(row.unit, row.unit)
        column.addWidget(
            Label(_("{place}: the book has {qty} {unit}", place=where, qty=number_words(row.qty), unit=unit))
        )
        if row.qty < 0:
            look = partial(self.asked.emit, row.location_id, row.lot_id, None)
            column.addWidget(Button(_("Why is it below zero?"), look, icon_name="search"))
        edit = QtyEdit(_("On the shelf at {place}", place=where), unit=unit)
        edit.field().returnPressed.connect(partial(self._entered, row, edit))
        self.edits.append(edit)
        column.addWidget(edit)
        return box

    def _entered(self, row: OnHandRow, edit: QtyEdit) -> None:
        try:
            counted: Decimal | None = edit.value()
        except CoreError as error:
            self._failed(error)
            return
        if counted is not None:
            self.asked.emit(row.location_id, row.lot_id, counted)

    def _failed(self, error: CoreError) -> None:
        self._notice.say(error.text)
        self._notice.show()
