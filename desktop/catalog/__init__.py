"""Items and suppliers in the window: lists with cards and forms beside them, categories, units, data quality.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

import importlib
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Text, _
from core.words import Permission
from desktop.catalog import examples
from desktop.catalog.finding import find_records
from desktop.catalog.scanned import register_scans
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, PageFactory, PaletteProvider, ShellRegistry, Variant

__all__ = ["register"]

P = Permission


def register(registry: ShellRegistry) -> None:
    """Bring the pages, actions and the finder of records."""
    for page in (*_pages(), *_more_pages()):
        registry.add_page(page)
    for action in _actions():
        registry.add_action(action)
    registry.add_provider(PaletteProvider("catalog.records", P.ITEM_VIEW, find_records))
    register_scans(registry)


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
            "catalog.items", _("Items"), "stock", P.ITEM_VIEW, items, 50, icon="item",
            variants=(
                Variant("nothing", {"text": "no such thing"}),
                Variant("new", {"is_adding": True}),
                Variant("prices", prepare=examples.new_prices),
            ),
        ),
        Page(
            "catalog.item", _("Item"), "stock", P.ITEM_VIEW, items, 51, False, "item",
            (
                Variant("card", find_args=examples.item_args),
                Variant("buying", find_args=examples.buying_args),
                Variant("stock", find_args=examples.stock_args),
                Variant("files", find_args=examples.files_args),
                Variant("planned", find_args=examples.planned_args),
                Variant("price", find_args=examples.planned_args, prepare=examples.new_price),
            ),
        ),
    )  # fmt: skip


def _more_pages() -> tuple[Page, ...]:
    suppliers = _later("suppliers_page", "SuppliersPage")
    return (
        Page(
            "catalog.suppliers", _("Suppliers"), "stock", P.ITEM_VIEW, suppliers, 52, icon="supplier",
            variants=(
                Variant("nothing", {"text": "no such supplier"}),
                Variant("new", {"is_adding": True}),
            ),
        ),
        Page(
            "catalog.supplier", _("Supplier"), "stock", P.ITEM_VIEW, suppliers, 53, False, "supplier",
            (
                Variant("card", find_args=examples.supplier_args),
                *(Variant(part, find_args=examples.supplier_part(part)) for part in ("ordering", "money", "items")),
                *(
                    Variant(
                        f"{part}_form",
                        find_args=examples.supplier_part(part),
                        prepare=examples.supplier_form(part),
                    )
                    for part in ("ordering", "money")
                ),
                Variant("term", find_args=examples.supplier_part("items"), prepare=examples.supplier_term),
                Variant("contact", find_args=examples.supplier_args, prepare=examples.supplier_form("contact")),
            ),
        ),
        Page(
            "catalog.quality", _("Data quality"), "stock", P.ITEM_VIEW, _later("quality_page", "QualityPage"), 54,
            False, "check",
            (Variant("gaps"), Variant("fixing", {"gap": "no_barcode"}, prepare=examples.first_row)),
        ),
        Page(
            "catalog.duplicates", _("Duplicates"), "stock", P.ITEM_VIEW,
            _later("duplicates_page", "DuplicatesPage"), 55, False, "copy",
            (Variant("pairs", prepare=examples.first_row),),
        ),
        Page(
            "catalog.unused", _("Unused items"), "stock", P.STOCK_VIEW, _later("unused_page", "UnusedPage"), 56, False,
            "trash", (Variant("list", {"days": 30}),),
        ),
        Page(
            "catalog.categories", _("Categories"), "stock", P.ITEM_VIEW, _later("tree_pages", "CategoriesPage"), 57,
            False, "folder", (Variant("tree"), Variant("edit", prepare=examples.first_row)),
        ),
        Page(
            "catalog.units", _("Units"), "stock", P.ITEM_VIEW, _later("tree_pages", "UnitsPage"), 58, False, "scale",
            (Variant("list"), Variant("new", prepare=examples.primary)),
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
        Action(
            "catalog.new_supplier", _("New supplier"), P.SUPPLIER_EDIT,
            lambda context, **_args: context.shell.go("catalog.suppliers", is_adding=True), icon="supplier",
            words="supplier vendor 供应商 新建",
        ),
        _way("catalog.quality", _("Data quality"), P.ITEM_VIEW, "check", "gaps missing 数据质量 缺失"),
        _way("catalog.duplicates", _("Duplicates"), P.ITEM_VIEW, "copy", "merge duplicates 重复 合并"),
        _way("catalog.unused", _("Unused items"), P.STOCK_VIEW, "trash", "clean up unused 停用 清理"),
        _way("catalog.categories", _("Categories"), P.ITEM_VIEW, "folder", "category tree 分类"),
        _way("catalog.units", _("Units"), P.ITEM_VIEW, "scale", "units of measure 单位"),
    )  # fmt: skip


def _way(route: str, title: Text, permission: Permission, icon: str, words: str) -> Action:
    """An action that goes to a page."""
    return Action(route, title, permission, lambda context, **_args: context.shell.go(route), icon=icon, words=words)
