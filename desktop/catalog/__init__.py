"""Items and suppliers in the window: lists with cards and forms beside them, categories, units, data quality.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

import importlib
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.catalog import examples
from desktop.catalog.finding import find_records
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, PageFactory, PaletteProvider, ShellRegistry, Variant

__all__ = ["register"]

P = Permission


def register(registry: ShellRegistry) -> None:
    """Bring the pages, actions and the finder of records."""
    for page in _pages():
        registry.add_page(page)
    for action in _actions():
        registry.add_action(action)
    registry.add_provider(PaletteProvider("catalog.records", P.ITEM_VIEW, find_records))


def _later(module: str, name: str) -> PageFactory:
    """A factory that imports its page when it is first wanted."""

    def make(context: AppContext, **args: Any) -> QWidget:
        page: QWidget = getattr(importlib.import_module(f"desktop.catalog.{module}"), name)(context, **args)
        return page

    return make


def _pages() -> tuple[Page, ...]:
    items = _later("items_page", "ItemsPage")
    return (
        Page(
            "catalog.items", _("Items"), "stock", P.ITEM_VIEW, items, 80, icon="item",
            variants=(
                Variant("nothing", {"text": "no such thing"}),
                Variant("new", {"is_adding": True}),
            ),
        ),
        Page(
            "catalog.item", _("Item"), "stock", P.ITEM_VIEW, items, 81, False, "item",
            (
                Variant("card", find_args=examples.item_args),
                Variant("buying", find_args=examples.buying_args),
                Variant("stock", find_args=examples.stock_args),
                Variant("files", find_args=examples.files_args),
            ),
        ),
    )  # fmt: skip


def _actions() -> tuple[Action, ...]:
    return (
        Action(
            "catalog.new_item", _("New item"), P.ITEM_EDIT,
            lambda context, **_args: context.shell.go("catalog.items", is_adding=True), icon="item",
            words="item sku 物料 商品 新建",
        ),
        Action(
            "catalog.items", _("Items"), P.ITEM_VIEW, lambda context, **_args: context.shell.go("catalog.items"),
            icon="item", words="物料 商品 items catalogue",
        ),
    )  # fmt: skip
