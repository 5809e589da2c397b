"""Places: making them in batches, and rights that hold only below some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from core.errors import InvalidInput
from core.i18n import _
from core.stock.types import NewLine
from core.uow import UnitOfWork
from db.enums import LocationKind, Permission, StorageKind
from db.stock import Location


@dataclass(frozen=True, slots=True)
class NewLocation:
    """A place to be made; `parent` is the code of the place it lies in, empty for the site's first."""

    code: str
    name: str
    name_en: str = ""
    parent: str = ""
    kind: LocationKind = LocationKind.BIN
    storage_kind: StorageKind | None = None
    walk_order: int = 0
    distance: int = 0
    allow_negative: bool = False
    is_locked: bool = False
    lock_note: str = ""
    row: int | None = None


def check_rights_at(uow: UnitOfWork, permission: Permission, lines: Sequence[NewLine]) -> None:
    """The right must hold at every place the lines name, when the person's rights are bound to places. Raises NotAllowed."""
    if permission in uow.actor.everywhere or (uow.approver is not None and permission in uow.approver.everywhere):
        return
    named = {place for line in lines for place in (line.location_id, line.to_location_id)}
    rows = uow.sql.execute(
        select(Location.id, Location.path, Location.name).order_by(Location.kind == LocationKind.TRANSIT, Location.id)
    ).all()
    wanted = [row for row in rows if row.id in named] + (
        [rows[0]] if any(line.location_id is None for line in lines) else []
    )
    for row in wanted:
        uow.require_at(permission, row.path, row.name)


def create_locations(uow: UnitOfWork, places: Sequence[NewLocation]) -> list[int]:
    """Make places, parents before children as listed; answers their ids. Raises InvalidInput with the row."""
    known = {row.code: (row.id, row.path) for row in uow.sql.execute(select(Location.code, Location.id, Location.path))}
    first = uow.sql.execute(
        select(Location.code).order_by(Location.kind == LocationKind.TRANSIT, Location.id).limit(1)
    ).scalar_one()
    made: list[int] = []
    for number, place in enumerate(places, start=1):
        row = place.row or number
        if not place.code.strip() or not place.name.strip():
            raise InvalidInput(_("A place needs a code and a name."), field="code", row=row)
        if place.code in known:
            raise InvalidInput(_("There is a place {code} already.", code=place.code), field="code", row=row)
        if (place.parent or first) not in known:
            raise InvalidInput(_("There is no place {code} to put it in.", code=place.parent), field="parent", row=row)
        parent_id, parent_path = known[place.parent or first]
        location_id = uow.sql.execute(
            insert(Location)
            .values(
                parent_id=parent_id,
                code=place.code.strip(),
                name=place.name.strip(),
                name_en=place.name_en,
                kind=place.kind,
                storage_kind=place.storage_kind or "",
                walk_order=place.walk_order or number,
                distance=place.distance,
                allow_negative=place.allow_negative,
                is_locked=place.is_locked,
                lock_note=place.lock_note,
            )
            .returning(Location.id)
        ).scalar_one()
        path = f"{parent_path}{location_id}/"
        uow.sql.execute(update(Location).where(Location.id == location_id).values(path=path))
        known[place.code] = (location_id, path)
        made.append(location_id)
    return made
