"""What is owed to suppliers, what is proposed to be paid, and what suppliers say is open.

Amounts are money of the document's currency; a credit note's are below zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.i18n import Name, Text
from core.purchasing.types.money import Due
from db.enums import InvoiceKind, InvoiceState, ProposalState


@dataclass(frozen=True, slots=True)
class PayableFilter:
    """Which debts to list: of a supplier, due by a day, of an age, free to be paid; `text` in numbers and names. `on`: as
    they stood at the end of that day."""

    supplier_id: int | None = None
    due_by: date | None = None
    age: Due | None = None
    is_free: bool = False
    text: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PayableRow:
    """An invoice or credit note that is not settled. `open` is what is left, `open_site` the same in the site's currency;
    `is_free`: approved and in no proposal; `proposal` the number of the one it stands in."""

    id: int
    own_number: str
    number: str
    kind: InvoiceKind
    state: InvoiceState
    supplier_id: int
    supplier: Name
    invoiced_on: date
    due_on: date
    age: Due
    days_late: int
    currency: str
    gross: Decimal
    paid: Decimal
    open: Decimal
    open_site: Decimal
    proposal: str

    @property
    def is_free(self) -> bool:
        """Whether it may be put into a payment proposal."""
        return self.state is InvoiceState.APPROVED and not self.proposal


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """What is owed to one supplier in one currency, by age; the ages sum to `total`. `total_site` in the site's."""

    supplier_id: int
    supplier: Name
    currency: str
    by_age: Mapping[Due, Decimal]
    total: Decimal
    total_site: Decimal

    @property
    def id(self) -> str:
        """What a list knows the row by."""
        return f"{self.supplier_id}/{self.currency}"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A payment proposal in a list; `lines` invoices of `suppliers` suppliers."""

    id: int
    version: int
    number: str
    state: ProposalState
    pay_on: date
    currency: str
    total: Decimal
    lines: int
    suppliers: int
    by: str
    created_at: datetime
    exported_at: datetime | None
    way: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One invoice of a proposal; below zero for a credit note that is taken off. `account` is where the money goes."""

    invoice_id: int
    own_number: str
    number: str
    supplier_id: int
    supplier: Name
    due_on: date
    amount: Decimal
    account: str
    paid: Decimal = Decimal(0)

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.invoice_id


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal with its invoices; `faults` say what keeps it from becoming a file."""

    row: ProposalRow
    note: str
    lines: tuple[ProposalLine, ...]
    faults: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """The file of a proposal as it goes to the bank."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """An amount that was paid on an invoice."""

    id: int
    invoice_id: int
    paid_on: date
    amount: Decimal
    currency: str
    proposal: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class NewStatementLine:
    """One line of a supplier's statement: the number of an invoice or credit note, and what is open of it."""

    number: str
    amount: Decimal
    day: date | None = None


@dataclass(frozen=True, slots=True)
class NewStatement:
    """What a supplier says is open at the end of a day."""

    supplier_id: int
    until: date
    balance: Decimal
    lines: tuple[NewStatementLine, ...]
    currency: str = ""
    note: str = ""


class Standing(StrEnum):
    """How a line of a statement stands to the books."""

    AGREES = "agrees"
    AMOUNT = "amount"
    PAID = "paid"
    NOT_WITH_US = "not_with_us"
    NOT_WITH_THEM = "not_with_them"


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """One invoice held against the books; None where one of the two does not know it."""

    standing: Standing
    number: str
    theirs: Decimal | None
    ours: Decimal | None
    day: date | None
    invoice_id: int | None
    text: Text

    @property
    def difference(self) -> Decimal:
        """What the supplier asks more than the books say."""
        return (self.theirs or Decimal(0)) - (self.ours or Decimal(0))


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in a list. `ours` is what the books say was open on that day."""

    id: int
    version: int
    supplier_id: int
    supplier: Name
    until: date
    currency: str
    balance: Decimal
    ours: Decimal
    is_settled: bool
    by: str

    @property
    def difference(self) -> Decimal:
        """What the supplier asks more than the books say."""
        return self.balance - self.ours


@dataclass(frozen=True, slots=True)
class StatementCard:
    """A statement with every line held against the books; what disagrees comes first."""

    row: StatementRow
    note: str
    findings: tuple[StatementFinding, ...] = field(default=())
