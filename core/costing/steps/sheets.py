"""The review as lists for files: by category, by item, waste, count differences; numbers stay numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.costing.rules import COLUMNS, change_of, share_of
from core.costing.steps.words import TITLES, WITHOUT_CATEGORY, WITHOUT_REASON
from core.costing.types import BranchRow, Review, ReviewRow
from core.documents import Cell, Column, Fact, Notation, Sheet
from core.i18n import Language, _

Frame = tuple[tuple[Fact, ...], Notation]
_COMPARED = (
    Column("usage_before", _("Usage, last period"), "money"),
    Column("usage_change", _("Against last period"), "money"),
    Column("usage_ratio", _("Against last period %"), "percent"),
)


def category_sheet(review: Review, before: Review, language: Language, frame: Frame) -> Sheet:
    """The tree of categories; a category holds everything below it, so only the first level sums to the total."""
    earlier = {branch.row.key: branch.row for branch in before.tree}
    columns = (
        Column("level", _("Level"), "number"),
        Column("category", _("Category")),
        Column("unit", _("Unit")),
        Column("usage_qty", _("Usage: quantity"), "qty"),
        *(Column(key, TITLES[key], "money") for key in COLUMNS),
        *_COMPARED,
    )

    def rows() -> Iterator[tuple[Cell, ...]]:
        for branch in review.tree:
            row = branch.row
            name = branch_title(branch, language)
            unit = review.unit_title(row.unit, language)
            yield (branch.depth + 1, name, unit, row.qty("usage"), *_values(row), *_compared(row, earlier))

    total = review.total
    totals: tuple[Cell, ...] = (None, _("Total"), "", None, *_values(total), *_compared(total, {0: before.total}))
    return Sheet(_("By category"), columns, rows(), frame[0], totals, frame[1])


def item_sheet(review: Review, before: Review, language: Language, frame: Frame) -> Sheet:
    """Every item with quantity and value of each column."""
    earlier = {row.key: row for row in before.items}
    columns = [
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("category", _("Category")),
        Column("unit", _("Unit")),
    ]
    for key in COLUMNS:
        columns += [
            Column(f"{key}_qty", _("{column}: quantity", column=TITLES[key]), "qty"),
            Column(f"{key}_value", _("{column}: value", column=TITLES[key]), "money"),
        ]
    columns += [Column("variance", TITLES["variance"], "money"), *_COMPARED]

    def rows() -> Iterator[tuple[Cell, ...]]:
        for row in review.items:
            figures: list[Cell] = []
            for key in COLUMNS:
                figures += [row.qty(key), row.value(key)]
            names = (row.code, row.title(language), row.category, review.unit_title(row.unit, language))
            yield (*names, *figures, row.variance, *_compared(row, earlier))

    totals: list[Cell] = [_("Total"), "", "", ""]
    for key in COLUMNS:
        totals += [None, review.total.value(key)]
    totals += [review.total.variance, *_compared(review.total, {0: before.total})]
    return Sheet(_("By item"), tuple(columns), rows(), frame[0], tuple(totals), frame[1])


def waste_sheet(review: Review, before: Review, language: Language, frame: Frame) -> Sheet:
    """Waste by reason."""
    earlier = {row.reason: row.value for row in before.waste}
    whole = review.total.value("waste")
    columns = (
        Column("reason", _("Reason")),
        Column("entries", _("Ledger entries"), "number"),
        Column("value", _("Value"), "money"),
        Column("share", _("Share of waste"), "percent"),
        Column("before", _("Last period"), "money"),
    )
    rows = [
        (
            row.title(language) or WITHOUT_REASON,
            row.entries,
            row.value,
            share_of(row.value, whole),
            earlier.get(row.reason, before.total.value("waste") * 0),
        )
        for row in review.waste
    ]
    count = sum(row.entries for row in review.waste)
    totals: tuple[Cell, ...] = (_("Total"), count, whole, None, before.total.value("waste"))
    return Sheet(_("Waste by reason"), columns, rows, frame[0], totals, frame[1])


def count_sheet(review: Review, _before: Review, language: Language, frame: Frame) -> Sheet:
    """Count differences by item, the largest first."""
    columns = (
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("qty", _("Difference"), "qty"),
        Column("unit", _("Unit")),
        Column("gain", TITLES["gain"], "money"),
        Column("loss", TITLES["loss"], "money"),
        Column("net", _("Gain less loss"), "money"),
    )
    rows = [
        (
            row.code,
            row.title(language),
            row.qty,
            review.unit_title(row.unit, language),
            row.gain,
            row.loss,
            row.net,
        )
        for row in review.counts
    ]
    gain, loss = review.count_gain, review.count_loss
    totals: tuple[Cell, ...] = (_("Total"), "", None, "", gain, loss, gain - loss)
    return Sheet(TITLES["counts"], columns, rows, frame[0], totals, frame[1])


def branch_title(branch: BranchRow, language: Language) -> Cell:
    """A category's name, or that there is none."""
    return branch.row.title(language) or WITHOUT_CATEGORY


def _values(row: ReviewRow) -> tuple[Cell, ...]:
    return tuple(row.value(key) for key in COLUMNS)


def _compared(row: ReviewRow, earlier: Mapping[int, ReviewRow]) -> tuple[Cell, ...]:
    now = row.value("usage")
    before = earlier[row.key].value("usage") if row.key in earlier else now * 0
    change = change_of(now, before)
    return before, change.amount, change.ratio
