"""Closing a month in the window: its checklist beside its review, what mends each check, and the papers made at the end."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

ROUTE = "month_end.close"


def register(registry: ShellRegistry) -> None:
    """Bring the closing of months to the shell."""
    registry.add_page(
        Page(
            ROUTE, _("Close the month"), "month_end", Permission.MONTH_CLOSE, _page, 5, icon="lock",
            variants=(
                Variant("ready", find_args=lambda office: {"month": due_month(office)}),
                Variant("lines", find_args=lambda office: {"month": due_month(office), "kind": "not_invoiced"}),
                Variant("closed", find_args=lambda office: {"month": closed_month(office)}),
            ),
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            "costing.close",
            _("Close the month"),
            Permission.MONTH_CLOSE,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="lock",
            words="月结 结账 月末结账 关账 yuejie jiezhang close month end checklist",
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.costing.close.page import ClosePage

    return ClosePage(context, **args)


def due_month(office: Any) -> str:
    """The newest month of the site that is over and not closed, for a picture; else the newest of all."""
    from core import costing

    rows = office.ask(costing.list_months)
    due = [row for row in rows if row.state in (costing.MonthState.OPEN, costing.MonthState.REOPENED)]
    return str((due or rows)[0].month)


def closed_month(office: Any) -> str:
    """The newest closed month of the site, for a picture; empty while none is."""
    from core import costing

    return next(
        (str(row.month) for row in office.ask(costing.list_months) if row.state is costing.MonthState.CLOSED), ""
    )
