"""Transfer proposals and the kit check: what can be had from where, now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.registry import query
from core.stock.rules.proposals import Source, shares_from, steps_between
from core.stock.steps.usable import usable_stock
from core.uow import UnitOfWork
from core.values import from_micro, to_micro
from db.catalog import Item, StockPolicy, Substitute
from db.enums import Permission, ReservationState
from db.sql import chunks, total
from db.stock import Location, Reservation


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """Take `qty` of an item from one place to another that is short; `missing` stays open when nobody can spare more."""

    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    unit: str
    from_id: int
    from_name: str
    to_id: int
    to_name: str
    qty: Decimal
    on_hand: Decimal
    target: Decimal
    spare: Decimal
    steps: int
    missing: Decimal


@dataclass(frozen=True, slots=True)
class KitLine:
    """One line of a list that is to be picked, in base units."""

    item_id: int
    qty: Decimal


@dataclass(frozen=True, slots=True)
class KitRow:
    """Whether a line can be picked now, and which substitute serves when it cannot."""

    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    unit: str
    needed: Decimal
    available: Decimal
    missing: Decimal
    substitute_id: int | None
    substitute_code: str
    substitute_name: str
    substitute_qty: Decimal

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.item_id


@query(Permission.STOCK_VIEW)
def list_transfer_proposals(uow: UnitOfWork, *, location_id: int | None = None) -> list[ProposalRow]:
    """Places below their minimum and where the goods can come from without breaking anybody's safety stock."""
    policies = {
        (row.item_id, row.location_id): row
        for row in uow.sql.execute(
            select(
                StockPolicy.item_id, StockPolicy.location_id, StockPolicy.minimum, StockPolicy.safety, StockPolicy.par
            ).where(StockPolicy.location_id > 0)
        )
    }
    held = usable_stock(uow, sorted({item_id for item_id, _place in policies}))
    places = {row.id: row for row in uow.sql.execute(select(Location.id, Location.name, Location.path))}
    items = _items(uow, sorted({item_id for item_id, _place in policies}))
    found: list[ProposalRow] = []
    for (item_id, place_id), policy in sorted(policies.items()):
        if (location_id is not None and place_id != location_id) or policy.minimum is None:
            continue
        here = held.get((item_id, place_id), 0)
        target = to_micro(policy.par if policy.par is not None else policy.minimum)
        if here >= to_micro(policy.minimum):
            continue
        sources = [
            Source(
                other,
                qty - to_micro(_safety(policies.get((item_id, other)))),
                steps_between(places[place_id].path, places[other].path),
            )
            for (held_item, other), qty in held.items()
            if held_item == item_id and other != place_id
        ]
        shares = shares_from(target - here, sources)
        missing = target - here - sum(qty for _source, qty in shares)
        item = items[item_id]
        for source, qty in shares:
            facts: list[Any] = [
                *item,
                *(source.location_id, places[source.location_id].name, place_id, places[place_id].name),
                *(from_micro(part) for part in (qty, here, target, source.spare)),
                *(source.distance, from_micro(missing)),
            ]
            found.append(ProposalRow(*facts))
    return found


@query(Permission.STOCK_VIEW)
def check_kit(uow: UnitOfWork, *, lines: Sequence[KitLine], location_id: int | None = None) -> list[KitRow]:
    """Whether a list can be picked now: what is missing, and which substitute serves, best first."""
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.item_id] = wanted.get(line.item_id, 0) + to_micro(line.qty)
    substitutes = _substitutes(uow, sorted(wanted))
    every = sorted({*wanted, *(one[0] for several in substitutes.values() for one in several)})
    free = _free(uow, every, location_id)
    items = _items(uow, every)
    rows: list[KitRow] = []
    for item_id, need in wanted.items():
        missing = max(need - max(free.get(item_id, 0), 0), 0)
        other: tuple[int | None, str, str, Decimal] = (None, "", "", Decimal(0))
        for substitute_id, factor in substitutes.get(item_id, []):
            needed = int(missing * factor)
            if missing and free.get(substitute_id, 0) >= needed:
                named = items[substitute_id]
                other = (substitute_id, named[1], named[2], from_micro(needed))
                free[substitute_id] -= needed
                break
        amounts = (from_micro(part) for part in (need, free.get(item_id, 0), missing))
        facts: list[Any] = [*items[item_id], *amounts, *other]
        rows.append(KitRow(*facts))
    return rows


def _free(uow: UnitOfWork, item_ids: Sequence[int], location_id: int | None) -> dict[int, int]:
    paths = {row.id: row.path for row in uow.sql.execute(select(Location.id, Location.path))}
    free: dict[int, int] = dict.fromkeys(item_ids, 0)
    for (item_id, place_id), qty in usable_stock(uow, item_ids).items():
        if location_id is None or f"/{location_id}/" in paths[place_id]:
            free[item_id] += qty
    for part in chunks(item_ids):
        promised = uow.sql.execute(
            select(Reservation.item_id, total(Reservation.qty))
            .where(Reservation.item_id.in_(part), Reservation.state == ReservationState.OPEN)
            .group_by(Reservation.item_id)
        )
        for item_id, qty in promised:
            free[item_id] -= qty
    return free


def _substitutes(uow: UnitOfWork, item_ids: Sequence[int]) -> dict[int, list[tuple[int, Decimal]]]:
    found: dict[int, list[tuple[int, Decimal]]] = {}
    for part in chunks(item_ids):
        rows = uow.sql.execute(
            select(Substitute.item_id, Substitute.substitute_id, Substitute.factor)
            .join(Item, Item.id == Substitute.substitute_id)
            .where(Substitute.item_id.in_(part), Item.is_active)
            .order_by(Substitute.item_id, Substitute.rank)
        )
        for item_id, substitute_id, factor in rows:
            found.setdefault(item_id, []).append((substitute_id, factor))
    return found


def _items(uow: UnitOfWork, item_ids: Sequence[int]) -> dict[int, tuple[int, str, str, str, str]]:
    found: dict[int, tuple[int, str, str, str, str]] = {}
    for part in chunks(item_ids):
        columns = (Item.id, Item.code, Item.name, Item.name_en, Item.base_unit)
        found.update({row.id: tuple(row) for row in uow.sql.execute(select(*columns).where(Item.id.in_(part)))})
    return found


def _safety(policy: Any) -> Decimal:
    """What a place keeps for itself: its safety stock, else its minimum."""
    if policy is None:
        return Decimal(0)
    kept: Decimal | None = policy.safety if policy.safety is not None else policy.minimum
    return Decimal(0) if kept is None else kept
