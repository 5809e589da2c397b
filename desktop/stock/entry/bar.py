"""The bar in which one line is entered: find the item, say how much, and go on with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from core import catalog, stock
from core.errors import CoreError
from core.i18n import Text, _
from core.values import amount_of, plain, round_decimal
from desktop.stock.entry.fields import (
    Fields,
    Times,
    default_unit,
    held_by_place,
    lot_options,
    make_fields,
    place_options,
)
from desktop.stock.entry.finder import Finder, Picked, PlacePicked
from desktop.stock.entry.lines import EntryLine, Goods
from desktop.stock.entry.strip import Strip
from desktop.widgets import (
    Button,
    Choice,
    Found,
    Label,
    QtyEdit,
    RecordPicker,
    money_digits,
    money_words,
    number_words,
    percent_words,
)

FIELD_OF = {
    "item": "item",
    "unit": "qty",
    "location": "place_id",
    "to_location": "to_place_id",
    "unit_cost": "price",
    "amount": "value",
    "expires_on": "expires_on",
}


class EntryBar(Strip):
    """`entered(line)` when a line is complete; `scanned(line)` when a code alone made it so (one more pack of it)."""

    entered = Signal(object)
    scanned = Signal(object)
    shelf_scanned = Signal(int)
    times_typed = Signal(object)
    left_empty = Signal()

    def __init__(self, finder: Finder, fields: Fields) -> None:
        super().__init__()
        self._finder, self.fields = finder, fields
        self._goods: Goods | None = None
        self._table: catalog.UnitTable | None = None
        self._held: list[stock.OnHandRow] = []
        self._editing: EntryLine | None = None
        self._last_price: Decimal | None = None
        self._source = ""
        self._pending: set[str] = set()
        self._queue: list[Picked] = []
        self._is_auto = False
        self.supplier_id: int | None = None
        make_fields(self, finder, fields)
        self._add = Button(_("Add"), self.finish, icon_name="plus")
        self.add_widget(self._add)
        self._hint = Label("", "small")
        self._hint.setMinimumHeight(self._hint.fontMetrics().lineSpacing())
        self._column.addWidget(self._hint)
        self._connect()

    def _connect(self) -> None:
        self.picker.picked.connect(self._on_picked)
        self.finished.connect(self.finish)
        self.qty.changed.connect(self._on_qty)
        self.qty.unit_changed.connect(self._on_unit)
        self._finder.ready.connect(self._fill_places)
        if self.fields.priced:
            self.editor("price").changed.connect(lambda: self._on_money("price"))
            self.editor("value").changed.connect(lambda: self._on_money("value"))
        if "place_id" in self._editors:
            self.editor("place_id").changed.connect(self._fill_lots)

    @property
    def picker(self) -> RecordPicker:
        """The item field."""
        return self._editors["item"]  # type: ignore[return-value]

    @property
    def qty(self) -> QtyEdit:
        """The quantity field."""
        return self._editors["qty"]  # type: ignore[return-value]

    # --- beginning

    def set_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        """The reasons to choose from."""
        reason = self.editor("reason")
        if isinstance(reason, Choice):
            reason.set_options(reasons)

    def begin(self, picked: Picked, *, qty: Decimal | None = None, auto: bool = False) -> None:
        """Start a line with an item. `auto`: enter it by itself if nothing is missing."""
        self._goods, self._editing, self._is_auto = picked.goods, None, auto
        self._table, self._held, self._last_price, self._source = None, [], None, ""
        self.clear_errors()
        language = self._finder.context.language
        self.picker.set_record(Found(picked.goods.id, picked.goods.code, picked.goods.title(language)))
        self.set_values({"qty": qty, "lot": None, "lot_id": None, "expires_on": None, "price": None, "value": None})
        self.set_values({"note": None})
        self._pending = {"table"}
        self._ask(picked)

    def edit(self, line: EntryLine) -> None:
        """Take a line back into the bar."""
        self.begin(Picked(line.goods, line.unit), qty=line.qty)
        self._editing, self._last_price = line, line.last_price
        self._source = "value" if line.value is not None else "price" if line.price is not None else ""
        self._show_line(line)
        self._add.set_words(_("Change"))
        self.focus("qty")

    def _show_line(self, line: EntryLine) -> None:
        names = ("lot", "lot_id", "expires_on", "price", "value", "place_id", "to_place_id", "note", "reason")
        self.set_values({name: getattr(line, name) or None for name in names})

    def reset(self) -> None:
        """Nothing in the bar; places and reason stay for the next line."""
        self._goods, self._editing, self._table, self._is_auto = None, None, None, False
        self._pending, self._held = set(), []
        self.clear_errors()
        self.picker.set_record(None)
        self.qty.set_units([])
        empty = ("qty", "lot", "lot_id", "expires_on", "price", "value", "note")
        self.set_values(dict.fromkeys(empty))
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
        if key == "price":
            return self.fields.price_needed
        return key not in ("value", "lot_id", "place_id", "to_place_id", "note")

    # --- answers

    def _ask(self, picked: Picked) -> None:
        goods = picked.goods
        if not self.fields.comes_in:
            self._pending.add("held")
            self._finder.on_hand(goods.id, lambda rows: self._arrived(goods, "held", rows))
        if self.fields.priced:
            self._pending.add("price")
            self._finder.last_price(goods.id, self.supplier_id, lambda price: self._arrived(goods, "price", price))
        self._finder.table(goods.id, lambda table: self._arrived(goods, "table", (table, picked.unit)))

    def _arrived(self, goods: Goods, what: str, answer: Any) -> None:
        if self._goods is not goods:
            return
        if what == "table":
            self._table, unit = answer
            self.qty.set_units(self._finder.units(answer[0]))
            self.qty.set_unit(unit or default_unit(self.fields, answer[0]))
        elif what == "held":
            self._held = answer
            self._fill_places()
        else:
            self._base_price = answer
        self._pending.discard(what)
        if not self._pending:
            self._settled()

    _base_price: Decimal | None = None

    def _settled(self) -> None:
        """Everything about the item has come: propose the price, and enter a scanned line by itself."""
        self._propose_price()
        self._say_hint()
        if not self._is_auto:
            return
        self._is_auto = False
        missing = self._missing()
        if missing is not None:
            self.focus(missing)
            return
        line = self._line()
        if line is not None:
            self._done(line, is_scan=True)

    def _missing(self) -> str | None:
        needed = [key for key in ("lot", "price", "reason") if self.has(key) and self.is_wanted(key)]
        return next((key for key in needed if self.value(key) in (None, "")), None)

    # --- proposals

    def _propose_price(self) -> None:
        if not self.fields.priced or self._table is None:
            return
        if self._base_price is not None:
            self._last_price = self._table.price_from_base(self._base_price, self.qty.unit() or self._table.base)
        if self._source == "" and self._last_price is not None and self._editing is None:
            self.editor("price").set_value(plain(self._last_price))
        self._on_money(self._source or "price", is_typed=False)

    def _on_unit(self, _unit: object) -> None:
        self._propose_price()
        self._say_hint()

    def _on_qty(self) -> None:
        if self.fields.priced:
            self._on_money(self._source or "price", is_typed=False)

    def _on_money(self, source: str, *, is_typed: bool = True) -> None:
        """What is typed stands; the other one of unit price and line value follows."""
        if is_typed:
            self._source = source
        qty, price, value = abs(self.value("qty") or Decimal(0)), self.value("price"), self.value("value")
        if source == "price":
            self.editor("value").set_value(None if price is None or not qty else amount_of(qty, price, money_digits()))
        elif value is not None and qty:
            self.editor("price").set_value(plain(round_decimal(value / qty, 6)))
        self._say_hint()

    def _fill_places(self) -> None:
        unit = self._finder.unit_word(self._goods.base_unit) if self._goods else ""
        for key in ("place_id", "to_place_id"):
            place = self._editors.get(key)
            if isinstance(place, Choice):
                held = self._held if key == "place_id" else []
                place.set_options(place_options(self._finder, held, unit))
                self._choose_place(key, place)
        self._fill_lots()

    def _choose_place(self, key: str, place: Choice) -> None:
        if key == "place_id" and self._held and self._editing is None:
            held = held_by_place(self._held)
            fullest = max(held, key=lambda one: held[one])
            if not held.get(place.value()) and held[fullest] > 0:
                place.set_value(fullest)
        if place.value() is None and key == "place_id" and self._finder.usable_places():
            place.set_value(self._finder.usable_places()[0].location_id)

    def _fill_lots(self) -> None:
        lots = self._editors.get("lot_id")
        if isinstance(lots, Choice):
            unit = self._finder.unit_word(self._goods.base_unit) if self._goods else ""
            chosen = self._editing.lot_id if self._editing is not None else None
            lots.set_options(lot_options(self._held, self.value("place_id"), unit))
            lots.set_value(chosen)

    def _say_hint(self) -> None:
        parts: list[str | Text] = []
        if self._held and self._goods is not None:
            total = sum((row.qty for row in self._held), Decimal(0))
            parts.append(f"{number_words(total)} {self._finder.unit_word(self._goods.base_unit)}")
        text: str | Text = _("On hand: {qty}", qty=parts[0]) if parts else ""
        price = self.value("price")
        if self._last_price and price is not None:
            last = money_words(self._last_price)
            text = _("Last price {price}", price=last)
            if price != self._last_price:
                moved = percent_words(price / self._last_price - 1)
                text = _("Last price {price}, now {change}", price=last, change=moved)
        self._hint.set_words(text)

    # --- entering

    def _on_picked(self, record: Found) -> None:
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
            self._next_scan()
        elif isinstance(data, Picked):
            self.begin(data)
            self.focus("qty")

    def _next_scan(self) -> None:
        if self._queue and not self._is_auto:
            self.begin(self._queue.pop(0), qty=Decimal(1), auto=True)

    def finish(self) -> None:
        """Enter the line that stands in the bar, or say what is wrong with it."""
        if self.is_empty():
            self.left_empty.emit()
            return
        self.editor("qty").set_required(True)
        line = self._line()
        self.editor("qty").set_required(False)
        if line is not None:
            self._done(line, is_scan=False)

    def _line(self) -> EntryLine | None:
        values = self.read()
        if values is None or self._goods is None:
            return None
        line = self._editing or EntryLine(0, self._goods, Decimal(1), "")
        expires: date | None = values.get("expires_on")
        is_value = self._source == "value"
        return replace(
            line,
            goods=self._goods,
            qty=values["qty"],
            unit=self.qty.unit() or self._goods.base_unit,
            lot=values.get("lot") or (line.lot if "lot" not in values else ""),
            lot_id=values.get("lot_id"),
            expires_on=expires,
            price=values.get("price"),
            value=values.get("value") if is_value else None,
            last_price=self._last_price,
            place_id=values.get("place_id", line.place_id),
            to_place_id=values.get("to_place_id", line.to_place_id),
            reason=values.get("reason") or line.reason,
            note=values.get("note") or "",
            error=None,
            error_field="",
        )

    def _done(self, line: EntryLine, *, is_scan: bool) -> None:
        self.reset()
        self.focus("item")
        (self.scanned if is_scan else self.entered).emit(line)
        self._next_scan()

    def show_core_error(self, error: CoreError) -> None:
        """Say an error of the core at its field of the line in the bar."""
        key = FIELD_OF.get(error.field or "", error.field or "item")
        if key == "lot" and "lot_id" in self._editors:
            key = "lot_id"
        if key == "value" and self._source != "value":
            key = "price"
        if not self.show_field_error(key, error):
            self.show_field_error("item", error)

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
