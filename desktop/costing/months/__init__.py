"""The months of the site in the window: where each stands, its papers again, reopening, what became different."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

ROUTE = "month_end.months"


def register(registry: ShellRegistry) -> None:
    """Bring the list of months to the shell."""
    registry.add_page(
        Page(
            ROUTE, _("Months"), "month_end", Permission.REPORT_VIEW, _page, 20, icon="history",
            variants=(
                Variant("one", find_args=lambda office: {"month": some_month(office)}),
                Variant("closing", {"is_closing": True}),
                Variant("reopen", find_args=lambda office: {"month": some_month(office), "is_reopening": True}),
            ),
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            "costing.months",
            _("Months"),
            Permission.REPORT_VIEW,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="history",
            words="月份 反结账 已结账 封存 months closed reopen sealed",
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.costing.months.page import MonthsPage

    return MonthsPage(context, **args)


def some_month(office: Any) -> str:
    """The newest closed month of the site, for a picture; else the newest of all."""
    from core import costing

    rows = office.ask(costing.list_months)
    return str(next((row.month for row in rows if row.state is costing.MonthState.CLOSED), rows[0].month))
