"""What an invoice is expected to say: proposed from the receipts that wait for it, so that only differences are typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.errors import NotFound
from core.i18n import _
from core.purchasing.steps.accruals import ReceivedFacts, not_invoiced, purchase_rules
from core.purchasing.steps.orders.market import Market, load_market
from core.purchasing.types.invoice_proposals import InvoiceProposal, ProposedLine
from core.purchasing.types.money import PaymentTerms
from core.registry import query
from core.uow import UnitOfWork
from core.values import amount_of, digits_of, from_micro, plain, round_decimal
from db.enums import Permission
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from db.sql import chunks
from db.stock import StockPosting

R, L = PurchaseReceipt, PurchaseReceiptLine
FINE = 6


@query(Permission.INVOICE_EDIT)
def propose_invoice(
    uow: UnitOfWork,
    *,
    supplier_id: int | None = None,
    order_id: int | None = None,
    posting_id: int | None = None,
    is_credit: bool = False,
    currency: str = "",
    is_tax_incl: bool | None = None,
) -> InvoiceProposal:
    """What the next invoice of a supplier should say.

    One line for each receipt's line that is not invoiced, in the unit and at the price it was received with; with
    `is_credit` for what was invoiced and went back. Only those of an order or of a receipt (its posting) where one is
    named. `currency` and `is_tax_incl`: as the document is (empty, None: as the supplier does). Raises NotFound.
    """
    supplier_id = supplier_id or _supplier_of(uow, order_id, posting_id)
    found = [one for one in not_invoiced(uow, supplier_ids=[supplier_id]) if _is_meant(one, is_credit, posting_id)]
    known = _known(uow, [one.received.line_id for one in found])
    if order_id is not None:
        found = [one for one in found if _order_of(known.get(one.received.line_id)) == order_id]
    items = {one.received.item_id for one in found}
    market = load_market(uow, {supplier_id}, items, {currency.strip().upper()} if currency else ())
    deal = market.suppliers.get(supplier_id)
    if deal is None:
        raise NotFound(_("There is no such supplier ({supplier_id}).", supplier_id=supplier_id), field="supplier")
    said = currency.strip().upper() or deal.currency
    is_incl = deal.prices_incl_tax if is_tax_incl is None else is_tax_incl
    proposing = Proposing(uow, market, supplier_id, said, is_incl, bool(purchase_rules(uow).is_tax_recoverable))
    lines = [proposing.line(one, known.get(one.received.line_id)) for one in found]
    own = tuple(line for line in lines if line is not None)
    terms = PaymentTerms(deal.payment_days, deal.payment_end_of_month)
    rate = Decimal(1) if said == uow.site.currency else market.rates.get(said)
    return InvoiceProposal(supplier_id, deal.name, said, rate, is_incl, terms, own, len(lines) - len(own))


def _supplier_of(uow: UnitOfWork, order_id: int | None, posting_id: int | None) -> int:
    """Whose order or receipt it is. Raises NotFound."""
    found = None
    if order_id is not None:
        found = uow.sql.execute(select(PurchaseOrder.supplier_id).where(PurchaseOrder.id == order_id)).scalar()
    elif posting_id is not None:
        found = uow.sql.execute(select(StockPosting.supplier_id).where(StockPosting.id == posting_id)).scalar()
    if found is None:
        raise NotFound(_("Choose the supplier the invoice is from."), field="supplier")
    return int(found)


def _is_meant(one: ReceivedFacts, is_credit: bool, posting_id: int | None) -> bool:
    open_qty = one.received.open_qty
    return (open_qty < 0 if is_credit else open_qty > 0) and posting_id in (None, one.posting_id)


def _order_of(known: Any) -> int | None:
    return None if known is None else known.order_id


def _known(uow: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, Any]:
    """What purchasing knows of receipts beyond the ledger, by entry."""
    found: dict[int, Any] = {}
    columns = (L.entry_id, L.unit, L.factor, L.price, L.tax_rate, L.order_line_id, R.currency, R.is_tax_incl,
               PurchaseOrder.id.label("order_id"), PurchaseOrder.number.label("order_number"))  # fmt: skip
    for part in chunks(sorted(set(entry_ids))):
        listed = (
            select(*columns)
            .join(R, R.id == L.receipt_id)
            .outerjoin(PurchaseOrderLine, PurchaseOrderLine.id == L.order_line_id)
            .outerjoin(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id)
            .where(L.entry_id.in_(part))
        )
        found.update({row.entry_id: row for row in uow.sql.execute(listed)})
    return found


@dataclass(frozen=True, slots=True)
class Proposing:
    """How the document that is proposed counts."""

    uow: UnitOfWork
    market: Market
    supplier_id: int
    currency: str
    is_tax_incl: bool
    is_recoverable: bool

    def line(self, one: ReceivedFacts, known: Any) -> ProposedLine | None:
        """A receipt's line; None when it was received in another currency."""
        if known is not None and known.currency != self.currency:
            return None
        received = one.received
        item = self.market.items[received.item_id]
        base = from_micro(abs(received.open_qty))
        tax = self.market.tax_rate(received.item_id, self.supplier_id) if known is None else known.tax_rate
        if known is None or known.price is None:
            qty, unit, factor = base, item.base_unit, Decimal(1)
            amount = self._estimated(abs(received.not_invoiced), tax)
            price = None if amount is None else plain(round_decimal(amount / qty, FINE))
        else:
            qty, unit, factor, price = self._priced(base, item.base_unit, known)
            amount = amount_of(qty, price, digits_of(self.currency))
        return ProposedLine(
            received.line_id, one.posting_id, one.number, one.document, received.received_on, received.item_id,
            item.code, item.name, received.order_line_id or None, "" if known is None else known.order_number or "",
            qty, unit, factor, price, amount, tax,
        )  # fmt: skip

    def _priced(self, base: Decimal, base_unit: str, known: Any) -> tuple[Decimal, str, Decimal, Decimal]:
        """Quantity, unit, its base units and price: in the unit received with where that comes out even."""
        price = _with_or_without(known.price, known.tax_rate, bool(known.is_tax_incl), self.is_tax_incl)
        qty = plain(round_decimal(base / known.factor, FINE))
        if qty * known.factor == base:
            return qty, known.unit, known.factor, price
        return base, base_unit, Decimal(1), plain(round_decimal(price / known.factor, FINE))

    def _estimated(self, minor: int, tax: Decimal) -> Decimal | None:
        """What a receipt without prices was taken in for, as the document would say it; None in a foreign currency."""
        if self.currency != self.uow.site.currency:
            return None
        amount = self.uow.money(minor)
        said = _with_or_without(amount, tax, not self.is_recoverable, self.is_tax_incl)
        return round_decimal(said, self.uow.site.digits)


def _with_or_without(price: Decimal, tax: Decimal, is_incl: bool, wanted: bool) -> Decimal:
    """A price with tax as one without, or the other way round."""
    if is_incl == wanted:
        return price
    share = 1 + tax / 100
    return plain(round_decimal(price * share if wanted else price / share, FINE))
