"""The detective in the window: what is odd, why the book and the shelf may differ, and what puts it right.

The page is imported when it is first opened, so that starting the program does not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.office import Office
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Thing, ThingAction, Variant

__all__ = ["register"]

ROUTE = "stock.odd"


def register(registry: ShellRegistry) -> None:
    """Bring the page, its action, and what it does with scanned goods."""
    registry.add_page(
        Page(
            ROUTE, _("Trace a difference"), "stock", Permission.STOCK_VIEW, _page, 34, in_tabs=False, icon="search",
            variants=(Variant("list"), Variant("case", find_args=some_line), Variant("item", find_args=some_item)),
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            ROUTE, _("Trace a difference"), Permission.STOCK_VIEW, lambda context, **_args: context.shell.go(ROUTE), "",
            "search", "查差异 库存对不上 账实不符 trace difference variance",
        )
    )  # fmt: skip
    registry.add_thing_action(
        ThingAction(
            f"{ROUTE}.item", frozenset({"item"}), _("Trace a difference"), Permission.STOCK_VIEW, _trace, "search", 70
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.detective.odd_page import OddPage

    return OddPage(context, **args)


def _trace(context: AppContext, thing: Thing, _scan: object) -> None:
    context.shell.go(ROUTE, item_id=thing.id)


def some_line(office: Office) -> Mapping[str, object]:
    """The dearest odd line, for a picture."""
    from core import detective

    rows = office.ask(detective.list_odd)
    best = next((row for row in rows if row.count_line_id), None)
    return {} if best is None else {"count_line_id": best.count_line_id}


def some_item(office: Office) -> Mapping[str, object]:
    """An item that lies somewhere, for a picture."""
    from core import stock

    rows = office.ask(stock.list_on_hand)
    return {"item_id": rows[0].item_id} if rows else {}
