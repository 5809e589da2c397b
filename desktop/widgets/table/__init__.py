"""The table of rows. `RowTable` is the widget; `Column` says what stands in a column; `RowsWanted` is what it asks for.

Three ways to fill it:
- `table.set_rows(rows)`: a plain sequence of frozen row dataclasses (sorted here, up to some thousands);
- `table.set_fetch(fetch)`: pages of 200 by offset: `fetch(wanted, then, failed)` asks with `wanted.offset`, `.limit`,
  `.sort`, `.descending`, `.filter` and calls `then(rows, total)`; sort and filter are done by whoever is asked;
- `table.set_ids(ids, fetch)`: the whole order is known by ids, rows come by `fetch(ids, then, failed)`.
"""

from desktop.widgets.table.columns import Align, Column, Kind
from desktop.widgets.table.model import Fetch, FetchByIds, RowsWanted
from desktop.widgets.table.small import small_table
from desktop.widgets.table.view import RowTable
from desktop.widgets.table.widths import LayoutStore, set_layout_store

__all__ = [
    "Align",
    "Column",
    "Fetch",
    "FetchByIds",
    "Kind",
    "LayoutStore",
    "RowTable",
    "RowsWanted",
    "set_layout_store",
    "small_table",
]
