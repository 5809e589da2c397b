"""What must be known of suppliers, items and prices before lines of orders can be made: loaded once for many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from core import catalog
from core.catalog import ItemFacts, SupplierDeal, SupplierTermFacts, UnitTable
from core.clock import business_day
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.purchasing.rules.orders import price_in
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.purchasing import Invoice, PurchaseOrder, PurchaseReceipt, PurchaseRules
from db.sql import MOST_IN_LIST


@dataclass(frozen=True, slots=True)
class Market:
    """Suppliers, items with their units and tax rates, and terms by (item, supplier), as they are `on` a day."""

    on: date
    suppliers: dict[int, SupplierDeal]
    items: dict[int, ItemFacts]
    units: dict[int, UnitTable]
    terms: dict[tuple[int, int], SupplierTermFacts]
    tax_rates: dict[int, Decimal]
    usual_tax: Decimal
    rates: dict[str, Decimal] = field(default_factory=dict)

    def supplier(self, supplier_id: int) -> SupplierDeal:
        """A supplier that may be ordered from. Raises NotFound, and Refused for a blocked or retired one."""
        deal = self.suppliers.get(supplier_id)
        if deal is None:
            raise NotFound(_("There is no such supplier ({supplier_id}).", supplier_id=supplier_id), field="supplier")
        check_orderable(deal)
        return deal

    def item(self, item_id: int, *, is_new: bool = True) -> ItemFacts:
        """An item that may be ordered. Raises NotFound, and Refused for a retired one that `is_new` in the order."""
        facts = self.items.get(item_id)
        if facts is None:
            raise NotFound(_("There is no such item ({item_id}).", item_id=item_id), field="item")
        if is_new and not facts.is_active:
            raise Refused(_("{item} is retired and can no longer be ordered.", item=facts.name), field="item")
        return facts

    def unit(self, item_id: int, supplier_id: int, unit: str) -> str:
        """The stored word of a unit; without one the unit the supplier sells in, else the item's purchase unit."""
        table, term = self.units[item_id], self.terms.get((item_id, supplier_id))
        return table.unit(unit or (term.unit if term is not None else table.purchase))

    def price(self, item_id: int, supplier_id: int, qty: Decimal, unit: str) -> Decimal | None:
        """The supplier's price of one `unit` when this many are ordered; None when no price was agreed."""
        term = self.terms.get((item_id, supplier_id))
        if term is None:
            return None
        factor = self.units[item_id].factor(unit)
        own_qty = qty if unit == term.unit else qty * factor / term.factor
        price = catalog.price_for(term.price, term.breaks, own_qty)
        return None if price is None else price_in(price, term.factor, factor)

    def tax_rate(self, item_id: int, supplier_id: int) -> Decimal:
        """Per cent: the item's, else the supplier's, else the site's."""
        own = self.tax_rates.get(item_id)
        usual = self.suppliers[supplier_id].tax_rate
        return own if own is not None else usual if usual is not None else self.usual_tax

    def rate(self, currency: str, site_currency: str) -> Decimal:
        """What 1 of a currency costs in the site's, as last used. Raises InvalidInput when it never was."""
        if currency == site_currency:
            return Decimal(1)
        if currency not in self.rates:
            raise InvalidInput(
                _(
                    "Say what 1 {currency} costs in {site_currency}: no exchange rate was used before.",
                    currency=currency,
                    site_currency=site_currency,
                ),
                field="rate",
            )
        return self.rates[currency]


def check_orderable(deal: SupplierDeal) -> None:
    """Refuse an order to a supplier that is blocked or retired. Raises Refused."""
    if deal.is_blocked:
        raise Refused(
            _("{supplier} is blocked for orders ({why}). Release the supplier first.", supplier=deal.name,
              why=deal.block_note or "-"),
            field="supplier",
        )  # fmt: skip
    if not deal.is_active:
        raise Refused(_("{supplier} is retired. Reactivate the supplier first.", supplier=deal.name), field="supplier")


def load_market(
    uow: UnitOfWork, supplier_ids: Iterable[int], item_ids: Iterable[int], currencies: Iterable[str] = ()
) -> Market:
    """What must be known to order these items from these suppliers today, in some fifteen statements for any number."""
    suppliers, items = set(supplier_ids), set(item_ids)
    on = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    deals = catalog.load_suppliers(uow, suppliers)
    facts, units = catalog.load_item_facts(uow, items)
    only = next(iter(suppliers)) if len(suppliers) == 1 else None
    terms = {
        (item_id, one.supplier_id): one
        for item_id, several in catalog.load_terms(uow, items, on, supplier_id=only).items()
        for one in several
    }
    foreign = {*currencies, *(deal.currency for deal in deals.values())} - {uow.site.currency, ""}
    usual = uow.sql.execute(select(PurchaseRules.default_tax_rate)).scalar_one_or_none()
    return Market(on, deals, facts, units, terms, _tax_rates(uow, items), usual or Decimal(0), last_rates(uow, foreign))


def _tax_rates(uow: UnitOfWork, items: set[int]) -> dict[int, Decimal]:
    listed = select(Item.id, Item.tax_rate).where(Item.tax_rate.is_not(None))
    if len(items) <= MOST_IN_LIST:
        listed = listed.where(Item.id.in_(sorted(items)))
    return {row.id: row.tax_rate for row in uow.sql.execute(listed)}


def last_rates(uow: UnitOfWork, currencies: Iterable[str]) -> dict[str, Decimal]:
    """What 1 of each currency last cost in the site's, from the newest order, receipt or invoice in it."""
    found: dict[str, Decimal] = {}
    for currency in sorted(set(currencies)):
        seen = []
        for table, at in (
            (table_of(Invoice), "created_at"), (table_of(PurchaseReceipt), "received_at"),
            (table_of(PurchaseOrder), "created_at"),
        ):  # fmt: skip
            newest = select(table.c.rate, table.c[at].label("at")).where(table.c.currency == currency)
            row = uow.sql.execute(newest.order_by(table.c[at].desc(), table.c.id.desc()).limit(1)).first()
            seen += [] if row is None else [row]
        if seen:
            found[currency] = max(seen, key=lambda row: row.at).rate
    return found
