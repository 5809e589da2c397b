"""The lines of a form: a bar to enter them in, a table of what is entered. The same for every kind of posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import stock
from core.errors import CoreError
from core.i18n import Text, _
from desktop.stock.entry.bar import EntryBar
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.places import held_by_place, places_with, with_stock
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, RowTable, money_digits, show_toast, ui_text

LEAST_TABLE = 97


class LineSheet(QWidget):
    """Lines being entered. Enter on a line takes it back into the bar, Del removes it (and can be undone)."""

    changed = Signal()
    shelf_scanned = Signal(int)
    left_empty = Signal()

    def __init__(self, finder: Finder, fields: Fields, name: Text, *, side: str = "") -> None:
        super().__init__()
        self._finder, self.fields, self.side = finder, fields, side
        self._lines: list[EntryLine] = []
        self._last_id = 0
        self._reasons: dict[str, str] = {}
        self.bar = EntryBar(finder, fields)
        self.bar.price_before = self._price_of
        self.table = RowTable(self._columns(), name=name)
        self.table.setMinimumHeight(LEAST_TABLE)
        self.table.set_empty(
            _("No line yet. Scan a code, or type an item and press Enter. Enter on a line changes it, Del removes it.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        self.bar.entered.connect(self._on_entered)
        self.bar.scanned.connect(self._on_scanned)
        self.bar.times_typed.connect(self._on_times)
        self.bar.shelf_scanned.connect(self.shelf_scanned)
        self.bar.left_empty.connect(self.left_empty)
        self.bar.changed.connect(self.changed)
        self.table.row_activated.connect(self.edit)
        finder.ready.connect(self._show)

    # --- reading and filling

    def lines(self) -> list[EntryLine]:
        """What is entered."""
        return list(self._lines)

    def set_lines(self, lines: Sequence[EntryLine]) -> None:
        """Show these; each gets an id of this form."""
        self._lines = []
        for line in lines:
            self._last_id += 1
            self._lines.append(replace(line, id=self._last_id))
        self._show()

    def set_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        """The reasons of waste by code and name."""
        self._reasons = dict(reasons)
        self.bar.set_reasons(reasons)

    def clear(self) -> None:
        """Start anew."""
        self._lines = []
        self.bar.reset()
        self._show()

    def has_typing(self) -> bool:
        """Whether a line stands in the bar that was not entered."""
        return not self.bar.is_empty()

    def total(self) -> Decimal | None:
        """What all lines come to; None when no line has an amount."""
        amounts = [line.amount(money_digits()) for line in self._lines]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if known else None

    def focus(self) -> None:
        """Put the keyboard where the next line starts."""
        self.bar.focus("item")

    def show_error_at(self, row: int, error: CoreError) -> bool:
        """Say an error of the core at a line (1 is the first) and its field; False when there is no such line."""
        at = row - 1
        if not 0 <= at < len(self._lines):
            return False
        self._lines[at] = replace(self._lines[at], error=error.text, error_field=error.field or "")
        self._show()
        self.edit(self._lines[at])
        self.bar.show_core_error(error)
        return True

    def _price_of(self, item_id: int, unit: str) -> Decimal | None:
        """The price typed last for an item in a unit."""
        same = [line.price for line in self._lines if (line.goods.id, line.unit) == (item_id, unit) and line.price]
        return same[-1] if same else None

    # --- places

    def other_places(self, line: EntryLine, rows: Sequence[stock.OnHandRow]) -> list[tuple[int, Text]]:
        """Places that hold what a line needs, beside what the other lines take there, with the words of the offer."""
        need = self._finder.base_qty(line.goods.id, abs(line.qty), line.unit)
        if need is None:
            return []
        usable_on = None if self.fields.any_lot or self.fields.signed else self._finder.today()
        held = held_by_place(rows, usable_on=usable_on, lot_id=line.lot_id if line.link_id else None)
        for other in self._lines:
            if other.id != line.id and other.goods.id == line.goods.id and other.place_id in held:
                taken = self._finder.base_qty(other.goods.id, abs(other.qty), other.unit)
                held[other.place_id] -= taken or Decimal(0)
        unit = self._finder.unit_word(line.goods.base_unit)
        avoided = (line.place_id, self.bar.avoided_place())
        return [
            (place_id, _("Take it from {place}", place=with_stock(self._finder.place_word(place_id), qty, unit)))
            for place_id, qty in places_with(self._finder, held, need, avoided)
        ]

    def take_from(self, line_id: int, place_id: int) -> None:
        """Take a line's goods from another place; a lot that was chosen by hand is chosen anew there."""
        at = next(at for at, one in enumerate(self._lines) if one.id == line_id)
        line = self._lines[at]
        lot_id = line.lot_id if line.link_id else None
        self._lines[at] = replace(line, place_id=place_id, lot_id=lot_id, error=None, error_field="")
        self.bar.reset()
        self._after_change(self._lines[at])

    # --- changing

    def _on_entered(self, line: EntryLine) -> None:
        line = replace(line, side=line.side or self.side)
        known = next((at for at, one in enumerate(self._lines) if one.id == line.id), None)
        if known is None:
            self._append(line)
        else:
            self._lines[known] = line
        self._after_change(line if known is not None else self._lines[-1])

    def _on_scanned(self, line: EntryLine) -> None:
        """One more pack: a line of the same goods, unit, lot and place grows, otherwise there is a new one."""
        for at, one in enumerate(self._lines):
            if _is_same(one, line):
                grown = replace(one, qty=one.qty + line.qty, value=None if one.value is None else one.value)
                self._lines[at] = grown
                self._after_change(grown)
                return
        self._append(line)
        self._after_change(self._lines[-1])

    def _on_times(self, qty: Decimal) -> None:
        row = self.table.current_row() or (self._lines[-1] if self._lines else None)
        if row is None:
            return
        at = next(at for at, one in enumerate(self._lines) if one.id == row.id)
        self._lines[at] = replace(self._lines[at], qty=qty)
        self._after_change(self._lines[at])

    def _append(self, line: EntryLine) -> None:
        self._last_id += 1
        self._lines.append(replace(line, id=self._last_id, side=line.side or self.side))

    def _after_change(self, line: EntryLine) -> None:
        self._show()
        self.table.select_where(lambda row: row.id == line.id)
        self.changed.emit()

    def edit(self, line: EntryLine) -> None:
        """Take a line back into the bar."""
        self.bar.edit(line)

    def remove(self, line: EntryLine) -> None:
        """Take a line away; the toast gives it back."""
        at = next((at for at, one in enumerate(self._lines) if one.id == line.id), None)
        if at is None:
            return
        self._lines.pop(at)
        self._show()
        self.changed.emit()
        name = line.goods.title(self._finder.context.language)
        undo = (_("Undo"), lambda: self._give_back(at, line))
        show_toast(self.window(), _("{item} taken off the list.", item=name), link=undo)

    def _give_back(self, at: int, line: EntryLine) -> None:
        self._lines.insert(min(at, len(self._lines)), line)
        self._after_change(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Delete and row is not None and self.table.hasFocus():
            self.remove(row)
            return
        super().keyPressEvent(event)

    # --- the table

    def _show(self) -> None:
        self.table.set_rows(list(self._lines))

    def _columns(self) -> list[Column]:
        fields, finder = self.fields, self._finder
        language = finder.context.language
        columns = [
            Column(
                "code", _("Code"), 104, value=lambda line: line.goods.code, muted=True, sortable=False, wide_only=True
            ),
            Column("item", _("Item"), 200, value=lambda line: line.goods.title(language), stretch=True, sortable=False),
            Column("qty", _("Quantity"), 96, kind=Kind.QTY, sortable=False, zero_is_dash=False),
            Column("unit", "", 64, kind=Kind.UNIT, value=lambda line: finder.unit_word(line.unit), sortable=False),
            Column("lot", _("Lot"), 112, value=self._lot_words, sortable=False),
        ]
        if fields.comes_in:
            columns.append(Column("expires_on", _("Expiry date"), 104, kind=Kind.DATE, sortable=False))
        if fields.priced:
            columns += self._price_columns()
        if fields.reasons:
            columns.append(
                Column(
                    "reason", _("Reason"), 150, value=lambda line: self._reasons.get(line.reason, ""), sortable=False
                )
            )
        if fields.place is not None:
            columns.append(
                Column("place", fields.place, 168, value=lambda line: finder.place_word(line.place_id), sortable=False)
            )
        if fields.note:
            columns.append(Column("note", _("Note"), 120, sortable=False, wide_only=True))
        columns.append(Column("state", "", 130, kind=Kind.BADGE, value=_state, sortable=False))
        return columns

    def _price_columns(self) -> list[Column]:
        amount = Column(
            "amount", _("Line value"), 104, kind=Kind.MONEY, value=lambda line: line.amount(money_digits()),
            sortable=False, zero_is_dash=False,
        )  # fmt: skip
        price = Column("price", _("Unit price"), 96, kind=Kind.MONEY, sortable=False, zero_is_dash=False)
        return [price, amount]

    def _lot_words(self, line: EntryLine) -> str:
        if line.lot:
            return line.lot
        return ui_text(_("chosen lot")) if line.lot_id else ""


def _is_same(one: EntryLine, other: EntryLine) -> bool:
    def key(line: EntryLine) -> tuple[object, ...]:
        return (
            line.goods.id, line.unit, line.lot, line.lot_id, line.expires_on, line.place_id, line.to_place_id,
            line.reason, line.link_id,
        )  # fmt: skip

    return key(one) == key(other) and one.price == other.price and one.value is None


def _state(line: EntryLine) -> BadgeLook | None:
    if line.error is not None:
        return BadgeLook(_("Please check"), Meaning.DANGER)
    if line.left is not None:
        return BadgeLook(_("of {left}", left=f"{line.left:f}"), Meaning.PLAIN)
    return None
