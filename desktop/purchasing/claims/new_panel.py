"""A claim by hand: the supplier, and one line after the other of what is asked back and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _
from core.purchasing import NewClaim, NewClaimLine
from core.words import ClaimKind, word
from desktop.context import AppContext
from desktop.purchasing.receive.finding import Finder, Picked
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    Choice,
    Column,
    DetailPanel,
    Form,
    Found,
    Kind,
    MoneyEdit,
    NoteEdit,
    Notice,
    QtyEdit,
    RecordPicker,
    RowTable,
    TextEdit,
    number_words,
)

KINDS = tuple(kind for kind in ClaimKind if kind is not ClaimKind.RETURNED)
TABLE_HIGH = 150


@dataclass(frozen=True, slots=True)
class Claimed:
    """A line of the claim that is being made."""

    id: int
    name: str
    unit: str
    line: NewClaimLine


class NewClaimPanel(DetailPanel):
    """`made(claim_id)`."""

    made = Signal(object)

    def __init__(self, context: AppContext, finder: Finder) -> None:
        super().__init__(_("New claim"), _("What a delivery did not bring, or brought wrong, without refusing it"))
        self._context, self._finder = context, finder
        self._lines: list[Claimed] = []
        self._picked: Picked | None = None
        self._said = Notice()
        self._said.hide()
        self.form, self.line_form = Form(), Form()
        self.table = RowTable(self._columns(), name=_("Lines"))
        self.table.setFixedHeight(TABLE_HIGH)
        self.table.set_empty(_("No line yet."))
        self._fill_form()
        self._fill_line_form()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.line_form)
        column.addWidget(Button(_("Add line"), self.add_line, icon_name="plus"))
        column.addWidget(self.table)
        self.add_widget(self._said)
        self.add_widget(self.form)
        self.add_section(_("Lines"), box)
        self._save = self.add_action(Button(_("Open claim"), self.save, kind="primary", key="Ctrl+Return"))
        self.table.row_activated.connect(self._remove)

    def _fill_form(self) -> None:
        language = self._finder.context.language
        suppliers = [(row.id, row.title(language)) for row in self._finder.suppliers]
        self.form.add("supplier_id", _("Supplier"), Choice(_("Supplier"), suppliers, search=True), required=True)
        self.form.add("note", _("Note"), NoteEdit(_("Note"), lines=2, most=400))

    def _fill_line_form(self) -> None:
        form = self.line_form
        item = RecordPicker(_("Item"), self._complete)
        item.picked.connect(self._on_picked)
        kinds = [(kind, word(kind)) for kind in KINDS]
        form.add("item", _("Item"), item, required=True)
        form.add("kind", _("What for"), Choice(_("What for"), kinds, search=False), required=True)
        form.add("qty", _("Quantity"), QtyEdit(_("Quantity")), required=True)
        form.add("amount", _("Amount asked"), MoneyEdit(_("Amount asked")), required=True)
        form.add("note", _("Note"), TextEdit(_("Note"), most=200))
        form.set_values({"kind": ClaimKind.SHORT})
        form.submitted.connect(self.add_line)

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        self._finder.complete(text, answer)

    def _on_picked(self, found: Found) -> None:
        picked = found.data
        if isinstance(picked, Picked):
            self._picked = picked
            self._finder.table(picked.item.id, partial(self._set_units, picked))

    def _set_units(self, picked: Picked, table: Any) -> None:
        qty = self.line_form.editor("qty")
        if isinstance(qty, QtyEdit) and picked is self._picked:
            qty.set_units([(unit, self._finder.unit_word(unit)) for unit in table.units()])
            qty.set_unit(picked.unit or table.purchase or table.base)

    def add_line(self) -> None:
        """Put the line of the form on the list."""
        values, picked = self.line_form.read(), self._picked
        qty = self.line_form.editor("qty")
        if values is None or picked is None or not isinstance(qty, QtyEdit):
            return
        unit = qty.unit() or picked.item.base_unit
        line = NewClaimLine(
            values["kind"], picked.item.id, values["qty"], values["amount"], unit, note=values["note"] or ""
        )
        self._lines.append(Claimed(len(self._lines) + 1, picked.item.title(self._context.language), unit, line))
        self._picked = None
        self.line_form.clear()
        self.line_form.set_values({"kind": values["kind"]})
        self._show_lines()
        self.line_form.editor("item").field().setFocus()

    def _remove(self, row: Claimed) -> None:
        """Enter on a line takes it off."""
        self._lines = [one for one in self._lines if one.id != row.id]
        self._show_lines()

    def _show_lines(self) -> None:
        self.table.set_rows(list(self._lines))

    def save(self) -> None:
        """Open the claim."""
        if self._picked is not None:
            self.add_line()
        values = self.form.read()
        if values is None or not self._save.isEnabled():
            return
        if not self._lines:
            self._said.say(_("What is claimed? Add a line."), Meaning.SOON)
            return
        self._save.setEnabled(False)
        new = NewClaim(values["supplier_id"], tuple(one.line for one in self._lines), note=values["note"] or "")
        self._context.ops.do(self, purchasing.create_claim, new=new, then=self._on_made, failed=self._refuse)

    def _on_made(self, claim_id: int) -> None:
        self.form.mark_unchanged()
        self.line_form.mark_unchanged()
        self.made.emit(claim_id)

    def _refuse(self, error: CoreError) -> None:
        self._save.setEnabled(True)
        if not isinstance(error, NeedsConfirmation):
            self._said.say(error.text, Meaning.DANGER)

    def _columns(self) -> list[Column]:
        return [
            Column("name", _("Item"), 120, stretch=True, sortable=False),
            Column("kind", _("What for"), 110, value=lambda row: word(row.line.kind), sortable=False),
            Column("qty", _("Quantity"), 90, value=self._qty_words, sortable=False),
            Column("amount", _("Amount"), 80, kind=Kind.MONEY, value=lambda row: row.line.amount, sortable=False),
        ]

    def _qty_words(self, row: Claimed) -> str:
        return f"{number_words(row.line.qty)} {self._finder.unit_word(row.unit)}"
