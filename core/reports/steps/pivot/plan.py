"""What a pivot asks, checked against the prepared tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.reports.steps.pivot.bought import BOUGHT
from core.reports.steps.pivot.fields import Dimension, Measure, Named, Prepared
from core.reports.steps.pivot.tables import STOCK
from core.reports.types.pivot import PivotAsked
from core.uow import UnitOfWork

F = TypeVar("F", Dimension, Measure)
PREPARED: dict[str, Prepared] = {one.name: one for one in (*STOCK, *BOUGHT)}
MOST_FIELDS = 6


def prepared(uow: UnitOfWork, name: str) -> Prepared:
    """A prepared table this person may see. Raises NotFound naming those there are, NotAllowed."""
    if name not in PREPARED:
        raise NotFound(
            _("There is no prepared table {name}. There are: {names}.", name=name[:40], names=", ".join(PREPARED)),
            field="table",
        )
    uow.require(PREPARED[name].permission)
    return PREPARED[name]


@dataclass(frozen=True, slots=True)
class Plan:
    """A pivot asked for, with its fields found; `hidden` are fields that are only filtered by."""

    asked: PivotAsked
    table: Prepared
    rows: tuple[Dimension, ...]
    columns: tuple[Dimension, ...]
    hidden: tuple[Dimension, ...]
    measures: tuple[Measure, ...]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """All fields the database groups by."""
        return (*self.rows, *self.columns, *self.hidden)


def plan_of(uow: UnitOfWork, asked: PivotAsked) -> Plan:
    """What is asked, checked. Raises NotFound, NotAllowed, InvalidInput for a field there is not or that stands twice."""
    table = prepared(uow, asked.table)
    named = (*asked.rows, *asked.columns)
    if len(set(named)) != len(named):
        raise InvalidInput(_("A field can stand in a pivot only once."), field="rows")
    if len(named) > MOST_FIELDS:
        raise InvalidInput(_("A pivot has at most {n} fields.", n=MOST_FIELDS), field="rows")
    if not asked.measures:
        raise InvalidInput(_("Choose at least one figure."), field="measures")
    measures = tuple(field_of(table.measures, key) for key in asked.measures)
    for permission in {one.permission for one in measures} - {None}:
        assert permission is not None
        uow.require(permission)
    rows = tuple(field_of(table.dimensions, key) for key in asked.rows)
    columns = tuple(field_of(table.dimensions, key) for key in asked.columns)
    filtered = dict.fromkeys(one.field for one in asked.filters if one.field not in named)
    hidden = tuple(one for key in filtered if not is_plain(one := field_of(table.dimensions, key)))
    if asked.sort is not None and asked.sort.measure not in asked.measures:
        raise InvalidInput(_("Rows are sorted by a figure that is shown."), field="sort")
    return Plan(asked, table, rows, columns, hidden, measures)


def field_of(fields: Sequence[F], key: str) -> F:
    """The field of this word. Raises InvalidInput naming those there are."""
    found = next((one for one in fields if one.field.key == key), None)
    if found is None:
        keys = ", ".join(one.field.key for one in fields)
        raise InvalidInput(
            _("There is no field {name}. There are: {names}.", name=key[:40], names=keys), field="fields"
        )
    return found


def is_plain(dimension: Dimension) -> bool:
    """Whether the database groups by the very key that is shown, so that it can filter by it."""
    return dimension.fold is None and dimension.named is not Named.BRANCH
