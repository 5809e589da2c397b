"""The head of a delivery: from whom, by which note, when, how warm; and the field goods are scanned or typed into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from core.values import parse_quantity
from core.words import Permission
from desktop.context import AppContext
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.temperatures import Temperatures
from desktop.shell.attachments import FilesToCome
from desktop.widgets import (
    CheckEdit,
    Choice,
    CodeEdit,
    DateEdit,
    Found,
    Label,
    MoneyEdit,
    RecordPicker,
    Strip,
    TextEdit,
    number_words,
)

SIGNS = "*×xX+-"
NARROW = 760


@dataclass(frozen=True, slots=True)
class Times:
    """`*24` typed where an item was expected sets the quantity of the line, `+2` and `-1` change it."""

    qty: Decimal
    is_set: bool


class GoodsField(RecordPicker):
    """Where goods are scanned or typed. `stepped(by)` with the arrows, `left_empty` by Enter with nothing in it."""

    stepped = Signal(int)
    left_empty = Signal()

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and not self.text().strip():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.stepped.emit(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left_empty.emit()
                return True
        return super().eventFilter(watched, event)


class DockHead(QWidget):
    """`changed`: something of the head was typed; `picked(Picked)`, `times_typed(Times)`, `stepped(by)`, `left_empty`."""

    changed = Signal()
    supplier_changed = Signal()
    picked = Signal(object)
    times_typed = Signal(object)
    stepped = Signal(int)
    left_empty = Signal()

    def __init__(self, context: AppContext, finder: Finder) -> None:
        super().__init__()
        self._finder = finder
        self.strip = Strip()
        self.strip.narrow = NARROW
        self.supplier = Choice(_("Supplier"), search=True, empty=_("No supplier"))
        self.files = FilesToCome()
        self.is_unpriced = CheckEdit(_("Without prices"))
        self._add_fields(context)
        self.goods = GoodsField(_("Item or scan"), self._complete)
        self.temperatures = Temperatures(context, self.changed.emit)
        self._lay_out()
        self.supplier.changed.connect(self.supplier_changed)
        self.strip.changed.connect(self.changed)
        self.is_unpriced.changed.connect(self.changed)
        self.strip.finished.connect(self.focus)
        self.goods.picked.connect(self._on_picked)
        self.goods.stepped.connect(self.stepped)
        self.goods.left_empty.connect(self.left_empty)
        finder.ready.connect(self._fill_suppliers)

    def _add_fields(self, context: AppContext) -> None:
        strip, today = self.strip, self._finder.today
        strip.add("supplier_id", _("Supplier"), self.supplier, share=30)
        strip.add("document", _("Delivery note"), CodeEdit(_("Delivery note"), most=60), share=16)
        if context.shell.may(Permission.STOCK_BACKDATE):
            strip.add("at", _("Received on"), DateEdit(_("Received on"), today=today, is_past=True), share=15)
        strip.add("rate", _("Exchange rate"), MoneyEdit(_("Exchange rate"), decimals=6), share=10)
        strip.show_field("rate", False)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=14)
        self.is_unpriced.setFixedHeight(self.files.sizeHint().height())
        self.is_unpriced.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        strip.add_widget(self.is_unpriced)
        strip.add_widget(self.files)

    def _lay_out(self) -> None:
        label = Label(_("Item or scan"), "label")
        label.setBuddy(self.goods.field())
        cell = QVBoxLayout()
        cell.setSpacing(4)
        cell.addWidget(label)
        cell.addWidget(self.goods)
        cell.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(cell, 3)
        row.addWidget(self.temperatures, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.strip)
        column.addLayout(row)

    # --- reading and filling

    def read(self) -> dict[str, Any] | None:
        """The head; None when a field is wrong (it says so and has the focus)."""
        head = self.strip.read()
        return head if head is not None and self.temperatures.is_right() else None

    def fix_supplier(self, supplier_id: int | None) -> None:
        """The orders say whose goods these are."""
        self.supplier.set_value(supplier_id)
        self.supplier.set_read_only(supplier_id is not None)

    def ask_rate(self, currency: str, rate: Decimal | None) -> None:
        """Prices in another currency than the site's need what 1 of it costs; empty currency: they do not."""
        self.strip.show_field("rate", bool(currency))
        self.strip.set_values({"rate": rate})

    def supplier_id(self) -> int | None:
        """Whose goods these are; None while nobody said."""
        found: int | None = self.strip.value("supplier_id")
        return found

    def clear(self) -> None:
        """An empty head."""
        for key in self.strip.names():
            self.strip.editor(key).clear()
        self.supplier.set_read_only(False)
        self.is_unpriced.set_value(False)
        self.temperatures.clear()
        self.files.clear()
        self.goods.set_record(None)

    def to_draft(self) -> dict[str, Any]:
        """What stands in the head as plain words."""
        kept: dict[str, Any] = {"temperatures": self.temperatures.to_draft(), "unpriced": self.is_unpriced.value()}
        for key in self.strip.names():
            value = self.strip.value(key)
            kept[key] = (
                value.isoformat() if isinstance(value, date) else f"{value:f}" if key == "rate" and value else value
            )
        return kept

    def restore(self, kept: Mapping[str, Any]) -> None:
        """The head of a draft. Raises ValueError for a day that cannot be read."""
        given = {key: kept[key] for key in self.strip.names() if kept.get(key) is not None}
        if "at" in given:
            given["at"] = date.fromisoformat(given["at"])
        if "rate" in given:
            given["rate"] = Decimal(given["rate"])
        self.strip.set_values(given)
        self.is_unpriced.set_value(bool(kept.get("unpriced")))
        self.temperatures.restore(kept.get("temperatures") or {})

    def show_error_at(self, error: CoreError) -> bool:
        """Say an error at its field; False when it has none here."""
        key = {"supplier": "supplier_id"}.get(error.field or "", error.field or "")
        return self.strip.show_field_error(key, error)

    def focus(self) -> None:
        """Put the keyboard where goods are scanned."""
        self.goods.field().setFocus(Qt.FocusReason.TabFocusReason)

    # --- inside

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        times = times_of(text)
        if times is None:
            self._finder.complete(text, answer)
            return
        words = _("Quantity of this line: {qty}", qty=number_words(times.qty))
        if not times.is_set:
            words = _("Change the quantity by {qty}", qty=number_words(times.qty))
        answer([Found("times", "", words, "", times)])

    def _on_picked(self, found: Found) -> None:
        self.goods.set_record(None)
        (self.times_typed if isinstance(found.data, Times) else self.picked).emit(found.data)

    def _fill_suppliers(self) -> None:
        language = self._finder.context.language
        self.supplier.set_options([(row.id, row.title(language)) for row in self._finder.suppliers])


def times_of(text: str) -> Times | None:
    """`*24`, `+2` or `-1`; None for anything else."""
    typed = text.strip()
    if len(typed) < 2 or typed[0] not in SIGNS:
        return None
    try:
        qty = parse_quantity(typed[1:].strip())
    except CoreError:
        return None
    if typed[0] in "+-":
        return Times(qty if typed[0] == "+" else -qty, is_set=False)
    return Times(qty, is_set=True)
