"""Claims to suppliers: the list, one claim, a new one."""

from __future__ import annotations

from core.i18n import _
from core.words import Permission as P
from desktop.purchasing.claims.page import ClaimsPage
from desktop.shell.registry import Page, ShellRegistry


def register(registry: ShellRegistry) -> None:
    """Bring the page of claims."""
    registry.add_page(
        Page("purchasing.claims", _("Claims"), "purchasing", P.PURCHASE_VIEW, ClaimsPage, 70, icon="return")
    )
