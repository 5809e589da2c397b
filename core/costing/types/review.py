"""The review of a period, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from core.costing.rules import COLUMNS
from core.values import from_micro, from_minor
from db.enums import PostingKind


class ReviewRow(NamedTuple):
    """One line of the review: an item, a category, or the whole (`key` 0).

    `micros` and `minors` are the quantities (millionths) and values (minor units) in the order of COLUMNS: whole numbers,
    because a large site has a hundred thousand lines; read them by `qty` and `value`. `unit` is empty where units are
    mixed. `category_id` is 0 without category. `variance` is the difference to standard cost in the period, outside the
    stock value.
    """

    key: int
    code: str
    name: str
    name_en: str
    category: str
    category_id: int
    unit: str
    micros: tuple[int, ...]
    minors: tuple[int, ...]
    variance_minor: int
    digits: int

    def value(self, column: str) -> Decimal:
        """The value in one column, in money."""
        return from_minor(self.minors[COLUMNS.index(column)], self.digits)

    def qty(self, column: str) -> Decimal | None:
        """The quantity in one column in base units; None where units are mixed."""
        return from_micro(self.micros[COLUMNS.index(column)]) if self.unit else None

    @property
    def variance(self) -> Decimal:
        """The difference to standard cost, in money."""
        return from_minor(self.variance_minor, self.digits)

    def title(self, language: str) -> str:
        """The name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A category of the tree with everything below it, parents before children; depth 0 is a root. `row.key` is the
    category, 0 for items without one."""

    row: ReviewRow
    depth: int
    has_children: bool


@dataclass(frozen=True, slots=True)
class WasteRow:
    """Waste of one reason: how often and how much."""

    reason: str
    name: str
    name_en: str
    report_group: str
    entries: int
    value: Decimal

    def title(self, language: str) -> str:
        """The reason's name in a language."""
        return self.name_en if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class CountRow:
    """Count differences of one item: found more (gain) and less (loss)."""

    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    qty: Decimal
    gain: Decimal
    loss: Decimal

    @property
    def net(self) -> Decimal:
        """Gain less loss."""
        return self.gain - self.loss

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class Review:
    """A period from the first to the last moment, in lines that add up.

    `categories` are the categories' own items only; `tree` has each with everything below it. `stock_minor` is the
    value of the stock at the end as the cost of each item is kept (minor units), read apart from the entries summed here.
    `units` are the units' names, Chinese and English, by their code.
    """

    start: datetime
    end: datetime
    items: tuple[ReviewRow, ...]
    categories: tuple[ReviewRow, ...]
    tree: tuple[BranchRow, ...]
    total: ReviewRow
    waste: tuple[WasteRow, ...]
    counts: tuple[CountRow, ...]
    stock_minor: int
    units: Mapping[str, tuple[str, str]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was there and nothing happened."""
        return not self.items

    @property
    def ties(self) -> bool:
        """Whether what the columns add up to is the value of the stock, to the cent."""
        return self.total.minors[-1] == self.stock_minor

    def unit_title(self, code: str, language: str) -> str:
        """A unit as it stands behind a number: kg and ml by their sign, others by name."""
        name, name_en = self.units.get(code, ("", ""))
        return (name_en if language == "en" else name) or code

    @property
    def count_gain(self) -> Decimal:
        """What counts found more, in money."""
        return sum((row.gain for row in self.counts), Decimal(0))

    @property
    def count_loss(self) -> Decimal:
        """What counts found less, in money."""
        return sum((row.loss for row in self.counts), Decimal(0))


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """Which part of the review a figure stands in; nothing said is the whole. A category takes in all below it, 0 are
    the items without one."""

    item_id: int | None = None
    category_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """An entry behind a figure: what it adds to it, with the sign of the figure.

    The last one may stand for many (`count` of them, `entry_id` 0, without further facts): the older ones beyond the
    limit, so that the amounts always sum to the figure.
    """

    entry_id: int
    posting_id: int
    number: str
    at: datetime | None
    kind: PostingKind | None
    is_reversal: bool
    item_code: str
    item_name: str
    item_name_en: str
    qty: Decimal
    unit: str
    amount: Decimal
    note: str
    by: str
    count: int = 1

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.item_name_en or self.item_name) if language == "en" else self.item_name
