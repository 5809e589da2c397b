"""Short lists inside a panel: as high as their rows, without a scroll bar of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from desktop.theme import row_height
from desktop.widgets.language import Words
from desktop.widgets.table.columns import Column
from desktop.widgets.table.view import RowTable

MOST_ROWS = 10


def small_table(columns: Sequence[Column], rows: Sequence[Any], name: Words, most: int = MOST_ROWS) -> RowTable:
    """A table of a few rows, as high as they are; of more than `most` it scrolls."""
    table = RowTable(columns, name=name)
    table.set_rows(rows)
    shown = min(max(len(rows), 1), most)
    table.setFixedHeight(row_height() * (shown + 1) + 4)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if len(rows) <= most:
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table
