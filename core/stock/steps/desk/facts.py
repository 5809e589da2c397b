"""What posting must know of items, places and lots: loaded for all lines at once, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select

from core import catalog
from core.errors import InvalidInput, NotFound
from core.i18n import Name, _
from core.stock.types import NewLine, NewPosting
from core.uow import UnitOfWork
from db.enums import LocationKind
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.sql import chunks
from db.stock import Location, Lot


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A location as posting sees it."""

    location_id: int
    code: str
    name: Name
    path: str
    kind: LocationKind
    allow_negative: bool
    is_locked: bool
    lock_note: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot as posting sees it."""

    lot_id: int
    item_id: int
    number: str
    expires_on: date | None
    is_blocked: bool


@dataclass(slots=True)
class Facts:
    """Everything loaded so far, by id."""

    items: dict[int, catalog.ItemFacts] = field(default_factory=dict)
    units: dict[int, catalog.UnitTable] = field(default_factory=dict)
    places: dict[int, PlaceFacts] = field(default_factory=dict)
    lots: dict[int, LotFacts] = field(default_factory=dict)
    lots_by_number: dict[tuple[int, str], LotFacts] = field(default_factory=dict)
    first_place: int = 0

    def item(self, item_id: int) -> catalog.ItemFacts:
        """Raises NotFound."""
        if item_id not in self.items:
            raise NotFound(_("There is no such item ({item_id}).", item_id=item_id), field="item")
        return self.items[item_id]

    def place(self, location_id: int | None) -> PlaceFacts:
        """The place, or the site's first when none is named. Raises NotFound."""
        if location_id is None:
            location_id = self.first_place
        if location_id not in self.places:
            raise NotFound(_("There is no such place ({location_id}).", location_id=location_id), field="location")
        return self.places[location_id]

    def add_lot(self, lot: LotFacts) -> None:
        """Know a lot from here on."""
        self.lots[lot.lot_id] = lot
        self.lots_by_number[lot.item_id, lot.number] = lot


def load_facts(uow: UnitOfWork, facts: Facts, postings: Iterable[NewPosting]) -> None:
    """Add to `facts` what these postings name and is not loaded yet; lots that arrive for the first time are made."""
    lines = [(posting.kind, line) for posting in postings for line in posting.lines]
    wanted = {line.item_id for _kind, line in lines} - facts.items.keys()
    items, units = catalog.load_item_facts(uow, wanted)
    facts.items.update(items)
    facts.units.update(units)
    _load_places(uow, facts, lines)
    _load_lots(uow, facts, lines)


_FIRST_PLACE = select(func.min(Location.id)).where(Location.kind != LocationKind.TRANSIT).scalar_subquery()
_PLACES = Prepared(
    select(
        Location.id,
        Location.code,
        Location.name,
        Location.name_en,
        Location.path,
        Location.kind,
        Location.allow_negative,
        Location.is_locked,
        Location.lock_note,
        Location.is_active,
        (Location.id == _FIRST_PLACE).label("is_first"),
    )
    .where(or_(Location.id.in_(bindparam("ids", expanding=True)), Location.id == _FIRST_PLACE))
    .order_by(Location.id)
)
_LOTS = select(Lot.id, Lot.item_id, Lot.number, Lot.expires_on, Lot.is_blocked)
_LOTS_BY_ID = Prepared(_LOTS.where(Lot.id.in_(bindparam("ids", expanding=True))))
_LOTS_BY_NUMBER = Prepared(
    _LOTS.where(Lot.item_id.in_(bindparam("ids", expanding=True)), Lot.number.in_(bindparam("numbers", expanding=True)))
)


def _load_places(uow: UnitOfWork, facts: Facts, lines: list[tuple[K, NewLine]]) -> None:
    named = {place for _kind, line in lines for place in (line.location_id, line.to_location_id) if place is not None}
    if facts.first_place and named <= facts.places.keys():
        return
    for part in chunks(sorted(named)) if named else [[0]]:
        places, facts.first_place = _PLACES.made(uow.sql, _places_of, ids=part)
        facts.places.update(places)


def _places_of(rows: list[Any]) -> tuple[dict[int, PlaceFacts], int]:
    """Places by id, and which of them is the site's first."""
    places = {
        row.id: PlaceFacts(row.id, row.code, Name(row.name, row.name_en), row.path, LocationKind(row.kind), *row[6:10])
        for row in rows
    }
    return places, next((row.id for row in rows if row.is_first), 0)


def _load_lots(uow: UnitOfWork, facts: Facts, lines: list[tuple[K, NewLine]]) -> None:
    if not any(line.lot or line.lot_id for _kind, line in lines):
        return
    by_id = {line.lot_id for _kind, line in lines if line.lot_id} - facts.lots.keys()
    unknown = {(line.item_id, line.lot) for _kind, line in lines if line.lot} - facts.lots_by_number.keys()
    for part in chunks(sorted(by_id)):
        _keep_lots(facts, _LOTS_BY_ID.rows(uow.sql, ids=part))
    for keys in chunks(sorted(unknown)):
        items, numbers = [item for item, _lot in keys], [lot for _item, lot in keys]
        _keep_lots(facts, _LOTS_BY_NUMBER.rows(uow.sql, ids=items, numbers=numbers))
    _make_lots(uow, facts, lines)


def _keep_lots(facts: Facts, rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        facts.add_lot(LotFacts(*row))


def _may_make_lot(kind: K, line: NewLine) -> bool:
    kind = line.kind or kind
    return kind in (K.RECEIPT, K.OPENING, K.PRODUCTION_IN, K.COUNT) or (kind is K.ADJUSTMENT and line.qty > 0)


def _make_lots(uow: UnitOfWork, facts: Facts, lines: list[tuple[K, NewLine]]) -> None:
    fresh: dict[tuple[int, str], NewLine] = {}
    for kind, line in lines:
        key = (line.item_id, line.lot)
        if line.lot and line.item_id in facts.items and key not in facts.lots_by_number and _may_make_lot(kind, line):
            if len(line.lot) > 60:
                raise InvalidInput(_("A lot number has at most 60 characters."), field="lot")
            fresh.setdefault(key, line)
    if not fresh:
        return
    rows = uow.sql.execute(
        insert(Lot).returning(Lot.id, Lot.item_id, Lot.number, Lot.expires_on, Lot.is_blocked),
        [
            {
                "item_id": item_id,
                "number": number,
                "expires_on": line.expires_on,
                "produced_on": line.produced_on,
                "version": 1,
                "is_blocked": False,
                "note": "",
            }
            for (item_id, number), line in fresh.items()
        ],
    )
    for row in rows:
        facts.add_lot(LotFacts(*row))
