"""The receipts that wait, beside the form: offered while it is empty, shown whenever they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from core.i18n import _
from desktop.purchasing.invoices.receipts_panel import ReceiptsPanel
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.invoices.entry_page import EntryPage

PANEL_WIDE = 372
BESIDE_FROM = 1080


class Receipts:
    """Serves one page."""

    def __init__(self, page: EntryPage) -> None:
        self._page = page

    def offer(self) -> None:
        """The receipts that wait for this invoice, while no line stands on it; else its line."""
        page = self._page
        is_free = not page.lines.all() and page.width() >= BESIDE_FROM
        if isinstance(page.panel(), ReceiptsPanel) or is_free:
            self._open(is_asked_for=False)
        else:
            page.show_beside()

    def show(self) -> None:
        """F4: the receipts that wait for this invoice."""
        if self._page.entering.deal is None:
            self._page.say(_("Choose the supplier the invoice is from."), Meaning.SOON)
            self._page.entry.head.focus()
        else:
            self._open(is_asked_for=True)

    def _open(self, *, is_asked_for: bool) -> None:
        page = self._page
        deal = page.entering.deal
        if deal is None:
            return
        panel = ReceiptsPanel(deal, page.lines.taken(), is_credit=page.entry.head.is_credit())
        panel.taken.connect(lambda waiting: page.entering.take(waiting.lines))
        panel.all_taken.connect(page.entering.take_all)
        had_focus = QApplication.focusWidget()
        page.open_panel(panel, PANEL_WIDE)
        if is_asked_for:
            panel.table.setFocus()
        elif had_focus is not None:
            had_focus.setFocus()
