"""The tables of a month's pack: categories, sections, budget, waste, counts, prices, goods that do not move, accruals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.costing.rules.bridge import PARTS
from core.costing.rules.figures import change_of, share_of
from core.costing.steps.pack_words import SHORT_PARTS
from core.costing.steps.words import TITLES, WITHOUT_CATEGORY
from core.costing.types.bridge import BranchBridge, Bridge
from core.costing.types.month_review import BudgetLine, MonthReview
from core.documents import Cell, Column, Line, PaperTable, named
from core.i18n import Name, Text, _
from core.values import round_decimal

TOP = 15
_CODE = Column("code", _("Code"))
_NAME = Column("name", _("Name"))
_UNIT = Column("unit", _("Unit"))
_CHANGE = _("Change %")


def named_text(name: Name, language: str) -> Text | str:
    """A name in the paper's language."""
    return named(name.render, language)


def bridge_columns(review: MonthReview, first: Column) -> tuple[Column, ...]:
    """Columns of a table of bridges: the month compared with, each part that changed anything, the month, the change."""
    parts = [part for part in PARTS if review.bridge.amount(part) or _any_part(review, PARTS.index(part))]
    return (
        first,
        Column("start", _("Compared month"), "money"),
        *(Column(str(part), SHORT_PARTS[part], "money") for part in parts),
        Column("end", _("This month"), "money"),
        Column("ratio", _("Change %"), "percent"),
    )


def _any_part(review: MonthReview, place: int) -> bool:
    return any(branch.bridge.steps[place] for branch in review.by_category)


def bridge_line(bridge: Bridge, first: Cell, columns: Sequence[Column], look: str = "line") -> Line:
    """One bridge as a row of that table."""
    parts = {str(part): bridge.amount(part) for part in PARTS}
    cells = tuple(parts[column.key] for column in columns[2:-2])
    return Line((first, bridge.start, *cells, bridge.end, bridge.ratio), "subtotal" if look == "subtotal" else "line")


def category_bridges(review: MonthReview, language: str) -> PaperTable:
    """What changed by category, branches moved in by their depth."""
    columns = bridge_columns(review, Column("category", _("Category"), width=46))
    lines = [bridge_line(branch.bridge, _branch(branch, language), columns) for branch in review.by_category]
    lines.append(bridge_line(review.bridge, _("Total"), columns, "subtotal"))
    return PaperTable(columns, tuple(lines), _("Cost by category, and what changed it"))


def _branch(branch: BranchBridge, language: str) -> Text | str:
    if not branch.title("zh"):
        return WITHOUT_CATEGORY
    return named(lambda one: f"{chr(0x3000) * branch.depth}{branch.title(one)}", language)


def sections(review: MonthReview, language: str) -> PaperTable:
    """What each department or area cost."""
    columns = (
        Column("section", _("Section")),
        Column("usage", TITLES["usage"], "money"),
        Column("waste", TITLES["waste"], "money"),
        Column("counts", _("Counts"), "money"),
        Column("other", _("Other"), "money"),
        Column("cost", _("Cost"), "money"),
        Column("before", _("Compared month"), "money"),
        Column("ratio", _("Change %"), "percent"),
    )
    lines = [
        Line((_section(row.section.name, language), row.usage, row.waste, row.counts, row.other, row.cost, row.before,
              row.ratio))
        for row in review.sections
    ]  # fmt: skip
    return PaperTable(columns, tuple(lines), _("Cost by section"))


def _section(name: Name, language: str) -> Text | str:
    return named_text(name, language) if name.zh else _("Not said")


def budget(review: MonthReview, language: str) -> PaperTable:
    """What it was to cost and what it cost, by category."""
    columns = (
        Column("category", _("Category")),
        Column("budget", _("Budget"), "money"),
        Column("cost", _("Cost"), "money"),
        Column("left", _("Left"), "money"),
        Column("used", _("Share used"), "percent"),
    )
    lines = [
        Line((_planned(line, language) if line.category_id else _("The whole"), line.budget, line.cost, line.left,
              share_of(line.cost, line.budget)))
        for line in review.budget
    ]  # fmt: skip
    return PaperTable(columns, tuple(lines), _("Against budget"))


def _planned(line: BudgetLine, language: str) -> Text | str:
    return named(lambda one: f"{chr(0x3000) * line.depth}{line.title(one)}", language)


def movers(review: MonthReview, language: str) -> PaperTable:
    """Items whose price changed, those with the largest effect."""
    columns = (
        _CODE,
        _NAME,
        Column("old", _("Cost before"), "cost"),
        Column("new", _("Cost now"), "cost"),
        Column("percent", _CHANGE, "percent"),
        Column("qty", _("Quantity received"), "qty"),
        _UNIT,
        Column("effect", _("Effect"), "money"),
        Column("supplier", _("Supplier")),
    )
    lines = [
        Line((row.code, named_text(row.name, language), _rounded(row.old), _rounded(row.new), row.percent / 100, row.qty,
              _unit(review, row.unit, language), row.effect, named_text(row.supplier, language)))
        for row in review.movers.rows[:TOP]
    ]  # fmt: skip
    if lines:
        effect = review.movers.effect
        lines.append(Line((_("All price changes"), None, None, None, None, None, "", effect, ""), "subtotal"))
    return PaperTable(columns, tuple(lines), _("Prices that moved"))


def _rounded(cost: Decimal) -> Decimal:
    """A unit cost to four decimals: on paper nobody reads more."""
    return round_decimal(cost, 4)


def dead(review: MonthReview, language: str) -> PaperTable:
    """Goods that nobody used, sold or wasted for long."""
    columns = (
        _CODE,
        _NAME,
        Column("qty", _("On hand"), "qty"),
        _UNIT,
        Column("value", _("Value"), "money"),
        Column("last", _("Last used"), "date"),
        Column("days", _("Days idle"), "number"),
    )
    lines: list[Line] = [
        Line((row.code, named_text(row.name, language), row.qty, _unit(review, row.unit, language), row.value,
              row.last_on, row.days))
        for row in review.dead.rows[:TOP]
    ]  # fmt: skip
    for band in (band for band in review.dead.bands if band.items):
        words = _("{n} items for {days} days or longer", n=band.items, days=band.days)
        lines.append(Line((words, None, None, "", band.value, None, None), "subtotal"))
    return PaperTable(columns, tuple(lines), _("Goods that do not move"))


def accruals(review: MonthReview, language: str) -> PaperTable:
    """What was received and not invoiced, by supplier."""
    columns = (
        Column("supplier", _("Supplier")),
        Column("receipts", _("Number of receipts"), "number"),
        Column("amount", _("Not invoiced"), "money"),
    )
    lines = [
        Line((named_text(row.supplier, language), row.receipts, row.amount)) for row in review.accruals.suppliers[:30]
    ]
    rest = review.accruals.suppliers[30:]
    if rest:
        count, amount = sum(row.receipts for row in rest), sum(row.amount for row in rest)
        lines.append(Line((_("{n} more suppliers", n=len(rest)), count, amount)))
    if lines:
        lines.append(Line((_("Total"), review.accruals.receipts, review.accruals.total), "subtotal"))
        lines.append(Line((_("At the end of the month before"), None, review.accruals.before)))
    return PaperTable(columns, tuple(lines), _("Goods received, not invoiced, at the month's end"))


def top_items(review: MonthReview, language: str) -> PaperTable:
    """The items that cost most, with what they cost before."""
    columns = (
        _CODE,
        _NAME,
        Column("qty", _("Quantity used"), "qty"),
        _UNIT,
        Column("cost", _("Cost"), "money"),
        Column("share", _("Share of the cost"), "percent"),
        Column("before", _("Compared month"), "money"),
        Column("ratio", _("Change %"), "percent"),
    )
    ranked = sorted(review.by_item, key=lambda one: (-one.bridge.end_minor, one.row.code))
    whole = review.bridge.end
    lines = [
        Line((one.row.code, named(one.row.title, language), one.row.qty("usage"),
              _unit(review, one.row.unit, language), one.bridge.end, share_of(one.bridge.end, whole), one.bridge.start,
              change_of(one.bridge.end, one.bridge.start).ratio))
        for one in ranked[:TOP]
        if one.bridge.end_minor
    ]  # fmt: skip
    return PaperTable(columns, tuple(lines), _("The {n} items that cost most", n=TOP))


def estimate(review: MonthReview) -> Iterator[PaperTable]:
    """What the running month will probably cost."""
    one = review.estimate
    if one is None:
        return
    columns = (Column("figure", _("Figure")), Column("amount", _("Amount"), "money"))
    rows: list[tuple[Text, Cell]] = [
        (_("Opening"), one.opening),
        (_("Purchases until now"), one.purchases),
        (_("Purchases still expected"), one.purchases_to_come),
        (_("Cost until now"), one.cost_until_now),
        (_("Usage still expected"), one.usage_to_come),
        (_("Expected closing stock"), one.closing),
    ]
    lines = [Line(row) for row in rows]
    lines.append(Line((_("Expected cost of the month"), one.cost), "subtotal"))
    if one.low is not None and one.high is not None:
        lines.append(Line((_("In four of five months not below"), one.low)))
        lines.append(Line((_("In four of five months not above"), one.high)))
    yield PaperTable(
        columns, tuple(lines), _("What the month will probably cost, {days} days before its end", days=one.days_left)
    )


def _unit(review: MonthReview, code: str, language: str) -> Text | str:
    return named(lambda one: review.review.unit_title(code, one), language)
