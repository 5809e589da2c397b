"""The bar in which one line is entered: find the item, say how much, and go on with Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from core.devices import Scan
from core.errors import CoreError
from core.i18n import _
from core.values import plain
from desktop.shell.scans import KILOGRAM, amount_due, qty_of
from desktop.shell.weighing import WeighButton
from desktop.stock.entry.asking import PER_ITEM, AskingBar
from desktop.stock.entry.fields import Fields, Times
from desktop.stock.entry.finder import Finder, Picked, PlacePicked
from desktop.stock.entry.lines import EntryLine, Goods
from desktop.widgets import Button, Choice, Found

FIELD_OF = {
    "item": "item",
    "unit": "qty",
    "location": "place_id",
    "unit_cost": "price",
    "amount": "value",
}


class EntryBar(AskingBar):
    """`entered(line)` when a line is complete; `scanned(line)` when a code alone made it so (one more pack of it)."""

    entered = Signal(object)
    scanned = Signal(object)
    shelf_scanned = Signal(int)
    times_typed = Signal(object)
    left_empty = Signal()

    def __init__(self, finder: Finder, fields: Fields) -> None:
        super().__init__(finder, fields)
        self._queue: list[Picked] = []
        self.price_before: Callable[[int, str], Decimal | None] = lambda _item_id, _unit: None
        self._is_auto = False
        self._scan: Scan | None = None
        self.weigh = WeighButton(finder.context, self._on_weighed, self.qty.set_error)
        self.add_widget(self.weigh)
        self._add = Button(_("Add"), self.finish, icon_name="plus")
        self.add_widget(self._add)
        self._column.addWidget(self._hint)
        self.picker.picked.connect(self.take)
        self.finished.connect(self.finish)

    # --- beginning

    def set_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        """The reasons to choose from."""
        reason = self.editor("reason")
        if isinstance(reason, Choice):
            reason.set_options(reasons)

    def begin(self, picked: Picked, *, qty: Decimal | None = None, auto: bool = False) -> None:
        """Start a line with an item. `auto`: enter it by itself if nothing is missing."""
        self._is_auto, self._scan = auto, picked.scan
        self._show_item(picked, qty)

    def edit(self, line: EntryLine) -> None:
        """Take a line back into the bar."""
        self.begin(Picked(line.goods, line.unit), qty=line.qty)
        self._show_line(line)
        self._add.set_words(_("Change"))
        self.focus("qty")

    def reset(self) -> None:
        """Nothing in the bar; place and reason stay for the next line."""
        self._goods, self._editing, self._table, self._is_auto = None, None, None, False
        self._scan = None
        self._pending, self._held = set(), []
        self.clear_errors()
        self.picker.set_record(None)
        self.qty.set_units([])
        self.set_values(dict.fromkeys(PER_ITEM))
        self._add.set_words(_("Add"))
        self._hint.set_words("")
        self._fill_places()

    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self._goods is None and not self.picker.text().strip()

    def is_wanted(self, key: str) -> bool:
        """Enter passes over what the item does not need; Tab reaches everything."""
        if key in ("lot", "expires_on"):
            return self._goods is not None and self._goods.lot_tracked
        return key not in ("price", "value", "lot_id", "place_id", "note")

    # --- entering

    def take(self, record: Found) -> None:
        """Something was picked or scanned where an item is expected."""
        data = record.data
        if isinstance(data, PlacePicked):
            self.picker.set_record(None)
            self.shelf_scanned.emit(data.place_id)
        elif isinstance(data, Times):
            self.picker.set_record(None)
            self.times_typed.emit(data.qty)
        elif isinstance(data, Picked) and data.is_scan and self.fields.scans_add:
            self._queue.append(data)
            self.picker.set_record(None)
            self._leave_line()
            self._next_scan()
        elif isinstance(data, Picked):
            self.begin(data)
            self.focus("qty")

    def finish(self) -> None:
        """Enter the line that stands in the bar, or say what is wrong with it."""
        if self.is_empty():
            self.left_empty.emit()
            return
        self.qty.set_required(True)
        line = self._line()
        self.qty.set_required(False)
        if line is not None:
            self._done(line, is_scan=False)

    def show_core_error(self, error: CoreError) -> None:
        """Say an error of the core at its field of the line in the bar."""
        key = FIELD_OF.get(error.field or "", error.field or "item")
        if key == "lot" and "lot_id" in self._editors:
            key = "lot_id"
        if key == "value" and self._source != "value":
            key = "price"
        if not self.show_field_error(key, error):
            self.show_field_error("item", error)

    def show_too_little(self, line_id: int) -> None:
        """The whole sentence stands over the form with an offer: a short one is enough here."""
        if self._editing is not None and self._editing.id == line_id and self.qty.error():
            self.qty.set_error(_("Too little at this place."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.key_of_focus() == "item" and self.is_empty():
            self.left_empty.emit()
            return
        if event.key() == Qt.Key.Key_Escape and not self.is_empty():
            self.reset()
            self.focus("item")
            return
        super().keyPressEvent(event)

    # --- inside

    def _leave_line(self) -> None:
        """A scan while a line stands in the bar: the line is entered if it has a quantity, else it gives way."""
        if self._goods is None or self._is_auto:
            return
        if self.qty.text().strip():
            self.finish()
        else:
            self.reset()

    def _next_scan(self) -> None:
        if self._queue and not self._is_auto and self._goods is None:
            self.begin(self._queue.pop(0), qty=Decimal(1), auto=True)

    def _settled(self) -> None:
        super()._settled()
        self._take_scan()
        self._take_price_before()
        if not self._is_auto:
            return
        self._is_auto = False
        missing = self._missing()
        line = None if missing is not None else self._line()
        if missing is not None:
            self.focus(missing)
        elif line is not None:
            self._done(line, is_scan=True)

    def _on_weighed(self, kilograms: Decimal) -> None:
        if self._goods is None or self._table is None or not self._table.has(KILOGRAM):
            self.qty.set_error(_("Choose an item that is kept by weight, then weigh it."))
            return
        self._set_qty(kilograms, KILOGRAM)
        self.focus("qty")

    def _set_qty(self, qty: Decimal, unit: str) -> None:
        self.qty.set_unit(unit)
        self.qty.set_value(qty)
        self._on_unit(unit)

    def _take_scan(self) -> None:
        """Lot, expiry, weight, count and price of the code go into their fields; units and lots have come by now."""
        scan, self._scan = self._scan, None
        if scan is None or self._goods is None or self._table is None:
            return
        measured = qty_of(scan, self._table)
        if measured is not None:
            self._set_qty(*measured)
        for key, value in self._said_by(scan, self._goods).items():
            if value is not None and key in self._editors:
                self.editor(key).set_value(value)
        if amount_due(scan) is not None and "value" in self._editors:
            self._on_money("value")

    def _said_by(self, scan: Scan, goods: Goods) -> dict[str, Any]:
        lots = {row.lot: row.lot_id for row in self._held if row.qty > 0}
        if not goods.lot_tracked:
            return {"value": amount_due(scan)}
        lot_id = lots.get(scan.batch)
        if scan.batch and lot_id is None and self.has("lot_id"):
            self._is_auto = False
            self.editor("lot_id").set_error(_("Lot {lot} is not in stock.", lot=scan.batch))
        return {
            "lot": scan.batch or None, "expires_on": scan.expiry or scan.best_before, "lot_id": lot_id,
            "value": amount_due(scan),
        }  # fmt: skip

    def _take_price_before(self) -> None:
        """The price typed for the item on this form is proposed."""
        if (
            not self.fields.priced
            or self._goods is None
            or self._editing is not None
            or self.value("price") is not None
        ):
            return
        price = self.price_before(self._goods.id, self.qty.unit() or self._goods.base_unit)
        if price is not None and self._source == "":
            self.editor("price").set_value(plain(price))
            self._on_money("price", is_typed=False)

    def _missing(self) -> str | None:
        needed = [key for key in ("lot", "reason") if self.has(key) and self.is_wanted(key)]
        return next((key for key in needed if self.value(key) in (None, "")), None)

    def _done(self, line: EntryLine, *, is_scan: bool) -> None:
        self._finder.use_place(self._way, line.place_id)
        self.reset()
        self.focus("item")
        (self.scanned if is_scan else self.entered).emit(line)
        self._next_scan()
