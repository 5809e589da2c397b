"""Short lists inside a panel: as high as their rows, without a scroll bar of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from desktop.theme import row_height
from desktop.widgets import Column, RowTable, Words

MOST_ROWS = 10


def small_table(columns: Sequence[Column], rows: Sequence[Any], name: Words) -> RowTable:
    """A table of a few rows; of more than ten it scrolls."""
    table = RowTable(columns, name=name)
    table.set_rows(rows)
    shown = min(max(len(rows), 1), MOST_ROWS)
    table.setFixedHeight(row_height() * (shown + 1) + 4)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if len(rows) <= MOST_ROWS:
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table
