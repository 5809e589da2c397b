"""Receiving: what is expected, the delivery at the dock, what was received, and goods in quarantine."""

from __future__ import annotations

from core.i18n import _
from core.words import Permission as P
from desktop.purchasing.receive.page import ReceivePage
from desktop.shell.registry import Page, ShellRegistry

PLACE = "purchasing"


def register(registry: ShellRegistry) -> None:
    """Bring the pages of the dock."""
    registry.add_page(Page("purchasing.receive", _("Receive"), PLACE, P.STOCK_RECEIVE, ReceivePage, 10, icon="receive"))
