"""Keeping what somebody asks of a report or pivot under a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy import delete as delete_from

from core.answers import to_json
from core.edits import merge_edit
from core.errors import InvalidInput, NotAllowed, NotFound
from core.i18n import _, _n
from core.registry import command
from core.reports.steps.saved import SCHEDULE, VIEW
from core.reports.steps.scheduled import check_source
from core.reports.types.asked import Asked
from core.reports.types.pivot import PivotAsked
from core.reports.types.views import ViewEdit
from core.uow import UnitOfWork
from db.enums import Permission, ViewKind

LONGEST_NAME = 80


@command(Permission.REPORT_VIEW)
def save_view(
    uow: UnitOfWork, *, new: ViewEdit, view_id: int = 0, version: int = 0, seen: ViewEdit | None = None
) -> int:
    """Save a view of a report.

    Answers its id; `view_id` 0 makes a new one, else `version` and `seen` are what the form showed. Raises InvalidInput for
    a name that is empty or taken by another view of this person, NotAllowed for somebody else's, NotFound for a view,
    report or table there is not, Conflict.
    """
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(_("Give the view a name of at most {n} letters.", n=LONGEST_NAME), field="name")
    check_source(uow, new.kind, new.source)
    fits = isinstance(new.asked, Asked if new.kind is ViewKind.REPORT else PivotAsked)
    if not fits or (new.kind is ViewKind.PIVOT and new.asked.table != new.source):
        raise InvalidInput(_("What this view asks does not fit its report or table."), field="asked")
    is_taken = (VIEW.c.person_id == uow.actor.person_id) & (VIEW.c.name == name) & (VIEW.c.id != view_id)
    if _any(uow, is_taken):
        raise InvalidInput(_("You have a view called {name} already. Choose another name.", name=name), field="name")
    values = _stored(new, name)
    uow.note(view=name)
    if not view_id:
        row = {**values, "version": 1, "person_id": uow.actor.person_id, "changed_at": uow.now}
        return int(uow.sql.execute(insert(VIEW).values(**row).returning(VIEW.c.id)).scalar_one())
    kept = _own(uow, view_id)
    before = {field: getattr(kept, field) for field in values}
    base = None if seen is None else _stored(seen, " ".join(seen.name.split()))
    touched = {field: value for field, value in values.items() if base is None or value != base[field]}
    changes = merge_edit(changes=touched, base=base, stored=before, is_stale=kept.version != version)
    uow.sql.execute(
        update(VIEW).where(VIEW.c.id == view_id).values(**changes, version=kept.version + 1, changed_at=uow.now)
    )
    return view_id


@command(Permission.REPORT_VIEW)
def remove_view(uow: UnitOfWork, *, view_id: int) -> None:
    """Remove a saved view.

    Asks first when schedules make it: they are switched off. Raises NotAllowed for somebody else's, NotFound.
    """
    kept = _own(uow, view_id)
    used = (SCHEDULE.c.view_id == view_id) & SCHEDULE.c.is_on & ~SCHEDULE.c.is_removed
    count = int(uow.sql.execute(select(func.count()).select_from(SCHEDULE).where(used)).scalar_one())
    if count:
        uow.confirm(
            "view_in_use",
            _n(
                "{n} schedule makes this view. Remove it and switch the schedule off?",
                "{n} schedules make this view. Remove it and switch the schedules off?",
                count,
            ),
        )
        uow.sql.execute(update(SCHEDULE).where(used).values(is_on=False, version=SCHEDULE.c.version + 1))
    uow.sql.execute(delete_from(VIEW).where(VIEW.c.id == view_id))
    uow.note(view=kept.name)


def _own(uow: UnitOfWork, view_id: int) -> Any:
    row = uow.sql.execute(select(VIEW).where(VIEW.c.id == view_id).with_for_update()).first()
    if row is None or not (row.is_shared or row.person_id == uow.actor.person_id):
        raise NotFound(_("There is no such saved view any more. Choose another one."), field="view")
    if row.person_id != uow.actor.person_id and not uow.may(Permission.SITE_EDIT):
        raise NotAllowed(_("This view belongs to somebody else. Save one of your own under another name."))
    return row


def _any(uow: UnitOfWork, where: ColumnElement[bool]) -> bool:
    return uow.sql.execute(select(VIEW.c.id).where(where).limit(1)).first() is not None


def _stored(edit: ViewEdit, name: str) -> dict[str, Any]:
    return {
        "kind": str(edit.kind),
        "source": edit.source,
        "name": name,
        "asked": to_json(edit.asked),
        "is_shared": edit.is_shared,
    }
