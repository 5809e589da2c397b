"""Figures that open: what a number of the month's review is of, the sentences that carry them, and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.i18n import Text


class Against(StrEnum):
    """What a month is compared with."""

    PREVIOUS = "previous"
    """The month before."""
    LAST_YEAR = "last_year"
    """The same month of the year before."""
    BUDGET = "budget"
    """The month's budget; the bridge starts from it and goes by way of the month before."""


class FigureKey(StrEnum):
    """What a figure is; a figure of a column of the review is its word."""

    COST = "cost"
    """Cost of the month: usage + waste + counts + other."""
    BEFORE = "before"
    """Cost of the month compared with; while the month runs, of as many of its days."""
    OPENING = "opening"
    RECEIPTS = "receipts"
    OTHER_IN = "other_in"
    USAGE = "usage"
    WASTE = "waste"
    ADJUSTMENTS = "adjustments"
    OTHER_OUT = "other_out"
    CLOSING = "closing"
    COUNTS = "counts"
    """Count losses less gains: what counts cost."""
    OTHER = "other"
    """Adjustments and revaluations: what they cost."""
    CHANGE = "change"
    """Cost of the month less that of the one compared with."""
    PRICE = "price"
    QUANTITY = "quantity"
    MIX = "mix"
    WASTE_CHANGE = "waste_change"
    COUNTS_CHANGE = "counts_change"
    OTHER_CHANGE = "other_change"
    MOVER = "mover"
    """What an item's receipts cost more because its price changed."""
    DEAD = "dead"
    """Value of goods that do not move."""
    ACCRUAL = "accrual"
    """Goods received and not invoiced at the month's end."""
    BUDGET = "budget"
    """What was set; it has no entries."""
    ESTIMATE = "estimate"
    """What the running month will probably cost; it has no entries."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the review and what it is of: nothing said is the whole. `amount` is its value in money where it was read,
    `percent` the same as a change in per cent; they do not matter for what it opens.

    `category_id` takes in all below it, 0 are items without one; `section` is a section's key; `days` the band of dead
    stock. A figure opens its parts (`list_figure_parts`) or its entries (`list_figure_entries`).
    """

    key: FigureKey
    month: str
    against: Against = Against.PREVIOUS
    item_id: int | None = None
    category_id: int | None = None
    section: str | None = None
    reason: str | None = None
    supplier_id: int | None = None
    days: int | None = None
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FigurePart:
    """One part of a figure, and the figure it is itself: the parts sum to the figure exactly. `title` is an item's name in
    both languages, `code` its code. Without `figure` it opens no further: many small parts as one, or what a budget is
    apart from the month before."""

    figure: Figure | None
    title: Text
    code: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the written summary. Every number in it is one of its figures; the heaviest stands first. `weight` is
    money in minor units: how much the sentence is about."""

    text: Text
    figures: tuple[Figure, ...]
    weight: int
