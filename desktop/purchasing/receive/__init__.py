"""Receiving: what is expected, the delivery at the dock, what was received, and goods in quarantine."""

from __future__ import annotations

from core.i18n import _
from core.words import Permission as P
from desktop.purchasing.receive.page import ReceivePage
from desktop.purchasing.receive.quarantine_page import QuarantinePage
from desktop.purchasing.receive.receipts_page import ReceiptsPage
from desktop.purchasing.receive.return_page import ReturnPage
from desktop.shell.registry import Page, ShellRegistry

PLACE = "purchasing"


def register(registry: ShellRegistry) -> None:
    """Bring the pages of the dock."""
    for page in (
        Page("purchasing.receive", _("Receive"), PLACE, P.STOCK_RECEIVE, ReceivePage, 10, icon="receive"),
        Page("purchasing.receipts", _("Receipts"), PLACE, P.STOCK_VIEW, ReceiptsPage, 12, icon="history"),
        Page("purchasing.quarantine", _("Quarantine"), PLACE, P.STOCK_VIEW, QuarantinePage, 14, icon="lock"),
        Page("purchasing.return", _("Return to supplier"), PLACE, P.STOCK_RETURN, ReturnPage, 16, False, "return"),
    ):
        registry.add_page(page)
