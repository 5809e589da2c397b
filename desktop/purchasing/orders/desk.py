"""The order as it stands on screen: its lines, and what of them is not saved. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from core import purchasing
from core.i18n import Text
from core.purchasing import NewOrderLine, OrderCard, OrderLineEdit, OrderLineRow, OrderSheet, OrderSheetItem, OrderSums
from core.values import digits_of, round_decimal

ZERO = Decimal(0)
FIELDS = ("item_id", "qty", "unit", "price", "is_free", "note", "tax_rate")


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A line as it is written. `key` tells lines apart before they are saved; `stored` is what the order holds of it;
    `is_own_price`: the price was typed, and no longer follows the quantity."""

    key: int
    item: OrderSheetItem
    qty: Decimal
    unit: str
    price: Decimal | None
    tax_rate: Decimal
    is_free: bool = False
    note: str = ""
    is_own_price: bool = False
    stored: OrderLineRow | None = None
    number: int = 0
    currency: str = ""
    error: Text | None = None

    @property
    def id(self) -> int:
        """What a list knows the line by."""
        return self.key

    @property
    def amount(self) -> Decimal | None:
        """Quantity times price, rounded to the currency; None without a price."""
        if self.is_free or self.price is None:
            return ZERO if self.is_free else None
        return round_decimal(self.qty * self.price, digits_of(self.currency))

    @property
    def is_closed(self) -> bool:
        """Whether nobody waits for it any more."""
        return self.stored is not None and self.stored.is_closed

    @property
    def due_on(self) -> date | None:
        """When its goods are expected."""
        return self.stored.due_on if self.stored is not None else None

    def edit(self) -> OrderLineEdit:
        """The line as it is saved."""
        line_id = self.stored.id if self.stored is not None else None
        price = None if self.is_free and self.stored is None else self.price
        return OrderLineEdit(
            line_id, self.item.item_id, self.qty, self.unit, price, self.is_free, self.note, self.tax_rate
        )

    def new(self) -> NewOrderLine:
        """The line of an order that is not saved yet."""
        return NewOrderLine(
            self.item.item_id, self.qty, self.unit, None if self.is_free else self.price, self.is_free, self.note,
            self.tax_rate,
        )  # fmt: skip


def stored_edit(row: OrderLineRow) -> OrderLineEdit:
    """A line as the order holds it."""
    return OrderLineEdit(row.id, row.item_id, row.qty, row.unit, row.price, row.is_free, row.note, row.tax_rate)


class Desk(QObject):
    """`changed`: something of the lines is different."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.card: OrderCard | None = None
        self.sheet: OrderSheet | None = None
        self._lines: list[DeskLine] = []
        self._last = 0

    # --- reading

    def lines(self) -> list[DeskLine]:
        """All lines, numbered as they stand."""
        return [replace(line, number=at) for at, line in enumerate(self._lines, start=1)]

    def line(self, key: int) -> DeskLine | None:
        """A line by its key."""
        return next((line for line in self.lines() if line.key == key), None)

    def of_item(self, item_id: int) -> DeskLine | None:
        """The line an item stands in already; free goods stand for themselves."""
        return next((line for line in self.lines() if line.item.item_id == item_id and not line.is_free), None)

    def currency(self) -> str:
        """The currency of the order."""
        if self.card is not None:
            return self.card.row.currency
        return self.sheet.currency if self.sheet is not None else ""

    def is_tax_incl(self) -> bool:
        """Whether prices are with tax."""
        if self.card is not None:
            return self.card.is_tax_incl
        return self.sheet is not None and self.sheet.is_tax_incl

    def item(self, item_id: int) -> OrderSheetItem | None:
        """An item of the sheet."""
        items = self.sheet.items if self.sheet is not None else ()
        return next((one for one in items if one.item_id == item_id), None)

    def edits(self) -> tuple[OrderLineEdit, ...]:
        """All lines as they would be saved."""
        return tuple(line.edit() for line in self._lines)

    def base(self) -> tuple[OrderLineEdit, ...]:
        """All lines as the order showed them."""
        return tuple(stored_edit(row) for row in self.card.lines) if self.card is not None else ()

    def new_lines(self) -> tuple[NewOrderLine, ...]:
        """All lines of an order that is not saved yet."""
        return tuple(line.new() for line in self._lines)

    def is_changed(self) -> bool:
        """Whether lines differ from what is saved."""
        return self.edits() != self.base()

    def sums(self, rate: Decimal, site_digits: int) -> OrderSums:
        """What the lines come to now; closed ones are not counted."""
        told = [
            (line.qty, None if line.is_free else line.price, line.tax_rate)
            for line in self._lines
            if not line.is_closed
        ]
        return purchasing.order_sums(
            told, self.currency(), is_incl=self.is_tax_incl(), rate=rate, site_digits=site_digits
        )

    # --- filling

    def take_sheet(self, sheet: OrderSheet) -> None:
        """What the supplier sells; lines typed before keep what was typed."""
        self.sheet = sheet
        known = {one.item_id: one for one in sheet.items}
        self._lines = [
            replace(line, item=known.get(line.item.item_id, line.item), currency=self.currency())
            for line in self._lines
        ]  # fmt: skip
        self.changed.emit()

    def price_anew(self) -> None:
        """Another supplier sells them: prices and units are that one's."""
        self._lines = [self._priced(line) for line in self._lines]
        self.changed.emit()

    def _priced(self, line: DeskLine) -> DeskLine:
        if line.is_own_price:
            return replace(line, tax_rate=line.item.tax_rate)
        price = purchasing.sheet_price(line.item, line.qty, line.unit)
        return replace(line, price=price, tax_rate=line.item.tax_rate)

    def show(self, card: OrderCard, sheet: OrderSheet) -> None:
        """The order as it is saved."""
        keys = {line.stored.id: line.key for line in self._lines if line.stored is not None}
        self.card, self.sheet = card, sheet
        self._lines = [self._of(row, keys.get(row.id)) for row in card.lines]
        self.changed.emit()

    def _of(self, row: OrderLineRow, key: int | None) -> DeskLine:
        item = self.item(row.item_id)
        assert item is not None, "the sheet is asked for with the items of the order"
        return DeskLine(
            key or self._next(), item, row.qty, row.unit, row.price, row.tax_rate, row.is_free, row.note, True, row,
            currency=self.currency(),
        )  # fmt: skip

    def _next(self) -> int:
        self._last += 1
        return self._last

    # --- changing

    def put(self, line: DeskLine) -> DeskLine:
        """A line as it is now; one of key 0 is new."""
        line = replace(line, currency=self.currency(), error=None)
        at = next((at for at, one in enumerate(self._lines) if one.key == line.key), None)
        if at is None:
            line = replace(line, key=self._next())
            self._lines.append(line)
        else:
            self._lines[at] = line
        self.changed.emit()
        return line

    def remove(self, key: int) -> Callable[[], None]:
        """Take a line away; gives how to put it back."""
        before = list(self._lines)
        self._lines = [line for line in self._lines if line.key != key]
        self.changed.emit()

        def put_back() -> None:
            self._lines = before
            self.changed.emit()

        return put_back

    def mark(self, row: int, error: Text) -> DeskLine | None:
        """What the core says of the nth line stands at it until somebody changes it."""
        if not 0 < row <= len(self._lines):
            return None
        self._lines[row - 1] = replace(self._lines[row - 1], error=error)
        self.changed.emit()
        return self._lines[row - 1]

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        self._lines = [replace(line, error=None) for line in self._lines]

    def clear(self) -> None:
        """An order that is not begun."""
        self.card, self.sheet, self._lines = None, None, []
        self.changed.emit()

    # --- two people at one order

    def rebase(self, card: OrderCard, sheet: OrderSheet, theirs: Mapping[str, object]) -> None:
        """The order as somebody else saved it, with what was typed here over it; `theirs` names the fields that stay as
        they saved them ("7.qty" of line 7)."""
        mine, removed, fresh = self._typed(), self._removed(), [line for line in self._lines if line.stored is None]
        self.show(card, sheet)
        kept: list[DeskLine] = []
        for line in self._lines:
            assert line.stored is not None
            line_id = line.stored.id
            if line_id in removed and f"{line_id}.is_there" not in theirs:
                continue
            typed = mine.get(line_id, {})
            kept.append(
                replace(line, **{key: value for key, value in typed.items() if f"{line_id}.{key}" not in theirs})
            )
        self._lines = [*kept, *fresh]
        self.changed.emit()

    def _typed(self) -> dict[int, dict[str, Any]]:
        before = {one.id: one for one in self.base()}
        found: dict[int, dict[str, Any]] = {}
        for edit in self.edits():
            was = before.get(edit.id)
            if was is not None:
                differs = {key: getattr(edit, key) for key in FIELDS if getattr(edit, key) != getattr(was, key)}
                found[edit.id or 0] = {key: value for key, value in differs.items() if key != "item_id"}
        return found

    def _removed(self) -> set[int]:
        here = {edit.id for edit in self.edits()}
        return {one.id for one in self.base() if one.id is not None and one.id not in here}
