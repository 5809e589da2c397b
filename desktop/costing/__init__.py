"""The month's cost in the window: the review of a period, its entries, its papers and files.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.costing import books, budgets, close, months
from desktop.shell.registry import Action, Page, PaperMaker, ShellRegistry, Variant

__all__ = ["register"]

ROUTE = "month_end.review"
TABS = ("overview", "categories", "items", "waste", "counts", "bridge", "prices", "idle", "accruals", "budget")


def register(registry: ShellRegistry) -> None:
    """Bring the review to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Monthly cost"),
            "month_end",
            Permission.COST_VIEW,
            _review,
            10,
            icon="month-end",
            variants=tuple(Variant(tab, {"period": "last", "tab": tab}) for tab in TABS),
        )
    )
    registry.add_action(
        Action(
            "costing.review",
            _("Monthly cost"),
            Permission.COST_VIEW,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="month-end",
            words="月度成本 月结 毛利 chengben cost month review usage food cost",
        )
    )
    for part in (close, months, books):
        part.register(registry)
    budgets.register(registry)
    registry.add_paper(PaperMaker("month_review", _("Monthly cost review"), Permission.COST_VIEW, _papers))


def _review(context: AppContext, **args: Any) -> QWidget:
    from desktop.costing.review_page import ReviewPage

    return ReviewPage(context, **args)


def _papers(office: Any, language: Language) -> list[Paper]:
    from desktop.costing.papers import example_papers

    return example_papers(office, language)
