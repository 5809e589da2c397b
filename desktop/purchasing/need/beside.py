"""What stands beside the list of needs: a line, a supplier, small forms, the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core import catalog
from core.devices import Scan
from core.i18n import _
from core.purchasing import NeedLine
from desktop.context import AppContext
from desktop.purchasing.need.adding import AddPanel, SupplierPanel
from desktop.purchasing.need.basket import Row
from desktop.purchasing.need.panel import GroupPanel, LinePanel
from desktop.purchasing.need.template_panel import TemplatePanel
from desktop.shell.scans import codes_of
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.need.page import NeedPage

ORDER_ROUTE, REQUEST_ROUTE = "purchasing.order", "purchasing.requests"
WIDE, FORM_WIDE = 400, 380


class Beside(QObject):
    """Opens panels of one page and hands on what is done in them."""

    def __init__(self, context: AppContext, page: NeedPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def open_row(self, row: Row) -> None:
        """What stands behind a line or a supplier."""
        if row.line is None:
            self._open_group(row)
        else:
            self._open_line(row, row.line)

    def refresh(self, item_id: int = 0) -> None:
        """A panel that is open shows what its line says now; with `item_id` that of another line."""
        panel, rows = self._page.panel(), self._page.list.rows()
        if isinstance(panel, LinePanel):
            wanted = item_id or panel.line.item_id
            row = next((one for one in rows if one.line and one.line.item_id == wanted), None)
        elif isinstance(panel, GroupPanel):
            row = next((one for one in rows if one.key == panel.row.key), None)
        else:
            return
        if row is None:
            self._page.close_panel()
        else:
            self.open_row(row)

    def add_item(self) -> None:
        """A form for an item the sheet does not ask for."""
        panel = AddPanel(self._context, self._page.horizon())
        panel.found.connect(self._page.take_added)
        self._page.open_panel(panel, FORM_WIDE)
        panel.begin()

    def take_scan(self, scan: Scan) -> None:
        """Go to the line of what was scanned; goods the sheet does not ask for are added."""

        def come(hit: catalog.ScanHit | None) -> None:
            if hit is not None:
                self._page.go_or_add(hit.item.id)
            elif not self._context.unknown_code(scan, lambda: self.take_scan(scan)):
                words = _("No item has the code {code}. Type its name instead.", code=scan.code[:40])
                self._page.offer.say(words, Meaning.SOON)

        self._context.ops.ask(self._page, catalog.find_by_codes, codes=codes_of(scan), then=come, key="scan")

    def choose_supplier(self, row: Row) -> None:
        """A form for a supplier that has no terms for the item."""
        if row.line is not None:
            panel = SupplierPanel(self._context, row.line, self._page.horizon())
            panel.found.connect(lambda line: self._page.move_line(row, line.choice))
            self._page.open_panel(panel, FORM_WIDE)
            panel.begin()

    def open_templates(self) -> None:
        """The order templates."""
        panel = TemplatePanel(self._context)
        panel.ordered.connect(lambda made: self._page.maker.tell((made,)))
        self._page.open_panel(panel, WIDE)

    def _open_group(self, row: Row) -> None:
        shell, page = self._context.shell, self._page
        order = (lambda key: shell.go(ORDER_ROUTE, order_id=key)) if shell.can_go(ORDER_ROUTE) else None
        can_go = shell.can_go("catalog.suppliers")
        panel = GroupPanel(
            page.basket, row, may_order=page.may_order, open_order=order,
            open_supplier=(lambda key: shell.go("catalog.suppliers", supplier_id=key)) if can_go else None,
        )  # fmt: skip
        panel.left_out.connect(page.leave_out)
        panel.ordered.connect(lambda one: page.maker.send(page.basket.orders(one.shelf)))
        page.open_panel(panel, FORM_WIDE)

    def _open_line(self, row: Row, line: NeedLine) -> None:
        shell, page = self._context.shell, self._page
        item = (lambda key: shell.go("stock.on_hand", item_id=key)) if shell.can_go("stock.on_hand") else None
        can_ask = shell.can_go(REQUEST_ROUTE)
        panel = LinePanel(
            page.basket, row, line, open_item=item,
            open_request=(lambda key: shell.go(REQUEST_ROUTE, purchase_request_id=key)) if can_ask else None,
        )  # fmt: skip
        panel.left_out.connect(page.leave_out)
        panel.moved.connect(page.move_line)
        panel.supplier_wanted.connect(self.choose_supplier)
        page.open_panel(panel, WIDE)
