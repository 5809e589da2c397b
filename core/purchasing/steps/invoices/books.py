"""What must be known before invoices can be entered: loaded once for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from core import catalog
from core.catalog import PastPrice, SupplierDeal
from core.clock import business_day
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.purchasing.rules.matching import KnownInvoices, plain_number
from core.purchasing.steps.accruals import purchase_rules
from core.purchasing.steps.orders.market import Market, load_market
from core.purchasing.types.invoices import NewInvoice, NewInvoiceLine
from core.purchasing.types.matching import InvoiceHead
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.enums import InvoiceState
from db.purchasing import Invoice, PurchaseOrder, PurchaseOrderLine
from db.sql import chunks

O, L = PurchaseOrder, PurchaseOrderLine  # noqa: E741


@dataclass(frozen=True, slots=True)
class Books:
    """Suppliers, items, prices, lines of orders, suppliers' codes, the invoices that are there, the site's rules."""

    market: Market
    rules: Any
    today: date
    order_lines: dict[int, Any]
    codes: dict[tuple[int, str], int]
    prices: dict[tuple[int, int | None, str], tuple[PastPrice, ...]]
    known: KnownInvoices

    def supplier(self, supplier_id: int) -> SupplierDeal:
        """Any supplier: what a blocked one delivered is still owed. Raises NotFound."""
        deal = self.market.suppliers.get(supplier_id)
        if deal is None:
            raise NotFound(_("There is no such supplier ({supplier_id}).", supplier_id=supplier_id), field="supplier")
        return deal

    def order_line(self, line: NewInvoiceLine, supplier_id: int, currency: str) -> Any:
        """The order's line an invoice line is for, None without one. Raises NotFound, InvalidInput."""
        if line.order_line_id is None:
            return None
        found = self.order_lines.get(line.order_line_id)
        if found is None or found.supplier_id != supplier_id:
            raise NotFound(_("This supplier has no such line of an order."), field="order_line_id")
        if found.currency != currency:
            raise InvalidInput(
                _(
                    "Order {number} is in {own}, this invoice in {currency}. One document has one currency.",
                    number=found.number, own=found.currency, currency=currency,
                ),
                field="currency",
            )  # fmt: skip
        return found

    def item_of(self, line: NewInvoiceLine, supplier_id: int, order_line: Any) -> int | None:
        """The item of a line: as said, the order's, or the one this supplier calls so. Raises NotFound."""
        if line.item_id is not None:
            if line.item_id not in self.market.items:
                raise NotFound(_("There is no such item ({item_id}).", item_id=line.item_id), field="item")
            return line.item_id
        if order_line is not None:
            return int(order_line.item_id)
        return self.codes.get((supplier_id, line.supplier_code))


def load_books(uow: UnitOfWork, news: Sequence[NewInvoice], *, is_held: bool = True) -> Books:
    """Everything these invoices name, in a fixed number of statements and one for each supplier whose codes are used.

    The suppliers are held, so that no two people enter the same invoice at once (not for a mere look).
    """
    suppliers = {one.supplier_id for one in news}
    for part in chunks(sorted(suppliers)) if is_held else ():
        uow.sql.execute(select(Supplier.id).where(Supplier.id.in_(part)).order_by(Supplier.id).with_for_update()).all()
    codes = _codes(uow, news)
    order_lines = _order_lines(uow, {line.order_line_id for one in news for line in one.lines if line.order_line_id})
    items: dict[int, set[int]] = defaultdict(set)
    for one in news:
        items[one.supplier_id].update(line.item_id for line in one.lines if line.item_id is not None)
    for (supplier_id, _code), item_id in codes.items():
        items[supplier_id].add(item_id)
    for row in order_lines.values():
        items[row.supplier_id].add(row.item_id)
    every = {item_id for several in items.values() for item_id in several}
    market = load_market(uow, suppliers, every, {one.currency.strip().upper() for one in news})
    today = business_day(uow.now, uow.site.zone, 0)
    prices = _prices(uow, news, items, market)
    return Books(market, purchase_rules(uow), today, order_lines, codes, prices, _known(uow, news))


def _codes(uow: UnitOfWork, news: Sequence[NewInvoice]) -> dict[tuple[int, str], int]:
    wanted: dict[int, set[str]] = defaultdict(set)
    for one in news:
        wanted[one.supplier_id].update(
            line.supplier_code for line in one.lines if line.item_id is None and line.supplier_code.strip()
        )
    return {
        (supplier_id, code): item_id
        for supplier_id, codes in wanted.items()
        if codes
        for code, item_id in catalog.find_item_by_supplier_code(uow, supplier_id, sorted(codes)).items()
    }


def _order_lines(uow: UnitOfWork, ids: set[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    columns = (L.id, L.item_id, L.unit, L.factor, L.qty, L.price, L.tax_rate, O.supplier_id, O.number, O.currency)
    for part in chunks(sorted(ids)):
        listed = select(*columns, O.is_tax_incl).join(O, O.id == L.order_id).where(L.id.in_(part))
        found.update({row.id: row for row in uow.sql.execute(listed)})
    return found


def _prices(
    uow: UnitOfWork, news: Sequence[NewInvoice], items: Mapping[int, set[int]], market: Market
) -> dict[tuple[int, int | None, str], tuple[PastPrice, ...]]:
    """The last prices of one base unit, by item, supplier and currency; `items` by supplier."""
    by_currency: dict[str, set[int]] = defaultdict(set)
    for one in news:
        deal = market.suppliers.get(one.supplier_id)
        if deal is not None:
            by_currency[one.currency.strip().upper() or deal.currency].add(one.supplier_id)
    found: dict[tuple[int, int | None, str], tuple[PastPrice, ...]] = {}
    for currency, suppliers in by_currency.items():
        pairs = [(item_id, supplier_id) for supplier_id in suppliers for item_id in items[supplier_id]]
        for (item_id, supplier_id), prices in catalog.last_prices(uow, pairs, currency=currency).items():
            found[item_id, supplier_id, currency] = prices
    return found


def _known(uow: UnitOfWork, news: Sequence[NewInvoice]) -> KnownInvoices:
    """Invoices of these suppliers with these numbers or of these days, cancelled ones left out."""
    i, known = Invoice, KnownInvoices()
    columns = (i.id, i.supplier_id, i.number, i.invoiced_on, i.gross, i.currency)
    for part in chunks(news, 200):
        numbers = sorted({plain_number(one.number) for one in part})
        days = sorted({one.invoiced_on for one in part})
        listed = select(*columns).where(
            i.supplier_id.in_(sorted({one.supplier_id for one in part})),
            or_(i.plain_number.in_(numbers), i.invoiced_on.in_(days)),
            i.state != InvoiceState.CANCELLED,
        )
        seen: set[int] = set()
        for row in uow.sql.execute(listed):
            if row.id not in seen:
                seen.add(row.id)
                known.add(InvoiceHead(*row))
    return known


def usual_prices(books: Books, item_id: int, supplier_id: int, currency: str) -> list[Decimal]:
    """The last prices of one base unit without tax from this supplier in this currency, newest first."""
    return [one.price for one in books.prices.get((item_id, supplier_id, currency), ())]
