"""The sheet an order is written on: one supplier with all it sells, its days, its minimum and budget."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import catalog
from core.catalog import SupplierDeal
from core.errors import NotFound
from core.i18n import _
from core.purchasing.queries.order_story import sees_prices
from core.purchasing.rules.deliveries import next_delivery
from core.purchasing.steps.need_market import facts_of, local, standing_orders
from core.purchasing.steps.orders.market import Market, load_market
from core.purchasing.steps.orders.questions import business_today, spent_this_month
from core.purchasing.steps.orders.sheet import OrderSheet, OrderSheetItem
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, from_minor
from db.enums import Permission


@query(Permission.PURCHASE_VIEW)
def get_order_sheet(
    uow: UnitOfWork, *, supplier_id: int, item_ids: tuple[int, ...] = (), order_id: int = 0
) -> OrderSheet:
    """What the form of an order knows of its supplier, with all it sells and `item_ids` besides.

    What is spent of the budget is without `order_id`. Money only for who may order or see costs. Raises NotFound. A fixed number
    of statements.
    """
    sold = catalog.load_terms(uow, None, business_today(uow), supplier_id=supplier_id)
    market = load_market(uow, [supplier_id], {*sold, *item_ids})
    deal = market.suppliers.get(supplier_id)
    if deal is None:
        raise NotFound(_("There is no such supplier ({supplier_id}).", supplier_id=supplier_id), field="supplier")
    sees = sees_prices(uow)
    orders = standing_orders(uow, market.on).get(supplier_id, ())
    known = {uow.site.currency: 1, **market.rates}
    return OrderSheet(
        supplier_id, deal.name, deal.phone, deal.currency,
        market.rate(deal.currency, uow.site.currency) if deal.currency in known else None, deal.prices_incl_tax,
        market.on, deal.delivery_days, deal.closed_on, deal.is_blocked or not deal.is_active, deal.block_note,
        next_delivery(local(uow, uow.now), facts_of(uow, deal, uow.money(0), orders)),
        orders=tuple(one for one in orders if one.order_id != order_id),
        items=tuple(_items(market, supplier_id, sees=sees)), **(_money(uow, deal, order_id) if sees else {}),
    )  # fmt: skip


def _money(uow: UnitOfWork, deal: SupplierDeal, order_id: int) -> dict[str, Any]:
    spent = spent_this_month(uow, deal.id, deal.currency, order_id)
    return {
        "minimum_value": deal.minimum_value, "budget": deal.monthly_budget,
        "spent": from_minor(spent, digits_of(deal.currency)),
    }  # fmt: skip


def _items(market: Market, supplier_id: int, *, sees: bool) -> Iterable[OrderSheetItem]:
    for item_id, facts in market.items.items():
        table, term = market.units[item_id], market.terms.get((item_id, supplier_id))
        unit = market.unit(item_id, supplier_id, "")
        told: dict[str, Any] = {} if term is None else {
            "supplier_code": term.supplier_code, "minimum_qty": term.minimum_qty, "multiple_qty": term.multiple_qty,
            "is_termed": True, "price": term.price if sees else None, "breaks": term.breaks if sees else (),
        }  # fmt: skip
        yield OrderSheetItem(
            item_id, facts.code, facts.name, facts.is_active, table, unit, table.factor(unit),
            market.tax_rate(item_id, supplier_id), **told,
        )  # fmt: skip
