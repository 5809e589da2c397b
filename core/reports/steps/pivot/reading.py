"""A pivot read: groups of the database put into rows and columns, added up exactly, with names in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.reports.rules.pivot import JOINS, Grid, Keys, Parts, figure_of, grid_of
from core.reports.steps.pivot.fields import Dimension
from core.reports.steps.pivot.groups import MOST_COLUMNS, Group, read_groups, too_many
from core.reports.steps.pivot.labels import Label, labels_of
from core.reports.steps.pivot.plan import Plan, plan_of
from core.reports.types.pivot import Figures, Key, Pivot, PivotAsked, PivotHead
from core.uow import UnitOfWork

MOST_CELLS = 200_000


def read_pivot(uow: UnitOfWork, asked: PivotAsked) -> Pivot:
    """The pivot asked for. Raises NotFound, NotAllowed, InvalidInput, Refused when it would have too many groups."""
    plan = plan_of(uow, asked)
    groups = read_groups(uow, plan)
    joins = tuple(join for one in plan.measures for join in JOINS[one.shape])
    grid = grid_of(joins, _placed(plan, groups))
    if len(grid.columns) > MOST_COLUMNS or len(grid.rows) * len(grid.columns) > MOST_CELLS:
        raise too_many()
    return _shown(uow, plan, grid, len(groups))


def _placed(plan: Plan, groups: Iterable[Group]) -> Iterator[tuple[Keys, Keys, Parts]]:
    down, across = len(plan.rows), len(plan.rows) + len(plan.columns)
    for keys, parts in groups:
        yield keys[:down], keys[down:across], parts


def _shown(uow: UnitOfWork, plan: Plan, grid: Grid, count: int) -> Pivot:
    language = plan.asked.language or uow.site.language
    rows = _heads(uow, plan.rows, grid.rows, language)
    columns = _heads(uow, plan.columns, grid.columns, language)
    if plan.asked.sort is not None:
        rows = _sorted(uow, plan, grid, rows)

    def figures(parts: Parts | None) -> Figures:
        return _figures(uow, plan, parts)

    cells = tuple(
        tuple(
            None if (parts := grid.cells.get((row.keys, column.keys))) is None else figures(parts) for column in columns
        )
        for row in rows
    )
    return Pivot(
        asked=plan.asked,
        table=plan.table.entry(uow.may),
        row_fields=tuple(one.field for one in plan.rows),
        column_fields=tuple(one.field for one in plan.columns),
        measures=tuple(one.field for one in plan.measures),
        rows=rows,
        columns=columns,
        cells=cells,
        row_totals=tuple(figures(grid.rows[row.keys]) for row in rows),
        column_totals=tuple(figures(grid.columns[column.keys]) for column in columns),
        total=figures(grid.total),
        count=count,
    )


def _figures(uow: UnitOfWork, plan: Plan, parts: Parts | None) -> Figures:
    if parts is None:
        return ()
    found, at = [], 0
    for one in plan.measures:
        size = len(JOINS[one.shape])
        found.append(figure_of(one.shape, parts[at : at + size], uow.site.digits))
        at += size
    return tuple(found)


def _heads(uow: UnitOfWork, fields: Sequence[Dimension], keys: Iterable[Keys], language: str) -> tuple[PivotHead, ...]:
    """Heads in the order of their names."""
    wanted = list(keys)
    labels: list[dict[Key, Label]] = [
        labels_of(uow, one, {key[at] for key in wanted}, language) for at, one in enumerate(fields)
    ]
    wanted.sort(key=lambda key: [labels[at][part].order for at, part in enumerate(key)])
    return tuple(PivotHead(key, tuple(labels[at][part].title for at, part in enumerate(key))) for key in wanted)


def _sorted(uow: UnitOfWork, plan: Plan, grid: Grid, rows: tuple[PivotHead, ...]) -> tuple[PivotHead, ...]:
    """Rows by the total of a measure; those without a sum stand last."""
    sort = plan.asked.sort
    assert sort is not None
    at = plan.asked.measures.index(sort.measure)
    values = {row.keys: _figures(uow, plan, grid.rows[row.keys])[at].value for row in rows}
    with_value = [row for row in rows if values[row.keys] is not None]
    with_value.sort(key=lambda row: values[row.keys] or 0, reverse=sort.is_descending)
    return (*with_value, *(row for row in rows if values[row.keys] is None))
