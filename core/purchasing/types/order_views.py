"""Orders as lists and cards show them. Money is None for who may not see costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Name
from core.purchasing.types.orders import OrderChange
from db.enums import InvoiceKind, InvoiceState, MailState, OrderState, SendWay


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows. `text` is looked for in numbers, the supplier's names and reference, items' codes and
    names; days are those the order was made on, both included; `overdue` only those late today."""

    states: tuple[OrderState, ...] = ()
    supplier_id: int | None = None
    item_id: int | None = None
    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. `due_on` is the next day goods of it are expected; `value` in the site's currency, `amount` in
    the order's own; `open_lines` are still awaited; `is_changed`: something of it was not sent yet; `mail` how its last
    e-mail stands."""

    id: int
    version: int
    number: str
    state: OrderState
    supplier_id: int
    supplier: Name
    phone: str
    due_on: date | None
    deliver_on: date | None
    first_promise: date | None
    last_promise: date | None
    days_late: int
    created_at: datetime
    sent_at: datetime | None
    by: str
    lines: int
    open_lines: int
    currency: str
    amount: Decimal | None
    value: Decimal | None
    revision: int
    is_changed: bool
    supplier_ref: str
    mail: MailState | None = None

    @property
    def is_late(self) -> bool:
        """Whether goods were expected before today."""
        return self.days_late > 0


@dataclass(frozen=True, slots=True)
class OrderList:
    """A stretch of the orders a filter leaves; `total` counts all of them, `value` is theirs together."""

    rows: tuple[OrderRow, ...]
    total: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """How many orders stand in each state, and how many of them are late."""

    by_state: dict[OrderState, int]
    overdue: int


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """A line of an order. Quantities in its `unit` (`factor` base units each); `outstanding` is nothing for a closed
    line; `price` and `amount` in the order's currency."""

    id: int
    line: int
    item_id: int
    code: str
    name: Name
    is_active: bool
    supplier_code: str
    qty: Decimal
    unit: str
    factor: Decimal
    base_unit: str
    received: Decimal
    outstanding: Decimal
    invoiced: Decimal
    price: Decimal | None
    amount: Decimal | None
    tax_rate: Decimal
    is_free: bool
    is_closed: bool
    promised_on: date | None
    due_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class OrderTax:
    """What an order comes to at one tax rate, in its currency."""

    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class OrderSums:
    """What an order comes to, in its currency, without the lines nobody waits for; `value` in the site's currency is
    that of its prices as they stand, the one approvals go by."""

    net: Decimal
    tax: Decimal
    gross: Decimal
    value: Decimal
    taxes: tuple[OrderTax, ...]


@dataclass(frozen=True, slots=True)
class OrderVersionRow:
    """A revision as it was sent, and what was new in it."""

    revision: int
    at: datetime
    by: str
    way: SendWay
    reason: str
    changes: tuple[OrderChange, ...]
    print_id: int | None


@dataclass(frozen=True, slots=True)
class OrderApprovalRow:
    """An approval, or one taken back; `amount` in the site's currency."""

    at: datetime
    by: str
    asked_by: str
    amount: Decimal | None
    is_withdrawn: bool
    note: str


@dataclass(frozen=True, slots=True)
class OrderReceiptRow:
    """A delivery on an order."""

    receipt_id: int
    number: str
    document: str
    received_at: datetime
    by: str
    lines: int
    posting_id: int | None
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class OrderInvoiceRow:
    """An invoice or credit note for goods of an order; `gross` in its own currency."""

    invoice_id: int
    own_number: str
    number: str
    kind: InvoiceKind
    state: InvoiceState
    invoiced_on: date
    currency: str
    gross: Decimal | None


@dataclass(frozen=True, slots=True)
class OrderMailRow:
    """An e-mail of an order."""

    mail_id: int
    subject: str
    recipients: str
    state: MailState
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order with everything about it. `unsent` is what changed since it was last sent; `can` holds the names of what
    this person may do with it now: edit, approve, withdraw, send, confirm, close, reopen, cancel, close_line, copy,
    receive."""

    row: OrderRow
    language: str
    is_tax_incl: bool
    rate: Decimal
    location_id: int
    place: Name
    note: str
    own_note: str
    close_reason: str
    confirmed_at: datetime | None
    copied_from_id: int | None
    rfq_id: int | None
    lines: tuple[OrderLineRow, ...]
    sums: OrderSums | None
    unsent: tuple[OrderChange, ...] = ()
    versions: tuple[OrderVersionRow, ...] = ()
    approvals: tuple[OrderApprovalRow, ...] = ()
    receipts: tuple[OrderReceiptRow, ...] = ()
    invoices: tuple[OrderInvoiceRow, ...] = ()
    mails: tuple[OrderMailRow, ...] = ()
    files: int = 0
    can: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OrderMail:
    """The e-mail an order goes with, as it is shown before it is sent."""

    to: tuple[str, ...]
    subject: str
    body: str
    file_name: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """What of an order is expected on a day: how many lines, and what they are worth in the site's currency."""

    order_id: int
    number: str
    state: OrderState
    supplier_id: int
    supplier: Name
    phone: str
    due_on: date | None
    days_late: int
    lines: int
    first_items: tuple[Name, ...]
    value: Decimal | None
    is_promised: bool


@dataclass(frozen=True, slots=True)
class DueBoard:
    """What is expected: late (longest first), today, later by day, and without a day."""

    today: date
    late: tuple[DueRow, ...] = ()
    due_today: tuple[DueRow, ...] = ()
    later: tuple[DueRow, ...] = ()
    undated: tuple[DueRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with its expected deliveries; `value` in the site's currency."""

    day: date
    deliveries: tuple[DueRow, ...] = field(default=())
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OpenLineRow:
    """A line of an order whose goods are awaited, for lists. Quantities in its `unit`; `value` of what is outstanding in
    the site's currency, None for who may not see costs."""

    order_id: int
    line_id: int
    number: str
    state: OrderState
    supplier_id: int
    supplier: Name
    item_id: int
    code: str
    name: Name
    unit: str
    ordered: Decimal
    received: Decimal
    outstanding: Decimal
    due_on: date | None
    days_late: int
    is_promised: bool
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class OnOrderPart:
    """A line of an order that an item's quantity on order is made of, in the item's base unit."""

    order_id: int
    number: str
    supplier: Name
    state: OrderState
    due_on: date | None
    ordered: Decimal
    received: Decimal
    outstanding: Decimal


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    """A delivery that the received quantity of an order's line is made of, in the item's base unit. `counts` False: it was
    reversed, or came free of charge beside what was ordered."""

    receipt_id: int
    number: str
    received_at: datetime
    by: str
    qty: Decimal
    is_free: bool
    is_reversed: bool
    counts: bool
