"""What the sheet of needs reads of stock and orders: a fixed number of statements, for all items or for some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select, true

from core.clock import business_day
from core.purchasing.steps.orders import on_order
from core.purchasing.types.needs import AskedLine
from core.purchasing.types.ordering import Levels
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import StockPolicy
from db.enums import LocationKind, OrderState, RequestState, ReservationState
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseRequest, PurchaseRequestLine
from db.sql import MOST_IN_LIST, total
from db.stock import Location, Lot, Reservation, StockBalance

Ids = Collection[int] | None
LEVELS = ("par", "reorder_point", "minimum", "safety", "maximum", "order_qty")


@dataclass(slots=True)
class Figures:
    """How items stand, by item, in base units; `held` is usable goods without those in transit."""

    levels: dict[int, Levels] = field(default_factory=dict)
    held: dict[int, Decimal] = field(default_factory=dict)
    in_transit: dict[int, Decimal] = field(default_factory=dict)
    reserved: dict[int, Decimal] = field(default_factory=dict)
    awaited: dict[int, Decimal] = field(default_factory=dict)
    in_drafts: dict[int, Decimal] = field(default_factory=dict)
    asked: dict[int, list[AskedLine]] = field(default_factory=dict)

    def candidates(self) -> set[int]:
        """The items of which anything could be needed."""
        below = {item_id for item_id, qty in self.held.items() if qty < 0}
        return self.levels.keys() | self.asked.keys() | self.reserved.keys() | below


def read_figures(uow: UnitOfWork, ids: Ids = None) -> Figures:
    """How these items stand (all of them without `ids`), in eight statements."""
    found = Figures(levels=_levels(uow, ids), reserved=_reserved(uow, ids), asked=_asked(uow, ids))
    found.held, found.in_transit = _held(uow, ids)
    wanted = found.candidates() if ids is None else set(ids)
    found.awaited = on_order(uow, wanted)
    found.in_drafts = _in_drafts(uow, ids)
    return found


def _only(column: Any, ids: Ids) -> ColumnElement[bool]:
    if ids is None or len(ids) > MOST_IN_LIST:
        return true()
    return column.in_(sorted(ids))  # type: ignore[no-any-return]


def _levels(uow: UnitOfWork, ids: Ids) -> dict[int, Levels]:
    """The site's levels of each item; without them the sum of what its places should hold."""
    p = StockPolicy
    columns = [getattr(p, name) for name in LEVELS]
    rows = uow.sql.execute(select(p.item_id, p.location_id, *columns).where(_only(p.item_id, ids)).order_by(p.item_id))
    whole: dict[int, Levels] = {}
    places: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        said = {name: value for name in LEVELS if (value := getattr(row, name)) is not None}
        if not row.location_id:
            whole[row.item_id] = Levels(**said)
        sums = places[row.item_id]
        for name, value in said.items():
            sums[name] = sums.get(name, Decimal(0)) + value
    return {item_id: whole.get(item_id) or Levels(**sums) for item_id, sums in places.items()}


def _held(uow: UnitOfWork, ids: Ids) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """Usable goods, and goods on their way between places. Expired and blocked lots are neither."""
    b = StockBalance
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    is_transit = case((Location.kind == LocationKind.TRANSIT, 1), else_=0).label("is_transit")
    is_usable = or_(
        b.lot_id == 0,
        b.qty < 0,
        Location.kind == LocationKind.TRANSIT,
        and_(Lot.is_blocked.is_(False), or_(Lot.expires_on.is_(None), Lot.expires_on >= today)),
    )
    rows = uow.sql.execute(
        select(b.item_id, is_transit, total(b.qty).label("micro"))
        .join(Location, Location.id == b.location_id)
        .outerjoin(Lot, Lot.id == b.lot_id)
        .where(b.qty != 0, is_usable, _only(b.item_id, ids))
        .group_by(b.item_id, is_transit)
    )
    held: dict[int, Decimal] = {}
    moving: dict[int, Decimal] = {}
    for row in rows:
        (moving if row.is_transit else held)[row.item_id] = from_micro(row.micro)
    return held, moving


def _reserved(uow: UnitOfWork, ids: Ids) -> dict[int, Decimal]:
    r = Reservation
    rows = uow.sql.execute(
        select(r.item_id, total(r.qty).label("micro"))
        .where(r.state == ReservationState.OPEN, _only(r.item_id, ids))
        .group_by(r.item_id)
    )
    return {row.item_id: from_micro(row.micro) for row in rows}


def _in_drafts(uow: UnitOfWork, ids: Ids) -> dict[int, Decimal]:
    """What stands in orders that nobody approved yet: it would otherwise be proposed again."""
    line = PurchaseOrderLine
    rows = uow.sql.execute(
        select(line.item_id, total(line.base_qty).label("micro"))
        .join(PurchaseOrder, PurchaseOrder.id == line.order_id)
        .where(PurchaseOrder.state == OrderState.DRAFT, line.is_closed.is_(False), _only(line.item_id, ids))
        .group_by(line.item_id)
    )
    return {row.item_id: from_micro(row.micro) for row in rows}


def _asked(uow: UnitOfWork, ids: Ids) -> dict[int, list[AskedLine]]:
    """What approved requests still wait for, the soonest needed first."""
    r, line = PurchaseRequest, PurchaseRequestLine
    rows = uow.sql.execute(
        select(line.id, line.item_id, line.base_qty, line.supplier_id, r.id.label("request_id"), r.number, r.department,
               r.needed_on)
        .join(r, r.id == line.request_id)
        .where(r.state == RequestState.APPROVED, line.order_line_id.is_(None), _only(line.item_id, ids))
        .order_by(r.needed_on.is_(None), r.needed_on, line.id)
    )  # fmt: skip
    found: dict[int, list[AskedLine]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(
            AskedLine(
                row.id, row.request_id, row.number, row.department, from_micro(row.base_qty), row.needed_on,
                row.supplier_id,
            )
        )  # fmt: skip
    return dict(found)
