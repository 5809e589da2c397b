"""The panel of the line that is worked at: when it is there, what goes into it, and the price check in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from core import purchasing
from core.errors import CoreError
from core.purchasing import PriceCheck
from desktop.context import AppContext
from desktop.purchasing.receive.line_panel import LinePanel
from desktop.purchasing.receive.lines import DockLine

if TYPE_CHECKING:
    from desktop.purchasing.receive.page import ReceivePage

PANEL_WIDE = 350
BESIDE_FROM = 1080
CHECK_MS = 150


class Editing:
    """In a wide window the panel stands beside the lines, in a narrow one it covers them while a line is edited."""

    def __init__(self, context: AppContext, page: ReceivePage) -> None:
        self._context, self._page = context, page
        self._soon = QTimer(page)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_MS)
        self._soon.timeout.connect(self._check_price)

    def panel(self) -> LinePanel | None:
        """The panel, while it is open."""
        panel = self._page.panel()
        return panel if isinstance(panel, LinePanel) else None

    def is_covering(self) -> bool:
        """Whether the panel hides the lines."""
        return self.panel() is not None and self._page.width() < BESIDE_FROM

    def show_beside(self) -> None:
        """Open it where there is room for it beside the lines."""
        if self._page.is_at_dock() and self._page.panel() is None and self._page.width() >= BESIDE_FROM:
            self._open()

    def _open(self) -> LinePanel:
        panel = LinePanel(self._context, self._page.finder, self._page.dock)
        panel.price_typed.connect(self._soon.start)
        panel.finished.connect(self.leave_line)
        self._page.open_panel(panel, PANEL_WIDE)
        self._soon.start()
        return panel

    def edit(self, line: DockLine, field: str) -> None:
        """Say something of a line: the keyboard goes into the field."""
        self._page.dock.go_to(line.id)
        (self.panel() or self._open()).form.focus_field(field)

    def show_error(self, line_id: int, error: CoreError) -> None:
        """What the core says of a line, at its field."""
        self._page.dock.go_to(line_id)
        (self.panel() or self._open()).form.show_core_error(error)

    def leave_line(self) -> None:
        """Done with the line: back to where goods are scanned."""
        if self.is_covering():
            self._page.close_panel()
        self._page.sheet.head.focus()

    def stop(self) -> None:
        """Leave the field that is being typed in."""
        panel = self.panel()
        if panel is not None and panel.form.is_typing():
            self._page.sheet.head.focus()

    # --- the price

    def _check_price(self) -> None:
        """The price of the line beside what was paid before."""
        panel, line = self.panel(), self._page.dock.current()
        price = line.price_in() if line is not None else None
        if panel is None or line is None or price is None or line.is_free:
            if panel is not None:
                panel.show_check(None)
            return
        sheet = self._page.dock.sheet
        self._context.ops.ask(
            self._page, purchasing.check_price, item_id=line.known.item_id, price=price, unit=line.unit,
            supplier_id=self._page.supplier_id(), order_line_id=line.known.order_line_id,
            currency=sheet.currency if sheet is not None else "",
            then=partial(self._on_check, line.id), failed=lambda _error: None, key=(id(self), "price"),
        )  # fmt: skip

    def _on_check(self, line_id: int, check: PriceCheck) -> None:
        panel, line = self.panel(), self._page.dock.current()
        if panel is not None and line is not None and line.id == line_id:
            panel.show_check(check)
