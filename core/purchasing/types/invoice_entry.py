"""Invoices and credit notes as a person or a file states them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import Name, Text
from core.purchasing.types.matching import Finding
from db.enums import InvoiceKind, InvoiceLineKind, InvoiceState, SplitBy, Verdict


@dataclass(frozen=True, slots=True)
class NewInvoiceLine:
    """One line as the paper has it: never signed, a credit note too says 2 and 10.00.

    `qty` in `unit` (empty: the order's, else the item's purchase unit); `price` of one `unit`; `amount` of the whole line
    (None: quantity times price), both in the document's currency and with or without tax as the document is. A line of
    goods without quantity is a credit on the price alone. `tax_rate` per cent (None: the item's, the supplier's, the
    site's). A charge is spread over receipts by `split_by`; a cost has its `account`. `row`: its row in a file.
    """

    kind: InvoiceLineKind = InvoiceLineKind.GOODS
    item_id: int | None = None
    order_line_id: int | None = None
    supplier_code: str = ""
    description: str = ""
    qty: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    amount: Decimal | None = None
    tax_rate: Decimal | None = None
    split_by: SplitBy | None = None
    account: str = ""
    note: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """An invoice or credit note as the paper has it, never signed.

    `net`, `tax`, `gross` and `taxes` (rate in per cent, tax) are what the document states, None and empty where nobody
    typed them: then they are what the lines make. `currency` empty: the supplier's. `rate`: site currency for 1 of the
    document's, None: 1 in the site's own, else the rate of this supplier's last document. `due_on` None: by the
    supplier's terms. `received_on` None: today.
    """

    supplier_id: int
    number: str
    invoiced_on: date
    lines: tuple[NewInvoiceLine, ...]
    kind: InvoiceKind = InvoiceKind.INVOICE
    received_on: date | None = None
    due_on: date | None = None
    currency: str = ""
    rate: Decimal | None = None
    is_tax_incl: bool | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    gross: Decimal | None = None
    taxes: tuple[tuple[Decimal, Decimal], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """The file an invoice came as, kept with it; `source` is scan, xlsx, csv or ubl."""

    name: str
    content: bytes
    source: str = "scan"


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """What a line being typed makes, in the document's currency; `usual_price`: the order's or the last one, of one
    `unit`, `change` from it in per cent."""

    unit: str
    amount: Decimal
    net: Decimal
    tax_rate: Decimal
    usual_price: Decimal | None = None
    change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """The tax of one rate: what the lines make, and what the document states (None: does not mention it)."""

    rate: Decimal
    net: Decimal
    tax: Decimal
    stated: Decimal | None


@dataclass(frozen=True, slots=True)
class InvoicePreview:
    """What an invoice being typed comes to. `faults` are what would refuse it, `questions` what would be asked."""

    currency: str
    rate: Decimal
    is_tax_incl: bool
    due_on: date
    lines: tuple[PreviewLine, ...]
    taxes: tuple[TaxRow, ...]
    net: Decimal
    tax: Decimal
    gross: Decimal
    faults: tuple[InvalidInput, ...] = ()
    questions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A line of a file whose item nobody knows (0 is the first line). Once a person chose it, the code is learned."""

    line: int
    supplier_code: str
    gtin: str
    description: str


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """A file as read, nothing saved. `invoice` can be entered once `supplier_id` is above zero and the unknown lines
    have their item (or are costs); `troubles` are what does not add up in the file, `source` xlsx, csv or ubl."""

    invoice: NewInvoice
    supplier: Name | None
    supplier_said: str
    unknown: tuple[UnknownLine, ...]
    troubles: tuple[Text, ...]
    source: str
    sha256: str
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceOutcome:
    """Where an invoice stands after something was done to it, and what is wrong with it in sentences."""

    invoice_id: int
    version: int
    own_number: str
    number: str
    state: InvoiceState
    verdict: Verdict | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedMany:
    """What matching many invoices came to."""

    outcomes: tuple[InvoiceOutcome, ...]
    matches: int
    postings: int

    def count(self, verdict: Verdict) -> int:
        """How many of them are to be paid, wait, or are to be looked into."""
        return sum(one.verdict is verdict for one in self.outcomes)
