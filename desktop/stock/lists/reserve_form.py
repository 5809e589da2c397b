"""The form that keeps stock back for somebody; it says at once how much may still be promised."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core import catalog, stock
from core.i18n import _
from desktop.context import AppContext
from desktop.stock.lists.items import found_item, item_completion
from desktop.stock.lists.known import Known
from desktop.widgets import DateEdit, Form, FormPanel, Found, Label, QtyEdit, RecordPicker, TextEdit, number_words


class ReserveForm:
    """`panel` is shown by the page."""

    def __init__(self, context: AppContext, known: Known, item_id: int | None = None) -> None:
        self._context, self._known = context, known
        self.form = Form()
        self.panel = FormPanel(
            _("Reserve goods"), self.form, self._send, verb=_("Reserve"),
            subtitle=_("It stays where it is, but nobody else can be promised it."),
        )  # fmt: skip
        self.picker = RecordPicker(_("Item"), item_completion(context, self.panel))
        self.qty = QtyEdit()
        self.form.add("item_id", _("Item"), self.picker, required=True)
        self.form.add("qty", _("Quantity"), self.qty, required=True)
        self.available = Label("", "small", wrap=True)
        self.available.hide()
        self.form.add_widget(self.available)
        self.form.add("purpose", _("For"), TextEdit(placeholder=_("Order, party or person"), most=120), required=True)
        self.form.add("needed_on", _("Needed on"), DateEdit(today=known.today))
        self.form.mark_unchanged()
        self.picker.picked.connect(self._on_picked)
        if item_id is not None:
            context.ops.ask(self.panel, catalog.list_items_page, ids=[item_id], then=self._on_preset)

    def _on_preset(self, rows: list[catalog.ItemRow]) -> None:
        for row in rows:
            found = found_item(row, self._context.language)
            self.picker.set_record(found)
            self.form.mark_unchanged()
            self._on_picked(found)
            self.qty.field().setFocus()

    def _on_picked(self, found: Found) -> None:
        ask = self._context.ops.ask
        ask(self.panel, catalog.list_item_units, item_id=found.id, then=self._on_units)
        unit = self._known.unit(found.data.base_unit)
        ask(
            self.panel, stock.get_availability, item_id=found.id,
            then=lambda row: self._say_available(row.available, unit),
        )  # fmt: skip

    def _say_available(self, available: Decimal, unit: str) -> None:
        self.available.set_words(_("{qty} {unit} may still be promised.", qty=number_words(available), unit=unit))
        self.available.show()

    def _on_units(self, table: catalog.UnitTable) -> None:
        self.qty.set_units([(unit, self._known.unit(unit)) for unit in table.units()])
        self.qty.set_unit(table.issue or table.base)

    def _send(self, values: dict[str, Any]) -> None:
        def then(answer: object) -> None:
            self._context.shell.say(_("Reserved for {purpose}.", purpose=values["purpose"]))
            self.panel.done(answer)

        self._context.ops.do(
            self.panel, stock.reserve_stock, then=then, item_id=values["item_id"], qty=values["qty"],
            unit=self.qty.unit() or "", purpose=values["purpose"], needed_on=values["needed_on"],
        )  # fmt: skip
