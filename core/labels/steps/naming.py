"""How people call what labels are about, and in which order one walks past it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from core.i18n import Name
from core.uow import UnitOfWork
from db.catalog import Item
from db.enums import LabelSubject
from db.identity import Person
from db.sql import chunks
from db.stock import Location, Lot, StockPosting

Called = tuple[str, Name]


def names_of(uow: UnitOfWork, things: Iterable[tuple[LabelSubject, int]]) -> dict[tuple[LabelSubject, int], Called]:
    """Code and name of each thing; what is not there any more is left out."""
    found: dict[tuple[LabelSubject, int], Called] = {}
    wanted = set(things)
    for subject in {subject for subject, _id in wanted}:
        asked = _ASKED.get(subject)
        ids = sorted(one for kind, one in wanted if kind is subject)
        for part in chunks(ids) if asked is not None else ():
            assert asked is not None
            for row in uow.sql.execute(asked(part)):
                found[subject, row[0]] = (str(row[1]), Name(row[2], row[3]))
    return found


def _items(ids: Sequence[int]) -> Any:
    return select(Item.id, Item.code, Item.name, Item.name_en).where(Item.id.in_(ids))


def _places(ids: Sequence[int]) -> Any:
    return select(Location.id, Location.code, Location.name, Location.name_en).where(Location.id.in_(ids))


def _lots(ids: Sequence[int]) -> Any:
    return select(Lot.id, Lot.number, Item.name, Item.name_en).join(Item, Item.id == Lot.item_id).where(Lot.id.in_(ids))


def _people(ids: Sequence[int]) -> Any:
    return select(Person.id, Person.id, Person.name, Person.name).where(Person.id.in_(ids))


def _papers(ids: Sequence[int]) -> Any:
    posting = StockPosting
    return select(posting.id, posting.number, posting.document, posting.document).where(posting.id.in_(ids))


_ASKED: dict[LabelSubject, Callable[[Sequence[int]], Any]] = {
    LabelSubject.SHELF: _items,
    LabelSubject.ITEM: _items,
    LabelSubject.LOCATION: _places,
    LabelSubject.LOT: _lots,
    LabelSubject.PERSON: _people,
    LabelSubject.DOCUMENT: _papers,
}


def walk_ranks(uow: UnitOfWork) -> dict[int, int]:
    """The rank of every place along the walk: by its own walk order within the place it lies in. 0 for no place."""
    places = {
        row.id: row
        for row in uow.sql.execute(select(Location.id, Location.path, Location.walk_order, Location.code)).all()
    }

    def key(row: Any) -> list[tuple[int, str]]:
        above = (places[int(one)] for one in row.path.strip("/").split("/") if one and int(one) in places)
        return [(one.walk_order, one.code) for one in above]

    return {0: 0, **{row.id: rank for rank, row in enumerate(sorted(places.values(), key=key), start=1)}}
