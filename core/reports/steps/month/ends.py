"""A month against the month before, against its budget, its estimates, and the expenses booked in it."""

from __future__ import annotations

from core import costing, expenses
from core.i18n import Text, _
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Definition
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import items_of
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportEntry, SpanKind
from db.enums import Permission

LEVELS: dict[str, Text] = {
    "none": _("No budget"),
    "good": _("Within budget"),
    "watch": _("Going to be over"),
    "over": _("Over budget"),
}
STEPS = tuple(part for part in costing.PART_TITLES if str(part) != "plan")


def _month(making: Making) -> str:
    return f"{making.today:%Y-%m}"


def bridge(making: Making) -> list[Row]:
    """Why every item cost more or less than in the month before."""
    found = costing.list_item_bridges(making.uow, month=_month(making))
    items = items_of(making, [one.row.key for one in found])
    rows = []
    for one in found:
        steps = {str(part): one.bridge.amount(part) for part in STEPS}
        if one.bridge.start_minor or one.bridge.end_minor or any(steps.values()):
            rows.append({
                **items[one.row.key], "before": one.bridge.start, "cost": one.bridge.end, "change": one.bridge.change, **steps,
            })  # fmt: skip
    return largest_first(rows, "change", abs)


def accruals(making: Making) -> list[Row]:
    """The receipts of which something is not invoiced at the end of the month."""
    return [
        {
            "number": row.number,
            "document": row.document,
            "received_on": row.received_on,
            "supplier": row.supplier.render(making.language),
            "supplier_id": row.supplier_id,
            "value": row.amount,
            "posting_id": row.posting_id,
        }
        for row in costing.list_accrued_receipts(making.uow, month=_month(making))
    ]


def budget(making: Making) -> list[Row]:
    """The month against its budgets, category by category; a category holds all below it."""
    rows: list[Row] = []
    for row in costing.list_budget_state(making.uow, month=_month(making)).rows:
        if row.budget is None and not row.actual:
            continue
        name = row.place.title(making.language) if row.place.category_id else _("The whole")
        rows.append(
            {
                "level": row.place.depth,
                "category": name,
                "category_id": row.place.category_id or None,
                "budget": row.budget,
                "actual": row.actual,
                "left": row.left,
                "expected": row.expected,
                "state": LEVELS[str(row.level)],
            }
        )
    return rows


def booked(making: Making) -> list[Row]:
    """The lines of approved expense claims by the day they are booked."""
    first = making.today if making.span.start is None else making.day_of(making.span.start)
    return [
        {
            "booked_on": row.booked_on,
            "day": row.day,
            "number": row.number,
            "kind": row.kind.render(making.language),
            "account": row.account,
            "supplier": row.supplier,
            "value": row.amount,
            "tax": row.tax,
            "by": row.by,
            "note": row.note,
        }
        for row in expenses.list_booked(making.uow, first, making.today)
    ]


_COST = (Permission.COST_VIEW,)
REPORTS = (
    Definition(
        ReportEntry(
            "cost-bridge", _("Cost of the month against the month before"),
            _("Why every item cost more or less than in the month before: price, quantity, mix, waste, counts."), Area.MONTH,
            SpanKind.PERIOD, starts_with_month=True, permissions=_COST,
            columns=(
                *c.WHAT, c.money("before", _("Cost before"), _("Usage, waste, count losses less gains and other adjustments.")),
                *(c.money(str(part), costing.PART_TITLES[part]) for part in STEPS),
                c.money("cost", _("Cost"), _("Cost before with all parts: exact to the cent.")),
                c.money("change", _("Change"), _("The cost less the cost before.")),
            ),
            filters=c.ITEMS, groups=("category",), chart=ChartSpec(ChartKind.BAR, "category", ("change",)),
            drill=DrillSpec(DrillKind.ITEM, "item_id"),
            notes=(_("The month is the one the period ends in; it is compared with the month before."),),
        ),
        bridge,
    ),
    Definition(
        ReportEntry(
            "month-accruals", _("Estimates of received goods"), _("What was received and not invoiced at the end of a month, by receipt."),
            Area.MONTH, SpanKind.PERIOD, starts_with_month=True, permissions=_COST,
            columns=(
                c.col("number", _("Receipt")), c.col("document", _("Delivery note")), c.col("received_on", _("Received on"), "date"),
                c.SUPPLIER, c.money("value", _("Value"), _("Below zero where a credit is expected.")),
            ),
            filters=(c.BY_SUPPLIER, c.BY_TEXT), groups=("supplier",), chart=ChartSpec(ChartKind.BAR, "supplier", ("value",)),
            drill=DrillSpec(DrillKind.POSTING, "posting_id"), notes=(_("The month is the one the period ends in."),),
        ),
        accruals,
    ),
    Definition(
        ReportEntry(
            "budget", _("Budget and cost"), _("A month against its budgets: cost so far, what is left, what is expected at the end."),
            Area.MONTH, SpanKind.PERIOD, starts_with_month=True, permissions=_COST,
            columns=(
                c.alone(c.col("level", _("Level"), "number")), c.CATEGORY, c.alone(c.money("budget", _("Budget"))),
                c.alone(c.money("actual", _("Cost so far"), _("Usage, waste, count losses less gains and other adjustments."))),
                c.alone(c.money("left", _("Left"), _("Budget less cost so far."))),
                c.alone(c.money("expected", _("Expected at the end"), _("What the month will have cost at this pace."))),
                c.col("state", _("State")),
            ),
            drill=DrillSpec(DrillKind.REPORT, report="cost-bridge", filters=(("category", "category_id"),)),
            notes=(_("A category holds all below it."), _("The month is the one the period ends in.")),
        ),
        budget,
    ),
    Definition(
        ReportEntry(
            "expenses", _("Expenses booked"), _("The lines of approved expense claims, by the day they are booked."), Area.MONTH,
            SpanKind.PERIOD, starts_with_month=True, permissions=(Permission.EXPENSE_APPROVE,),
            columns=(
                c.col("booked_on", _("Booked on"), "date"), c.col("day", _("Paid on"), "date"), c.col("number", _("Expense claim")),
                c.col("kind", _("Type")), c.col("account", _("Account")), c.col("supplier", _("Shop")),
                c.col("value", _("Amount with tax"), "money"), c.col("tax", _("Tax"), "money"), c.col("by", _("Claimed by")),
                c.col("note", _("Remark")),
            ),
            filters=(c.BY_TEXT,), groups=("kind", "by", "account"), chart=ChartSpec(ChartKind.SHARE, "kind", ("value",)),
        ),
        booked,
    ),
)  # fmt: skip
