"""The pivot: own questions of prepared tables, by dragging fields or by keys; grid, chart, files, saved views."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.shell.registry import Action, Page, PaperMaker, ShellRegistry, Variant

ROUTE = "reports.pivot"


def register(registry: ShellRegistry) -> None:
    """Bring the page, its action and its paper to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Pivot"),
            "reports",
            Permission.REPORT_VIEW,
            _page,
            30,
            icon="sum",
            variants=(
                Variant("groups", find_args=_groups),
                Variant("months", find_args=_months),
                Variant("filter", find_args=lambda office: {**_groups(office), "panel": "filter"}),
                Variant("behind", find_args=lambda office: {**_groups(office), "panel": "behind"}),
                Variant("top", find_args=_top),
                Variant("no-figure", find_args=_no_figure),
                Variant("nothing", find_args=_nothing),
                Variant("save", {"panel": "save"}),
            ),
        )
    )
    registry.add_action(
        Action(
            "reports.pivot",
            _("Pivot"),
            Permission.REPORT_VIEW,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="sum",
            words="透视表 交叉表 自定义分析 toushibiao pivot cross table own question",
        )
    )
    registry.add_paper(PaperMaker("pivot", _("Pivot"), Permission.REPORT_VIEW, _papers))


def _groups(_office: Any) -> dict[str, object]:
    from core.reports import PivotAsked

    return {"asked": PivotAsked("waste", ("branch", "category"), ("reason",), ("cost", "lines"))}


def _months(_office: Any) -> dict[str, object]:
    from core.reports import PivotAsked

    return {"asked": PivotAsked("receipts", ("supplier",), ("month",), ("value",))}


def _top(_office: Any) -> dict[str, object]:
    from core.reports import PivotAsked, PivotSort

    return {"asked": PivotAsked("waste", ("item",), ("stage",), ("cost", "qty"), sort=PivotSort("cost"), top=10)}


def _no_figure(_office: Any) -> dict[str, object]:
    from core.reports import PivotAsked

    return {"asked": PivotAsked("waste", ("reason",))}


def _nothing(_office: Any) -> dict[str, object]:
    from core.reports import PivotAsked, PivotFilter

    return {"asked": PivotAsked("waste", ("reason",), (), ("cost",), (PivotFilter("item", (-1,)),))}


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.reports.pivot.page import PivotPage

    return PivotPage(context, **args)


def _papers(office: Any, language: Language) -> list[Paper]:
    from core.i18n import tr
    from core.reports import PivotAsked
    from desktop.reports.pivot.files import PivotSource

    asked = PivotAsked("waste", ("branch", "category"), ("stage",), ("cost",))
    return [PivotSource.of(office, asked, tr(_("Pivot"), language), language)()]
