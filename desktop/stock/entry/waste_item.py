"""The middle of the waste screen: what is lost and how much, with its cost at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import catalog, stock
from core.devices import Scan
from core.errors import CoreError
from core.i18n import Text, _
from core.values import round_decimal
from desktop.context import AppContext
from desktop.shell.scans import KILOGRAM, qty_of
from desktop.shell.weighing import WeighButton
from desktop.stock.entry.finder import Finder, Picked
from desktop.stock.entry.lines import Goods
from desktop.stock.entry.waste_keypad import WasteKeypad
from desktop.widgets import Button, Label, money_digits, money_words, number_words

MOST_UNITS, FEW_UNITS = 5, 3
SMALLEST, LARGEST = Decimal("0.001"), Decimal(500)


class WasteItem(QWidget):
    """The chosen item with its keypad. `changed` whenever amount, unit or cost change; `ready` when its units came."""

    changed = Signal()
    ready = Signal()
    star_pressed = Signal()

    def __init__(self, context: AppContext, finder: Finder) -> None:
        super().__init__()
        self._context, self._finder = context, finder
        self.goods: Goods | None = None
        self.table: catalog.UnitTable | None = None
        self.held: list[stock.OnHandRow] = []
        self.cost: Decimal | None = None
        self._pending: set[str] = set()
        self._scans = 1
        self._scan: Scan | None = None
        self.batch = ""
        self._most_units = MOST_UNITS
        self._name = Label("", "heading", elide=True)
        self._facts = Label("", "muted", elide=True)
        self._star = Button(_("Keep among the favourites"), self.star_pressed.emit, icon_name="star", kind="icon")
        self._star.setCheckable(True)
        self.keypad = WasteKeypad()
        self.keypad.changed.connect(self.changed)
        self.keypad.unit_changed.connect(lambda _unit: self.changed.emit())
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        self.weigh = WeighButton(context, self._on_weighed, lambda words: self._facts.set_words(words))
        head.addWidget(self.weigh)
        head.addWidget(self._star)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.keypad, 1)
        self.clear()

    def set_low(self, is_low: bool) -> None:
        """On a low screen there is room for fewer units."""
        self._most_units = FEW_UNITS if is_low else MOST_UNITS
        self.keypad.set_low(is_low)
        self._say()

    # --- the item

    def start(self, picked: Picked, is_favourite: bool) -> None:
        """Show an item and ask for its units, stock and cost."""
        goods = picked.goods
        self.goods, self.table, self.held, self.cost = goods, None, [], None
        self._scans, self._scan, self.batch = 1, picked.scan, picked.batch
        self._star.setEnabled(True)
        self._star.setChecked(is_favourite)
        self.keypad.start()
        self.keypad.set_units([])
        self._say()
        self._pending = {"table", "held"}
        self._finder.table(goods.id, lambda table: self._on_table(goods, table, picked.unit))
        self._finder.on_hand(goods.id, lambda rows: self._on_held(goods, rows), asker="waste")
        self._finder.unit_cost(goods.id, lambda cost: self._on_cost(goods, cost))

    def scanned_again(self, unit: str) -> bool:
        """The same code once more: one more of its unit. False when an amount was typed or it is another unit."""
        if unit not in ("", self.unit()) or (self.keypad.text() and self.keypad.text() != str(self._scans)):
            return False
        self._scans += 1
        self.keypad.clear()
        for one in str(self._scans):
            self.keypad.press(one)
        return True

    def clear(self) -> None:
        """No item."""
        self.goods, self.table, self.held, self.cost = None, None, [], None
        self._scan, self.batch = None, ""
        self._pending = set()
        self.keypad.start()
        self.keypad.set_units([])
        self._star.setEnabled(False)
        self._star.setChecked(False)
        self._say()

    def is_ready(self) -> bool:
        """Whether units and stock have come."""
        return self.goods is not None and not self._pending

    # --- what is wasted

    def qty(self) -> Decimal | None:
        """The amount; 1 when none is keyed in, None when what is keyed in is no number."""
        return self.keypad.value() if self.keypad.text() else Decimal(1)

    def unit(self) -> str:
        """The unit of the amount."""
        return str(self.keypad.unit() or (self.goods.base_unit if self.goods else ""))

    def base_qty(self) -> Decimal | None:
        """The amount in base units; None while it cannot be said."""
        qty = self.qty()
        if qty is None or self.table is None:
            return None
        try:
            return self.table.to_base(qty, self.unit())
        except CoreError:
            return None

    def _on_weighed(self, kilograms: Decimal) -> None:
        table = self.table
        if table is None or not table.has(KILOGRAM):
            self._facts.set_words(_("Choose an item that is kept by weight, then weigh it."))
            return
        self.keypad.clear()
        self._key_in(kilograms, KILOGRAM, list(_usual(table)))
        self.keypad.setFocus()

    def _key_in(self, qty: Decimal, unit: str, units: list[str]) -> None:
        order = [unit, *(one for one in units if one != unit)][: self._most_units]
        self.keypad.set_units([(one, self._finder.unit_word(one)) for one in order])
        for one in f"{qty:f}":
            self.keypad.press(one)

    def lot_id(self, place_id: int | None) -> int | None:
        """The lot that the code names, when it lies at this place."""
        here = [
            row
            for row in self.held
            if self.batch and row.lot == self.batch and row.location_id == place_id and row.qty > 0
        ]
        return here[0].lot_id if here else None

    def value(self) -> Decimal | None:
        """What it costs; None without the right to see it."""
        qty = self.base_qty()
        return None if qty is None or self.cost is None else round_decimal(qty * self.cost, money_digits())

    def amount_words(self) -> str:
        """The amount with its unit."""
        qty = self.qty()
        return "" if qty is None else f"{number_words(qty)} {self._finder.unit_word(self.unit())}"

    # --- answers

    def _on_table(self, goods: Goods, table: catalog.UnitTable, unit: str) -> None:
        if self.goods is not goods:
            return
        self.table = table
        first = unit or table.issue
        units = [first, *(one for one in _usual(table) if one != first)][: self._most_units]
        self.keypad.set_units([(one, self._finder.unit_word(one)) for one in units])
        self._take_measure(table, units)
        self._arrived("table")

    def _take_measure(self, table: catalog.UnitTable, units: list[str]) -> None:
        """The weight or count that the code says is the amount."""
        measured = qty_of(self._scan, table) if self._scan is not None else None
        if measured is None or self.keypad.text():
            return
        self._key_in(*measured, units)

    def _on_held(self, goods: Goods, rows: Sequence[stock.OnHandRow]) -> None:
        if self.goods is goods:
            self.held = list(rows)
            self._arrived("held")

    def _on_cost(self, goods: Goods, cost: Decimal | None) -> None:
        if self.goods is goods:
            self.cost = cost
            self._say()
            self.changed.emit()

    def _arrived(self, what: str) -> None:
        self._pending.discard(what)
        self._say()
        self.changed.emit()
        if not self._pending:
            self.ready.emit()

    def _say(self) -> None:
        if self.goods is None:
            self._name.set_words(_("What was lost?"))
            is_low = self._most_units == FEW_UNITS
            long = _("Scan it, type its name, or touch a tile.")
            self._facts.set_words(_("Scan, type, or touch") if is_low else long)
            return
        title = self.goods.title(self._context.language)
        self._name.set_words(f"{title} · {self.batch}" if self.batch else title)
        unit = self._finder.unit_word(self.goods.base_unit)
        total = sum((row.qty for row in self.held), Decimal(0))
        facts: Text | str = (
            "" if "held" in self._pending else _("{qty} {unit} on hand", qty=number_words(total), unit=unit)
        )
        if self.cost is not None and facts:
            cost = money_words(round_decimal(self.cost, 4), sign=True)
            is_low = self._most_units == FEW_UNITS
            short = f"{number_words(total)} {unit} · {cost} / {unit}"
            facts = short if is_low else _("{stock} · {cost} per {unit}", stock=facts, cost=cost, unit=unit)
        self._facts.set_words(facts)


def _usual(table: catalog.UnitTable) -> list[str]:
    """Units worth a button: the base unit, the packs, and of the physical ones those near the base in size."""
    order = list(table.units())
    near = [unit for unit in order if SMALLEST <= table.factor(unit) <= LARGEST]
    return near or order
