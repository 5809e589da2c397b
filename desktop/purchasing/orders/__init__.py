"""Orders in the window: the list with what is due, one order from its first line to its last delivery."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import OrderState, Permission
from desktop.context import AppContext, Paper
from desktop.purchasing.orders.examples import open_first_due, show_month, some_order, some_supplier
from desktop.purchasing.orders.papers import order_source
from desktop.purchasing.orders.scans import find_by_scan, find_by_words
from desktop.shell.registry import (
    Action,
    Page,
    PaletteProvider,
    PaperMaker,
    ScanFinder,
    ShellRegistry,
    Thing,
    ThingAction,
    Variant,
)

ORDERS, ORDER = "purchasing.orders", "purchasing.order"
MAY_SEE, MAY_ORDER = Permission.PURCHASE_VIEW, Permission.PURCHASE_ORDER
S = OrderState


def register(registry: ShellRegistry) -> None:
    """Bring the pages of orders, what finds them, and their paper to the shell."""
    registry.add_page(
        Page(
            ORDERS, _("Orders"), "purchasing", MAY_SEE, _orders, 30, icon="orders",
            variants=(
                Variant("due", {"part": "due"}), Variant("calendar", {"part": "calendar"}),
                Variant("month", {"part": "calendar"}, prepare=show_month),
                Variant("missing", {"part": "due"}, prepare=open_first_due),
                Variant("late", {"overdue": True}),
            ),
        )
    )  # fmt: skip
    registry.add_page(
        Page(ORDER, _("Order"), "purchasing", MAY_SEE, _order, 31, False, "orders", _variants())
    )  # fmt: skip
    for action in _actions():
        registry.add_action(action)
    registry.add_provider(PaletteProvider("purchasing.orders", MAY_SEE, find_by_words))
    registry.add_finder(ScanFinder("purchasing.orders", MAY_SEE, find_by_scan))
    registry.add_thing_action(
        ThingAction("purchasing.open_order", frozenset({"order"}), _("Open the order"), MAY_SEE, _open, "orders", 10)
    )
    registry.add_thing_action(
        ThingAction(
            "purchasing.receive_order", frozenset({"order"}), _("Receive"), Permission.STOCK_RECEIVE, _receive,
            "receive", 20,
        )
    )  # fmt: skip
    registry.add_thing_action(
        ThingAction(
            "purchasing.order_item", frozenset({"item"}), _("New order of it"), MAY_ORDER, _order_item, "orders", 62
        )
    )
    registry.add_paper(PaperMaker("purchasing.order", _("Purchase order"), MAY_SEE, _papers))


def _variants() -> tuple[Variant, ...]:
    found = [Variant("new", find_args=lambda office: {"supplier_id": some_supplier(office)})]
    for name, states in (
        ("draft", (S.DRAFT,)), ("sent", (S.SENT, S.CONFIRMED)), ("part", (S.PART_RECEIVED,)),
        ("received", (S.RECEIVED, S.CLOSED)),
    ):  # fmt: skip
        found.append(Variant(name, find_args=partial(_args, states)))
    found.append(Variant("send", find_args=lambda office: {"order_id": some_order(office, S.DRAFT), "task": "send"}))
    found.append(
        Variant("confirm", find_args=lambda office: {"order_id": some_order(office, S.SENT), "task": "confirm"})
    )
    return tuple(found)


def _args(states: tuple[OrderState, ...], office: Any) -> dict[str, object]:
    return {"order_id": some_order(office, *states)}


def _actions() -> tuple[Action, ...]:
    return (
        Action(
            "purchasing.new_order", _("New order"), MAY_ORDER, partial(_go, ORDER), icon="orders",
            words="新建采购订单 下单 订货 采购单 new purchase order",
        ),
        Action(
            "purchasing.orders", _("Orders"), MAY_SEE, partial(_go, ORDERS), icon="orders",
            words="采购订单 订单 purchase orders list",
        ),
        Action(
            "purchasing.overdue_orders", _("Late orders"), MAY_SEE, partial(_go_with, ORDERS, {"overdue": True}), icon="clock",
            words="逾期订单 未到货 催货 overdue late orders",
        ),
        Action(
            "purchasing.due", _("Expected deliveries"), MAY_SEE, partial(_go_with, ORDERS, {"part": "due"}), icon="clock",
            words="到货 待收 今天到货 due deliveries today expected",
        ),
        Action(
            "purchasing.delivery_calendar", _("Calendar of deliveries"), MAY_SEE, partial(_go_with, ORDERS, {"part": "calendar"}),
            icon="today", words="到货日历 日历 calendar deliveries week month",
        ),
    )  # fmt: skip


def _go(route: str, context: AppContext, **args: Any) -> None:
    context.shell.go(route, **args)


def _go_with(route: str, given: dict[str, object], context: AppContext, **args: Any) -> None:
    context.shell.go(route, **{**given, **args})


def _orders(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.orders.page import OrdersPage

    return OrdersPage(context, **args)


def _order(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.orders.order_page import OrderPage

    return OrderPage(context, **args)


def _open(context: AppContext, thing: Thing, _scan: Any) -> None:
    context.shell.go(ORDER, order_id=thing.id)


def _receive(context: AppContext, thing: Thing, _scan: Any) -> None:
    context.shell.go("purchasing.receive", order_ids=(thing.id,))


def _order_item(context: AppContext, thing: Thing, _scan: Any) -> None:
    context.shell.go(ORDER, item_id=thing.id)


def _papers(office: Any, language: Language) -> list[Paper]:
    order_id = some_order(office)
    return [order_source(office, language, order_id)()] if order_id else []
