"""Scans at the dock, one after the other: a slip opens its order, goods open the order that waits for them, and every
scan adds one pack."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from core import purchasing
from core.catalog import UnitTable
from core.devices import OwnKind, Scan
from core.i18n import _
from core.purchasing import SheetLine
from desktop.context import AppContext
from desktop.purchasing.receive.dock import Dock, Scanned
from desktop.purchasing.receive.finding import Finder, Picked
from desktop.shell.scans import amount_due, codes_of, qty_of
from desktop.theme import Meaning
from desktop.widgets import Words

ONE = Decimal(1)
Then = Callable[[], object]


class Place(Protocol):
    """What scans need of the page they come to."""

    def is_at_dock(self) -> bool:
        """Whether a delivery is being received."""

    def open_orders(self, order_ids: Sequence[int], then: Then) -> None:
        """Begin a delivery of these orders, or bring them to the one at the dock."""

    def open_blank(self, then: Then) -> None:
        """Begin a delivery that was not ordered."""

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something over the lines."""

    def supplier_id(self) -> int | None:
        """Whose goods are at the dock."""


class DockScans:
    """Takes scans and picked goods in the order they come; the next one waits until the one before is done with."""

    def __init__(self, context: AppContext, owner: QWidget, place: Place, finder: Finder, dock: Dock) -> None:
        self._context, self._owner, self._place = context, owner, place
        self._finder, self._dock = finder, dock
        self._queue: deque[Scan | Picked] = deque()
        self._is_busy = False

    def take(self, what: Scan | Picked) -> None:
        """Something was scanned or picked."""
        self._queue.append(what)
        self._next()

    def is_busy(self) -> bool:
        """Whether scans are still on their way to a line."""
        return self._is_busy or bool(self._queue)

    def drop(self) -> None:
        """Whatever was under way has failed: the next scan starts afresh."""
        self._is_busy = False
        self._next()

    def _next(self) -> None:
        if self._is_busy or not self._queue:
            return
        self._is_busy = True
        what = self._queue.popleft()
        if isinstance(what, Picked):
            self._take_item(what)
        elif may_be_slip(what):
            self._find_slip(what)
        else:
            self._find_item(what)

    def _done(self) -> None:
        self._is_busy = False
        self._next()

    # --- slips

    def _find_slip(self, scan: Scan) -> None:
        """The number of an order, on our paper or the supplier's."""
        number = codes_of(scan)[0] if codes_of(scan) else ""

        def found(order_ids: Sequence[int]) -> None:
            if order_ids:
                self._place.open_orders(order_ids[:1], self._done)
            else:
                self._find_item(scan)

        self._ask(purchasing.find_expected_for, found, document=number)

    # --- goods

    def _find_item(self, scan: Scan) -> None:
        def found(picked: Picked | None) -> None:
            known = self._by_supplier_code(scan) if picked is None else None
            if picked is not None:
                self._take_item(picked)
            elif known is not None:
                self._dock.count_in(Scanned(known.item_id, ONE, known.unit, known.factor))
                self._done()
            else:
                self._say_unknown(scan)
                self._done()

        self._finder.by_scan(scan, found)

    def _by_supplier_code(self, scan: Scan) -> SheetLine | None:
        known = self._dock.supplier_codes()
        return next((known[code] for code in codes_of(scan) if code in known), None)

    def _say_unknown(self, scan: Scan) -> None:
        if not self._context.unknown_code(scan, lambda: self.take(scan)):
            words = _("No item has the code {code}. Type its name instead.", code=scan.code[:40])
            self._place.say(words, Meaning.SOON)

    def _take_item(self, picked: Picked) -> None:
        self._finder.table(picked.item.id, lambda table: self._count(picked, scanned_of(picked, table)))

    def _count(self, picked: Picked, scanned: Scanned) -> None:
        if self._place.is_at_dock() and self._dock.count_in(scanned):
            self._done()
            return

        def found(order_ids: Sequence[int]) -> None:
            others = [one for one in order_ids if one not in self._dock.order_ids()]
            if others:
                self._open(others, picked, scanned)
            elif self._place.is_at_dock():
                self._count_extra(picked, scanned)
            else:
                self._place.open_blank(lambda: self._count_extra(picked, scanned))

        supplier_id = self._place.supplier_id() if self._place.is_at_dock() else None
        if self._place.is_at_dock() and supplier_id is None:
            found(())
        else:
            self._ask(purchasing.find_expected_for, found, item_id=picked.item.id, supplier_id=supplier_id)

    def _open(self, order_ids: Sequence[int], picked: Picked, scanned: Scanned) -> None:
        """The order due first takes the goods; the others that wait for them are named."""

        def opened() -> None:
            if not self._dock.count_in(scanned):
                self._count_extra(picked, scanned)
                return
            if len(order_ids) > 1:
                name = picked.item.title(self._context.language)
                words = _("{n} more orders wait for {item}.", n=len(order_ids) - 1, item=name)
                self._place.say(words, Meaning.ACCENT)
            self._done()

        self._place.open_orders(order_ids[:1], opened)

    def _count_extra(self, picked: Picked, scanned: Scanned) -> None:
        """Goods that nobody ordered get a line of their own."""

        def known(line: SheetLine) -> None:
            self._dock.count_new(line, scanned)
            self._done()

        self._finder.known(picked.item.id, self._place.supplier_id(), known)

    def _ask(self, query: Callable[..., Sequence[int]], then: Callable[[Sequence[int]], object], **args: Any) -> None:
        self._context.ops.ask(self._owner, query, then=then, key=(id(self), "expected"), **args)


def may_be_slip(scan: Scan) -> bool:
    """Whether a code can be the number of a document: goods' numbers never are, codes of our own say it themselves."""
    if scan.own is not None:
        return scan.own.kind is OwnKind.DOCUMENT
    return not scan.gtin and bool(scan.code) and not scan.code.isdigit()


def scanned_of(picked: Picked, table: UnitTable) -> Scanned:
    """How much a pick or scan is: what its code measures, else one pack of the code's unit, else one purchase unit."""
    item, scan = picked.item, picked.scan
    measured = qty_of(scan, table) if scan is not None else None
    qty, unit = measured if measured is not None else (ONE, picked.unit or table.purchase or table.base)
    lot = scan.batch if scan is not None and item.lot_tracked else ""
    expires_on = (scan.expiry or scan.best_before) if scan is not None and item.lot_tracked else None
    produced_on = scan.production if scan is not None and item.lot_tracked else None
    amount = amount_due(scan) if scan is not None else None
    return Scanned(item.id, qty, unit, table.factor(unit), lot, expires_on, produced_on, amount)
