"""Layouts to choose from."""

from __future__ import annotations

from sqlalchemy import select

from core.i18n import Name
from core.labels.rules.layouts import layout_to_json
from core.labels.steps.known_layouts import Layouts, layout_of
from core.labels.steps.layouts import ready_layouts
from core.labels.types import Layout
from core.labels.types.queue import LayoutRow
from core.registry import query
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import Permission
from db.identity import Person
from db.labels import LabelLayout


@query(Permission.LABEL_PRINT)
def list_layouts(uow: UnitOfWork, *, subject: str = "", with_retired: bool = False) -> list[LayoutRow]:
    """Layouts for a kind of thing (any, when not said): this site's own first, then those that came with the program."""
    table = table_of(LabelLayout)
    statement = (
        select(table, Person.name.label("by")).join(Person, Person.id == table.c.saved_by).order_by(table.c.code)
    )
    if not with_retired:
        statement = statement.where(table.c.is_active)
    rows = []
    for row in uow.sql.execute(statement):
        one, name = layout_of(row.definition), Name(row.name, row.name_en)
        rows.append(
            LayoutRow(
                row.code, name, row.subject, one.width, one.height, True, row.is_active, row.version, row.saved_at, row.by
            )
        )  # fmt: skip
    for one in ready_layouts().values():
        rows.append(LayoutRow(one.code, Name(one.name, one.name_en), one.subject, one.width, one.height, False))
    return [row for row in rows if not subject or row.subject == subject]


@query(Permission.LABEL_PRINT)
def get_layout(uow: UnitOfWork, *, code: str) -> Layout:
    """A layout of this site or of the program. Raises NotFound."""
    return Layouts(uow).get(code)


@query(Permission.LABEL_PRINT)
def get_layout_file(uow: UnitOfWork, *, code: str) -> str:
    """A layout as the text of a file, to be taken to another site. Raises NotFound."""
    return layout_to_json(Layouts(uow).get(code))
