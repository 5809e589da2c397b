"""The bar one line of an order is entered in: scan or find the item, say how much, Enter goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from core import purchasing
from core.errors import CoreError
from core.i18n import Text, _, join
from core.purchasing import OrderSheetItem
from core.values import CURRENCY_SIGNS
from desktop.purchasing.orders.desk import Desk, DeskLine
from desktop.purchasing.orders.looks import price_words
from desktop.purchasing.receive.finding import Finder, Picked
from desktop.purchasing.receive.head import GoodsField, Times, times_of
from desktop.widgets import Button, CheckEdit, Found, Label, MoneyEdit, QtyEdit, Strip, TextEdit, number_words

ONE = Decimal(1)
FIELD_OF = {"unit": "qty", "tax_rate": "price", "item": "item", "supplier": "item"}
NARROW = 860
LONGEST_NOTE = 200


class Entry(Strip):
    """`entered(line)` when a line is complete, `wanted(Picked)` when an item was picked, `times_typed(Times)` for *24
    or +2, `stepped(by)` with the arrows in an empty field, `left_empty` by Enter with nothing in it."""

    entered = Signal(object)
    wanted = Signal(object)
    times_typed = Signal(object)
    stepped = Signal(int)
    left_empty = Signal()

    def __init__(self, finder: Finder, desk: Desk, *, sees_cost: bool) -> None:
        super().__init__()
        self.narrow = NARROW
        self._finder, self._desk, self._sees_cost = finder, desk, sees_cost
        self._item: OrderSheetItem | None = None
        self._editing: DeskLine | None = None
        self._is_filling = self._is_own_price = False
        self.goods = GoodsField(_("Item or scan"), self._complete)
        self.qty = QtyEdit(_("Quantity"))
        self.price = MoneyEdit(_("Price"), decimals=6)
        self.is_free = CheckEdit(_("Free"))
        self.add("item", _("Item or scan"), self.goods, share=30)
        self.add("qty", _("Quantity"), self.qty, share=18)
        self.add("price", _("Price of a unit"), self.price, share=14)
        self.add("note", _("Note to the supplier"), TextEdit(_("Note to the supplier"), most=LONGEST_NOTE), share=18)
        self.is_free.setFixedHeight(self.qty.sizeHint().height())
        self.add("is_free", " ", self.is_free, share=6)
        self.is_free.set_name(_("Free of charge"))
        self.button = Button(_("Add"), self.finish, icon_name="plus")
        self.add_widget(self.button)
        self.show_field("price", sees_cost)
        self._hint = Label("", "small", wrap=True)
        self._column.addWidget(self._hint)
        self.goods.picked.connect(self._on_picked)
        self.goods.stepped.connect(self.stepped)
        self.goods.left_empty.connect(self.left_empty)
        self.qty.changed.connect(self._on_qty)
        self.qty.unit_changed.connect(lambda _unit: self._on_qty())
        self.price.changed.connect(self._on_price)
        self.is_free.changed.connect(self._on_free)
        self.finished.connect(self.finish)
        desk.changed.connect(self._show_sign)

    # --- beginning

    def begin(self, item: OrderSheetItem, unit: str = "", qty: Decimal | None = None) -> None:
        """Start a line with an item."""
        self.clear_errors()
        self._item, self._editing, self._is_own_price = item, None, False
        self._fill(item, unit or item.unit, qty)
        self._reprice()
        self.button.set_words(_("Add"))
        self.focus("qty")

    def edit(self, line: DeskLine) -> None:
        """Take a line into the bar."""
        self.clear_errors()
        self._item, self._editing, self._is_own_price = line.item, line, line.is_own_price
        self._fill(line.item, line.unit, line.qty)
        self._is_filling = True
        self.set_values({"price": line.price, "note": line.note, "is_free": line.is_free})
        self.price.setEnabled(not line.is_free)
        self._is_filling = False
        self._say_hints()
        self.button.set_words(_("Change"))
        self.focus("qty")

    def _fill(self, item: OrderSheetItem, unit: str, qty: Decimal | None) -> None:
        self._is_filling = True
        self.goods.set_record(Found(item.item_id, item.code, item.name.render(self._finder.context.language)))
        self.qty.set_units([(one, self._finder.unit_word(one)) for one in item.table.units()])
        self.qty.set_unit(unit)
        self.price.setEnabled(True)
        self.set_values({"qty": qty, "price": None, "note": "", "is_free": False})
        self._is_filling = False

    def reset(self) -> None:
        """Nothing in the bar."""
        self._is_filling = True
        self._item = self._editing = None
        self._is_own_price = False
        self.clear_errors()
        self.goods.set_record(None)
        self.qty.set_units([])
        self.set_values({"qty": None, "price": None, "note": "", "is_free": False})
        self.button.set_words(_("Add"))
        self._hint.set_words("")
        self._is_filling = False

    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self._item is None and not self.goods.text().strip()

    def is_editing(self, key: int) -> bool:
        """Whether this line stands in it."""
        return self._editing is not None and self._editing.key == key

    def is_wanted(self, key: str) -> bool:
        """Enter stops where something is missing; Tab reaches everything."""
        if key == "price":
            return self._sees_cost and self.value("price") is None and not self.is_free.value()
        return key not in ("note", "is_free")

    def focus_goods(self) -> None:
        """Put the keyboard where goods are scanned."""
        self.focus("item")

    # --- entering

    def finish(self) -> None:
        """Enter the line that stands in the bar, or say what is wrong with it."""
        if self.is_empty():
            self.left_empty.emit()
            return
        self.qty.set_required(True)
        values = self.read()
        self.qty.set_required(False)
        item = self._item
        if values is None or item is None:
            return
        unit = self.qty.unit() or item.unit
        before = self._editing or DeskLine(0, item, values["qty"], unit, None, item.tax_rate)
        line = replace(
            before, item=item, qty=values["qty"], unit=unit, is_free=bool(values["is_free"]), note=values["note"] or "",
            price=values["price"] if self._sees_cost else before.price, is_own_price=self._is_own_price,
        )  # fmt: skip
        self.reset()
        self.focus_goods()
        self.entered.emit(line)

    def show_core_error(self, error: CoreError) -> None:
        """Say an error of the core at its field."""
        key = FIELD_OF.get(error.field or "", error.field or "item")
        if not self.show_field_error(key, error):
            self.show_field_error("item", error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_empty():
            self.reset()
            self.focus_goods()
            return
        super().keyPressEvent(event)

    # --- inside

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        times = times_of(text)
        if times is not None:
            answer([_times_found(times)])
            return
        own = [self._found(one) for one in self._by_supplier_code(text)]
        language = self._finder.context.language

        def found(rows: Sequence[Found]) -> None:
            here = {one.id for one in own}
            told = [self._told(row) for row in rows if row.id not in here]
            told.sort(key=lambda one: self._desk.item(one.id) is None or not _termed(self._desk.item(one.id)))
            answer([*own, *told])

        if not text and self._desk.sheet is not None:
            sold = sorted(self._desk.sheet.items, key=lambda one: one.name.render(language))
            answer([self._found(one) for one in sold if one.is_termed][:12])
        else:
            self._finder.complete(text, found)

    def _by_supplier_code(self, text: str) -> list[OrderSheetItem]:
        letters = text.strip().casefold()
        items = self._desk.sheet.items if self._desk.sheet is not None and letters else ()
        return [one for one in items if one.supplier_code and one.supplier_code.casefold() == letters]

    def _found(self, item: OrderSheetItem) -> Found:
        name = item.name.render(self._finder.context.language)
        return Found(item.item_id, item.code, name, self._extra(item), item)

    def _told(self, row: Found) -> Found:
        """What the search found, with the supplier's price where it sells the item."""
        item = self._desk.item(row.id)
        return replace(row, extra=self._extra(item)) if item is not None and item.is_termed else row

    def _extra(self, item: OrderSheetItem) -> Text | str:
        unit = self._finder.unit_word(item.unit)
        if item.price is None:
            return item.supplier_code or unit
        return _("{price} / {unit}", price=price_words(item.price), unit=unit)

    def _on_picked(self, found: Found) -> None:
        data = found.data
        if isinstance(data, Times):
            self.goods.set_record(None)
            self.times_typed.emit(data)
        elif isinstance(data, OrderSheetItem | Picked):
            self.wanted.emit(data)

    def _show_sign(self) -> None:
        currency = self._desk.currency()
        self.price.set_sign(CURRENCY_SIGNS.get(currency, currency))

    def _on_qty(self) -> None:
        if not self._is_filling:
            self._reprice()

    def _reprice(self) -> None:
        """The price follows quantity and unit by the supplier's terms until somebody types one."""
        item = self._item
        if item is None:
            return
        if not self._is_own_price and not self.is_free.value():
            self._is_filling = True
            self.price.set_value(purchasing.sheet_price(item, self.value("qty") or ONE, self.qty.unit() or item.unit))
            self._is_filling = False
        self._say_hints()

    def _on_price(self) -> None:
        if not self._is_filling:
            self._is_own_price = self.value("price") is not None

    def _on_free(self) -> None:
        if self._is_filling or self._item is None:
            return
        is_free = self.is_free.value()
        self.price.setEnabled(not is_free)
        if is_free:
            self.price.set_value(None)
        else:
            self._is_own_price = False
            self._reprice()

    def _say_hints(self) -> None:
        item = self._item
        if item is None:
            self._hint.set_words("")
            return
        told: list[Text] = []
        if self._sees_cost and not item.is_termed:
            told.append(_("This supplier has no price for it"))
        qty = self.value("qty")
        if qty:
            told += purchasing.sheet_hints(item, qty, self.qty.unit() or item.unit)
        self._hint.set_words(join(told, " · ") if told else "")


def _termed(item: OrderSheetItem | None) -> bool:
    return item is not None and item.is_termed


def _times_found(times: Times) -> Found:
    words = _("Quantity of this line: {qty}", qty=number_words(times.qty))
    if not times.is_set:
        words = _("Change the quantity by {qty}", qty=number_words(times.qty))
    return Found("times", "", words, "", times)
