"""Lines of the review as the tables show them, and their columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.costing import COLUMNS, SHORT_TITLES, WITHOUT_CATEGORY, Change, Review, ReviewPart, ReviewRow, change_of
from core.i18n import Text, _
from desktop.widgets import Column, Kind, Words, language

STEP = "\N{IDEOGRAPHIC SPACE}"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A line: the unit of its quantities (empty where they are mixed), and its usage of the period before (None until
    that is known)."""

    id: int
    row: ReviewRow
    part: ReviewPart
    unit: str
    before: Decimal | None = None
    depth: int = 0
    is_total: bool = False

    def title(self) -> Words:
        """What the line is about."""
        if self.is_total:
            return _("Total")
        return self.row.title(language()) or WITHOUT_CATEGORY

    def change(self) -> Change | None:
        """Usage against the period before."""
        return None if self.before is None else change_of(self.row.value("usage"), self.before)


def item_lines(review: Review, before: Review | None) -> list[ReviewLine]:
    """One line an item, by code."""
    earlier = None if before is None else {row.key: row.value("usage") for row in before.items}
    units = _unit_words(review)
    return [
        ReviewLine(row.key, row, ReviewPart(item_id=row.key), units(row.unit), _earlier(earlier, row.key))
        for row in review.items
    ]


def category_lines(review: Review, before: Review | None) -> list[ReviewLine]:
    """The tree of categories, each with everything below it, then the total."""
    earlier = None if before is None else {branch.row.key: branch.row.value("usage") for branch in before.tree}
    units = _unit_words(review)
    lines = [
        ReviewLine(
            branch.row.key,
            branch.row,
            ReviewPart(category_id=branch.row.key),
            units(branch.row.unit),
            _earlier(earlier, branch.row.key),
            branch.depth,
        )
        for branch in review.tree
    ]
    usage = None if before is None else before.total.value("usage")
    return [*lines, ReviewLine(-1, review.total, ReviewPart(), units(review.total.unit), usage, is_total=True)]


def _unit_words(review: Review) -> Callable[[str], str]:
    return lambda code: review.unit_title(code, language())


def _earlier(found: dict[int, Decimal] | None, key: int) -> Decimal | None:
    return None if found is None else found.get(key, Decimal(0))


def _indented(line: ReviewLine) -> Words:
    title = line.title()
    if isinstance(title, Text):
        return title
    return STEP * line.depth + title


def _money(key: str, *, wide_only: bool = False, sortable: bool = True) -> Column:
    return Column(
        key, SHORT_TITLES[key], 104, kind=Kind.MONEY, why=True, value=lambda line: line.row.value(key), wide_only=wide_only,
        sortable=sortable,
    )  # fmt: skip


def _figures(*, sortable: bool) -> tuple[Column, ...]:
    columns = [_money(key, wide_only=key in ("other_in", "other_out"), sortable=sortable) for key in COLUMNS]
    at = COLUMNS.index("usage")
    usage_qty = Column(
        "usage_qty", _("Usage: quantity"), 116, kind=Kind.QTY, why=True, unit="unit", wide_only=True,
        value=lambda line: line.row.qty("usage"), sortable=sortable,
    )  # fmt: skip
    change = Column("ratio", _("Usage change"), 96, kind=Kind.PERCENT, value=_ratio, sortable=sortable,)  # fmt: skip
    return (*columns[:at], usage_qty, *columns[at:], change)


def _ratio(line: ReviewLine) -> Any:
    change = line.change()
    return None if change is None else change.ratio


CATEGORY_COLUMNS = (
    Column("title", _("Category"), 180, stretch=True, value=_indented, sortable=False),
    *_figures(sortable=False),
)
ITEM_COLUMNS = (
    Column("code", _("Code"), 96, value=lambda line: line.row.code, wide_only=True),
    Column("title", _("Name"), 160, stretch=True, value=lambda line: line.title()),
    *_figures(sortable=True),
)
QUANTITIES = {"usage_qty": "usage"}
