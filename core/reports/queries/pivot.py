"""Own questions without SQL: the prepared tables, a pivot of one, and its files."""

from __future__ import annotations

from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.reports.steps.pivot.behind import read_lines
from core.reports.steps.pivot.plan import PREPARED, field_of, prepared
from core.reports.steps.pivot.reading import read_pivot
from core.reports.steps.pivot.sheet import PIVOT_FORMS, pivot_file
from core.reports.types.pivot import Key, Pivot, PivotAsked, PivotLines, PivotTable, PivotValue
from core.uow import UnitOfWork
from db.enums import Permission

MOST_VALUES = 500
MOST_LINES = 500


@query(Permission.REPORT_VIEW)
def list_pivot_tables(uow: UnitOfWork) -> tuple[PivotTable, ...]:
    """The prepared tables this person may see, with their fields."""
    return tuple(one.entry(uow.may) for one in PREPARED.values() if uow.may(one.permission))


@query(Permission.REPORT_VIEW)
def list_pivot_values(uow: UnitOfWork, *, table: str, field: str, language: str = "") -> tuple[PivotValue, ...]:
    """The values a field has, for a filter, by name; at most 500. Raises NotFound, NotAllowed, InvalidInput, Refused."""
    known = prepared(uow, table)
    field_of(known.dimensions, field)
    measure = next(one.field.key for one in known.measures if uow.may(one.permission))
    pivot = read_pivot(uow, PivotAsked(table, rows=(field,), measures=(measure,), language=language))
    return tuple(PivotValue(row.keys[0], row.titles[0]) for row in pivot.rows[:MOST_VALUES])


@query(Permission.REPORT_VIEW)
def get_pivot(uow: UnitOfWork, *, asked: PivotAsked) -> Pivot:
    """A pivot of a prepared table.

    Every cell and total is exact: sums of the very entries behind it. Raises NotFound, NotAllowed, InvalidInput for a field
    there is not, Refused with the way out when it would be too large to read.
    """
    return read_pivot(uow, asked)


@query(Permission.REPORT_VIEW)
def list_pivot_lines(
    uow: UnitOfWork,
    *,
    asked: PivotAsked,
    row: tuple[Key, ...] = (),
    column: tuple[Key, ...] = (),
    limit: int = MOST_LINES,
) -> PivotLines:
    """The lines behind a figure of a pivot, newest first.

    `row` are the keys of its row, or the first of them for a subtotal, `column` those of its column; empty stands for the
    total. All of them together add up to the figure. Raises as `get_pivot`.
    """
    return read_lines(uow, asked, row, column, max(1, limit))


@query(Permission.REPORT_VIEW)
def get_pivot_file(uow: UnitOfWork, *, asked: PivotAsked, form: str) -> bytes:
    """A pivot as XLSX, CSV, JSON or PDF, numbers as numbers. Raises as `get_pivot`, InvalidInput for another form."""
    if form not in PIVOT_FORMS:
        raise InvalidInput(
            _("“{form}” is no form of a pivot. Write one of: {forms}.", form=form[:20], forms=", ".join(PIVOT_FORMS)),
            field="form",
        )
    return pivot_file(uow, read_pivot(uow, asked), form)
