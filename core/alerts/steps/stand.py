"""What several rules look at in one pass, read once: names, stock, policies, usage, orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from sqlalchemy import and_, case, func, or_, select

from core import purchasing
from core.clock import business_day, day_starts_at
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import to_micro
from db.base import table_of
from db.catalog import Item, StockPolicy, Unit
from db.columns import micros
from db.enums import LocationKind, Permission, PostingKind
from db.sql import chunks, total
from db.stock import Location, Lot, StockBalance, StockEntry

USED = (PostingKind.ISSUE, PostingKind.WASTE, PostingKind.PRODUCTION_OUT, PostingKind.RETURN_FROM_CUSTOMER)
"""Issues, waste and what went into production; what customers brought back is taken off."""
SHORTEST_USAGE = 7
MOST_NAMED = 10_000
DAY = 24 * 60 * 60 * 1_000_000
I, P = table_of(Item), table_of(StockPolicy)  # noqa: E741


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An item as a sentence names it."""

    code: str
    name: Name
    unit: Name


@dataclass(frozen=True, slots=True)
class Held:
    """What of an item is at a place, in millionths: all of it, and what may be used today."""

    place_id: int
    qty: int
    usable: int


NOTHING = Held(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of an active item should be at a place (0: on the whole site), in millionths; 0: nobody said."""

    item_id: int
    place_id: int
    floor: int
    is_minimum: bool
    most: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a sentence names it; `path` is the ids from the root."""

    name: Name
    path: str
    is_transit: bool


@dataclass(frozen=True, slots=True)
class Arriving:
    """What is awaited of an item, in millionths, and when."""

    qty: int
    due_on: date | None


class Stand:
    """What one pass has read so far; each thing with one statement, when the first rule asks for it."""

    def __init__(self, uow: UnitOfWork) -> None:
        # What is found must not depend on who happens to be signed in; who sees it is decided where it is read.
        self.uow = replace(uow, actor=replace(uow.actor, everywhere=frozenset(Permission)))
        self.today = self.day_of(uow.now)
        self._usage: dict[int, dict[int, tuple[int, int]]] = {}
        self._items: dict[int, ItemWords] = {}
        self._has_all = False

    def day_of(self, at: datetime) -> date:
        """The business day of a moment."""
        return business_day(at, self.uow.site.zone, self.uow.site.day_start_hour)

    def start_of(self, day: date) -> datetime:
        """The first moment of a business day."""
        return day_starts_at(day, self.uow.site.zone, self.uow.site.day_start_hour)

    @cached_property
    def held(self) -> dict[int, list[Held]]:
        """Stock by item and place, without goods on their way. Not to be used: expired and blocked lots."""
        is_usable = and_(
            or_(Lot.expires_on.is_(None), Lot.expires_on >= self.today),
            or_(Lot.is_blocked.is_(None), Lot.is_blocked.is_(False)),
        )
        rows = self.uow.sql.execute(
            select(
                StockBalance.item_id,
                StockBalance.location_id,
                total(StockBalance.qty).label("qty"),
                total(case((is_usable, StockBalance.qty), else_=0)).label("usable"),
            )
            .join(Location, Location.id == StockBalance.location_id)
            .outerjoin(Lot, Lot.id == StockBalance.lot_id)
            .where(Location.kind != LocationKind.TRANSIT, StockBalance.qty != 0)
            .group_by(StockBalance.item_id, StockBalance.location_id)
        )
        found: dict[int, list[Held]] = defaultdict(list)
        for item_id, place_id, qty, usable in rows:
            found[item_id].append(Held(place_id, int(qty), int(usable)))
        return found

    @cached_property
    def _whole(self) -> dict[int, Held]:
        """Stock by item on the whole site."""
        return {
            item_id: Held(0, sum([one.qty for one in parts]), sum([one.usable for one in parts]))
            for item_id, parts in self.held.items()
        }

    def held_at(self, item_id: int, place_id: int) -> Held:
        """What of an item is at a place and what lies under it; at place 0: on the whole site."""
        if not place_id:
            return self._whole.get(item_id, NOTHING)
        path = self.places[place_id].path if place_id in self.places else "?"
        parts = [one for one in self.held.get(item_id, ()) if self.places[one.place_id].path.startswith(path)]
        return Held(place_id, sum([one.qty for one in parts]), sum([one.usable for one in parts]))

    @cached_property
    def judged(self) -> list[tuple[Wanted, Held]]:
        """Every policy of an active item with what is there."""
        return [(one, self.held_at(one.item_id, one.place_id)) for one in self.wanted]

    @cached_property
    def places(self) -> dict[int, Place]:
        """All places."""
        rows = self.uow.sql.execute(select(Location.id, Location.name, Location.name_en, Location.path, Location.kind))
        return {row.id: Place(Name(row.name, row.name_en), row.path, row.kind == LocationKind.TRANSIT) for row in rows}

    @cached_property
    def wanted(self) -> list[Wanted]:
        """The policies of active items. What stock must not come down to is the safety stock, else the minimum."""
        rows = self.uow.sql.execute(
            select(P.c.item_id, P.c.location_id, P.c.safety, P.c.minimum, P.c.maximum)
            .join(I, I.c.id == P.c.item_id)
            .where(I.c.is_active, or_(P.c.safety > 0, P.c.minimum > 0, P.c.maximum > 0))
            .order_by(P.c.item_id, P.c.location_id)
        )
        found = []
        for item_id, place_id, safety, minimum, most in rows:
            floor = safety if safety else minimum
            found.append(Wanted(item_id, place_id, _micro(floor), not safety, _micro(most)))
        return found

    def usage(self, days: int) -> dict[int, tuple[int, int]]:
        """What was used of each item in the last `days` business days that are over: millionths, and within how many days,
        since an item used for the first time lately is not judged by the days before (but by seven at least)."""
        if days not in self._usage:
            end = self.start_of(self.today)
            start = self.start_of(self.today - timedelta(days=days))
            rows = self.uow.sql.execute(
                select(StockEntry.item_id, total(-StockEntry.qty), func.min(StockEntry.at))
                .where(StockEntry.at >= micros(start), StockEntry.at < micros(end), StockEntry.kind.in_(USED))
                .group_by(StockEntry.item_id)
            )
            last = micros(end)
            self._usage[days] = {
                row[0]: (int(row[1]), min(days, max(SHORTEST_USAGE, -((row[2] - last) // DAY)))) for row in rows
            }
        return self._usage[days]

    @cached_property
    def arriving(self) -> dict[int, list[Arriving]]:
        """What is awaited of each item, due first."""
        found: dict[int, list[Arriving]] = defaultdict(list)
        for line in purchasing.open_order_lines(self.uow):
            found[line.item_id].append(Arriving(to_micro(line.outstanding), line.due_on))
        return found

    @cached_property
    def _units(self) -> dict[str, Name]:
        found = {}
        for row in self.uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension)):
            is_sign = bool(row.dimension) and row.code.isascii()
            found[row.code] = Name(row.code) if is_sign else Name(row.name or row.code, row.name_en or row.code)
        return found

    def items(self, ids: Collection[int]) -> dict[int, ItemWords]:
        """Items as sentences name them: some by one statement, very many by one for all items, kept for the next rule."""
        wanted = sorted(set(ids) - self._items.keys())
        if not wanted or self._has_all:
            return self._items
        self._has_all = len(wanted) > MOST_NAMED
        listed = select(I.c.id, I.c.code, I.c.name, I.c.name_en, I.c.base_unit)
        for part in ([],) if self._has_all else chunks(wanted):
            rows = self.uow.sql.execute(listed if self._has_all else listed.where(I.c.id.in_(part)))
            for key, code, name, name_en, unit in rows:
                self._items[key] = ItemWords(code, Name(name, name_en), self._units.get(unit) or Name(unit))
        return self._items


def _micro(qty: Decimal | None) -> int:
    return 0 if qty is None else to_micro(qty)
