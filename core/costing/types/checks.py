"""The checklist of a month: what is to be looked at before it is closed, with the money at stake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.costing.types.months import MonthState
from core.i18n import Text


class CheckKind(StrEnum):
    """What is looked at; the order is that of the list."""

    COUNTS_MISSING = "counts_missing"
    COUNTS_OPEN = "counts_open"
    NEGATIVE_STOCK = "negative_stock"
    NOT_INVOICED = "not_invoiced"
    INVOICES_WITHOUT_RECEIPT = "invoices_without_receipt"
    INVOICE_DIFFERENCES = "invoice_differences"
    INVOICE_DRAFTS = "invoice_drafts"
    INVOICES_UNAPPROVED = "invoices_unapproved"
    ORDERS_LATE = "orders_late"
    IN_TRANSIT = "in_transit"
    EXPIRED_IN_STOCK = "expired_in_stock"
    QUARANTINE = "quarantine"
    ODD_COSTS = "odd_costs"
    OPEN_CLAIMS = "open_claims"
    EXPENSES_WAITING = "expenses_waiting"
    UNVERIFIED = "unverified"


class CheckLevel(StrEnum):
    """How serious it is."""

    GOOD = "good"
    LOOK = "look"
    """The month may be closed after a question."""
    BLOCK = "block"
    """The month cannot be closed so."""


class CheckRecord(StrEnum):
    """What a line of a check is; with its id it says what to open."""

    ITEM = "item"
    LOCATION = "location"
    COUNT = "count"
    RECEIPT = "receipt"
    INVOICE = "invoice"
    ORDER = "order"
    POSTING = "posting"
    LOT = "lot"
    INSPECTION = "inspection"
    CLAIM = "claim"
    EXPENSE = "expense"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing behind a check: open `record` number `id` to mend it.

    `number` is the document's number or the item's code, `name` the item, supplier or place. `amount` is the money at
    stake (None without the right to see costs), `day` the business day it belongs to, `note` what is odd about it.
    `item_id` and `location_id` are given where goods are concerned.
    """

    record: CheckRecord
    id: int
    number: str
    name: str
    name_en: str = ""
    qty: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    day: date | None = None
    note: Text | None = None
    item_id: int = 0
    location_id: int = 0

    def title(self, language: str) -> str:
        """The name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class MonthCheck:
    """One check: how many things, the money at stake (None without the right to see costs, or where no money is), one
    sentence that says what and what to do, and the largest few lines."""

    kind: CheckKind
    level: CheckLevel
    count: int
    amount: Decimal | None
    words: Text
    rows: tuple[CheckLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthChecks:
    """The checklist of a month as it stands at a moment.

    `blocks` is how many checks keep the month from being closed, `at_stake` the money of all that are not good (None
    without the right to see costs).
    """

    month: str
    state: MonthState
    made_at: datetime
    checks: tuple[MonthCheck, ...]
    blocks: int
    at_stake: Decimal | None

    @property
    def open_checks(self) -> tuple[MonthCheck, ...]:
        """Those that are not good."""
        return tuple(check for check in self.checks if check.level is not CheckLevel.GOOD)
