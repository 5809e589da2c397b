"""The lists of the live workbook of a month: sections, budget, waste, counts, prices, goods that do not move, accruals,
checks."""

from __future__ import annotations

from collections.abc import Sequence

from core.costing.steps.pack_words import check_title, level_title
from core.costing.steps.words import TITLES, WITHOUT_REASON
from core.costing.steps.workbook_parts import FIRST, amount, less, ratio, share, summed
from core.costing.types.month_review import MonthReview
from core.costing.types.months import StoredCheck
from core.documents import Column, Formula, LiveCell, LiveSheet, Notation
from core.i18n import Language, _

Rows = list[tuple[LiveCell, ...]]


def sections_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """What each section cost: the cost is the sum of its parts."""
    rows: Rows = []
    for row in review.sections:
        at = FIRST + len(rows)
        values = (row.cost, row.before)
        rows.append((row.section.name.render(language) or _("Not said"), row.usage, row.waste, row.counts, row.other,
                     Formula(f"SUM(B{at}:E{at})", row.cost), row.before, less(f"F{at}", f"G{at}", values),
                     ratio(f"F{at}", f"G{at}", values)))  # fmt: skip
    at = FIRST + len(rows)
    sums = [summed(rows, column) for column in range(1, 8)]
    last = ratio(f"F{at}", f"G{at}", (amount(sums[4]), amount(sums[5])))
    columns = (
        Column("section", _("Section")),
        Column("usage", TITLES["usage"], "money"),
        Column("waste", TITLES["waste"], "money"),
        Column("counts", _("Counts"), "money"),
        Column("other", _("Other"), "money"),
        Column("cost", _("Cost"), "money"),
        Column("before", _("Compared month"), "money"),
        Column("change", _("Difference of amounts"), "money"),
        Column("ratio", _("Change %"), "percent"),
    )
    return LiveSheet(_("Cost by section"), columns, rows, (_("Total"), *sums, last), notation)


def budget_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """Budget and cost; what is left and how much of it is used are reckoned."""
    rows: Rows = []
    for line in review.budget:
        at = FIRST + len(rows)
        values = (line.cost, line.budget)
        rows.append((line.title(language) or _("The whole"), line.path, line.budget, line.cost,
                     less(f"C{at}", f"D{at}", values[::-1]), share(f"D{at}", f"C{at}", values)))  # fmt: skip
    columns = (
        Column("category", _("Category")),
        Column("path", _("Path")),
        Column("budget", _("Budget"), "money"),
        Column("cost", _("Cost"), "money"),
        Column("left", _("Left"), "money"),
        Column("used", _("Share used"), "percent"),
    )
    return LiveSheet(_("Against budget"), columns, rows, (), notation)


def waste_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """Waste by reason with its share of all waste."""
    earlier = {row.reason: row.value for row in review.before.waste}
    whole = review.review.total.value("waste")
    last = FIRST + len(review.review.waste)
    rows: Rows = []
    for row in review.review.waste:
        at = FIRST + len(rows)
        was = earlier.get(row.reason, whole * 0)
        rows.append((row.title(language) or WITHOUT_REASON, row.entries, row.value,
                     share(f"C{at}", f"C${last}", (row.value, whole)), was, less(f"C{at}", f"E{at}", (row.value, was))))  # fmt: skip
    columns = (
        Column("reason", _("Reason")),
        Column("entries", _("Ledger entries"), "number"),
        Column("value", _("Value"), "money"),
        Column("share", _("Share of waste"), "percent"),
        Column("before", _("Compared month"), "money"),
        Column("change", _("Difference of amounts"), "money"),
    )
    totals = (_("Total"), summed(rows, 1), summed(rows, 2), None, summed(rows, 4), summed(rows, 5))
    return LiveSheet(_("Waste by reason"), columns, rows, totals if rows else (), notation)


def counts_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """Count differences by item: the net is gain less loss."""
    rows: Rows = []
    for row in review.review.counts:
        at = FIRST + len(rows)
        rows.append((row.code, row.title(language), row.qty, review.review.unit_title(row.unit, language), row.gain,
                     row.loss, less(f"E{at}", f"F{at}", (row.gain, row.loss))))  # fmt: skip
    columns = (
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("qty", _("Difference"), "qty"),
        Column("unit", _("Unit")),
        Column("gain", TITLES["gain"], "money"),
        Column("loss", TITLES["loss"], "money"),
        Column("net", _("Gain less loss"), "money"),
    )
    totals = (_("Total"), "", None, "", *(summed(rows, column) for column in (4, 5, 6)))
    return LiveSheet(TITLES["counts"], columns, rows, totals if rows else (), notation)


def movers_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """Prices that moved: the change is reckoned from both."""
    rows: Rows = []
    for row in review.movers.rows:
        at = FIRST + len(rows)
        rows.append((row.code, row.name.render(language), row.category, row.old, row.new,
                     ratio(f"E{at}", f"D{at}", (row.new, row.old)), row.qty,
                     review.review.unit_title(row.unit, language), row.effect, row.supplier.render(language)))  # fmt: skip
    columns = (
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("category", _("Category")),
        Column("old", _("Cost before"), "cost"),
        Column("new", _("Cost now"), "cost"),
        Column("percent", _("Change %"), "percent"),
        Column("qty", _("Quantity received"), "qty"),
        Column("unit", _("Unit")),
        Column("effect", _("Effect"), "money"),
        Column("supplier", _("Supplier")),
    )
    totals = (_("Total"), "", "", None, None, None, None, "", summed(rows, 8), "")
    return LiveSheet(_("Prices that moved"), columns, rows, totals if rows else (), notation)


def dead_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """Goods that do not move, those of the most value."""
    rows: Rows = [
        (row.code, row.name.render(language), row.category, row.qty, review.review.unit_title(row.unit, language),
         row.value, row.last_on, row.days)
        for row in review.dead.rows
    ]  # fmt: skip
    columns = (
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("category", _("Category")),
        Column("qty", _("On hand"), "qty"),
        Column("unit", _("Unit")),
        Column("value", _("Value"), "money"),
        Column("last", _("Last used"), "date"),
        Column("days", _("Days idle"), "number"),
    )
    totals = (_("Total"), "", "", None, "", summed(rows, 5), None, None)
    return LiveSheet(_("Goods that do not move"), columns, rows, totals if rows else (), notation)


def accruals_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """What is received and not invoiced, by supplier."""
    rows: Rows = [(row.supplier.render(language), row.receipts, row.amount) for row in review.accruals.suppliers]
    columns = (
        Column("supplier", _("Supplier")),
        Column("receipts", _("Number of receipts"), "number"),
        Column("amount", _("Not invoiced"), "money"),
    )
    totals = (_("Total"), summed(rows, 1), summed(rows, 2))
    return LiveSheet(_("Not invoiced"), columns, rows, totals if rows else (), notation)


def checks_sheet(checks: Sequence[StoredCheck], notation: Notation) -> LiveSheet:
    """The checklist, as in the pack."""
    rows: Rows = [(check_title(row.kind), level_title(row.level), row.count, row.amount) for row in checks]
    columns = (
        Column("check", _("Check")),
        Column("result", _("Result")),
        Column("count", _("Cases"), "number"),
        Column("amount", _("Money at stake"), "money"),
    )
    return LiveSheet(_("Checks"), columns, rows, (), notation)
