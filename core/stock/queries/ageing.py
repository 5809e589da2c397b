"""How old the stock is, and what does not move any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from core.clock import business_day
from core.registry import query
from core.stock.rules.ageing import age_shares
from core.stock.steps.sums import values
from core.uow import UnitOfWork
from core.values import from_micro, split_by_weights
from db.catalog import Category, Item
from db.columns import micros, moment
from db.enums import Permission
from db.enums import PostingKind as K
from db.stock import ItemCost, StockEntry

USED = (K.ISSUE, K.PRODUCTION_OUT)


@dataclass(frozen=True, slots=True)
class AgeRow:
    """An item's stock by age: `values` and `qtys` by bucket of BOUNDS (days), the last one older than all bounds."""

    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    category: str
    unit: str
    qty: Decimal
    value: Decimal
    qtys: tuple[Decimal, ...]
    values: tuple[Decimal, ...]

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.item_id


@dataclass(frozen=True, slots=True)
class IdleRow:
    """An item in stock that was not used lately; `last_used_on` None: never."""

    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    category: str
    unit: str
    qty: Decimal
    value: Decimal
    last_used_on: date | None
    idle_days: int | None

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.item_id


@dataclass(frozen=True, slots=True)
class UnusedRow:
    """An item that nobody seems to need; `last_posted_on` None: nothing was ever posted."""

    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    last_posted_on: date | None

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.item_id


@query(Permission.COST_VIEW)
def list_ages(uow: UnitOfWork, *, as_of: datetime | None = None) -> list[AgeRow]:
    """Stock by age, now or at a past moment: what is there is taken to be what came in last."""
    end = as_of or uow.now
    held = {item_id: pair for item_id, pair in values(uow, as_of=as_of).items() if pair[0] > 0}
    arrivals: dict[int, list[tuple[int, int]]] = {}
    came_in = (
        select(StockEntry.item_id, StockEntry.at, StockEntry.qty)
        .where(StockEntry.qty > 0, StockEntry.kind != K.TRANSFER, StockEntry.at <= micros(end))
        .order_by(StockEntry.item_id, StockEntry.at.desc(), StockEntry.id.desc())
    )
    for item_id, at, qty in uow.sql.execute(came_in):
        if item_id in held:
            arrivals.setdefault(item_id, []).append((at, qty))
    rows: list[AgeRow] = []
    for item_id, facts in _items(uow).items():
        if item_id not in held:
            continue
        qty, value = held[item_id]
        shares = age_shares(qty, arrivals.get(item_id, []), micros(end))
        money = [uow.money(part) for part in split_by_weights(value, shares)]
        rows.append(
            AgeRow(item_id, *facts, from_micro(qty), uow.money(value), tuple(map(from_micro, shares)), tuple(money))
        )
    return rows


@query(Permission.COST_VIEW)
def list_idle(uow: UnitOfWork, *, days: int = 90) -> list[IdleRow]:
    """Slow and dead stock: in stock, and not used for this many days; most value first."""
    last = select(StockEntry.item_id, func.max(StockEntry.at)).where(
        StockEntry.kind.in_(USED), StockEntry.is_reversal.is_(False)
    )
    used = {row[0]: row[1] for row in uow.sql.execute(last.group_by(StockEntry.item_id))}
    site = uow.site
    today = business_day(uow.now, site.zone, site.day_start_hour)
    items = _items(uow)
    rows: list[IdleRow] = []
    for item_id, (qty, value) in values(uow).items():
        at = used.get(item_id)
        day = None if at is None else business_day(moment(at), site.zone, site.day_start_hour)
        idle = None if day is None else (today - day).days
        if qty > 0 and (idle is None or idle >= days):
            rows.append(IdleRow(item_id, *items[item_id], from_micro(qty), uow.money(value), day, idle))
    return sorted(rows, key=lambda row: (-row.value, row.item_code))


@query(Permission.ITEM_VIEW)
def list_unused(uow: UnitOfWork, *, days: int = 365) -> list[UnusedRow]:
    """Items that may be cleaned up: active, nothing in stock, and nothing posted for this many days or ever."""
    last = select(StockEntry.item_id, func.max(StockEntry.at).label("at")).group_by(StockEntry.item_id).subquery()
    held = select(ItemCost.item_id).where(ItemCost.qty != 0)
    before = micros(uow.now - timedelta(days=days))
    rows = uow.sql.execute(
        select(Item.id, Item.code, Item.name, Item.name_en, last.c.at)
        .outerjoin(last, last.c.item_id == Item.id)
        .where(
            Item.is_active,
            Item.id.not_in(held),
            func.coalesce(last.c.at, 0) < before,
            Item.created_at < uow.now - timedelta(days=days),
        )
        .order_by(Item.code)
    )
    site = uow.site
    found = []
    for row in rows:
        day = None if row.at is None else business_day(moment(row.at), site.zone, site.day_start_hour)
        found.append(UnusedRow(row.id, row.code, row.name, row.name_en, day))
    return found


def _items(uow: UnitOfWork) -> dict[int, tuple[str, str, str, str, str]]:
    rows = uow.sql.execute(
        select(Item.id, Item.code, Item.name, Item.name_en, func.coalesce(Category.path, ""), Item.base_unit)
        .outerjoin(Category, Category.id == Item.category_id)
        .order_by(Item.code)
    )
    return {row[0]: (row[1], row[2], row[3], row[4], row[5]) for row in rows}
