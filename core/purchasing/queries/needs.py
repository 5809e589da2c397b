"""What needs to be ordered, as a sheet and as one line."""

from __future__ import annotations

from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.purchasing.steps.need_market import new_choice
from core.purchasing.steps.needs import Market, line_by_hand, make_sheet, read_market
from core.purchasing.types.needs import NeedChoice, NeedLine, NeedSheet
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission

LONGEST_HORIZON = 90


@query(Permission.PURCHASE_VIEW)
def list_suggestions(uow: UnitOfWork, *, supplier_id: int | None = None, horizon: int = 0) -> NeedSheet:
    """What needs to be ordered, by supplier.

    From stock levels (the site's, else the sum of those of its places), net of usable stock, what is promised, on its
    way, in orders and in drafts of orders, and with what approved requests ask for. `horizon`: also what will be used
    within so many days, 0 to 90. Raises InvalidInput. A fixed number of statements, whatever the number of items.
    """
    if not 0 <= horizon <= LONGEST_HORIZON:
        raise InvalidInput(_("Look 0 to {n} days ahead.", n=LONGEST_HORIZON), field="horizon")
    return make_sheet(uow, read_market(uow, None, horizon), supplier_id)


@query(Permission.PURCHASE_VIEW)
def get_need_line(uow: UnitOfWork, *, item_id: int, supplier_id: int | None = None, horizon: int = 0) -> NeedLine:
    """A line of the sheet for one item, from its first supplier or from `supplier_id`.

    What is needed of it, else the smallest order. Raises NotFound for an unknown or retired item or supplier.
    """
    market = read_market(uow, [item_id], horizon)
    if item_id not in market.items:
        raise NotFound(_("This item is retired or not there. Choose another one."), field="item")
    return line_by_hand(uow, market, item_id, _chosen(uow, market, item_id, supplier_id))


def _chosen(uow: UnitOfWork, market: Market, item_id: int, supplier_id: int | None) -> NeedChoice:
    several = market.choices[item_id]
    if supplier_id is None and several:
        return several[0]
    for choice in several:
        if choice.supplier_id == supplier_id:
            return choice
    deal = None if supplier_id is None else market.deals.get(supplier_id)
    if supplier_id is not None and (deal is None or not deal.is_active):
        raise NotFound(_("This supplier is retired or not there. Choose another one."), field="supplier")
    return new_choice(market.items[item_id], deal, uow.site.currency, market.units)
