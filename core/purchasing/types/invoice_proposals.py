"""What an invoice is expected to say, from the goods that wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Name
from core.purchasing.types.money import PaymentTerms


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A receipt's line as its invoice should have it, never signed: `qty` in `unit` (`factor` base units each), `price` of
    one unit and `amount` in the document's currency, with or without tax as the document is; both None where only the
    paper can say. `entry_id` is the receipt's entry in the ledger, `posting_id` and `receipt` the receipt itself."""

    entry_id: int
    posting_id: int
    receipt: str
    document: str
    received_on: date
    item_id: int
    code: str
    name: Name
    order_line_id: int | None
    order_number: str
    qty: Decimal
    unit: str
    factor: Decimal
    price: Decimal | None
    amount: Decimal | None
    tax_rate: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceProposal:
    """A supplier with what its next invoice (or credit note) is about, the oldest receipt first. `other_currency` counts
    lines that were received in another currency and stand on a document of their own; `rate` is the last one used, None
    where there was none."""

    supplier_id: int
    supplier: Name
    currency: str
    rate: Decimal | None
    is_tax_incl: bool
    terms: PaymentTerms
    lines: tuple[ProposedLine, ...]
    other_currency: int = 0
