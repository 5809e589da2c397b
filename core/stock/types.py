"""What crosses the door of stock when something is posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from db.enums import CostMethod, PostingKind


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line of a posting as a person or file states it.

    `qty` is in `unit` (empty: the item's base unit); positive, except for an adjustment, where the sign says the
    direction; for a count it is what was counted. `value` is the total in money, or `unit_cost` the price of one `unit`.
    `lot` is a number; on goods coming in it is made when it is new. `link_id` is the ledger entry a return refers to.
    `row` is the line's place in a file, for errors.
    """

    item_id: int
    qty: Decimal
    unit: str = ""
    location_id: int | None = None
    to_location_id: int | None = None
    lot: str = ""
    lot_id: int | None = None
    expires_on: date | None = None
    produced_on: date | None = None
    value: Decimal | None = None
    unit_cost: Decimal | None = None
    link_id: int | None = None
    reason: str = ""
    stage: str = ""
    note: str = ""
    new_method: CostMethod | None = None
    new_standard: Decimal | None = None
    kind: PostingKind | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class NewPosting:
    """A document to be posted to the ledger. `at` None is now."""

    kind: PostingKind
    lines: tuple[NewLine, ...]
    at: datetime | None = None
    supplier_id: int | None = None
    document: str = ""
    ref_id: int | None = None
    purpose: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a posting became: its number, how many entries, and what it did to the value of the stock in money."""

    posting_id: int
    number: str
    kind: PostingKind
    entries: int
    value: Decimal
