"""The bar a request's lines are typed in: item, quantity, Enter; a scan begins a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import cast

from PySide6.QtCore import Signal

from core import catalog
from core.devices import Scan
from core.errors import CoreError
from core.i18n import _, verbatim
from desktop.context import AppContext
from desktop.purchasing.requests.lines import FormLine
from desktop.shell.scans import codes_of, qty_of
from desktop.widgets import Choice, Found, QtyEdit, RecordPicker, Strip, TextEdit

MOST_FOUND = 12
WANTED = ("item", "qty")


class EntryBar(Strip):
    """`entered(FormLine)` when a line is complete."""

    entered = Signal(object)

    def __init__(self, context: AppContext, unit_words: Callable[[str], str]) -> None:
        super().__init__()
        self._context, self._unit_words = context, unit_words
        self._line_id = 0
        self._table: catalog.UnitTable | None = None
        self._turn = 0
        self.narrow = 520
        self.item = cast(RecordPicker, self.add("item", _("Item"), RecordPicker(_("Item"), self._complete), share=22))
        self.qty = cast(QtyEdit, self.add("qty", _("Quantity"), QtyEdit(), share=16))
        self.supplier = cast(Choice, self.add("supplier", _("Supplier wished"), Choice(empty=_("none")), share=14))
        self.note = cast(TextEdit, self.add("note", _("Note"), TextEdit(most=200), share=12))
        self.item.set_required(True)
        self.qty.set_required(True)
        self.item.picked.connect(self._on_picked)
        self.finished.connect(self.enter)

    def is_wanted(self, key: str) -> bool:
        return key in WANTED

    def set_suppliers(self, rows: Sequence[catalog.SupplierRow]) -> None:
        """Whom one can wish for."""
        self.supplier.set_options([(row.id, row.title(self._context.language)) for row in rows])

    def has_typing(self) -> bool:
        """Whether a line is begun."""
        return self.item.record() is not None or bool(self.item.text().strip())

    def begin(self) -> None:
        """The keyboard goes to the item field."""
        self.focus("item")

    def reset(self) -> None:
        """An empty bar."""
        self._line_id, self._table = 0, None
        for key in self.names():
            self.editor(key).clear()
        self.qty.set_units([])

    def load(self, line: FormLine) -> None:
        """Change a line that was entered."""
        self.reset()
        self._line_id = line.id
        self.item.set_record(Found(line.item_id, line.code, line.name))
        self.qty.set_value(line.qty)
        self.supplier.set_value(line.supplier_id)
        self.note.set_value(line.note)
        self._ask_units(line.item_id, line.unit)
        self.focus("qty")

    def take_item(self, row: catalog.ItemRow) -> None:
        """Begin a line with an item."""
        self.reset()
        self.item.set_record(Found(row.id, row.code, row.title(self._context.language), row.spec, row))
        self._ask_units(row.id, row.base_unit, usual=True)
        self.focus("qty")

    def take_scan(self, scan: Scan, unknown: Callable[[], object]) -> None:
        """Begin a line with what was scanned; a line that is complete is entered first."""

        def come(hit: catalog.ScanHit | None) -> None:
            if hit is None:
                unknown()
                return
            if self.has_typing() and self.value("qty") is not None:
                self.enter()
            self.reset()
            row = hit.item
            self.item.set_record(Found(row.id, row.code, row.title(self._context.language), row.spec, row))
            self._ask_units(row.id, hit.unit, scan)
            self.focus("qty")

        self._turn += 1
        key = (id(self), "scan", self._turn)
        self._context.ops.ask(self, catalog.find_by_codes, codes=codes_of(scan), then=come, key=key)

    def enter(self) -> None:
        """The line is complete; what is wrong says so at its field."""
        values = self.read()
        record = self.item.record()
        if values is None or record is None:
            return
        qty: Decimal = values["qty"]
        if qty <= 0:
            self.qty.set_error(_("The quantity must be above zero."))
            self.focus("qty")
            return
        unit = self.qty.unit() or (self._table.base if self._table is not None else "")
        supplier_id = values["supplier"]
        name = record.name if not isinstance(record.name, str) else verbatim(record.name)
        line = FormLine(
            self._line_id, record.id, record.code, name, qty, unit, self._unit_words(unit), supplier_id,
            self._supplier_words(supplier_id), values["note"] or "",
        )  # fmt: skip
        self.reset()
        self.entered.emit(line)
        self.begin()

    def show_error(self, error: CoreError) -> bool:
        """Say an error at its field; False when there is none for it."""
        return self.show_field_error(error.field or "", error)

    def _supplier_words(self, supplier_id: int | None) -> str:
        return self.supplier.field().currentText() if supplier_id is not None else ""  # type: ignore[attr-defined]

    def _on_picked(self, found: Found) -> None:
        unit = found.data.base_unit if isinstance(found.data, catalog.ItemRow) else ""
        self._ask_units(found.id, unit, usual=True)

    def _ask_units(self, item_id: int, unit: str, scan: Scan | None = None, *, usual: bool = False) -> None:
        def come(table: catalog.UnitTable) -> None:
            record = self.item.record()
            if record is None or record.id != item_id:
                return
            self._table = table
            self.qty.set_units([(one, self._unit_words(one)) for one in table.units()])
            self.qty.set_unit(table.issue if usual else unit or table.base)
            said = qty_of(scan, table) if scan is not None else None
            if said is not None:
                self.qty.set_value(said[0])
                self.qty.set_unit(said[1])

        self._context.ops.ask(self, catalog.list_item_units, item_id=item_id, then=come, key=(id(self), "units"))

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        language = self._context.language

        def come(rows: list[catalog.ItemRow]) -> None:
            answer([Found(row.id, row.code, row.title(language), row.spec, row) for row in rows if row.is_active])

        self._context.ops.ask(self, catalog.search_items, text=text, limit=MOST_FOUND, then=come, key="items")
