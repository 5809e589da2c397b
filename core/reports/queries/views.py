"""The saved views a person can use."""

from __future__ import annotations

from core.registry import query
from core.reports.steps.saved import VIEW, find_view, view_row, views
from core.reports.types.views import ViewRow
from core.uow import UnitOfWork
from db.enums import Permission, ViewKind


@query(Permission.REPORT_VIEW)
def list_views(uow: UnitOfWork, *, kind: ViewKind | None = None, source: str = "") -> tuple[ViewRow, ...]:
    """The person's own views and those shared with everybody, by name; of one report or prepared table, or of all."""
    found = views().where(VIEW.c.is_shared | (VIEW.c.person_id == uow.actor.person_id))
    if kind is not None:
        found = found.where(VIEW.c.kind == kind)
    if source:
        found = found.where(VIEW.c.source == source)
    return tuple(view_row(uow, row) for row in uow.sql.execute(found.order_by(VIEW.c.name, VIEW.c.id)))


@query(Permission.REPORT_VIEW)
def get_view(uow: UnitOfWork, *, view_id: int) -> ViewRow:
    """One saved view, own or shared. Raises NotFound."""
    return find_view(uow, view_id)
