"""What departments ask for, and orders kept as templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Name
from db.enums import RequestState


@dataclass(frozen=True, slots=True)
class NewRequestLine:
    """One thing asked for: `qty` in `unit` (empty: the item's base unit), from `supplier_id` if one is wished."""

    item_id: int
    qty: Decimal
    unit: str = ""
    supplier_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as a form gives it; `location_id` is the place the goods are for (0: none in particular)."""

    lines: tuple[NewRequestLine, ...]
    department: str = ""
    location_id: int = 0
    needed_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list; `ordered` of its `lines` stand in an order already. `is_late`: needed before today and still
    open."""

    id: int
    version: int
    number: str
    state: RequestState
    department: str
    place: Name
    needed_on: date | None
    is_late: bool
    note: str
    by: str
    created_at: datetime
    lines: int
    ordered: int
    first_items: Name


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A line of a request. `on_hand` of the item on the whole site in its base unit."""

    id: int
    line: int
    item_id: int
    code: str
    name: Name
    qty: Decimal
    unit: str
    base_qty: Decimal
    base_unit: str
    on_hand: Decimal
    supplier_id: int | None
    supplier: Name
    note: str
    order_line_id: int | None
    order_id: int | None
    order_number: str


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request with everything about it. `can` holds the names of what may happen to it now and by this person: edit,
    submit, approve, reject, withdraw, cancel, reopen."""

    row: RequestRow
    location_id: int
    lines: tuple[RequestLine, ...]
    submitted_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    decision_note: str
    can: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewTemplateLine:
    """One line of an order template: `qty` in `unit` (empty: as the supplier sells it)."""

    item_id: int
    qty: Decimal
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """An order that is placed again and again, without prices: those of the day it is used hold."""

    name: str
    supplier_id: int
    lines: tuple[NewTemplateLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of a template as a page shows it."""

    item_id: int
    code: str
    name: Name
    qty: Decimal
    unit: str
    note: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template with its lines."""

    id: int
    version: int
    name: str
    supplier_id: int
    supplier: Name
    note: str
    is_active: bool
    lines: tuple[TemplateLine, ...] = field(default=())
