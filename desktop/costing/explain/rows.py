"""Lists of any length that are at hand: the cells of a row are made when it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from desktop.widgets import RowsWanted, RowTable

AT_ONCE = 200


def show_rows(table: RowTable, rows: Sequence[Any]) -> None:
    """Show rows in their order. Up to some hundreds at once, more page by page."""
    if len(rows) <= AT_ONCE:
        table.set_rows(rows)
        return

    def fetch(wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], _failed: object) -> None:
        then(rows[wanted.offset : wanted.offset + wanted.limit], len(rows))

    table.set_fetch(fetch)
