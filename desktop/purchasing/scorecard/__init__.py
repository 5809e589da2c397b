"""How suppliers do, in the window: a list of scorecards and one beside it with the order lines behind every figure."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.printing.source import PaperSource
from desktop.purchasing.scorecard.examples import some_days, some_supplier
from desktop.shell.registry import Action, Page, PaperMaker, ShellRegistry, Variant

ROUTE = "purchasing.scorecard"


def register(registry: ShellRegistry) -> None:
    """Bring the scorecards to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Scorecards"),
            "purchasing",
            Permission.PURCHASE_VIEW,
            _page,
            90,
            icon="star",
            variants=(
                Variant("one", find_args=lambda office: {"supplier_id": some_supplier(office)}),
                Variant("empty", {"first_on": "2001-01-01", "last_on": "2001-01-31"}),
            ),
        )
    )
    registry.add_action(
        Action(
            "purchasing.scorecard",
            _("Supplier scorecards"),
            Permission.PURCHASE_VIEW,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="star",
            words="供应商评估 准时率 交期 scorecard supplier on time in full price index",
        )
    )
    registry.add_paper(PaperMaker("purchasing.scorecards", _("Supplier scorecards"), Permission.PURCHASE_VIEW, _papers))


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.scorecard.page import ScorecardPage

    return ScorecardPage(context, **args)


def _papers(office: Any, language: Language) -> list[Paper]:
    from core import purchasing

    start, end = some_days(office)
    supplier_id = some_supplier(office)
    made = [
        PaperSource(
            "scorecards",
            language,
            lambda said: office.ask(purchasing.get_scorecards_paper, start=start, end=end, language=said),
            "scorecards",
        )()
    ]
    if supplier_id is not None:
        one = PaperSource(
            "scorecard",
            language,
            lambda said: office.ask(
                purchasing.get_scorecard_paper, supplier_id=supplier_id, start=start, end=end, language=said
            ),
            "scorecard",
        )
        made.append(one())
    return made
