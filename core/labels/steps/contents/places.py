"""Labels of places, and which place an item belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from core.labels.steps.contents.wanted import Wanted, in_order, own, site_fields
from core.labels.types import LabelContent
from core.uow import UnitOfWork
from core.words import word
from db.enums import LocationKind, StorageKind
from db.sql import chunks
from db.stock import Location, StockBalance


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its names; `path` is the ids from the root."""

    id: int
    code: str
    name: str
    name_en: str
    path: str
    storage_kind: str


def load_places(uow: UnitOfWork, ids: Collection[int]) -> dict[int, Place]:
    """Places by id; unknown ones are left out."""
    found: dict[int, Place] = {}
    for part in chunks(sorted(ids)):
        rows = uow.sql.execute(
            select(
                Location.id, Location.code, Location.name, Location.name_en, Location.path, Location.storage_kind
            ).where(Location.id.in_(part))
        )
        found.update({row.id: Place(*row) for row in rows})
    return found


def usual_places(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, int]:
    """Where each item lies: of the places with stock of it a bin before an area, then the first on the walk."""
    found: dict[int, tuple[tuple[bool, int, int], int]] = {}
    for part in chunks(sorted(set(item_ids))):
        rows = uow.sql.execute(
            select(StockBalance.item_id, Location.id, Location.kind, Location.walk_order)
            .join(Location, Location.id == StockBalance.location_id)
            .where(StockBalance.item_id.in_(part), StockBalance.qty > 0, Location.kind != LocationKind.TRANSIT)
            .distinct()
        )
        for row in rows:
            rank = (row.kind != LocationKind.BIN, row.walk_order, row.id)
            if row.item_id not in found or rank < found[row.item_id][0]:
                found[row.item_id] = (rank, row.id)
    return {item: place for item, (_rank, place) in found.items()}


def location_contents(uow: UnitOfWork, wanted: Wanted) -> list[LabelContent]:
    """One label for each place: its code, name, where it lies, how warm it is."""
    found = load_places(uow, set(wanted.ids))
    above = load_places(uow, {int(one) for place in found.values() for one in place.path.strip("/").split("/") if one})
    site = site_fields(uow, wanted.language)
    return [_content(place, above, wanted, site) for place in in_order(wanted, found)]


def _content(place: Place, above: dict[int, Place], wanted: Wanted, site: dict[str, str]) -> LabelContent:
    parents = [int(one) for one in place.path.strip("/").split("/") if one and int(one) != place.id]
    path = " / ".join(wanted.title(above[one].name, above[one].name_en) for one in parents if one in above)
    storage = word(StorageKind(place.storage_kind)).render(wanted.language) if place.storage_kind else ""
    fields = {
        **site,
        "code": place.code,
        "name": wanted.title(place.name, place.name_en),
        "path": path,
        "storage": storage,
        "own_code": own("location", place.code),
    }
    return LabelContent("location", place.id, place.code, fields, wanted.language)
