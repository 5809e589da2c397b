"""What the dock needs to receive a delivery."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from core import catalog
from core.errors import NotFound
from core.i18n import _
from core.purchasing.steps.receiving.facts import Facts, day_of, load_awaited, load_deals, load_rules, load_stocked
from core.purchasing.steps.receiving.meanwhile import sheet_version
from core.purchasing.steps.receiving.past_prices import Paid, last_paid, points_of
from core.purchasing.steps.receiving.places import put_away
from core.purchasing.types.arrivals import AwaitedLine, AwaitedOrder, Stocked
from core.purchasing.types.sheets import (
    DeliverySheet,
    SheetLine,
    SheetOrder,
    SheetSupplier,
    TemperatureLimit,
)
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro, plain, round_decimal
from db.enums import Permission
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from db.stock import Location


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the lines of a sheet are made from."""

    facts: Facts
    supplier_id: int | None
    is_tax_incl: bool
    paid: dict[int, tuple[Paid, ...]]
    homes: dict[int, int]
    names: dict[int, tuple[str, str]]
    notes: dict[int, tuple[str, str]]
    sees_cost: bool


@query(Permission.STOCK_RECEIVE)
def get_delivery_sheet(
    uow: UnitOfWork, *, order_ids: tuple[int, ...] = (), supplier_id: int | None = None, item_ids: tuple[int, ...] = ()
) -> DeliverySheet:
    """All that is needed at the dock to receive what was ordered with these orders, and further items without an order.

    A fixed number of statements for 500 lines. Raises NotFound for an order there is not.
    """
    orders, lines = load_awaited(uow, order_ids)
    missing = set(order_ids) - orders.keys()
    if missing:
        raise NotFound(_("There is no such order."), field="order")
    first = orders[order_ids[0]] if order_ids else None
    supplier_id = first.supplier_id if first is not None else supplier_id
    items = {line.item_id for line in lines.values()} | set(item_ids)
    wanted = [] if supplier_id is None else [supplier_id]
    facts = Facts(load_rules(uow), load_deals(uow, wanted))
    facts.items, facts.orders, facts.lines = load_stocked(uow, items), orders, lines
    facts.units = catalog.load_item_facts(uow, items)[1]
    deal = facts.suppliers.get(supplier_id or 0)
    if deal is not None and item_ids:
        known = catalog.load_terms(uow, item_ids, day_of(uow, None), supplier_id=deal.id)
        facts.terms = {(deal.id, item_id): several[0] for item_id, several in known.items()}
    is_incl = first.is_tax_incl if first is not None else deal.prices_incl_tax if deal is not None else False
    sees_cost = uow.may(Permission.COST_VIEW)
    homes = put_away(uow, items)
    homes.update({one.item_id: one.order.location_id for one in lines.values() if one.order.location_id})
    sheet = _Sheet(
        facts, supplier_id, is_incl, last_paid(uow, items) if sees_cost else {}, homes, _places(uow, homes.values()),
        _notes(uow, lines), sees_cost,
    )  # fmt: skip
    awaited = [_line(sheet, one.item_id, one) for one in lines.values() if not one.is_closed]
    further = [_line(sheet, item_id, None) for item_id in dict.fromkeys(item_ids) if item_id in facts.items]
    currency = first.currency if first is not None else deal.currency if deal is not None else uow.site.currency
    return DeliverySheet(
        supplier=None if deal is None else _supplier(facts, catalog.load_suppliers(uow, wanted)[deal.id]),
        orders=_orders(uow, [orders[order_id] for order_id in dict.fromkeys(order_ids)]),
        lines=(*awaited, *further),
        limits=tuple(TemperatureLimit(kind, highest) for kind, highest in facts.rules.limits.items()),
        currency=currency,
        rate=first.rate if first is not None else Decimal(1),
        is_tax_incl=is_incl,
        margin_percent=facts.rules.margin_percent,
        default_tax_rate=facts.rules.default_tax_rate,
        version=sheet_version(uow),
    )


def _supplier(facts: Facts, deal: catalog.SupplierDeal) -> SheetSupplier:
    rate = deal.tax_rate if deal.tax_rate is not None else facts.rules.default_tax_rate
    return SheetSupplier(
        deal.id, deal.title("zh"), deal.title("en"), deal.code, deal.phone, deal.currency, deal.digits,
        deal.prices_incl_tax, rate, deal.over_tolerance, deal.short_tolerance, deal.price_jump_percent,
        deal.is_blocked, deal.block_note,
    )  # fmt: skip


def _orders(uow: UnitOfWork, orders: Sequence[AwaitedOrder]) -> tuple[SheetOrder, ...]:
    order = PurchaseOrder
    listed = select(order.id, order.note).where(order.id.in_([one.id for one in orders]))
    notes = {row.id: row.note for row in uow.sql.execute(listed)}
    return tuple(
        SheetOrder(
            one.id, one.number, one.state, one.due_on, one.currency, one.rate, one.is_tax_incl, notes[one.id],
            one.supplier_id,
        )
        for one in orders
    )  # fmt: skip


def _notes(uow: UnitOfWork, lines: dict[int, AwaitedLine]) -> dict[int, tuple[str, str]]:
    """Note and supplier's code of the orders' lines."""
    line = PurchaseOrderLine
    listed = select(line.id, line.note, line.supplier_code).where(
        line.order_id.in_({one.order.id for one in lines.values()})
    )
    return {row.id: (row.note, row.supplier_code) for row in uow.sql.execute(listed)}


def _places(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    listed = select(Location.id, Location.name, Location.name_en).where(Location.id.in_(set(ids)))
    return {row.id: (row.name, row.name_en) for row in uow.sql.execute(listed)}


def _line(sheet: _Sheet, item_id: int, awaited: AwaitedLine | None) -> SheetLine:
    facts, item = sheet.facts, sheet.facts.items[item_id]
    table = facts.units[item_id]
    term = facts.terms.get((sheet.supplier_id or 0, item_id))
    unit = awaited.unit if awaited is not None else term.unit if term is not None else table.purchase or table.base
    factor = awaited.factor if awaited is not None else table.factor(unit)
    tax_rate = _tax_rate(sheet, item, awaited)
    home = sheet.homes.get(item_id)
    note, code = sheet.notes.get(awaited.id, ("", "")) if awaited is not None else ("", "")
    points = points_of(sheet.paid.get(item_id, ()), table, unit, tax_rate if sheet.is_tax_incl else None)
    price = awaited.price if awaited is not None else term.price if term is not None else None
    place = sheet.names.get(home or 0, ("", ""))
    return SheetLine(
        order_line_id=awaited.id if awaited is not None else None,
        order_id=awaited.order.id if awaited is not None else None,
        order_number=awaited.order.number if awaited is not None else "",
        item_id=item_id, code=item.code, name=item.name.render("zh"), name_en=item.name.render("en"),
        unit=unit, factor=factor, base_unit=table.base, units=table.units(),
        outstanding=_in_unit(awaited.outstanding, factor) if awaited is not None else Decimal(0),
        ordered=_in_unit(awaited.ordered, factor) if awaited is not None else Decimal(0),
        received=_in_unit(awaited.received, factor) if awaited is not None else Decimal(0),
        price=price if sheet.sees_cost else None, tax_rate=tax_rate,
        is_free=awaited.is_free if awaited is not None else False,
        supplier_code=code or (term.supplier_code if term is not None else ""),
        lot_tracked=item.lot_tracked, shelf_life_days=item.shelf_life_days, storage_kind=item.storage_kind,
        location_id=home, place=place[0], place_en=place[1], last_prices=points,
        sale_price=item.sale_price if sheet.sees_cost else None, note=note,
        due_on=awaited.due_on if awaited is not None else None,
    )  # fmt: skip


def _tax_rate(sheet: _Sheet, item: Stocked, awaited: AwaitedLine | None) -> Decimal:
    deal = sheet.facts.suppliers.get(sheet.supplier_id or 0)
    known = (
        awaited.tax_rate if awaited is not None else None,
        item.tax_rate,
        deal.tax_rate if deal is not None else None,
    )
    return next((rate for rate in known if rate is not None), sheet.facts.rules.default_tax_rate)


def _in_unit(micro: int, factor: Decimal) -> Decimal:
    return plain(round_decimal(from_micro(micro) / factor, 6))
