"""Deliveries as they are received: what is expected, what came, what was checked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.purchasing.types.titles import OfItem, OfSupplier
from db.enums import ClaimKind, InspectionState, OrderState, StorageKind

# in


@dataclass(frozen=True, slots=True)
class NewDeliveryLine:
    """One line of a delivery as it is typed at the dock.

    `qty` was taken in and `rejected_qty` refused, both in `unit` (empty: the order's, else the supplier's, else the item's
    purchase unit). `price` is of one `unit` in the delivery's currency; None is the order's, else the term's, else the last
    one paid. `is_priced` False: the delivery came without prices and is accrued at that estimate. `instead_of_id` is the
    item that was ordered where this one stands in for it. `inspection` QUARANTINE blocks the lot. `price_reason` says why
    a price beyond the supplier's limit is right. `row` is the line's place on the page or in a file, for errors.
    """

    item_id: int
    qty: Decimal
    unit: str = ""
    order_line_id: int | None = None
    instead_of_id: int | None = None
    price: Decimal | None = None
    is_priced: bool = True
    lot: str = ""
    expires_on: date | None = None
    produced_on: date | None = None
    location_id: int | None = None
    is_free: bool = False
    rejected_qty: Decimal = Decimal(0)
    reject_reason: str = ""
    price_reason: str = ""
    inspection: InspectionState = InspectionState.ACCEPTED
    temperature: Decimal | None = None
    note: str = ""
    row: int | None = None
    tax_rate: Decimal | None = None
    supplier_code: str = ""


@dataclass(frozen=True, slots=True)
class NewCheck:
    """A temperature measured on the delivery, in degrees Celsius, for goods kept dry, chilled or frozen."""

    storage_kind: StorageKind
    reading: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery as a person or file states it, against one or several orders of a supplier, or none.

    `currency`, `rate` (site units for 1 of it) and `is_tax_incl` say how prices are written: empty, as the orders', else as
    the supplier's. `at` None is now. `claim` opens a claim for what was refused or is dearer than ordered. `sheet_version`
    is the sheet's, to hear what others received for the same orders meanwhile.
    """

    lines: tuple[NewDeliveryLine, ...]
    supplier_id: int | None = None
    document: str = ""
    order_ids: tuple[int, ...] = ()
    at: datetime | None = None
    checks: tuple[NewCheck, ...] = ()
    note: str = ""
    currency: str = ""
    rate: Decimal | None = None
    is_tax_incl: bool | None = None
    claim: bool = False
    sheet_version: int | None = None


@dataclass(frozen=True, slots=True)
class NewReturnLine:
    """Goods that go back to the supplier: of a receipt's line (`receipt_line_id`) or of a receipt's entry in the ledger
    (`entry_id`). `unit` empty: the one it was received in; place and lot None: where it was received. `reason` says what is
    claimed; `amount` what is asked in the receipt's currency, None: what was paid for that quantity."""

    qty: Decimal
    receipt_line_id: int | None = None
    entry_id: int | None = None
    unit: str = ""
    reason: ClaimKind = ClaimKind.RETURNED
    location_id: int | None = None
    lot_id: int | None = None
    amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """Which receipts are listed, newest first; `text` is in a number, delivery note, supplier or item."""

    supplier_id: int | None = None
    order_id: int | None = None
    item_id: int | None = None
    text: str = ""
    since: date | None = None
    until: date | None = None
    in_quarantine: bool = False
    limit: int = 200


# out


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a delivery became. `posting_id` is None when all was refused; `value` in the site's currency as it was taken
    into stock; `orders` with the state each has now; `claim_id` when a claim was opened with it."""

    receipt_id: int
    posting_id: int | None
    number: str
    lines: int
    value: Decimal
    claim_id: int | None
    orders: tuple[tuple[int, OrderState], ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a return became: its posting in the ledger and the claim for the credit."""

    posting_id: int
    number: str
    claim_id: int
    claim_number: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class ReceiptRow(OfSupplier):
    """A delivery in a list. `id` is the purchase receipt; `value` in the site's currency, None for who may not see costs;
    `orders` and `claims` by their numbers."""

    id: int
    version: int
    number: str
    posting_id: int | None
    reversal_id: int | None
    at: datetime
    supplier_id: int | None
    supplier: str
    supplier_en: str
    document: str
    lines: int
    rejected_lines: int
    quarantine_lines: int
    value: Decimal | None
    currency: str
    orders: tuple[str, ...]
    claims: tuple[str, ...]
    by: str
    note: str

    @property
    def is_reversed(self) -> bool:
        """Whether it was taken back."""
        return self.reversal_id is not None


@dataclass(frozen=True, slots=True)
class ReceiptLine(OfItem):
    """A line of a delivery. Quantities in `unit`; `ordered` and `outstanding` of its order's line in the same unit (None
    without one; `outstanding` as it stands now); `returned` went back since; `accrued` in the site's currency and `price`
    in the delivery's, None for who may not see costs."""

    id: int
    line: int
    entry_id: int | None
    order_line_id: int | None
    order_id: int | None
    order_number: str
    item_id: int
    code: str
    name: str
    name_en: str
    instead_of: str
    instead_of_en: str
    qty: Decimal
    rejected_qty: Decimal
    returned: Decimal
    ordered: Decimal | None
    outstanding: Decimal | None
    unit: str
    factor: Decimal
    base_unit: str
    price: Decimal | None
    is_priced: bool
    tax_rate: Decimal
    accrued: Decimal | None
    is_free: bool
    location_id: int
    place: str
    place_en: str
    lot_id: int
    lot: str
    expires_on: date | None
    inspection: InspectionState
    reject_reason: str
    price_reason: str
    temperature: Decimal | None
    note: str

    def place_title(self, language: str) -> str:
        """The place's name."""
        return (self.place_en or self.place) if language == "en" else self.place

    def instead_of_title(self, language: str) -> str:
        """The name of the item that was ordered; empty when this one was."""
        return (self.instead_of_en or self.instead_of) if language == "en" else self.instead_of


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A temperature that was measured, with the limit that held."""

    storage_kind: StorageKind
    reading: Decimal
    highest: Decimal | None
    is_ok: bool
    note: str


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    """A delivery with its lines, its temperatures and the claims that came of it (id, number)."""

    row: ReceiptRow
    rate: Decimal
    is_tax_incl: bool
    lines: tuple[ReceiptLine, ...]
    checks: tuple[CheckRow, ...]
    claims: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ReturnableLine(OfItem):
    """Goods that were received and can still go back: `left` in base units, `factor` base units in one `unit` (the one
    they were received in); `price` of one unit in `currency`, None where nobody knows it or for who may not see costs."""

    entry_id: int
    receipt_line_id: int | None
    receipt_id: int | None
    number: str
    document: str
    at: datetime
    supplier_id: int
    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    factor: Decimal
    base_unit: str
    left: Decimal
    lot_id: int
    lot: str
    expires_on: date | None
    location_id: int
    place: str
    place_en: str
    currency: str
    price: Decimal | None

    def place_title(self, language: str) -> str:
        """The place's name."""
        return (self.place_en or self.place) if language == "en" else self.place
