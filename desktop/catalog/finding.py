"""Items and suppliers in the palette, from anywhere: by name, pinyin, code or barcode."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core import catalog
from core.errors import CoreError
from core.i18n import _
from desktop.context import AppContext
from desktop.shell.registry import Found, Hit

MOST_ITEMS = 8
MOST_SUPPLIERS = 4
CODE_FROM = 4
SURE, LIKELY, PERHAPS = 99.0, 64.0, 55.0


def find_records(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
    """Find items and suppliers; answers once, when both have come."""
    hits: list[Hit] = []
    waiting = {"items", "suppliers", "code"}

    def arrived(what: str, more: list[Hit]) -> None:
        hits.extend(more)
        waiting.discard(what)
        if not waiting:
            found(_each_once(hits))

    def nothing(what: str) -> Callable[[CoreError], None]:
        return lambda _error: arrived(what, [])

    ask = context.ops.ask
    if len(text) >= CODE_FROM:
        ask(
            owner, catalog.find_by_barcode, code=text, key="catalog.code", failed=nothing("code"),
            then=lambda hit: arrived("code", [_item_hit(context, hit.item, SURE)] if hit is not None else []),
        )  # fmt: skip
    else:
        waiting.discard("code")
    ask(
        owner, catalog.search_items, text=text, limit=MOST_ITEMS, key="catalog.items", failed=nothing("items"),
        then=lambda rows: arrived("items", [_item_hit(context, row, LIKELY - at) for at, row in enumerate(rows)]),
    )  # fmt: skip
    ask(
        owner, catalog.list_suppliers, text=text, key="catalog.suppliers", failed=nothing("suppliers"),
        then=lambda rows: arrived("suppliers", [_supplier_hit(context, row) for row in rows[:MOST_SUPPLIERS]]),
    )  # fmt: skip


def _each_once(hits: list[Hit]) -> list[Hit]:
    kept: dict[tuple[str, str, str], Hit] = {}
    for hit in hits:
        kept.setdefault((hit.group, hit.title, hit.note), hit)
    return list(kept.values())


def _item_hit(context: AppContext, row: catalog.ItemRow, score: float) -> Hit:
    note = " · ".join(part for part in (row.code, row.spec) if part)
    return Hit(
        row.title(context.language), lambda: context.shell.go("catalog.item", item_id=row.id), note, "item",
        context.words(_("Item")), score,
    )  # fmt: skip


def _supplier_hit(context: AppContext, row: catalog.SupplierRow) -> Hit:
    return Hit(
        row.title(context.language), lambda: context.shell.go("catalog.supplier", supplier_id=row.id), row.code,
        "supplier", context.words(_("Supplier")), PERHAPS,
    )  # fmt: skip
