"""What is where while postings are being made: balances, and the history of items that are posted with an earlier date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from core.stock.rules.timeline import Point, Timeline
from core.stock.steps.desk.facts import Facts, LotFacts
from core.uow import UnitOfWork
from db.prepared import Prepared
from db.sql import chunks
from db.stock import Lot, StockBalance, StockEntry

if TYPE_CHECKING:
    from core.stock.steps.desk.resolve import Line

_BALANCES = Prepared(
    select(
        StockBalance.item_id,
        StockBalance.location_id,
        StockBalance.lot_id,
        StockBalance.qty,
        Lot.number,
        Lot.expires_on,
        Lot.is_blocked,
    )
    .outerjoin(Lot, Lot.id == StockBalance.lot_id)
    .where(StockBalance.item_id.in_(bindparam("ids", expanding=True)))
)

Place = tuple[int, int, int]
"""Item, location, lot (0: none)."""


@dataclass(frozen=True, slots=True)
class Past:
    """An entry of the ledger as far as quantity and cost need it."""

    entry_id: int
    at: int
    kind: str
    is_reversal: bool
    location_id: int
    lot_id: int
    qty: int
    given: int | None
    counted_qty: int | None
    link_id: int | None
    new_method: str | None
    new_standard: int | None
    value: int
    settled: int
    variance: int


class Balances:
    """On hand by item, location and lot; `history` by item where an earlier date makes it needed."""

    def __init__(self, uow: UnitOfWork, facts: Facts) -> None:
        self._uow, self._facts = uow, facts
        self._qty: dict[Place, int] = {}
        self._by_item: dict[int, set[Place]] = defaultdict(set)
        self._stored: set[Place] = set()
        self._loaded: set[int] = set()
        self._timelines: dict[Place, Timeline] = {}
        self._added: list[Line] = []
        self._pending: dict[Place, list[Line]] = defaultdict(list)
        self.history: dict[int, list[Past]] = {}

    def load(self, item_ids: Iterable[int]) -> None:
        """Balances of these items, all places, and the lots there."""
        fresh = sorted(set(item_ids) - self._loaded)
        self._loaded.update(fresh)
        for part in chunks(fresh):
            for row in _BALANCES.rows(self._uow.sql, ids=part):
                place = row[:3]
                self._set(place, row.qty)
                self._stored.add(place)
                if row.lot_id:
                    self._facts.add_lot(LotFacts(row.lot_id, row.item_id, row.number, row.expires_on, row.is_blocked))

    def load_history(self, item_ids: Iterable[int]) -> None:
        """All entries of these items in order, for judging an earlier date and for reckoning cost anew."""
        for part in chunks(sorted(set(item_ids) - self.history.keys())):
            self.history.update({item_id: [] for item_id in part})
            rows = self._uow.sql.execute(
                select(
                    StockEntry.item_id,
                    StockEntry.id,
                    StockEntry.at,
                    StockEntry.kind,
                    StockEntry.is_reversal,
                    StockEntry.location_id,
                    StockEntry.lot_id,
                    StockEntry.qty,
                    StockEntry.given,
                    StockEntry.counted_qty,
                    StockEntry.link_id,
                    StockEntry.new_method,
                    StockEntry.new_standard,
                    StockEntry.value,
                    StockEntry.settled,
                    StockEntry.variance,
                )
                .where(StockEntry.item_id.in_(part))
                .order_by(StockEntry.item_id, StockEntry.at, StockEntry.id)
            )
            for item_id, *facts in rows:
                self.history[item_id].append(Past(*facts))

    def qty(self, place: Place) -> int:
        """On hand now, postings being made included."""
        return self._qty.get(place, 0)

    def lots_at(self, item_id: int, location_id: int) -> list[tuple[int, int]]:
        """Lots with stock at a place, first to expire first, goods without a lot last."""
        held = [
            (lot_id, self._qty[item_id, location_id, lot_id])
            for _item, at_location, lot_id in self._by_item.get(item_id, ())
            if at_location == location_id and self._qty[item_id, location_id, lot_id] > 0
        ]
        return sorted(held, key=lambda one: self._turn(one[0]))

    def _turn(self, lot_id: int) -> tuple[bool, date, int]:
        lot = self._facts.lots.get(lot_id)
        return (lot is None, (lot and lot.expires_on) or date.max, lot_id)

    def qty_at(self, place: Place, at: int) -> int:
        """What was there at a moment: now's balance, or from history where an earlier date was given."""
        return self._timeline(place).qty_at(at) if place[0] in self.history else self.qty(place)

    def lowest_from(self, place: Place, at: int) -> int:
        """The least from a moment on until a count, or now."""
        return self._timeline(place).lowest_from(at) if place[0] in self.history else self.qty(place)

    def next_count(self, line: Line) -> Point | None:
        """The first count of a line's place after its moment."""
        if line.item_id not in self.history:
            return None
        return self._timeline((line.item_id, line.location_id, line.lot_id)).next_count(line.at)

    def add(self, line: Line) -> None:
        """Take a line into account."""
        place = (line.item_id, line.location_id, line.lot_id)
        before = self._qty.get(place)
        if before is None:
            self._set(place, line.qty)
        else:
            self._qty[place] = before + line.qty
        self._added.append(line)
        self._pending[place].append(line)
        if place in self._timelines:
            self._timelines[place].add(_point(line))

    def forget_since(self, mark: int) -> None:
        """Take back what was added after `mark`, because its posting was refused."""
        while len(self._added) > mark:
            line = self._added.pop()
            place = (line.item_id, line.location_id, line.lot_id)
            self._qty[place] -= line.qty
            self._pending[place].pop()
            self._timelines.pop(place, None)

    @property
    def mark(self) -> int:
        """Where `forget_since` can go back to."""
        return len(self._added)

    def rows(self, last_at: dict[int, int]) -> tuple[list[tuple[int, ...]], list[dict[str, int]]]:
        """Balance rows to keep, and keys of rows that are used up (lots do not stay as zeros for ever)."""
        kept: list[tuple[int, ...]] = []
        gone: list[dict[str, int]] = []
        for place in sorted(self._pending):
            qty, is_stored = self._qty[place], place in self._stored
            item_id, location_id, lot_id = place
            if qty or (is_stored and not lot_id):
                kept.append((*place, qty, last_at[item_id]))
            elif is_stored:
                gone.append({"key_item_id": item_id, "key_location_id": location_id, "key_lot_id": lot_id})
        return kept, gone

    def _set(self, place: Place, qty: int) -> None:
        if place not in self._qty:
            self._by_item[place[0]].add(place)
        self._qty[place] = qty

    def _timeline(self, place: Place) -> Timeline:
        if place not in self._timelines:
            past = self.history[place[0]]
            undone = {one.link_id for one in past if one.is_reversal}
            points = [_point(one, undone) for one in past if (one.location_id, one.lot_id) == place[1:]]
            self._timelines[place] = Timeline(points + [_point(line) for line in self._pending.get(place, [])])
        return self._timelines[place]


def _point(one: Past | Line, undone: Collection[int | None] = ()) -> Point:
    is_count = one.counted_qty is not None and not one.is_reversal and one.entry_id not in undone
    return Point(one.at, one.entry_id, one.qty, is_count)
