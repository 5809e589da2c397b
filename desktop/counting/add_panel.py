"""Goods found where the sheet does not list them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from core import catalog, counting, stock
from core.catalog import ItemRow
from core.counting import LineHit
from core.errors import CoreError
from core.i18n import _
from core.stock import LocationRow
from core.words import LocationKind
from desktop.context import AppContext
from desktop.widgets import Button, Choice, CodeEdit, DateEdit, DetailPanel, Form, Found, RecordPicker, local_time

MOST_FOUND = 12


class AddPanel(DetailPanel):
    """Which item, where, which lot. `added(line_id)`."""

    added = Signal(int)

    def __init__(self, context: AppContext, count_id: int, *, place: int | None, hit: LineHit | None) -> None:
        super().__init__(_("Add an item"), _("For goods that lie here and are not on the sheet."))
        self._context, self._count_id, self._place = context, count_id, place
        self.form = Form()
        self._item = RecordPicker(_("Item"), self._complete)
        self._choice = Choice()
        self.form.add("item_id", _("Item"), self._item, required=True)
        self.form.add("location_id", _("Place"), self._choice, required=True)
        self.form.add("lot", _("Lot"), CodeEdit())
        self.form.add(
            "expires_on",
            _("Expires"),
            DateEdit(today=lambda: local_time(context.office.clock.now()).date()),
            hint=_("Only for a lot that is new."),
        )
        self.add_widget(self.form)
        self._button = self.add_action(Button(_("Add"), self.add, kind="primary"))
        self.add_action(Button(_("Cancel"), self.close_requested.emit))
        self.form.submitted.connect(self.add)
        context.ops.ask(self, stock.list_locations, then=self._take_places)
        if hit is not None:
            name = (hit.name_en or hit.name) if context.language == "en" else hit.name
            self._item.set_record(Found(hit.item_id, hit.code, name))

    def begin(self) -> None:
        """Put the keyboard where it is needed."""
        (self._choice if self._item.record() is not None else self._item).setFocus()

    def add(self) -> None:
        """Add the line, once."""
        values = self.form.read() if self._button.isEnabled() else None
        if values is None:
            return
        self._button.setEnabled(False)
        self._context.ops.do(
            self,
            counting.add_count_line,
            then=self.added.emit,
            failed=self.show_error,
            count_id=self._count_id,
            item_id=values["item_id"],
            location_id=values["location_id"],
            lot=values["lot"] or "",
            expires_on=values["expires_on"],
        )

    def show_error(self, error: CoreError) -> None:
        """It was not added: say why at its field."""
        self._button.setEnabled(True)
        if error.field in ("item", "location"):
            error.field += "_id"
        self.form.show_error(error)

    def _complete(self, text: str, found: Callable[[Sequence[Found]], None]) -> None:
        tongue = self._context.language

        def take(rows: Sequence[ItemRow]) -> None:
            found([Found(row.id, row.code, row.title(tongue), row.spec) for row in rows])

        self._context.ops.ask(self, catalog.search_items, then=take, text=text, limit=MOST_FOUND)

    def _take_places(self, rows: Sequence[LocationRow]) -> None:
        english = self._context.language == "en"
        self._choice.set_options(
            [
                (row.location_id, (row.name_en or row.name) if english else row.name)
                for row in rows
                if row.is_active and row.kind is not LocationKind.TRANSIT
            ]
        )
        if self._place is not None:
            self._choice.set_value(self._place)
