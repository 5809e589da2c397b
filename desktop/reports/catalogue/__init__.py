"""The catalogue of reports: what can be asked of the ledger, by area, with recent and saved ones on top."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.reports.catalogue.finding import find_reports
from desktop.shell.registry import Action, Page, PaletteProvider, ShellRegistry, Variant

ROUTE = "reports.catalogue"


def register(registry: ShellRegistry) -> None:
    """Bring the catalogue to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Catalogue"),
            "reports",
            Permission.REPORT_VIEW,
            _page,
            10,
            icon="reports",
            variants=(Variant("found", {"text": "zhouzhuan"}), Variant("nothing", {"text": "no such report"})),
        )
    )
    registry.add_action(
        Action(
            "reports.catalogue",
            _("Reports"),
            Permission.REPORT_VIEW,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="reports",
            words="报表 查询 统计 分析 baobiao report list analysis",
        )
    )
    registry.add_provider(PaletteProvider("reports", Permission.REPORT_VIEW, find_reports))


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.reports.catalogue.page import CataloguePage

    return CataloguePage(context, **args)
