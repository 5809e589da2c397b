"""What a person can start from anywhere in stock: by the palette, and by its key."""

from __future__ import annotations

from collections.abc import Callable

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action

P = Permission


def _go(route: str) -> Callable[..., None]:
    def run(context: AppContext, **args: object) -> None:
        context.shell.go(route, **args)

    return run


ENTRY_ACTIONS: tuple[Action, ...] = (
    Action("stock.waste", _("Post waste"), P.STOCK_WASTE, _go("stock.waste"), "W", "waste", "报损 waste spoiled"),
    Action("stock.waste_sheet", _("Waste sheet"), P.STOCK_WASTE, _go("stock.waste_sheet"), "", "waste"),
    Action("stock.issue", _("Issue goods"), P.STOCK_ISSUE, _go("stock.issue"), "I", "issue", "领用 领料 issue"),
    Action("stock.transfer", _("Transfer goods"), P.STOCK_TRANSFER, _go("stock.transfer"), "T", "transfer", "调拨 移库"),
    Action("stock.transit", _("Receive a transfer"), P.STOCK_TRANSFER, _go("stock.transit"), "", "transfer", "在途"),
    Action("stock.adjust", _("Adjust stock"), P.STOCK_ADJUST, _go("stock.adjust"), "", "adjust", "调整"),
    Action(
        "stock.return_from_customer", _("Take goods back"), P.STOCK_RETURN, _go("stock.return_from_customer"), "",
        "return", "退料 退货",
    ),
    Action("stock.production", _("Production"), P.STOCK_PRODUCE, _go("stock.production"), "", "kitchen", "加工 生产"),
)  # fmt: skip

LIST_ACTIONS: tuple[Action, ...] = (
    Action("stock.on_hand", _("Stock on hand"), P.STOCK_VIEW, _go("stock.on_hand"), "", "stock", "库存 inventory"),
    Action("stock.ledger", _("Stock ledger"), P.STOCK_VIEW, _go("stock.ledger"), "", "history", "库存流水 entries"),
    Action("stock.lots", _("Lots and expiry"), P.STOCK_VIEW, _go("stock.lots"), "", "lot", "批次 效期 过期 expiry"),
    Action("stock.places", _("Places"), P.STOCK_VIEW, _go("stock.places"), "", "location", "库位 货位 locations"),
    Action(
        "stock.proposals", _("Transfer proposals"), P.STOCK_VIEW, _go("stock.proposals"), "", "transfer", "调拨建议"
    ),
    Action("stock.ageing", _("Age of stock"), P.COST_VIEW, _go("stock.ageing"), "", "clock", "库龄 ageing"),
    Action("stock.idle", _("Idle stock"), P.COST_VIEW, _go("stock.idle"), "", "clock", "呆滞 滞销 slow dead"),
    Action("stock.kit", _("Kit check"), P.STOCK_VIEW, _go("stock.kit"), "", "check", "齐套检查 picking"),
    Action(
        "stock.reserve", _("Reserve goods"), P.STOCK_RESERVE,
        lambda context, **_args: context.shell.go("stock.reservations", is_adding=True), "", "pin", "预留 reserve",
    ),
)  # fmt: skip
