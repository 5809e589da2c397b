"""What crosses the door for the first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class FigureKind(StrEnum):
    """A figure of the first page."""

    STOCK_VALUE = "stock_value"
    USAGE = "usage"
    WASTE = "waste"
    RECEIPTS = "receipts"
    BELOW = "below"
    EXPIRING = "expiring"
    COUNTS = "counts"
    TRANSIT = "transit"
    LABELS = "labels"
    BUDGET = "budget"
    TURNOVER = "turnover"
    FILL_RATE = "fill_rate"


class WorkKind(StrEnum):
    """What waits to be done, the most urgent first."""

    EXPIRED = "expired"
    DELIVERY = "delivery"
    APPROVE = "approve"
    ORDER = "order"
    EXPENSE = "expense"
    RESOLVE = "resolve"
    ARRIVAL = "arrival"
    COUNT = "count"
    INVOICE = "invoice"
    CLAIM = "claim"
    MONTH = "month"
    BUDGET = "budget"
    SCHEDULE = "schedule"
    BELOW = "below"
    EXPIRING = "expiring"


@dataclass(frozen=True, slots=True)
class TodayFigure:
    """A figure of the first page: money or a number, what stands beside it, and how it was on the days before, oldest
    first.

    Beside stands: value a week ago; usage of last week to the same moment; waste of seven days; value of today's
    receipts (None without the right); lots already expired; counts to approve; label jobs that wait for a person; the
    month's budget (the amount is its cost so far, `expected` its cost at the end); for how many days the stock lasts at
    the usage of the last two weeks (turnover: how often a year it turns at that pace); how many order lines were due (fill
    rate: the share of those due in the last four weeks that has come in full by now). The trend of usage ends yesterday,
    since a day that has just begun would look like a fall.
    """

    kind: FigureKind
    amount: Decimal
    is_money: bool = False
    beside: Decimal | None = None
    trend: tuple[Decimal, ...] = ()
    expected: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """Something that waits for this person: a lot, a count, a transfer, an item, an order, an expense, an invoice, a
    claim, a month (as 202610), a category (-1 the whole site) or a schedule (`id`), by its name or its supplier's.

    `id` 0 stands for `count` more of the same kind. `number` is the document's, the lot's or the item's, or a month as
    2026-10; `floor` what there should be of an item, or how many lines there are. `amount` is in the site's money: an
    order's or expense's worth, a claim's open credit, a category's cost so far with its budget (`limit`) and what is
    `expected` at the month's end. `days` it is late or waits; `state` the stored word of where it stands.
    """

    kind: WorkKind
    id: int
    number: str = ""
    name: str = ""
    name_en: str = ""
    at: datetime | None = None
    expires_on: date | None = None
    qty: Decimal | None = None
    floor: Decimal | None = None
    unit: str = ""
    unit_en: str = ""
    count: int = 1
    day: date | None = None
    amount: Decimal | None = None
    limit: Decimal | None = None
    expected: Decimal | None = None
    days: int = 0
    state: str = ""

    def title(self, language: str) -> str:
        """The name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class Today:
    """The first page: figures and work, each only as far as the person has the right. `is_new` says that nothing was
    ever posted."""

    day: date
    is_new: bool
    figures: tuple[TodayFigure, ...]
    work: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class TodayBudget:
    """The month against its budgets: the whole site's figure (None without a budget), and categories that will not do."""

    figure: TodayFigure | None = None
    work: tuple[WorkRow, ...] = ()
