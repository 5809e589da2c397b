"""Schedules: reports that are made by themselves, when they come next, and what became of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

ROUTE = "reports.schedules"


def register(registry: ShellRegistry) -> None:
    """Bring the page to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Schedules"),
            "reports",
            Permission.REPORT_SCHEDULE,
            _page,
            40,
            icon="clock",
            variants=(
                Variant("new", {"is_adding": True}),
                Variant("full", prepare=_fill),
            ),
        )
    )
    registry.add_action(
        Action(
            "reports.schedules",
            _("Scheduled reports"),
            Permission.REPORT_SCHEDULE,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="clock",
            words="定时报表 自动发送 计划 dingshi schedule automatic report folder e-mail",
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.reports.schedules.page import SchedulesPage

    return SchedulesPage(context, **args)


def _fill(page: QWidget) -> None:
    from desktop.reports.schedules.examples import show_examples

    show_examples(page)
