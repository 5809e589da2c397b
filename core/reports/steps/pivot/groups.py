"""The rows of a prepared table grouped by the database: one statement, sums of whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger, String, func, select, type_coerce

from core.clock import business_day
from core.errors import InvalidInput, Refused
from core.i18n import _
from core.reports.rules.pivot import JOINS, Join, Keys, Parts
from core.reports.steps.pivot.fields import Dimension, Named
from core.reports.steps.pivot.labels import branches
from core.reports.steps.pivot.plan import Plan, field_of, is_plain
from core.reports.steps.pivot.times import Times
from core.reports.types.pivot import Key, PivotFilter
from core.uow import UnitOfWork
from db.columns import micros
from db.sql import total

MOST_GROUPS = 50_000
MOST_COLUMNS = 400
ADDED_UP = 4
"""So many times more groups are read where most of them are added up in one row."""
Group = tuple[Keys, Parts]
_ADDED: dict[Join, Callable[[Any], Any]] = {Join.SUM: total, Join.LEAST: func.min, Join.MOST: func.max}


def read_groups(uow: UnitOfWork, plan: Plan) -> list[Group]:
    """What the database answers, by the keys that are shown; what a filter leaves out is gone.

    Raises Refused for more groups than anybody can read.
    """
    moments, is_empty = times_of(uow, plan)
    if is_empty:
        return []
    most = MOST_GROUPS * ADDED_UP if plan.asked.top else MOST_GROUPS
    parts = [column for one in plan.measures for column in one.columns]
    inner = select(
        *(one.column(moments).label(f"d{at}") for at, one in enumerate(plan.dimensions)),
        *(column.label(f"p{at}") for at, column in enumerate(parts)),
    )
    rows = joined_to(plan, inner).where(*conditions(uow, plan)).subquery()
    joins = [join for one in plan.measures for join in JOINS[one.shape]]
    keys = [rows.c[f"d{at}"] for at in range(len(plan.dimensions))]
    added = [_ADDED[join](rows.c[f"p{at}"]) for at, join in enumerate(joins)]
    grouped = select(*keys, *added, func.count()).select_from(rows).group_by(*keys).limit(most + 1)
    answered = [row for row in uow.sql.execute(grouped) if row[-1]]
    if len(answered) > most:
        raise too_many()
    folds = [fold_of(uow, one) for one in plan.dimensions]
    keep = kept(plan)
    found: list[Group] = []
    for row in answered:
        shown = tuple(fold(key) for fold, key in zip(folds, row, strict=False))
        if keep(shown):
            found.append((shown, whole(row[len(folds) : -1])))
    return found


def whole(parts: Sequence[Any]) -> Parts:
    """Sums of PostgreSQL come as numerics; all are whole numbers."""
    return tuple(part if part is None or isinstance(part, str) else int(part) for part in parts)


def fold_of(uow: UnitOfWork, dimension: Dimension) -> Callable[[Any], Key]:
    """From what the database groups by to the key that is shown."""
    if dimension.named is Named.BRANCH:
        roots = branches(uow)
        return lambda key: roots.get(key, "") if key else ""
    fold = dimension.fold
    if fold is not None:
        return lambda key: "" if key is None else fold(key)
    return lambda key: "" if key is None else key


def joined_to(plan: Plan, statement: Any, *, with_fields: bool = True) -> Any:
    """The tables needed, each joined once; without fields only those that filters and the time need."""
    table = plan.table
    needed = [*table.where_needs, *table.at_needs]
    if with_fields:
        needed += [word for one in plan.dimensions for word in one.needs]
        needed += [word for measure in plan.measures for word in measure.needs]
    for one_filter in plan.asked.filters:
        needed += field_of(table.dimensions, one_filter.field).needs
    source = table.start
    for word in dict.fromkeys(needed):
        target, condition = table.joins[word]
        source = source.join(target, condition)
    return statement.select_from(source)


def conditions(uow: UnitOfWork, plan: Plan) -> list[Any]:
    """What limits the rows: what the table is, the time asked, filters the database can tell."""
    found = [*plan.table.where, *_span(uow, plan)]
    for one in plan.asked.filters:
        dimension = field_of(plan.table.dimensions, one.field)
        if is_plain(dimension):
            found.append(_condition(dimension.of, one))
    return found


def _span(uow: UnitOfWork, plan: Plan) -> list[Any]:
    table, span = plan.table, plan.asked.span
    if span.start is None and span.end is None:
        return []
    if not table.is_of_period:
        raise InvalidInput(_("This table is about now and has no period."), field="span")
    column = table.on if table.at is None else type_coerce(table.at, BigInteger)

    def bound(moment: Any) -> Any:
        return business_day(moment, uow.site.zone, uow.site.day_start_hour) if table.at is None else micros(moment)

    found = [] if span.start is None else [column >= bound(span.start)]
    return found if span.end is None else [*found, column <= bound(span.end)]


def _condition(column: Any, one: PivotFilter) -> Any:
    """One of the keys, or none of them; the empty key is what has no value."""
    keys = [key for key in one.keys if key != "" or isinstance(column.type, String)]
    is_none = column.is_(None)
    if one.is_without:
        return column.is_not(None) & column.not_in(keys) if "" in one.keys else is_none | column.not_in(keys)
    return is_none | column.in_(keys) if "" in one.keys else column.in_(keys)


def kept(plan: Plan) -> Callable[[Keys], bool]:
    """Whether a group passes the filters the database could not tell."""
    places = {one.field.key: at for at, one in enumerate(plan.dimensions)}
    tests = [
        (places[one.field], frozenset(one.keys), one.is_without)
        for one in plan.asked.filters
        if not is_plain(field_of(plan.table.dimensions, one.field))
    ]
    return lambda keys: all((keys[at] in wanted) != is_without for at, wanted, is_without in tests)


def times_of(uow: UnitOfWork, plan: Plan) -> tuple[Times | None, bool]:
    """The first and last moment among the rows where a field is told by the clock; whether there is no row at all."""
    if not any(one.is_of_moment for one in plan.dimensions):
        return None, False
    at = type_coerce(plan.table.at, BigInteger)
    bounds = joined_to(plan, select(func.min(at), func.max(at)), with_fields=False)
    low, high = uow.sql.execute(bounds.where(*conditions(uow, plan))).one()
    return (None, True) if low is None else (Times(uow.site, int(low), int(high)), False)


def too_many() -> Refused:
    """The sentence for a pivot nobody can read."""
    return Refused(
        _(
            "This pivot would be too large: more than {n} groups or {m} columns. Take a field away, or limit the time or "
            "the values of a field.",
            n=MOST_GROUPS,
            m=MOST_COLUMNS,
        )
    )
