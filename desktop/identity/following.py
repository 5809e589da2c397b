"""A list and the panel beside it: the panel opens by a click or Enter, and then follows the row one is on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.widgets import PageBase, RowTable


def follow_rows(page: PageBase, table: RowTable, open_row: Callable[[Any], object]) -> None:
    """Call `open_row(row)` for the row clicked or activated; once a panel is open also for the row the arrows go to."""

    def on_current(row: Any | None) -> None:
        if row is not None and page.panel() is not None:
            open_row(row)

    def on_clicked(number: int) -> None:
        row = table.row_at(number)
        if row is not None:
            open_row(row)

    table.row_activated.connect(open_row)
    table.clicked.connect(lambda index: on_clicked(index.row()))
    table.current_changed.connect(on_current)
