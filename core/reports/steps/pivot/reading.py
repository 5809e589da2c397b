"""A pivot read: groups of the database put into rows and columns, added up exactly, with names in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.reports.rules.pivot import JOINS, Grid, Keys, Parts, figure_of, grid_of
from core.reports.steps.pivot.fields import Dimension, Measure
from core.reports.steps.pivot.groups import MOST_COLUMNS, Group, read_groups, too_many
from core.reports.steps.pivot.labels import Label, labels_of
from core.reports.steps.pivot.order import cut_to_first, in_order, is_rest
from core.reports.steps.pivot.plan import Plan, plan_of
from core.reports.types.pivot import Figures, Key, Pivot, PivotAsked, PivotGroup, PivotHead, Title
from core.uow import UnitOfWork

MOST_CELLS = 200_000


def read_pivot(uow: UnitOfWork, asked: PivotAsked) -> Pivot:
    """The pivot asked for. Raises NotFound, NotAllowed, InvalidInput, Refused when it would have too many groups."""
    plan = plan_of(uow, asked)
    groups = read_groups(uow, plan)
    joins = tuple(join for one in plan.measures for join in JOINS[one.shape])
    grid = grid_of(joins, _placed(plan, groups))
    if asked.top > 0 and plan.rows:
        grid = cut_to_first(plan, grid, uow.site.digits)
    if len(grid.columns) > MOST_COLUMNS or len(grid.rows) * len(grid.columns) > MOST_CELLS:
        raise too_many()
    return _shown(uow, plan, grid, len(groups))


def _placed(plan: Plan, groups: Iterable[Group]) -> Iterator[tuple[Keys, Keys, Parts]]:
    down, across = len(plan.rows), len(plan.rows) + len(plan.columns)
    for keys, parts in groups:
        yield keys[:down], keys[down:across], parts


def _shown(uow: UnitOfWork, plan: Plan, grid: Grid, count: int) -> Pivot:
    language = plan.asked.language or uow.site.language
    down = _labels(uow, plan.rows, (row for row in grid.rows if not is_rest(row)), language)
    across = _labels(uow, plan.columns, grid.columns, language)
    rows = in_order(plan, grid, down, uow.site.digits)
    columns = tuple(_head(keys, across) for keys in sorted(grid.columns, key=lambda keys: _by_name(keys, across)))

    def figures(parts: Parts | None) -> Figures:
        return figures_of(plan.measures, parts, uow.site.digits)

    def line(row: Keys) -> tuple[Figures | None, ...]:
        found = (grid.parts_of(row, column.keys) if column.keys else grid.parts_of(row) for column in columns)
        return tuple(None if parts is None else figures(parts) for parts in found)

    return Pivot(
        asked=plan.asked,
        table=plan.table.entry(uow.may),
        row_fields=tuple(one.field for one in plan.rows),
        column_fields=tuple(one.field for one in plan.columns),
        measures=tuple(one.field for one in plan.measures),
        rows=rows,
        columns=columns,
        cells=tuple(line(row.keys) for row in rows),
        row_totals=tuple(figures(grid.rows[row.keys]) for row in rows),
        column_totals=tuple(figures(grid.columns[column.keys]) for column in columns),
        total=figures(grid.total),
        count=count,
        groups=tuple(
            PivotGroup(keys, title, first, many, line(keys), figures(grid.groups[keys]))
            for keys, title, first, many in _groups(rows)
        ),
    )


def figures_of(measures: Sequence[Measure], parts: Parts | None, digits: int) -> Figures:
    """The figures that the parts of measures make; none where there is nothing."""
    if parts is None:
        return ()
    found, at = [], 0
    for one in measures:
        size = len(JOINS[one.shape])
        found.append(figure_of(one.shape, parts[at : at + size], digits))
        at += size
    return tuple(found)


def _groups(rows: Sequence[PivotHead]) -> Iterator[tuple[Keys, Title, int, int]]:
    """Rows standing together that share their first keys: these, the name of the last, the first row, how many."""
    found: dict[Keys, list[int]] = {}
    for at, row in enumerate(rows):
        for depth in range(1, 1 if row.is_rest else len(row.keys)):
            found.setdefault(row.keys[:depth], [at, 0])[1] += 1
    for keys, (first, many) in found.items():
        yield keys, rows[first].titles[len(keys) - 1], first, many


def _labels(
    uow: UnitOfWork, fields: Sequence[Dimension], keys: Iterable[Keys], language: str
) -> list[dict[Key, Label]]:
    wanted = list(keys)
    return [labels_of(uow, one, {key[at] for key in wanted}, language) for at, one in enumerate(fields)]


def _head(keys: Keys, labels: Sequence[dict[Key, Label]]) -> PivotHead:
    return PivotHead(keys, tuple(labels[at][key].title for at, key in enumerate(keys)))


def _by_name(keys: Keys, labels: Sequence[dict[Key, Label]]) -> list[tuple[object, ...]]:
    return [labels[at][key].order for at, key in enumerate(keys)]
