"""Goods picked or scanned on their way into the order, in the order they come."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core import purchasing
from core.devices import Scan
from core.i18n import _
from core.purchasing import OrderSheetItem
from core.values import plain, round_decimal
from desktop.purchasing.orders.desk import DeskLine
from desktop.purchasing.orders.scans import may_be_order
from desktop.purchasing.receive.finding import Picked
from desktop.purchasing.receive.head import Times
from desktop.shell.scans import codes_of, qty_of
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.orders.order_page import OrderPage

ONE = Decimal(1)


class Taking:
    """A picked item goes into the bar; a scanned one straight into a line, one more pack each time."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page
        self._queue: deque[Scan] = deque()
        self._is_busy = False
        self._last_key = 0

    # --- picked

    def take(self, what: Picked | OrderSheetItem) -> None:
        """An item was picked where goods are typed."""
        page = self._page
        if page.supplier_id() is None:
            page.entry.reset()
            page.say(_("Choose the supplier first."), Meaning.SOON)
            page.order_head.strip.focus("supplier_id")
            return
        item_id, unit = (what.item.id, what.unit) if isinstance(what, Picked) else (what.item_id, "")
        line = page.desk.of_item(item_id)
        if line is not None:
            page.entry.edit(line)
            page.say(_("{item} is in line {line} already: change it here.", item=line.item.name, line=line.number),
                     Meaning.ACCENT)  # fmt: skip
            return
        page.opening.know(item_id, lambda item: page.entry.begin(item, unit))

    def put(self, line: DeskLine) -> None:
        """A complete line."""
        kept = self._page.desk.put(line)
        self._last_key = kept.key
        self._page.table.select_where(lambda row: row.key == kept.key)

    def times(self, times: Times) -> None:
        """`*24` or `+2` for the line entered last."""
        line = self._page.desk.line(self._last_key) or self._page.current_line()
        if line is None:
            self._page.say(_("There is no line yet."), Meaning.SOON)
            return
        qty = times.qty if times.is_set else line.qty + times.qty
        if qty > 0:
            self.put(self._priced(line, qty))

    # --- scanned

    def scan(self, scan: Scan) -> bool:
        """Something was scanned; False for what is none of ours."""
        if may_be_order(scan) and scan.own is not None:
            return False
        if self._page.supplier_id() is None:
            self._page.say(_("Choose the supplier first."), Meaning.SOON)
            return True
        self._queue.append(scan)
        self._next()
        return True

    def _next(self) -> None:
        if self._is_busy or not self._queue:
            return
        self._is_busy = True
        scan = self._queue.popleft()
        if not self._page.entry.is_empty():
            self._page.finish_typing()
        self._page.finder.by_scan(scan, lambda picked: self._found(scan, picked))

    def _found(self, scan: Scan, picked: Picked | None) -> None:
        page = self._page
        if picked is not None:
            page.opening.know(picked.item.id, lambda item: self._count(item, picked.unit, scan))
            return
        sheet = page.desk.sheet
        codes = {code.casefold() for code in codes_of(scan)}
        items = sheet.items if sheet is not None else ()
        own = next((one for one in items if one.supplier_code and one.supplier_code.casefold() in codes), None)
        if own is not None:
            self._count(own, "", scan)
            return
        self._done()
        if not page.context.unknown_code(scan, lambda: self.scan(scan)):
            page.say(_("No item has the code {code}. Type its name instead.", code=scan.code[:40]), Meaning.SOON)

    def _count(self, item: OrderSheetItem, unit: str, scan: Scan) -> None:
        """One more pack of the code's unit, or what the code measures."""
        desk = self._page.desk
        measured = qty_of(scan, item.table)
        qty, unit = measured if measured is not None else (ONE, unit or item.unit)
        line = desk.of_item(item.item_id)
        if line is None:
            price = purchasing.sheet_price(item, qty, unit)
            self.put(DeskLine(0, item, qty, unit, price, item.tax_rate))
        else:
            factor = item.table.factor(unit) / item.table.factor(line.unit)
            self.put(self._priced(line, plain(round_decimal(line.qty + qty * factor, 6))))
        self._done()

    def _done(self) -> None:
        self._is_busy = False
        self._next()

    @staticmethod
    def _priced(line: DeskLine, qty: Decimal) -> DeskLine:
        if line.is_own_price or line.is_free:
            return replace(line, qty=qty)
        return replace(line, qty=qty, price=purchasing.sheet_price(line.item, qty, line.unit))
