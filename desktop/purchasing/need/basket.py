"""The sheet of needs as the person changes it: quantities, suppliers, what is left out, what is added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from core import purchasing
from core.purchasing import NeedChoice, NeedGroup, NeedLine, NeedSheet, NeedTotals, NewOrder

ZERO = Decimal(0)


@dataclass(slots=True)
class Shelf:
    """One supplier's lines as they stand now. `is_left_out`: nothing is ordered from it this time."""

    group: NeedGroup
    lines: list[NeedLine] = field(default_factory=list)
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: a supplier's head, or (with `line`) one of its lines."""

    shelf: Shelf
    line: NeedLine | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What the row is known by: supplier and item (0: the head)."""
        return (self.shelf.group.supplier_id, 0 if self.line is None else self.line.item_id)


class Basket:
    """What will be ordered. A fresh sheet keeps what the person did: by item, as long as the item is still needed."""

    def __init__(self) -> None:
        self.sheet: NeedSheet | None = None
        self.shelves: list[Shelf] = []
        self._qty: dict[int, Decimal] = {}
        self._out: set[int] = set()
        self._moved: dict[int, NeedChoice] = {}
        self._added: dict[int, NeedLine] = {}
        self._closed: set[int] = set()

    # --- what comes

    def take(self, sheet: NeedSheet) -> None:
        """Show a sheet; what was changed by hand stays."""
        self.sheet = sheet
        here = {line.item_id for group in sheet.groups for line in group.lines}
        self._added = {key: line for key, line in self._added.items() if key not in here}
        known = here | self._added.keys()
        self._qty = {key: qty for key, qty in self._qty.items() if key in known}
        self._moved = {key: choice for key, choice in self._moved.items() if key in known}
        self._out &= known
        self._lay_out()

    def forget(self) -> None:
        """Nothing is changed by hand any more."""
        for kept in (self._qty, self._out, self._moved, self._added, self._closed):
            kept.clear()
        if self.sheet is not None:
            self._lay_out()

    def is_changed(self) -> bool:
        """Whether the person changed anything that a fresh sheet would not say."""
        return bool(self._qty or self._out or self._moved or self._added or self._closed)

    # --- what the person does

    def set_qty(self, line: NeedLine, qty: Decimal) -> None:
        """Order so many purchase units of a line; none leaves it out."""
        self._out.discard(line.item_id)
        if qty <= 0:
            self._out.add(line.item_id)
        else:
            self._qty[line.item_id] = qty
        self._lay_out()

    def leave_out(self, line: NeedLine) -> None:
        """Do not order a line this time, or order it after all."""
        self._out ^= {line.item_id}
        self._lay_out()

    def close_shelf(self, shelf: Shelf) -> None:
        """Order nothing from a supplier this time, or do after all."""
        self._closed ^= {shelf.group.supplier_id}
        self._lay_out()

    def move(self, line: NeedLine, choice: NeedChoice) -> None:
        """Order a line from another supplier, in that one's packs."""
        self._qty.pop(line.item_id, None)
        self._moved[line.item_id] = choice
        self._closed.discard(choice.supplier_id)
        self._lay_out()

    def add(self, line: NeedLine) -> None:
        """Order an item that the sheet did not ask for; one that is there already is taken in again."""
        self._out.discard(line.item_id)
        self._closed.discard(line.choice.supplier_id)
        if self.find(line.item_id) is None:
            self._added[line.item_id] = line
        elif line.choice.supplier_id != self._supplier_of(line.item_id):
            self._moved[line.item_id] = line.choice
        self._lay_out()

    def settle(self, line: NeedLine) -> None:
        """It is ordered: what was changed by hand of it is forgotten. What was left out stays so."""
        if line.item_id not in self._out:
            for kept in (self._qty, self._moved, self._added):
                kept.pop(line.item_id, None)

    # --- what is asked

    def rows(self, text: str = "", supplier_id: int | None = None) -> list[Row]:
        """The rows of the list, those only whose item or supplier fits the words."""
        letters = text.casefold()
        found: list[Row] = []
        for shelf in self.shelves:
            if supplier_id is not None and shelf.group.supplier_id != supplier_id:
                continue
            name = f"{shelf.group.name.zh} {shelf.group.name.en} {shelf.group.code}".casefold()
            lines = [line for line in shelf.lines if letters in name or letters in _words(line)]
            if lines:
                found += [Row(shelf), *(Row(shelf, line) for line in lines)]
        return found

    def find(self, item_id: int) -> NeedLine | None:
        """The line of an item."""
        return next((line for shelf in self.shelves for line in shelf.lines if line.item_id == item_id), None)

    def is_out(self, row: Row) -> bool:
        """Whether a row is not ordered this time."""
        if row.shelf.is_left_out or not row.shelf.group.supplier_id:
            return True
        return row.line is not None and row.line.item_id in self._out

    def is_by_hand(self, line: NeedLine) -> bool:
        """Whether a person changed this line."""
        return line.item_id in self._qty or line.item_id in self._moved or line.item_id in self._added

    def totals(self, shelf: Shelf) -> NeedTotals:
        """What of a supplier will be ordered comes to."""
        return purchasing.need_totals(shelf.group, [] if shelf.is_left_out else self._chosen(shelf))

    def orders(self, only: Shelf | None = None) -> tuple[NewOrder, ...]:
        """The orders that would be made: one a supplier, of one supplier with `only`."""
        made = [
            purchasing.need_order(shelf.group, self._chosen(shelf))
            for shelf in self.shelves
            if not shelf.is_left_out and (only is None or shelf.group.supplier_id == only.group.supplier_id)
        ]
        return tuple(order for order in made if order is not None)

    def line_at(self, row: int) -> NeedLine | None:
        """The line of a row of the orders, counted over all of them from 1, as an error names it."""
        for shelf in self.shelves:
            chosen = [] if shelf.is_left_out or not shelf.group.supplier_id else self._chosen(shelf)
            if 0 < row <= len(chosen):
                return chosen[row - 1]
            row -= len(chosen)
        return None

    # --- inside

    def _chosen(self, shelf: Shelf) -> list[NeedLine]:
        return [line for line in shelf.lines if line.item_id not in self._out and line.qty > 0]

    def _supplier_of(self, item_id: int) -> int:
        found = self.find(item_id)
        return 0 if found is None else found.choice.supplier_id

    def _lay_out(self) -> None:
        sheet = self.sheet
        assert sheet is not None
        heads = {group.supplier_id: group for group in (*sheet.groups, *sheet.others)}
        shelves: dict[int, Shelf] = {group.supplier_id: Shelf(group) for group in sheet.groups}
        for line in self._all_lines(sheet):
            choice = self._moved.get(line.item_id)
            if choice is not None and choice.supplier_id in heads:
                line = purchasing.need_from(line, choice)
            if line.item_id in self._qty:
                line = purchasing.need_at(line, self._qty[line.item_id])
            supplier_id = line.choice.supplier_id
            if supplier_id in heads:
                shelves.setdefault(supplier_id, Shelf(heads[supplier_id])).lines.append(line)
        self.shelves = [shelf for shelf in shelves.values() if shelf.lines]
        for shelf in self.shelves:
            shelf.is_left_out = shelf.group.supplier_id in self._closed

    def _all_lines(self, sheet: NeedSheet) -> Iterator[NeedLine]:
        for group in sheet.groups:
            yield from group.lines
        yield from self._added.values()


def _words(line: NeedLine) -> str:
    return f"{line.code} {line.name.zh} {line.name.en} {line.spec}".casefold()
