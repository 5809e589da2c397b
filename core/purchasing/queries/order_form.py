"""What a form needs while an order is typed: how a supplier sells an item, and what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core import catalog
from core.purchasing.rules.orders import line_amount
from core.purchasing.steps.orders.awaited import on_order
from core.purchasing.steps.orders.market import Market, load_market
from core.purchasing.types.order_views import OrderProposal
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, from_minor, plain, round_decimal
from db.enums import Permission

LAST_PRICES = 5
SHOWN_DECIMALS = 4
"""Prices are kept for one base unit with six decimals: of a case fewer are certain."""


@query(Permission.PURCHASE_ORDER)
def propose_order_lines(
    uow: UnitOfWork, *, supplier_id: int, wanted: Sequence[tuple[int, Decimal | None, str]]
) -> list[OrderProposal]:
    """How lines of an order to this supplier would stand today, in the order asked: each for an item, a quantity (None: the
    least the supplier sells) and a unit (empty: the one it is sold in).

    Raises NotFound, Refused for a blocked supplier or a retired item, InvalidInput for a unit the item does not have.
    """
    items = [item_id for item_id, _qty, _unit in wanted]
    market = load_market(uow, [supplier_id], items)
    currency = market.supplier(supplier_id).currency
    past = catalog.last_prices(uow, [(key, supplier_id) for key in items], limit=LAST_PRICES, currency=currency)
    coming = on_order(uow, items)
    return [
        _proposal(market, supplier_id, one, past.get((one[0], supplier_id), ()), coming.get(one[0], Decimal(0)))
        for one in wanted
    ]


def _proposal(
    market: Market,
    supplier_id: int,
    wanted: tuple[int, Decimal | None, str],
    past: Sequence[catalog.PastPrice],
    coming: Decimal,
) -> OrderProposal:
    item_id, asked, named = wanted
    facts, table, deal = market.item(item_id), market.units[item_id], market.suppliers[supplier_id]
    unit, term = market.unit(item_id, supplier_id, named), market.terms.get((item_id, supplier_id))
    factor, tax = table.factor(unit), market.tax_rate(item_id, supplier_id)
    is_own = term is not None and term.unit == unit
    least = term.minimum_qty or term.multiple_qty if term is not None and is_own else None
    qty = asked if asked is not None else least or Decimal(1)
    price = market.price(item_id, supplier_id, qty, unit)
    times = factor * (100 + tax) / 100 if deal.prices_incl_tax else factor
    return OrderProposal(
        item_id, facts.code, facts.name, qty, unit, table.units(), factor, price,
        from_minor(line_amount(qty, price, deal.digits), digits_of(deal.currency)), deal.currency, tax,
        term.supplier_code if term is not None else "",
        term.minimum_qty if term is not None and is_own else None,
        term.multiple_qty if term is not None and is_own else None,
        tuple((one.on, plain(round_decimal(one.price * times, SHOWN_DECIMALS))) for one in past), coming, facts.base_unit,
    )  # fmt: skip
