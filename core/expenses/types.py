"""What crosses the door of expenses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Name, Text
from db.enums import ExpenseState


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """A receipt as it was photographed or saved: a picture or a PDF, its name and its bytes."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewExpenseLine:
    """One thing paid for, in the site's currency: `amount` is what was paid, `tax` the part of it that is tax.

    `line_id` is the line of a claim that is changed (0 a new one); `receipts` are added to those it has.
    """

    day: date
    kind_id: int
    amount: Decimal
    tax: Decimal = Decimal(0)
    supplier: str = ""
    document: str = ""
    note: str = ""
    line_id: int = 0
    receipts: tuple[NewReceipt, ...] = ()


@dataclass(frozen=True, slots=True)
class NewExpense:
    """A claim as a form gives it; `removed` are receipts to be taken off its lines."""

    lines: tuple[NewExpenseLine, ...]
    purpose: str = ""
    removed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpenseSaved:
    """A claim that was made, changed or moved on."""

    expense_id: int
    version: int
    number: str
    state: ExpenseState
    total: Decimal


@dataclass(frozen=True, slots=True)
class NewExpenseKind:
    """A kind of expense as a form gives it; `account` is the account it is booked to, as the accountant calls it."""

    name: str
    name_en: str = ""
    account: str = ""
    needs_receipt: bool = True
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class ExpenseKindRow:
    """A kind of expense; `used` counts the lines that are of it."""

    id: int
    version: int
    name: Name
    account: str
    needs_receipt: bool
    is_active: bool
    used: int


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt kept with a line; `thumbnail` is a small JPEG where it is a picture."""

    id: int
    line_id: int
    name: str
    media_type: str
    size: int
    thumbnail: bytes | None


@dataclass(frozen=True, slots=True)
class ExpenseLineRow:
    """A line of a claim. `booked_on` is known once it is approved; `doubts` say what looks like a second claim of the
    same."""

    id: int
    line: int
    day: date
    kind_id: int
    kind: Name
    supplier: str
    document: str
    amount: Decimal
    tax: Decimal
    note: str
    booked_on: date | None
    receipts: tuple[ReceiptRow, ...]
    doubts: tuple[Text, ...] = ()

    @property
    def is_moved(self) -> bool:
        """Whether its cost stands in another month than the one it was paid in."""
        return self.booked_on is not None and self.booked_on != self.day


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """A claim in a list. `kinds` are the names of its first kinds; `receipts` counts its pictures."""

    id: int
    version: int
    number: str
    state: ExpenseState
    person_id: int
    by: str
    is_own: bool
    purpose: str
    total: Decimal
    tax: Decimal
    created_at: datetime
    submitted_at: datetime | None
    first_day: date | None
    last_day: date | None
    lines: int
    receipts: int
    kinds: Name
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class ExpenseCard:
    """A claim with everything about it. `can` holds what may happen to it now and by this person: edit, submit, recall,
    withdraw, reopen, approve, refuse, take_back, pay, unpay."""

    row: ExpenseRow
    lines: tuple[ExpenseLineRow, ...]
    decided_by: str
    decided_at: datetime | None
    decision_note: str
    paid_way: str
    paid_by: str
    paid_at: datetime | None
    can: frozenset[str] = frozenset()

    @property
    def doubts(self) -> tuple[Text, ...]:
        """What looks like a second claim of the same, over all lines."""
        return tuple(doubt for line in self.lines for doubt in line.doubts)


@dataclass(frozen=True, slots=True)
class ExpenseFilter:
    """Which claims: in these states (none said: all), only one's own, by words in number, purpose, person or supplier."""

    states: tuple[ExpenseState, ...] = ()
    is_own: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class WaitingExpense:
    """A claim of a month that is not approved or not paid back yet; `amount` are its lines of that month."""

    expense_id: int
    number: str
    state: ExpenseState
    by: str
    first_day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BookedExpense:
    """A line of an approved claim as the books take it, on the day it is booked."""

    line_id: int
    number: str
    day: date
    booked_on: date
    kind_id: int
    kind: Name
    account: str
    amount: Decimal
    tax: Decimal
    supplier: str
    document: str
    note: str
    by: str
    paid_on: date | None
