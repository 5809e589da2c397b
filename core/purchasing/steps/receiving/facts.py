"""What deliveries must know: suppliers, orders and what was received of them, items, units, terms, prices paid before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, or_, select, type_coerce

from core import catalog
from core.clock import business_day
from core.errors import NotFound, Refused
from core.i18n import Name, _
from core.purchasing.steps.receiving.past_prices import Known, known_to
from core.purchasing.steps.receiving.usual import Usual, usual_quantities
from core.purchasing.types.arrivals import AwaitedLine, AwaitedOrder, Stocked
from core.purchasing.types.receipts import NewDelivery, NewDeliveryLine
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item, Supplier
from db.enums import OrderState, StorageKind
from db.prepared import Prepared
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine, PurchaseRules
from db.sql import chunks, total

Pair = tuple[int, int | None]
PO, L = PurchaseOrder, PurchaseOrderLine
R, RL = PurchaseReceipt, PurchaseReceiptLine

_RULES = Prepared(
    select(
        PurchaseRules.is_tax_recoverable, PurchaseRules.default_tax_rate, PurchaseRules.price_jump_percent,
        PurchaseRules.margin_percent, PurchaseRules.chilled_limit, PurchaseRules.frozen_limit,
    ).where(PurchaseRules.id == 1)
)  # fmt: skip
_ITEMS = Prepared(
    select(
        Item.id, Item.code, Item.name, Item.name_en, Item.lot_tracked, Item.shelf_life_days, Item.storage_kind,
        Item.tax_rate, Item.sale_price,
    ).where(Item.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip
_NAMED = (
    select(
        PO.id, PO.number, PO.state, PO.supplier_id, PO.currency, PO.rate, PO.is_tax_incl,
        func.coalesce(PO.last_promise, PO.deliver_on).label("due_on"), PO.location_id,
    )
    .where(
        or_(
            PO.id.in_(bindparam("order_ids", expanding=True)),
            PO.id.in_(select(L.order_id).where(L.id.in_(bindparam("line_ids", expanding=True)))),
        )
    )
    .order_by(PO.id)
)  # fmt: skip
_ORDERS, _LOCKED_ORDERS = Prepared(_NAMED), Prepared(_NAMED.with_for_update())
_IDS: Any = bindparam("ids", expanding=True)
_RECEIVED = (
    select(RL.order_line_id, total(RL.base_qty).label("qty"))
    .join(R, R.id == RL.receipt_id)
    .join(L, L.id == RL.order_line_id)
    .where(R.reversal_id.is_(None), or_(RL.is_free.is_(False), L.is_free), L.order_id.in_(_IDS))
    .group_by(RL.order_line_id)
    .subquery()
)
_LINES = Prepared(
    select(
        L.id, L.order_id, L.item_id, L.unit, L.base_qty, func.coalesce(_RECEIVED.c.qty, 0).label("received"),
        *(type_coerce(column, BigInteger).label(column.key) for column in (L.factor, L.price, L.tax_rate)),
        L.is_free, L.is_closed, L.promised_on,
    )
    .outerjoin(_RECEIVED, _RECEIVED.c.order_line_id == L.id)
    .where(L.order_id.in_(_IDS))
    .order_by(L.order_id, L.line)
)  # fmt: skip


_SUPPLIERS = Prepared(
    select(
        Supplier.id, Supplier.name, Supplier.name_en, Supplier.currency, Supplier.prices_incl_tax, Supplier.tax_rate,
        Supplier.over_tolerance, Supplier.price_jump_percent, Supplier.is_blocked, Supplier.block_note,
    ).where(Supplier.id.in_(_IDS))
)  # fmt: skip


_KINDS = {str(kind): kind for kind in StorageKind}


@dataclass(frozen=True, slots=True)
class Deal:
    """What receiving must know of a supplier; per cent and money as `SupplierDeal` has them."""

    id: int
    name: Name
    currency: str
    prices_incl_tax: bool
    tax_rate: Decimal | None
    over_tolerance: Decimal
    price_jump_percent: Decimal
    is_blocked: bool
    block_note: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The site's rules of purchasing as far as deliveries need them; `limits` the warmest by kind of storage."""

    is_tax_recoverable: bool
    default_tax_rate: Decimal
    price_jump_percent: Decimal
    margin_percent: Decimal
    limits: dict[StorageKind, Decimal]


@dataclass(slots=True)
class Facts:
    """Everything loaded for a batch of deliveries."""

    rules: Rules
    suppliers: dict[int, Deal] = field(default_factory=dict)
    items: dict[int, Stocked] = field(default_factory=dict)
    known: dict[int, catalog.ItemFacts] = field(default_factory=dict)
    units: dict[int, catalog.UnitTable] = field(default_factory=dict)
    orders: dict[int, AwaitedOrder] = field(default_factory=dict)
    lines: dict[int, AwaitedLine] = field(default_factory=dict)
    terms: dict[tuple[int, int], catalog.SupplierTermFacts] = field(default_factory=dict)
    prices: Known = field(default_factory=dict)
    usual: Usual = field(default_factory=dict)

    def item(self, item_id: int) -> Stocked:
        """Raises NotFound."""
        if item_id not in self.items:
            raise NotFound(_("There is no such item ({item_id}).", item_id=item_id), field="item")
        return self.items[item_id]

    def line(self, line_id: int) -> AwaitedLine:
        """Raises NotFound."""
        if line_id not in self.lines:
            raise NotFound(_("There is no such line of an order ({line}).", line=line_id), field="order")
        return self.lines[line_id]

    def past(self, item_id: int, supplier_id: int | None, currency: str) -> list[int]:
        """The last prices of one base unit without tax in a currency, in millionths, newest first: from this supplier, else
        from anybody."""
        for pair in ((item_id, supplier_id), (item_id, None)):
            found = [micro for word, micro in self.prices.get(pair, ()) if word == currency]
            if found:
                return found
        return []


def load_rules(uow: UnitOfWork) -> Rules:
    """The site's rules of purchasing."""
    row = _RULES.rows(uow.sql)[0]
    return Rules(
        row.is_tax_recoverable,
        row.default_tax_rate,
        row.price_jump_percent,
        row.margin_percent,
        {StorageKind.CHILLED: row.chilled_limit, StorageKind.FROZEN: row.frozen_limit},
    )


def load_deals(uow: UnitOfWork, supplier_ids: Iterable[int]) -> dict[int, Deal]:
    """What receiving must know of suppliers; unknown ids are left out."""
    found = {}
    for part in chunks(sorted(set(supplier_ids))):
        for row in _SUPPLIERS.rows(uow.sql, ids=part):
            found[row.id] = Deal(row.id, Name(row.name, row.name_en), *row[3:])
    return found


def load_stocked(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, Stocked]:
    """What receiving must know of items; unknown ids are left out."""
    found = {}
    for part in chunks(sorted(set(item_ids))):
        for row in _ITEMS.rows(uow.sql, ids=part):
            kind = _KINDS[row.storage_kind]
            found[row.id] = Stocked(
                row.id, row.code, Name(row.name, row.name_en), row.lot_tracked, row.shelf_life_days, kind, *row[7:]
            )
    return found


def load_awaited(
    uow: UnitOfWork, order_ids: Iterable[int] = (), line_ids: Iterable[int] = (), *, is_locked: bool = False
) -> tuple[dict[int, AwaitedOrder], dict[int, AwaitedLine]]:
    """Orders by id, or by the ids of their lines, with all their lines and what was received of them; with `is_locked`
    kept for us until COMMIT. Two statements for 500 of them."""
    named = _LOCKED_ORDERS if is_locked else _ORDERS
    orders: dict[int, AwaitedOrder] = {}
    for part in chunks(sorted(set(order_ids))):
        orders.update(_orders(named.rows(uow.sql, order_ids=part, line_ids=[0])))
    for part in chunks(sorted(set(line_ids))):
        orders.update(_orders(named.rows(uow.sql, order_ids=[0], line_ids=part)))
    lines: dict[int, AwaitedLine] = {}
    for part in chunks(sorted(orders)):
        for row in _LINES.rows(uow.sql, ids=part):
            order = orders[row.order_id]
            lines[row.id] = AwaitedLine(
                row.id, order, row.item_id, row.unit, number_of(row.factor), row.base_qty, row.received,
                None if row.price is None else number_of(row.price), number_of(row.tax_rate), row.is_free,
                row.is_closed, row.promised_on or order.due_on,
            )  # fmt: skip
    return orders, lines


number_of = lru_cache(maxsize=4_096)(from_micro)
"""Factors, rates and prices as numbers: the same few come again and again."""


def _orders(rows: Sequence[Any]) -> dict[int, AwaitedOrder]:
    return {row.id: AwaitedOrder(row.id, row.number, OrderState(row.state), *row[3:]) for row in rows}


def load_facts(uow: UnitOfWork, deliveries: Sequence[NewDelivery], *, is_locked: bool = False) -> Facts:
    """All that is needed to resolve these deliveries, in a fixed number of statements; with `is_locked` their orders are
    kept for us. Raises NotFound, Refused."""
    stated = [line for one in deliveries for line in one.lines]
    item_ids = {line.item_id for line in stated} | {line.instead_of_id for line in stated if line.instead_of_id}
    facts = Facts(load_rules(uow))
    facts.items = load_stocked(uow, item_ids)
    facts.known, facts.units = catalog.load_item_facts(uow, item_ids)
    facts.orders, facts.lines = load_awaited(
        uow,
        {order_id for one in deliveries for order_id in one.order_ids},
        {line.order_line_id for line in stated if line.order_line_id is not None},
        is_locked=is_locked,
    )
    named = {one.supplier_id for one in deliveries if one.supplier_id is not None}
    facts.suppliers = load_deals(uow, named | {order.supplier_id for order in facts.orders.values()})
    for one in deliveries:
        _check_supplier(facts, one)
    _load_prices(uow, facts, deliveries)
    unordered = {
        (line.item_id, one.supplier_id)
        for one in deliveries
        for line in one.lines
        if line.order_line_id is None and one.supplier_id is not None and not one.order_ids
    }
    facts.usual = usual_quantities(uow, unordered)
    return facts


def _check_supplier(facts: Facts, delivery: NewDelivery) -> None:
    if delivery.supplier_id is None:
        return
    deal = facts.suppliers.get(delivery.supplier_id)
    if deal is None:
        raise NotFound(_("There is no such supplier ({id}).", id=delivery.supplier_id), field="supplier")
    if deal.is_blocked:
        raise Refused(
            _(
                "{supplier} is blocked{why}. Release the supplier first.",
                supplier=deal.name,
                why=f": {deal.block_note}" if deal.block_note else "",
            ),
            field="supplier",
        )


def _load_prices(uow: UnitOfWork, facts: Facts, deliveries: Sequence[NewDelivery]) -> None:
    """Terms for lines without any price, and past prices for those whose price is not the order's."""
    pairs: set[Pair] = set()
    bare: dict[tuple[int, date], set[int]] = {}
    for one in deliveries:
        day = day_of(uow, one.at)
        for line in one.lines:
            ordered = facts.lines.get(line.order_line_id or 0)
            if line.is_free or (ordered is not None and _is_as_ordered(line, ordered)):
                continue
            pairs.add((line.item_id, one.supplier_id))
            if line.price is None and one.supplier_id is not None:
                bare.setdefault((one.supplier_id, day), set()).add(line.item_id)
    facts.prices = known_to(uow, pairs) if pairs else {}
    for (supplier_id, day), items in bare.items():
        for item_id, several in catalog.load_terms(uow, items, day, supplier_id=supplier_id).items():
            facts.terms[supplier_id, item_id] = several[0]


def _is_as_ordered(line: NewDeliveryLine, ordered: AwaitedLine) -> bool:
    """Whether the order says the price already."""
    known = ordered.price if ordered.item_id == line.item_id else None
    return known is not None and (line.price is None or line.price == known)


def day_of(uow: UnitOfWork, at: datetime | None) -> date:
    """The business day of a delivery."""
    return business_day(at or uow.now, uow.site.zone, uow.site.day_start_hour)
