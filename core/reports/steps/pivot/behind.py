"""The lines behind a figure of a pivot: those its row and column name, so that they add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, literal, select, type_coerce

from core.clock import day_ends_at, day_starts_at
from core.errors import InvalidInput
from core.i18n import _
from core.reports.rules.pivot import Keys
from core.reports.steps.pivot.fields import Dimension, Prepared
from core.reports.steps.pivot.groups import conditions, fold_of, joined_to, kept, times_of, whole
from core.reports.steps.pivot.labels import labels_of
from core.reports.steps.pivot.plan import Plan, is_plain, plan_of
from core.reports.steps.pivot.reading import figures_of
from core.reports.types.asked import Span
from core.reports.types.parts import Drill
from core.reports.types.pivot import Key, PivotAsked, PivotFilter, PivotLine, PivotLines
from core.uow import SiteFacts, UnitOfWork
from db.columns import moment

SHOWN = ("kind", "item", "supplier", "location", "reason", "stage", "why", "purpose", "state")
"""The fields a line is told by, where its table has them."""
READ_AT_ONCE = 2_000
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def read_lines(uow: UnitOfWork, asked: PivotAsked, row: Keys, column: Keys, limit: int) -> PivotLines:
    """The newest lines, at most `limit`, of a row (or of the rows that begin with these keys) and a column; empty keys stand
    for all. Raises as `read_pivot`."""
    plan = _narrowed(uow, asked, row, column)
    found = list(_rows(uow, plan, limit + 1))
    lines = found[:limit]
    shown = plan.rows
    places = [at for at, one in enumerate(plan.dimensions) if one in shown]
    language = asked.language or uow.site.language
    labels = [labels_of(uow, plan.dimensions[at], {line[1][at] for line in lines}, language) for at in places]
    rows = tuple(
        PivotLine(
            at=at,
            titles=tuple(known[keys[place]].title for place, known in zip(places, labels, strict=True)),
            figures=figures_of(plan.measures, parts, uow.site.digits),
            drill=_drill(plan.table, record),
        )
        for at, keys, parts, record in lines
    )
    fields, measures = (tuple(one.field for one in some) for some in (shown, plan.measures))
    return PivotLines(fields, measures, rows, len(found) > limit)


def _narrowed(uow: UnitOfWork, asked: PivotAsked, row: Keys, column: Keys) -> Plan:
    """What is asked of the lines themselves: told by the fields of `SHOWN`, limited to the row and column."""
    if len(row) > len(asked.rows) or len(column) > len(asked.columns):
        raise InvalidInput(_("There is no such row or column in this pivot."), field="row")
    known = plan_of(uow, asked)
    filters, span = list(asked.filters), asked.span
    for key, value in (*zip(asked.rows, row, strict=False), *zip(asked.columns, column, strict=False)):
        within = _span_of(key, value, uow.site) if known.table.at is not None else None
        if within is None:
            filters.append(PivotFilter(key, (value,)))
        else:
            span = Span(max(span.start or _FIRST, within[0]), min(span.end or _LAST, within[1]))
    table = {one.field.key for one in known.table.dimensions}
    rows = tuple(key for key in SHOWN if key in table)
    return plan_of(
        uow,
        replace(asked, rows=rows[:6], columns=(), filters=tuple(filters), span=span, sort=None, top=0),
    )


def _span_of(field: str, key: Key, site: SiteFacts) -> tuple[datetime, datetime] | None:
    """The moments of a day, week, month, quarter or year of the site's calendar."""
    days = _days_of(field, str(key))
    if days is None:
        return None
    first, last = days
    hour = site.day_start_hour
    return day_starts_at(first, site.zone, hour), day_ends_at(last, site.zone, hour)


def _days_of(field: str, key: str) -> tuple[date, date] | None:
    if field == "day":
        return date.fromisoformat(key), date.fromisoformat(key)
    if field == "week":
        monday = date.fromisoformat(key)
        return monday, monday + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}.get(field)
    if months is None:
        return None
    year, number = int(key[:4]), 1
    if months == 1:
        number = int(key[5:])
    elif months == 3:
        number = int(key[-1]) * 3 - 2
    after = year * 12 + number - 1 + months
    return date(year, number, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _rows(uow: UnitOfWork, plan: Plan, limit: int) -> Iterator[tuple[Any, Keys, tuple[Any, ...], int]]:
    """Moment or day, keys, parts and record of each line, newest first."""
    moments, is_empty = times_of(uow, plan)
    if is_empty:
        return
    table = plan.table
    at = table.on if table.at is None else type_coerce(table.at, BigInteger)
    record = table.opens[1] if table.opens is not None else literal(0)
    parts = [column for one in plan.measures for column in one.columns]
    statement = select(
        *(one.column(moments).label(f"d{number}") for number, one in enumerate(plan.dimensions)),
        *(column.label(f"p{number}") for number, column in enumerate(parts)),
        (literal(None) if at is None else at).label("at"),
        record.label("record"),
    )
    statement = joined_to(plan, statement).where(*conditions(uow, plan))
    order = (record.desc(),) if at is None else (at.desc(), record.desc())
    is_told = all(is_plain(one) for one in _filtered(plan))
    ordered = statement.order_by(*order)
    answer = uow.sql.execute(
        ordered.limit(limit) if is_told else ordered, execution_options={"yield_per": READ_AT_ONCE}
    )
    try:
        yield from _kept_of(uow, plan, answer, limit)
    finally:
        answer.close()


def _kept_of(uow: UnitOfWork, plan: Plan, answer: Any, limit: int) -> Iterator[tuple[Any, Keys, tuple[Any, ...], int]]:
    """The rows that pass the filters the database could not tell, until there are enough."""
    folds, keep, found = [fold_of(uow, one) for one in plan.dimensions], kept(plan), 0
    for row in answer:
        keys = tuple(fold(key) for fold, key in zip(folds, row, strict=False))
        if keep(keys):
            found += 1
            yield _when(plan.table, row[-2]), keys, whole(row[len(folds) : -2]), int(row[-1] or 0)
            if found >= limit:
                return


def _filtered(plan: Plan) -> Sequence[Dimension]:
    known = {one.field.key: one for one in plan.table.dimensions}
    return [known[one.field] for one in plan.asked.filters]


def _when(table: Prepared, at: Any) -> datetime | date | None:
    return moment(int(at)) if table.at is not None else at


def _drill(table: Prepared, record: int) -> Drill | None:
    return None if table.opens is None or not record else Drill(table.opens[0], record)
