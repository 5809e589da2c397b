"""Counting in the window: the list of counts, counting itself, the differences, what is worth counting.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.counting.examples import sheet_papers, some_count, some_differences
from desktop.counting.finding import find_counts
from desktop.counting.scanned import register_scans
from desktop.shell.registry import Action, Page, PaletteProvider, PaperMaker, ShellRegistry, Variant

__all__ = ["register"]


def register(registry: ShellRegistry) -> None:
    """Bring the pages, actions and papers of counting to the shell."""
    for page in _pages():
        registry.add_page(page)
    for action in _actions():
        registry.add_action(action)
    registry.add_provider(PaletteProvider("counting.counts", Permission.COUNT_ENTER, find_counts))
    registry.add_paper(PaperMaker("count_sheet", _("Count sheet"), Permission.COUNT_ENTER, sheet_papers))
    register_scans(registry)


def _pages() -> tuple[Page, ...]:
    return (
        Page(
            "stock.counts",
            _("Stock takes"),
            "stock",
            Permission.COUNT_ENTER,
            _counts,
            30,
            icon="count",
            variants=(Variant("start", {"is_starting": True}),),
        ),
        Page(
            "stock.count",
            _("Count"),
            "stock",
            Permission.COUNT_ENTER,
            _count,
            31,
            in_tabs=False,
            icon="count",
            variants=(Variant("sheet", find_args=some_count),),
        ),
        Page(
            "stock.count_review",
            _("Count differences"),
            "stock",
            Permission.COUNT_ENTER,
            _review,
            32,
            in_tabs=False,
            icon="count",
            variants=(Variant("posted", find_args=some_differences),),
        ),
        Page(
            "stock.count_plan",
            _("What to count"),
            "stock",
            Permission.COUNT_MANAGE,
            _plan,
            33,
            in_tabs=False,
            icon="count",
            variants=(Variant("riskiest"),),
        ),
    )


def _actions() -> tuple[Action, ...]:
    return (
        Action(
            "counting.count",
            _("Count stock"),
            Permission.COUNT_ENTER,
            lambda context, **_args: context.shell.go("stock.counts", is_continuing=True),
            key="C",
            icon="count",
            words="盘点 pandian stock take count",
        ),
        Action(
            "counting.start",
            _("Start a count"),
            Permission.COUNT_MANAGE,
            lambda context, **_args: context.shell.go("stock.counts", is_starting=True),
            icon="count",
            words="盘点 循环盘点 全盘 抽盘 cycle full spot",
        ),
        Action(
            "counting.plan",
            _("What to count"),
            Permission.COUNT_MANAGE,
            lambda context, **_args: context.shell.go("stock.count_plan"),
            icon="count",
            words="盘点 重点物料 容差 key items tolerance risk",
        ),
    )


def _counts(context: AppContext, **args: Any) -> QWidget:
    from desktop.counting.counts_page import CountsPage

    return CountsPage(context, **args)


def _count(context: AppContext, **args: Any) -> QWidget:
    from desktop.counting.count_page import CountPage

    return CountPage(context, **args)


def _review(context: AppContext, **args: Any) -> QWidget:
    from desktop.counting.review_page import ReviewPage

    return ReviewPage(context, **args)


def _plan(context: AppContext, **_args: object) -> QWidget:
    from desktop.counting.plan_page import PlanPage

    return PlanPage(context)
