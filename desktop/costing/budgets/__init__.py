"""Budgets in the window: a year's grid by category and month, a month against its budgets."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

ROUTE = "month_end.budgets"


def register(registry: ShellRegistry) -> None:
    """Bring budgets to the shell."""
    registry.add_page(
        Page(
            ROUTE, _("Budgets"), "month_end", Permission.COST_VIEW, _page, 50, icon="sum",
            variants=(
                Variant("month", find_args=lambda office: {"month": this_month(office)}),
                Variant("copy", {"is_copying": True}),
            ),
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            "costing.budgets",
            _("Budgets"),
            Permission.COST_VIEW,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="sum",
            words="预算 成本预算 yusuan budget plan target category month",
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.costing.budgets.page import BudgetsPage

    return BudgetsPage(context, **args)


def this_month(office: Any) -> str:
    """The month of today at the site, for a picture."""
    from desktop.widgets import local_time

    return f"{local_time(office.clock.now()).date():%Y-%m}"
