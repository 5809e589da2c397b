"""Receiving: what is expected, the delivery at the dock, what was received, and goods in quarantine."""

from __future__ import annotations

from collections.abc import Callable

from core.devices import Scan
from core.i18n import _
from core.words import Permission as P
from desktop.context import AppContext
from desktop.purchasing.receive.page import ReceivePage
from desktop.purchasing.receive.pictures import DOCK, QUARANTINE, RECEIPTS, RETURN, example_papers
from desktop.purchasing.receive.quarantine_page import QuarantinePage
from desktop.purchasing.receive.receipts_page import ReceiptsPage
from desktop.purchasing.receive.return_page import ReturnPage
from desktop.shell.registry import Action, Page, ShellRegistry, Thing, ThingAction

PLACE = "purchasing"
DOCK_ROUTE = "purchasing.receive"


def _go(route: str) -> Callable[..., None]:
    def run(context: AppContext, **args: object) -> None:
        context.shell.go(route, **args)

    return run


def _receive_scanned(context: AppContext, _thing: Thing, scan: Scan) -> None:
    """Show the dock and give it the scan."""
    if context.scans is not None:
        context.scans.hand_to(DOCK_ROUTE, scan)


PAGES = (
    Page(DOCK_ROUTE, _("Receive"), PLACE, P.STOCK_RECEIVE, ReceivePage, 10, icon="receive", variants=DOCK),
    Page("purchasing.receipts", _("Receipts"), PLACE, P.STOCK_VIEW, ReceiptsPage, 12, icon="history", variants=RECEIPTS),
    Page(
        "purchasing.quarantine", _("Quarantine"), PLACE, P.STOCK_VIEW, QuarantinePage, 14, icon="lock",
        variants=QUARANTINE,
    ),
    Page("purchasing.return", _("Return to supplier"), PLACE, P.STOCK_RETURN, ReturnPage, 16, False, "return", RETURN),
)  # fmt: skip
ACTIONS = (
    Action(DOCK_ROUTE, _("Receive goods"), P.STOCK_RECEIVE, _go(DOCK_ROUTE), "R", "receive", "收货 到货 receipt delivery"),
    Action("purchasing.receipts", _("Receipts"), P.STOCK_VIEW, _go("purchasing.receipts"), "", "history", "收货记录 入库单"),
    Action(
        "purchasing.quarantine", _("Goods in quarantine"), P.STOCK_VIEW, _go("purchasing.quarantine"), "", "lock",
        "待检 验收 inspection",
    ),
    Action(
        "purchasing.return", _("Return to supplier"), P.STOCK_RETURN, _go("purchasing.return"), "", "return", "采购退货"
    ),
)  # fmt: skip


def register(registry: ShellRegistry) -> None:
    """Bring the pages of the dock, their papers and what can be done from anywhere."""
    for page in PAGES:
        registry.add_page(page)
    for action in ACTIONS:
        registry.add_action(action)
    registry.add_thing_action(
        ThingAction(
            f"{DOCK_ROUTE}.scan", frozenset({"item"}), _("Receive"), P.STOCK_RECEIVE, _receive_scanned, "receive", 20
        )
    )
    for paper in example_papers():
        registry.add_paper(paper)
