"""The site's rules of purchasing, in the settings."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry

ROUTE = "settings.purchasing"


def register(registry: ShellRegistry) -> None:
    """Bring the page to the shell."""
    registry.add_page(
        Page(ROUTE, _("Purchasing rules"), "settings", Permission.PURCHASE_RULES, _page, 31, icon="purchasing")
    )
    registry.add_action(
        Action(
            ROUTE, _("Purchasing rules"), Permission.PURCHASE_RULES, lambda context, **_args: context.shell.go(ROUTE),
            icon="purchasing", words="采购规则 容差 税率 温度 付款账户 tolerance tax temperature account",
        )
    )  # fmt: skip


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.settings.page import PurchaseRulesPage

    return PurchaseRulesPage(context, **args)
