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


class WorkKind(StrEnum):
    """What waits to be done, the most urgent first."""

    EXPIRED = "expired"
    APPROVE = "approve"
    RESOLVE = "resolve"
    ARRIVAL = "arrival"
    COUNT = "count"
    BELOW = "below"
    EXPIRING = "expiring"


@dataclass(frozen=True, slots=True)
class TodayFigure:
    """A figure of the first page: money or a number, what stands beside it, and how it was on the days before, oldest
    first.

    Beside stands: value a week ago; usage of last week to the same moment; waste of seven days; value of today's
    receipts (None without the right); lots already expired; counts to approve; label jobs that wait for a person. The
    trend of usage ends yesterday, since a day that has just begun would look like a fall.
    """

    kind: FigureKind
    amount: Decimal
    is_money: bool = False
    beside: Decimal | None = None
    trend: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkRow:
    """Something that waits for this person: a lot, a count, a transfer or an item (`id`), by its name.

    `id` 0 stands for `count` more of the same kind. `number` is the lot's, the count's, the posting's or the item's;
    `floor` what there should be of an item.
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
