"""Small forms of the sheet: an item to be added, another supplier for a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal

from core import catalog, purchasing
from core.errors import CoreError
from core.i18n import _
from core.purchasing import NeedLine
from desktop.context import AppContext
from desktop.purchasing.need.looks import named
from desktop.widgets import Button, DetailPanel, Form, Found, RecordPicker

MOST_FOUND = 12


class AddPanel(DetailPanel):
    """Which item; Enter adds it. `found(line)`."""

    found = Signal(object)

    def __init__(self, context: AppContext, horizon: int) -> None:
        super().__init__(
            _("Add an item"), _("For what the levels do not ask for. It is ordered from its first supplier.")
        )
        self._context, self._horizon = context, horizon
        self.form = Form()
        self.picker = RecordPicker(_("Item"), self._complete)
        self.form.add("item", _("Item"), self.picker, required=True)
        self.add_widget(self.form)
        self.add_action(Button(_("Add"), self.send, kind="primary"))
        self.add_action(Button(_("Cancel"), self.close_requested.emit))
        self.form.submitted.connect(self.send)
        self.picker.picked.connect(lambda _found: self.send())

    def begin(self) -> None:
        """Put the keyboard into the field."""
        self.picker.field().setFocus()

    def send(self) -> None:
        """Ask for the line of the item."""
        values = self.form.read()
        if values is not None:
            self._context.ops.ask(
                self, purchasing.get_need_line, item_id=values["item"], horizon=self._horizon, key="line",
                then=self._take, failed=self.show_error,
            )  # fmt: skip

    def _take(self, line: NeedLine) -> None:
        self.form.mark_unchanged()
        self.found.emit(line)

    def show_error(self, error: CoreError) -> None:
        """It cannot be added: say why at the field."""
        self.form.show_error(error)

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        language = self._context.language

        def come(rows: list[catalog.ItemRow]) -> None:
            answer([Found(row.id, row.code, row.title(language), row.spec, row) for row in rows if row.is_active])

        self._context.ops.ask(self, catalog.search_items, text=text, limit=MOST_FOUND, then=come, key="items")


class SupplierPanel(DetailPanel):
    """Which supplier a line comes from instead, also one that has no terms for it. `found(line)`."""

    found = Signal(object)

    def __init__(self, context: AppContext, line: NeedLine, horizon: int) -> None:
        super().__init__(named(line.name), _("Order it from another supplier"))
        self._context, self._line, self._horizon = context, line, horizon
        self._suppliers: list[catalog.SupplierRow] = []
        self.form = Form()
        self.picker = RecordPicker(_("Supplier"), self._complete, placeholder=_("Code or name"))
        self.form.add("supplier", _("Supplier"), self.picker, required=True)
        self.add_widget(self.form)
        self.add_action(Button(_("Order from there"), self.send, kind="primary"))
        self.add_action(Button(_("Cancel"), self.close_requested.emit))
        self.form.submitted.connect(self.send)
        context.ops.ask(self, catalog.list_suppliers, then=self._on_suppliers)

    def begin(self) -> None:
        """Put the keyboard into the field."""
        self.picker.field().setFocus()

    def send(self) -> None:
        """Ask how the supplier sells the item."""
        values = self.form.read()
        if values is not None:
            arguments: dict[str, Any] = {"item_id": self._line.item_id, "supplier_id": values["supplier"]}
            self._context.ops.ask(
                self, purchasing.get_need_line, horizon=self._horizon, key="line", then=self._take,
                failed=self.show_error, **arguments,
            )  # fmt: skip

    def _take(self, line: NeedLine) -> None:
        self.form.mark_unchanged()
        self.found.emit(line)

    def show_error(self, error: CoreError) -> None:
        """It cannot come from there: say why at the field."""
        self.form.show_error(error)

    def _on_suppliers(self, rows: list[catalog.SupplierRow]) -> None:
        self._suppliers = rows

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        letters, language = text.casefold(), self._context.language
        fitting = [row for row in self._suppliers if letters in f"{row.code} {row.name} {row.name_en}".casefold()]
        answer([Found(row.id, row.code, row.title(language)) for row in fitting[:MOST_FOUND]])
