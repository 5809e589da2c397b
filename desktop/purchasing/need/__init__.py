"""Need to order, in the window: what runs short, by supplier, and the orders made of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Thing, ThingAction, Variant

ROUTE = "purchasing.need"


def register(registry: ShellRegistry) -> None:
    """Bring the sheet of needs to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Need to order"),
            "purchasing",
            Permission.PURCHASE_VIEW,
            _page,
            20,
            icon="sum",
            variants=(
                Variant("ahead", {"horizon": 14}),
                Variant("line", prepare=_open_line),
                Variant("head", prepare=_open_head),
            ),
        )
    )
    registry.add_action(
        Action(
            "purchasing.need",
            _("What needs to be ordered"),
            Permission.PURCHASE_VIEW,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="sum",
            words="补货建议 补货 下单 缺货 replenishment suggestions reorder par short stock order",
        )
    )
    registry.add_thing_action(
        ThingAction(
            "purchasing.need_item",
            frozenset({"item"}),
            _("Order it"),
            Permission.PURCHASE_ORDER,
            _order_item,
            icon="purchasing",
            order=60,
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.need.page import NeedPage

    return NeedPage(context, **args)


def _order_item(context: AppContext, thing: Thing, _scan: Any) -> None:
    context.shell.go(ROUTE, item_ids=(thing.id,))


def _open_line(page: QWidget) -> None:
    _open(page, is_line=True)


def _open_head(page: QWidget) -> None:
    _open(page, is_line=False)


def _open(page: Any, *, is_line: bool) -> None:
    """Show what stands behind the first line, or the first supplier."""
    for at, row in enumerate(page.list.rows()):
        if (row.line is not None) == is_line:
            page.list.setCurrentIndex(page.list.model().index(at, 0))
            page.beside.open_row(row)
            return
