"""The delivery as it stands on the dock: its lines, and all that can be done to them. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from core.i18n import Text
from core.purchasing import DeliverySheet, SheetLine
from core.values import plain, round_decimal
from desktop.purchasing.receive.lines import NONE, DockLine, added, line_of, price_after
from desktop.purchasing.receive.states import LineState, Standing, standings


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan says of goods: how much in which unit, and what their code says of lot, days and the price to pay."""

    item_id: int
    qty: Decimal
    unit: str
    factor: Decimal
    lot: str = ""
    expires_on: date | None = None
    produced_on: date | None = None
    amount: Decimal | None = None


class Dock(QObject):
    """Lines in the order of the orders, what was not ordered behind them. `changed`: something of them is different;
    `went_to(line)`: work goes on at another line."""

    changed = Signal()
    went_to = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: DeliverySheet | None = None
        self._lines: list[DockLine] = []
        self._last_id = 0
        self._current_id = 0
        self.usual_place: Callable[[], int | None] = lambda: None

    # --- reading

    def lines(self) -> list[DockLine]:
        """All lines."""
        return list(self._lines)

    def posted_lines(self) -> list[DockLine]:
        """The lines of which something came or was refused."""
        return [line for line in self._lines if not line.is_empty()]

    def line(self, line_id: int) -> DockLine | None:
        """A line by its id."""
        return next((line for line in self._lines if line.id == line_id), None)

    def current(self) -> DockLine | None:
        """The line that is worked at."""
        return self.line(self._current_id)

    def order_ids(self) -> tuple[int, ...]:
        """The orders the delivery belongs to."""
        return tuple(order.order_id for order in self.sheet.orders) if self.sheet is not None else ()

    def has_orders(self) -> bool:
        """Whether it was ordered at all."""
        return bool(self.order_ids())

    def has_typing(self) -> bool:
        """Whether anything was said that is not posted."""
        return any(line.is_touched or not line.is_empty() for line in self._lines)

    def standing(self, line: DockLine) -> Standing:
        """How a line stands against its order."""
        return standings(self._lines).get(line.id, Standing(LineState.WAITING))

    def of_item(self, item_id: int) -> list[DockLine]:
        """The lines of an item."""
        return [line for line in self._lines if line.known.item_id == item_id]

    # --- filling

    def start(self, sheet: DeliverySheet) -> None:
        """Begin with what is expected."""
        self.sheet = sheet
        self._lines, self._current_id = [], 0
        self._append(map(line_of, sheet.lines))
        self.changed.emit()

    def take_sheet(self, sheet: DeliverySheet) -> None:
        """More orders, or another supplier: lines that are here stay as they are with what is known of them now, what is
        expected beyond them comes to them."""
        self.sheet = sheet
        expected = {line.order_line_id: line for line in sheet.lines if line.order_line_id is not None}
        further = {line.item_id: line for line in sheet.lines if line.order_line_id is None}
        kept = []
        for line in self._lines:
            of, known = line.known.order_line_id, line.known
            now = further.get(known.item_id, known) if of is None else expected.get(of, known)
            kept.append(replace(line, known=now, currency=sheet.currency))
        self._lines = [line for line in kept if line.known.order_line_id is not None]
        here = {line.known.order_line_id for line in self._lines}
        self._append(line_of(known) for of, known in expected.items() if of not in here)
        self._lines += [line for line in kept if line.known.order_line_id is None]
        self.changed.emit()

    def restore(self, lines: Sequence[DockLine]) -> None:
        """The lines of a draft over the sheet that is shown, in its order; what was not ordered behind them."""
        given: dict[int | None, list[DockLine]] = {}
        for line in lines:
            given.setdefault(line.known.order_line_id, []).append(line)
        expected, self._lines = self._lines, []
        for line in expected:
            self._append(given.pop(line.known.order_line_id, [line]))
        self._append(line for rest in given.values() for line in rest)
        self.changed.emit()

    def clear(self) -> None:
        """Nothing is at the dock."""
        self.sheet, self._lines, self._current_id = None, [], 0
        self.changed.emit()

    def _append(self, lines: object) -> None:
        for line in lines:  # type: ignore[attr-defined]
            self._last_id += 1
            place_id = line.place_id if line.place_id is not None else self.usual_place()
            currency = self.sheet.currency if self.sheet is not None else ""
            self._lines.append(replace(line, id=self._last_id, place_id=place_id, currency=currency))

    # --- going about

    def go_to(self, line_id: int) -> None:
        """Work at a line."""
        if line_id != self._current_id:
            self._current_id = line_id
            self.went_to.emit(self.current())

    def step(self, by: int) -> None:
        """Go to the line before or after."""
        at = next((at for at, line in enumerate(self._lines) if line.id == self._current_id), -1 if by > 0 else 0)
        if self._lines:
            self.go_to(self._lines[max(0, min(at + by, len(self._lines) - 1))].id)

    # --- changing one line

    def put(self, line: DockLine) -> None:
        """A line as it is now; one of no id is new."""
        at = next((at for at, one in enumerate(self._lines) if one.id == line.id), None)
        if at is None:
            self._append([line])
            line = self._lines[-1]
        else:
            self._lines[at] = line
        self._current_id = line.id
        self.changed.emit()
        self.went_to.emit(line)

    def change(self, line_id: int, **fields: object) -> None:
        """Say something of a line."""
        line = self.line(line_id)
        if line is not None:
            self.put(replace(line, **{"is_touched": True, "error": None, "error_field": "", **fields}))  # type: ignore[arg-type]

    def mark_error(self, line_id: int, text: Text, field: str) -> None:
        """What the core says of a line stands at it until somebody changes it."""
        line = self.line(line_id)
        if line is not None:
            self.put(replace(line, error=text, error_field=field))

    def as_ordered(self, line: DockLine) -> None:
        """All that is still missing of a line came, in its own unit; what is refused of it stays refused."""
        self._complete(line)
        self.changed.emit()
        self.went_to.emit(self.current())

    def all_as_ordered(self) -> int:
        """Everything nobody spoke of yet came as ordered. Gives how many lines that was."""
        found = standings(self._lines)
        waiting = [line for line in self._lines if found[line.id].state is LineState.WAITING]
        current = self._current_id
        for line in waiting:
            self._complete(line)
        self._current_id = current or (self._lines[0].id if self._lines else 0)
        self.changed.emit()
        self.went_to.emit(self.current())
        return len(waiting)

    def _complete(self, line: DockLine) -> None:
        gap = standings(self._lines)[line.id].gap
        expected = line.instead_of or line.known
        at = next(at for at, one in enumerate(self._lines) if one.id == line.id)
        missing = plain(round_decimal(-gap * expected.factor / line.factor, 6)) - line.rejected
        self._lines[at] = replace(line, qty=line.qty + max(missing, NONE), is_touched=True, error=None, error_field="")
        self._current_id = line.id

    def split(self, line: DockLine, **fields: object) -> DockLine:
        """A second line of the same goods (another lot, another day), behind the first."""
        fresh = replace(
            line, qty=NONE, rejected=NONE, lot="", expires_on=None, produced_on=None, error=None, error_field="",
            is_touched=True, temperature=None, note="", is_quarantine=False,
        )  # fmt: skip
        self._last_id += 1
        fresh = replace(fresh, id=self._last_id, **fields)  # type: ignore[arg-type]
        at = next(at for at, one in enumerate(self._lines) if one.id == line.id)
        self._lines.insert(at + 1, fresh)
        self._current_id = fresh.id
        return fresh

    def remove(self, line: DockLine) -> Callable[[], None]:
        """Take a line away, or what was said of it where it is expected; gives how to put it back."""
        before, current = list(self._lines), self._current_id
        siblings = [one for one in self._lines if one.known.order_line_id == line.known.order_line_id]
        if line.known.order_line_id is not None and len(siblings) == 1:
            self._lines = [replace(line_of(line.known), id=line.id) if one.id == line.id else one for one in before]
        else:
            self._lines = [one for one in before if one.id != line.id]
        self.changed.emit()

        def put_back() -> None:
            self._lines, self._current_id = before, current
            self.changed.emit()

        return put_back

    # --- scans

    def count_in(self, scanned: Scanned) -> bool:
        """One more pack of goods that have a line here; False when they have none."""
        line = self._line_for(scanned)
        if line is None:
            return False
        if scanned.lot and line.lot and line.lot != scanned.lot:
            line = self.split(line)
        more = added(line, scanned.qty, scanned.unit, scanned.factor, line.known.base_unit)
        self.put(
            replace(
                more,
                price=price_after(line, more, scanned.amount),
                lot=scanned.lot or line.lot,
                expires_on=scanned.expires_on or line.expires_on,
                produced_on=scanned.produced_on or line.produced_on,
            )
        )
        return True

    def count_new(self, known: SheetLine, scanned: Scanned) -> None:
        """Goods that have no line yet."""
        self.put(line_of(known))
        self.count_in(scanned)

    def _line_for(self, scanned: Scanned) -> DockLine | None:
        """The line a scan belongs to: of its lot, else one that still misses some, else the last of the item."""
        lines = [line for line in self.of_item(scanned.item_id) if not line.is_free or line.known.is_free]
        of_lot = [line for line in lines if scanned.lot and line.lot == scanned.lot]
        if of_lot:
            return self._short_or_last(of_lot)
        blank = [line for line in lines if not line.lot]
        return self._short_or_last(blank or lines)

    def _short_or_last(self, lines: Sequence[DockLine]) -> DockLine | None:
        found = standings(self._lines)
        open_ones = [line for line in lines if found[line.id].state in (LineState.WAITING, LineState.SHORT)]
        return open_ones[0] if open_ones else lines[-1] if lines else None

    def supplier_codes(self) -> dict[str, SheetLine]:
        """The supplier's own codes of what is expected: its boxes may carry nothing else."""
        return {line.known.supplier_code: line.known for line in self._lines if line.known.supplier_code}
