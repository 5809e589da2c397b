"""The stock list: the ids of all items a filter leaves, in order; then the rows of the page that is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from core import catalog
from core.catalog import ItemFilter, ItemRow
from core.clock import business_day
from core.registry import query
from core.stock.queries.stock_figures import (
    Held,
    held_by_item,
    policies_by_item,
    promised_by_item,
    worth_by_item,
)
from core.stock.rules.cost import unit_cost
from core.stock.rules.levels import Level, Policy, level_of
from core.uow import UnitOfWork
from core.values import from_micro, round_half_up
from db.catalog import Item
from db.enums import Permission, StorageKind

FEW = 200


@dataclass(frozen=True, slots=True)
class StockFilter:
    """Which items the list shows; a field left empty does not limit. `location_id` and `category_id` take in all below
    them; of a place the list shows what lies or should lie there. `as_of` is a past moment; `expiring_days` means some
    of it expires within so many days, 0 that it has expired."""

    text: str = ""
    location_id: int | None = None
    category_id: int | None = None
    storage_kind: StorageKind | None = None
    level: Level | None = None
    expiring_days: int | None = None
    with_stock: bool = False
    as_of: datetime | None = None

    def of_items(self) -> ItemFilter:
        """The part of it that the catalog answers."""
        return ItemFilter(text=self.text, category_id=self.category_id, storage_kind=self.storage_kind, is_active=None)

    @property
    def asks_stock(self) -> bool:
        """Whether the stock itself decides which items stay."""
        limits = (self.location_id, self.level, self.expiring_days)
        return self.with_stock or any(limit is not None for limit in limits)


@dataclass(frozen=True, slots=True)
class StockRow:
    """An item with its stock in base units. `reserved` and `available` are None at a past moment and below one place;
    `value` and `unit_cost` without the right to see cost. `expires_on` is the first expiry of what is there."""

    id: int
    code: str
    name: str
    name_en: str
    spec: str
    category: str
    category_en: str
    storage_kind: StorageKind
    unit: str
    lot_tracked: bool
    is_active: bool
    on_hand: Decimal
    in_transit: Decimal
    unusable: Decimal
    reserved: Decimal | None
    available: Decimal | None
    value: Decimal | None
    unit_cost: Decimal | None
    level: Level
    floor: Decimal | None
    expires_on: date | None

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


Key = Callable[[int], int | str]


@query(Permission.STOCK_VIEW)
def list_stock_ids(uow: UnitOfWork, *, filters: StockFilter, sort: str = "code", descending: bool = False) -> list[int]:
    """The ids of all items that a filter leaves, in order.

    Sorted by a column of the item, or by on_hand, in_transit, reserved, available, value, unit_cost, level or expires_on.
    """
    figures = _Figures(uow, filters)
    key = figures.key(sort)
    wanted = {} if key else {"sort": sort, "descending": descending}
    ids = catalog.list_item_ids(uow, filters=filters.of_items(), **wanted)  # type: ignore[arg-type]
    ids = _without_gone(uow, ids, figures)
    if filters.asks_stock:
        ids = [item_id for item_id in ids if figures.fits(item_id)]
    return sorted(ids, key=key, reverse=descending) if key else ids


@query(Permission.STOCK_VIEW)
def list_stock_page(uow: UnitOfWork, *, ids: Sequence[int], filters: StockFilter) -> list[StockRow]:
    """The rows of these items, in the order of the ids."""
    figures = _Figures(uow, filters, ids)
    return [figures.row(item) for item in catalog.list_items_page(uow, ids=ids)]


@query(Permission.COST_VIEW)
def sum_stock_value(uow: UnitOfWork, *, filters: StockFilter) -> Decimal:
    """What everything is worth that a filter leaves, in money."""
    figures = _Figures(uow, filters)
    if filters == StockFilter(as_of=filters.as_of):
        return uow.money(sum(minor for _qty, minor in figures.worth().values()))
    ids = list_stock_ids(uow, filters=filters)
    return uow.money(sum(figures.minor(item_id) for item_id in ids))


def _without_gone(uow: UnitOfWork, ids: list[int], figures: _Figures) -> list[int]:
    """Retired items stay only as long as there is something of them."""
    retired = set(uow.sql.execute(select(Item.id).where(Item.is_active.is_(False))).scalars())
    if not retired:
        return ids
    held = figures.held()
    gone = {item_id for item_id in retired if item_id not in held or not _is_there(held[item_id])}
    return [item_id for item_id in ids if item_id not in gone] if gone else ids


def _is_there(held: Held) -> bool:
    return bool(held.on_hand or held.in_transit)


class _Figures:
    """The figures of some items, or of all; each is read once, when it is first asked for."""

    def __init__(self, uow: UnitOfWork, filters: StockFilter, ids: Sequence[int] | None = None) -> None:
        self._uow, self._filters, self._ids = uow, filters, ids
        self._held: dict[int, Held] | None = None
        self._worth: dict[int, tuple[int, int]] | None = None
        self._promised: dict[int, int] | None = None
        self._policies: dict[int, Policy] | None = None

    # --- read once

    def held(self) -> dict[int, Held]:
        if self._held is None:
            wanted = self._filters
            self._held = held_by_item(self._uow, ids=self._ids, as_of=wanted.as_of, location_id=wanted.location_id)
        return self._held

    def worth(self) -> dict[int, tuple[int, int]]:
        if self._worth is None:
            sees = self._uow.may(Permission.COST_VIEW)
            self._worth = worth_by_item(self._uow, ids=self._ids, as_of=self._filters.as_of) if sees else {}
        return self._worth

    def promised(self) -> dict[int, int]:
        if self._promised is None:
            self._promised = promised_by_item(self._uow, self._ids)
        return self._promised

    def policies(self) -> dict[int, Policy]:
        if self._policies is None:
            self._policies = policies_by_item(self._uow, self._filters.location_id, self._ids)
        return self._policies

    # --- of one item

    def of(self, item_id: int) -> Held:
        return self.held().get(item_id) or Held()

    def minor(self, item_id: int) -> int:
        """The item's value in minor units; below one place its share by quantity."""
        qty, value = self.worth().get(item_id, (0, 0))
        if self._filters.location_id is None:
            return value
        here = self.of(item_id)
        return round_half_up(value * (here.on_hand + here.in_transit), qty) if qty else 0

    def level(self, item_id: int) -> Level:
        return level_of(from_micro(self.of(item_id).on_hand), self.policies().get(item_id))

    def free(self, item_id: int) -> int:
        held = self.of(item_id)
        return held.on_hand - held.unusable - self.promised().get(item_id, 0)

    def fits(self, item_id: int) -> bool:
        wanted, held = self._filters, self.of(item_id)
        if not _is_there(held) and (wanted.with_stock or self._is_elsewhere(item_id)):
            return False
        if wanted.level is not None and self.level(item_id) is not wanted.level:
            return False
        if wanted.expiring_days is None:
            return True
        return held.expires_on is not None and held.expires_on <= self._last_day()

    def _is_elsewhere(self, item_id: int) -> bool:
        """Whether a place is asked about where the item neither lies nor should lie."""
        return self._filters.location_id is not None and item_id not in self.policies()

    def _last_day(self) -> date:
        site = self._uow.site
        today = business_day(self._filters.as_of or self._uow.now, site.zone, site.day_start_hour)
        days = self._filters.expiring_days
        return today + timedelta(days=days if days else -1)

    def key(self, sort: str) -> Key | None:
        """What a computed column is sorted by; None for a column of the item itself."""
        keys: dict[str, Key] = {
            "on_hand": lambda item_id: self.of(item_id).on_hand,
            "in_transit": lambda item_id: self.of(item_id).in_transit,
            "reserved": lambda item_id: self.promised().get(item_id, 0),
            "available": self.free,
            "value": self.minor,
            "unit_cost": self._cost_key,
            "level": lambda item_id: list(Level).index(self.level(item_id)),
            "expires_on": lambda item_id: (self.of(item_id).expires_on or date.max).toordinal(),
        }
        return keys.get(sort)

    def _cost_key(self, item_id: int) -> int:
        qty, value = self.worth().get(item_id, (0, 0))
        return round_half_up(value * 10**12, qty) if qty else 0

    def row(self, item: ItemRow) -> StockRow:
        held, policy = self.of(item.id), self.policies().get(item.id)
        is_whole = self._filters.location_id is None and self._filters.as_of is None
        sees = self._uow.may(Permission.COST_VIEW)
        qty, value = self.worth().get(item.id, (0, 0))
        return StockRow(
            id=item.id, code=item.code, name=item.name, name_en=item.name_en, spec=item.spec,
            category=item.category, category_en=item.category_en, storage_kind=item.storage_kind, unit=item.base_unit,
            lot_tracked=item.lot_tracked, is_active=item.is_active,
            on_hand=from_micro(held.on_hand), in_transit=from_micro(held.in_transit), unusable=from_micro(held.unusable),
            reserved=from_micro(self.promised().get(item.id, 0)) if is_whole else None,
            available=from_micro(self.free(item.id)) if is_whole else None,
            value=self._uow.money(self.minor(item.id)) if sees else None,
            unit_cost=unit_cost(qty, value, self._uow.site.digits) if sees else None,
            level=self.level(item.id), floor=policy.floor if policy else None, expires_on=held.expires_on,
        )  # fmt: skip
