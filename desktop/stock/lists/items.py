"""Finding an item in a form of the lists: by words, code or scan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from core import catalog
from desktop.context import AppContext
from desktop.widgets import Found

MOST_FOUND = 12


def item_completion(context: AppContext, owner: QWidget) -> Callable[[str, Callable[[Sequence[Found]], None]], object]:
    """What an item field asks with what was typed; `data` of an answer is the catalog's row."""

    def complete(text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        def found(rows: list[catalog.ItemRow]) -> None:
            answer([found_item(row, context.language) for row in rows])

        context.ops.ask(owner, catalog.search_items, text=text, limit=MOST_FOUND, then=found, key="items")

    return complete


def found_item(row: catalog.ItemRow, language: str) -> Found:
    """An item as it stands in the field."""
    return Found(row.id, row.code, row.title(language), row.spec, row)
