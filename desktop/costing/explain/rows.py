"""Lists of any length that are at hand: the cells of a row are made when it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from desktop.widgets import RowsWanted, RowTable
from desktop.widgets.table.columns import in_order

AT_ONCE = 200


class ListTable(RowTable):
    """A table whose rows are all known; `rows` are they, in the order they were given."""

    rows: Sequence[Any] = ()

    def show_list(self, rows: Sequence[Any]) -> None:
        """Show rows in their order, or in the one the person chose. Up to some hundreds at once, more page by page."""
        self.rows = rows
        if len(rows) <= AT_ONCE:
            self.set_rows(rows)
            return
        ordered: dict[tuple[str, bool], Sequence[Any]] = {("", False): rows}

        def fetch(wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], _failed: object) -> None:
            column = next((one for one in self.columns if one.key == wanted.sort), None)
            key = ("", False) if column is None else (column.key, wanted.descending)
            if key not in ordered and column is not None:
                ordered[key] = in_order(rows, column, wanted.descending)
            then(ordered[key][wanted.offset : wanted.offset + wanted.limit], len(rows))

        self.set_fetch(fetch)
