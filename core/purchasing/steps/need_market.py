"""Whom needed items can be had from, on what terms, and what of budgets is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from core import catalog
from core.catalog import SupplierDeal, SupplierTermFacts
from core.i18n import Name
from core.purchasing.rules.orders import OPEN
from core.purchasing.types.needs import AskedLine, NeedChoice, SeenPrice, StandingOrder
from core.purchasing.types.ordering import SupplierFacts, Supply
from core.uow import UnitOfWork
from core.values import digits_of, from_minor, round_decimal
from db.catalog import Item, ItemUnit, Unit
from db.enums import OrderState
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from db.sql import MOST_IN_LIST, total

NOBODY = 0
"""The supplier of items that nobody sells yet."""
PRICE_DIGITS = 6
PRICES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item as the sheet shows it; `unit` is how its base unit stands behind a number, `bought_in` the stored word of the
    unit it is bought in, `factor` base units in that."""

    id: int
    code: str
    name: Name
    spec: str
    unit: Name
    bought_in: str
    factor: Decimal


class Units:
    """How units stand behind a number: kg and ml by their sign, all others by name."""

    def __init__(self, uow: UnitOfWork) -> None:
        rows = uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))
        self._rows = {row.code: row for row in rows}

    def name(self, word: str) -> Name:
        """The name of a stored unit."""
        row = self._rows.get(word)
        if row is None or (row.dimension and word.isascii()):
            return Name(word, word)
        return Name(row.name or word, row.name_en)


def load_items(uow: UnitOfWork, ids: Collection[int], units: Units) -> dict[int, ItemFacts]:
    """These items as far as they are active, in one statement."""
    pack = and_(ItemUnit.item_id == Item.id, ItemUnit.unit == Item.purchase_unit)
    listed = (
        select(Item.id, Item.code, Item.name, Item.name_en, Item.spec, Item.base_unit, Item.purchase_unit,
               ItemUnit.factor)
        .outerjoin(ItemUnit, pack)
        .where(Item.is_active)
    )  # fmt: skip
    if len(ids) <= MOST_IN_LIST:
        listed = listed.where(Item.id.in_(sorted(ids)))
    wanted = set(ids)
    return {
        row.id: ItemFacts(
            row.id, row.code, Name(row.name, row.name_en), row.spec, units.name(row.base_unit),
            row.base_unit if row.factor is None else row.purchase_unit, row.factor or Decimal(1),
        )
        for row in uow.sql.execute(listed)
        if row.id in wanted
    }  # fmt: skip


def choices_of(
    item: ItemFacts,
    terms: Sequence[SupplierTermFacts],
    deals: Mapping[int, SupplierDeal],
    units: Units,
    asked: Sequence[AskedLine] = (),
) -> tuple[NeedChoice, ...]:
    """Whom an item can be had from: whoever departments wish for, then by rank; blocked suppliers last, retired never."""
    wished = {line.supplier_id for line in asked if line.supplier_id is not None}
    found = [
        NeedChoice(
            term.supplier_id, deals[term.supplier_id].name, _supply(term, units), term.unit,
            deals[term.supplier_id].currency, deals[term.supplier_id].is_blocked, term.supplier_id in wished,
        )
        for term in terms
        if term.supplier_id in deals and deals[term.supplier_id].is_active
    ]  # fmt: skip
    found.sort(key=lambda one: (one.is_blocked, not one.is_wished))
    return tuple(found)


def new_choice(item: ItemFacts, deal: SupplierDeal | None, currency: str, units: Units) -> NeedChoice:
    """A supplier that has no terms for an item yet, or (None) nobody: by purchase units, without a price."""
    supplier_id = NOBODY if deal is None else deal.id
    supply = Supply(supplier_id, units.name(item.bought_in), item.factor)
    name = Name("") if deal is None else deal.name
    return NeedChoice(
        supplier_id, name, supply, item.bought_in, currency if deal is None else deal.currency,
        False if deal is None else deal.is_blocked,
    )  # fmt: skip


def _supply(term: SupplierTermFacts, units: Units) -> Supply:
    return Supply(
        term.supplier_id, units.name(term.unit), term.factor, term.price, term.minimum_qty, term.multiple_qty,
        tuple((step.from_qty, step.price) for step in term.breaks),
    )  # fmt: skip


def standing_orders(uow: UnitOfWork, today: date) -> dict[int, tuple[StandingOrder, ...]]:
    """Orders by supplier that are not done yet and are for today or later, the soonest first. One statement."""
    o = PurchaseOrder
    listed = select(o.id, o.number, o.state, o.supplier_id, o.deliver_on, o.last_promise).where(o.state.in_(OPEN))
    found: dict[int, list[StandingOrder]] = defaultdict(list)
    for row in uow.sql.execute(listed.order_by(o.id)):
        on = row.last_promise or row.deliver_on
        if on is not None and on >= today:
            found[row.supplier_id].append(StandingOrder(row.id, row.number, OrderState(row.state), on))
    return {key: tuple(sorted(several, key=lambda one: (one.on, one.order_id))) for key, several in found.items()}


def spent_this_month(uow: UnitOfWork, deals: Mapping[int, SupplierDeal]) -> dict[int, Decimal]:
    """What was ordered of each supplier since the first of the month at the site, in the supplier's currency: every order
    that is not cancelled, drafts too. An order in another currency counts by its rate where the supplier's is the site's,
    else not at all. One statement."""
    o, line = PurchaseOrder, PurchaseOrderLine
    zone = ZoneInfo(uow.site.zone)
    first = uow.now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = uow.sql.execute(
        select(o.supplier_id, o.currency, o.rate, total(line.amount).label("minor"))
        .join(line, line.order_id == o.id)
        .where(o.state != OrderState.CANCELLED, o.created_at >= first)
        .group_by(o.supplier_id, o.currency, o.rate)
    )
    found: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        deal = deals.get(row.supplier_id)
        amount = from_minor(row.minor, digits_of(row.currency))
        if deal is not None and row.currency == deal.currency:
            found[row.supplier_id] += amount
        elif deal is not None and deal.currency == uow.site.currency:
            found[row.supplier_id] += round_decimal(amount * row.rate, uow.site.digits)
    return dict(found)


def facts_of(
    uow: UnitOfWork, deal: SupplierDeal | None, spent: Decimal, orders: Sequence[StandingOrder]
) -> SupplierFacts:
    """A supplier's rules of ordering, with what is left of the month's budget."""
    if deal is None:
        return SupplierFacts(NOBODY, currency=uow.site.currency)
    budget = None if deal.monthly_budget is None else max(deal.monthly_budget - spent, Decimal(0))
    return SupplierFacts(
        supplier_id=deal.id, delivery_days=deal.delivery_days, cutoff=deal.cutoff, lead_days=deal.lead_days,
        minimum_value=deal.minimum_value, budget=budget, currency=deal.currency, is_blocked=deal.is_blocked,
        closed_on=deal.closed_on, ordered_for=frozenset(one.on for one in orders),
    )  # fmt: skip


def seen_prices(uow: UnitOfWork, wanted: Mapping[int, NeedChoice]) -> dict[int, tuple[SeenPrice, ...]]:
    """The last prices of these items from these suppliers for one purchase unit, newest first. One statement."""
    pairs = {(item_id, choice.supplier_id): choice for item_id, choice in wanted.items() if choice.supplier_id}
    found: Any = catalog.last_prices(uow, pairs, limit=PRICES_SHOWN)
    return {
        item_id: tuple(
            SeenPrice(
                past.on,
                round_decimal(past.price * pairs[item_id, supplier_id].supply.factor, PRICE_DIGITS),
                past.currency,
                past.source == "receipt",
            )
            for past in several
        )
        for (item_id, supplier_id), several in found.items()
    }


def local(uow: UnitOfWork, at: datetime) -> datetime:
    """A moment in the site's zone."""
    return at.astimezone(ZoneInfo(uow.site.zone))
