"""What a person does with places: make, change, lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from core.edits import merge_edit
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.registry import command
from core.stock.steps.places import NewLocation, create_locations
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import Permission
from db.stock import Location, StockBalance

EDITABLE = frozenset(
    {
        "name",
        "name_en",
        "code",
        "storage_kind",
        "walk_order",
        "distance",
        "allow_negative",
        "is_locked",
        "lock_note",
        "is_active",
    }
)


@command(Permission.LOCATION_EDIT)
def create_location(uow: UnitOfWork, *, new: NewLocation) -> int:
    """Make a place.

    Raises InvalidInput when the code is taken, or the place it is to lie in does not exist.
    """
    return create_locations(uow, [new])[0]


@command(Permission.LOCATION_EDIT)
def update_location(
    uow: UnitOfWork,
    *,
    location_id: int,
    version: int,
    changes: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
) -> int:
    """Change a place.

    `changes` by field of EDITABLE. Raises Conflict when somebody else changed the same field, Refused when a place with
    stock is to be retired, InvalidInput for a code that is taken. Answers the new version.
    """
    stored = uow.sql.execute(select(table_of(Location)).where(Location.id == location_id)).mappings().first()
    if stored is None:
        raise NotFound(_("There is no such place."), field="location")
    unknown = changes.keys() - EDITABLE
    if unknown:
        raise InvalidInput(_("{field} cannot be changed here.", field=sorted(unknown)[0]))
    wanted = merge_edit(changes=changes, base=base, stored=dict(stored), is_stale=version != stored["version"])
    if not wanted:
        return int(stored["version"])
    _check_change(uow, location_id, wanted)
    fresh = int(stored["version"]) + 1
    uow.sql.execute(update(Location).where(Location.id == location_id).values(version=fresh, **wanted))
    return fresh


def _check_change(uow: UnitOfWork, location_id: int, wanted: Mapping[str, Any]) -> None:
    for field in ("code", "name"):
        if field in wanted and not str(wanted[field]).strip():
            raise InvalidInput(_("A place needs a code and a name."), field=field)
    if "code" in wanted:
        taken = uow.sql.execute(select(Location.id).where(Location.code == wanted["code"])).scalar()
        if taken is not None:
            raise InvalidInput(_("There is a place {code} already.", code=wanted["code"]), field="code")
    if wanted.get("is_active") is False:
        _check_may_retire(uow, location_id)


def _check_may_retire(uow: UnitOfWork, location_id: int) -> None:
    row = uow.sql.execute(
        select(Location.path, Location.name, Location.parent_id, Location.kind).where(Location.id == location_id)
    ).one()
    if row.parent_id is None:
        raise Refused(_("{place} belongs to the site itself and stays.", place=row.name), field="is_active")
    held = uow.sql.execute(
        select(func.count())
        .select_from(StockBalance)
        .join(Location, Location.id == StockBalance.location_id)
        .where(Location.path.like(f"{row.path}%"), StockBalance.qty != 0)
    ).scalar_one()
    if held:
        raise Refused(_("There is still stock at {place}. Move it first.", place=row.name), field="is_active")


@command(Permission.LOCATION_EDIT)
def move_location(uow: UnitOfWork, *, location_id: int, parent_id: int) -> int:
    """Put a place, with all that lies in it, under another place.

    Raises Refused when it would lie in itself.
    """
    rows = {
        row.id: row for row in uow.sql.execute(select(Location.id, Location.path, Location.name, Location.parent_id))
    }
    if location_id not in rows or parent_id not in rows:
        raise NotFound(_("There is no such place."), field="location")
    place, parent = rows[location_id], rows[parent_id]
    if place.parent_id is None:
        raise Refused(_("{place} belongs to the site itself and stays.", place=place.name), field="parent")
    if f"/{location_id}/" in parent.path:
        raise Refused(_("{place} cannot lie in itself.", place=place.name), field="parent")
    fresh = f"{parent.path}{location_id}/"
    below = [row for row in rows.values() if row.path.startswith(place.path)]
    for row in below:
        uow.sql.execute(update(Location).where(Location.id == row.id).values(path=fresh + row.path[len(place.path) :]))
    uow.sql.execute(
        update(Location).where(Location.id == location_id).values(parent_id=parent_id, version=Location.version + 1)
    )
    return len(below)
