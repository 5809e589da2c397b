"""The order rows stand in - by name or by a figure, groups before the rows within them - and which stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.i18n import _n, verbatim
from core.reports.rules.pivot import JOINS, REST, Grid, Keys, figure_of, grid_of
from core.reports.steps.pivot.labels import Label
from core.reports.steps.pivot.plan import Plan
from core.reports.types.pivot import Key, PivotHead, PivotSort


def in_order(plan: Plan, grid: Grid, labels: Sequence[dict[Key, Label]], digits: int) -> tuple[PivotHead, ...]:
    """The heads of all rows; what is left over of the first values stands last."""
    known: dict[Keys, Any] = {}

    def place(keys: Keys) -> Any:
        if keys not in known:
            name = labels[len(keys) - 1][keys[-1]].order
            known[keys] = (*_rank(plan, grid, plan.asked.sort, keys, digits), name)
        return known[keys]

    rows = [row for row in grid.rows if not is_rest(row)]
    rows.sort(key=lambda row: [place(row[: depth + 1]) for depth in range(len(row))])
    heads = [PivotHead(row, tuple(labels[at][key].title for at, key in enumerate(row))) for row in rows]
    return (*heads, *(_rest(row) for row in grid.rows if is_rest(row)))


def is_rest(row: Keys) -> bool:
    """Whether a row is what did not come among the first values."""
    return bool(row) and str(row[0]).startswith(REST)


def cut_to_first(plan: Plan, grid: Grid, digits: int) -> Grid:
    """The same with only the first values of the first field on their own; all others become one row."""
    sort = plan.asked.sort or PivotSort(plan.asked.measures[0])
    alone = sorted(
        {row[:1] for row in grid.rows}, key=lambda keys: (*_rank(plan, grid, sort, keys, digits), str(keys[0]))
    )
    if len(alone) <= plan.asked.top + 1:
        return grid
    first = set(alone[: plan.asked.top])
    rest = (f"{REST}{len(alone) - plan.asked.top}", *("" for _field in plan.rows[1:]))
    cells = grid.cells.items()
    return grid_of(grid.joins, ((row if row[:1] in first else rest, column, parts) for (row, column), parts in cells))


def _rank(plan: Plan, grid: Grid, sort: PivotSort | None, keys: Keys, digits: int) -> tuple[bool, Decimal]:
    """Where a row or group stands by a figure: those without a sum last."""
    if sort is None:
        return False, Decimal(0)
    at = plan.asked.measures.index(sort.measure)
    start = sum(len(JOINS[one.shape]) for one in plan.measures[:at])
    shape = plan.measures[at].shape
    parts = grid.parts_of(keys, sort.column)
    value = None if parts is None else figure_of(shape, parts[start : start + len(JOINS[shape])], digits).value
    if value is None:
        return True, Decimal(0)
    return False, -value if sort.is_descending else value


def _rest(row: Keys) -> PivotHead:
    words = _n("{n} other", "{n} others", int(str(row[0]).removeprefix(REST)))
    return PivotHead(row, (words, *(verbatim("") for _key in row[1:])), is_rest=True)
