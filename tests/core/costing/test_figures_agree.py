"""One figure, one amount: what a page, a report, a paper and a budget say of the sample's months is the same to the cent."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from core import costing, purchasing, reports
from core.costing import AccrualStyle, CheckKind, FigureKey, MonthReview, MonthState
from core.documents import Tiles
from core.office import Office
from core.reports import Asked, FigureKind, ReportPage, Span

CLOSED, OPEN, RUNNING = "2026-01", "2026-02", "2026-03"
MONTHS = (CLOSED, OPEN, RUNNING)
ZERO = Decimal(0)


def _review(office: Office, month: str) -> MonthReview:
    found: MonthReview = office.ask(costing.get_month_review, month=month)
    return found


def _report(office: Office, name: str, span: Span) -> ReportPage:
    asked = Asked(span=span, language="zh")
    page: ReportPage = office.ask(reports.get_report_page, name=name, asked=asked, limit=100_000)
    return page


def _whole(review: MonthReview) -> Span:
    return Span(review.review.start, review.review.end)


def _column(page: ReportPage, key: str) -> int:
    return [column.key for column in page.columns].index(key)


def _total(page: ReportPage, key: str) -> Decimal:
    found = page.totals[_column(page, key)] if page.totals else None
    return found if isinstance(found, Decimal) else ZERO


def _by(page: ReportPage, name: str, key: str) -> dict[str, Decimal]:
    """The sums of a column by the words in another."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    at, of = _column(page, name), _column(page, key)
    for row in page.rows:
        amount = row[of]
        found[str(row[at])] += amount if isinstance(amount, Decimal) else ZERO
    return {words: amount for words, amount in found.items() if amount}


@pytest.mark.parametrize("month", MONTHS)
def test_a_months_budget_says_the_cost_of_its_review(sample_office: Office, month: str) -> None:
    review = _review(sample_office, month)
    state = sample_office.ask(costing.list_budget_state, month=month)
    rows = {row.place.category_id: row for row in state.rows}
    assert rows[0].actual == review.bridge.end
    assert {key: row.actual for key, row in rows.items() if row.place.category_id and row.actual} == {
        line.key: line.bridge.end for line in review.by_category if line.bridge.end and line.key
    }
    assert {line.category_id: (line.budget, line.cost) for line in review.budget} == {
        key: (row.budget, row.actual) for key, row in rows.items() if row.budget is not None
    }
    grid = sample_office.ask(costing.list_budgets, first=month, count=1)
    assert {row.place.category_id: row.cells[0].actual for row in grid.rows if row.cells[0].actual} == {
        key: row.actual for key, row in rows.items() if row.actual
    }
    if review.estimate is not None:
        assert rows[0].expected == review.estimate.cost


def test_today_says_what_review_budget_and_stock_say(sample_office: Office) -> None:
    review = _review(sample_office, RUNNING)
    figure = sample_office.ask(reports.get_today_budget).figure
    whole = sample_office.ask(costing.list_budget_state, month=RUNNING).whole
    assert figure is not None
    assert (figure.amount, figure.beside, figure.expected) == (whole.actual, whole.budget, whole.expected)
    assert figure.amount == review.bridge.end
    figures = {one.kind: one for one in sample_office.ask(reports.get_today).figures}
    worth = figures[FigureKind.STOCK_VALUE].amount
    assert worth == review.review.total.value("closing")
    for name, key in (("stock-value", "value"), ("stock-by-category", "stock_value")):
        assert _total(_report(sample_office, name, Span()), key) == worth


@pytest.mark.parametrize("month", MONTHS)
def test_stock_at_a_months_end_is_one_value(sample_office: Office, month: str) -> None:
    review = _review(sample_office, month)
    closing = review.review.total.value("closing")
    for name, key in (("stock-value", "value"), ("stock-by-category", "stock_value")):
        assert _total(_report(sample_office, name, Span(end=review.review.end)), key) == closing
    row = next(one for one in sample_office.ask(costing.list_months) if one.month == month)
    if row.state is MonthState.CLOSED:
        assert (row.closing_value, row.usage) == (closing, review.review.total.value("usage"))


@pytest.mark.parametrize("month", MONTHS)
def test_what_is_not_invoiced_is_one_amount(sample_office: Office, month: str) -> None:
    review = _review(sample_office, month)
    total = review.accruals.total
    assert sum((row.amount for row in review.accruals.suppliers), ZERO) == total
    receipts = sample_office.ask(costing.list_accrued_receipts, month=month)
    assert (sum((row.amount for row in receipts), ZERO), len(receipts)) == (total, review.accruals.receipts)
    assert _total(_report(sample_office, "month-accruals", _whole(review)), "value") == total
    open_then = _report(sample_office, "goods-received-not-invoiced", Span(end=review.review.end))
    assert _total(open_then, "value") == total
    suppliers = {row.supplier.zh: row.amount for row in review.accruals.suppliers}
    assert _by(open_then, "supplier", "value") == suppliers
    paper = sample_office.ask(costing.get_month_pack, month=month, language="zh")
    tiles = next(block for block in paper.body if isinstance(block, Tiles)).tiles
    assert total in [tile.value for tile in tiles]
    if month == RUNNING:
        assert sum((row.not_invoiced for row in sample_office.ask(purchasing.list_not_invoiced)), ZERO) == total
    if month == OPEN:
        checks = sample_office.ask(costing.list_month_checks, month=month).checks
        assert next(one.amount for one in checks if one.kind is CheckKind.NOT_INVOICED) == total


@pytest.mark.parametrize("style", list(AccrualStyle))
def test_the_lines_an_accountant_books_come_to_what_is_not_invoiced(sample_office: Office, style: AccrualStyle) -> None:
    """Estimated and taken back, from the first month on: what is left at each month's end is what the review says."""
    left = ZERO
    for row in sorted(sample_office.ask(costing.list_months), key=lambda one: one.month):
        lines = sample_office.ask(costing.list_accrual_lines, month=row.month, style=style)
        left += sum((line.amount for line in lines if row.first <= line.on <= row.last), ZERO)
        assert left == _review(sample_office, row.month).accruals.total, row.month


@pytest.mark.parametrize("month", MONTHS)
def test_waste_is_one_amount_by_reason_item_category_and_place(sample_office: Office, month: str) -> None:
    review = _review(sample_office, month)
    total = review.review.total.value("waste")
    assert sum((row.value for row in review.review.waste), ZERO) == total
    assert sum((row.waste for row in review.sections), ZERO) == total
    span = _whole(review)
    for name, key in (
        ("waste-by-reason", "value"), ("waste-log", "cost"), ("waste-by-item", "value"), ("waste-by-category", "value"),
        ("waste-by-location", "value"), ("waste-by-person", "value"), ("waste-by-stage", "value"),
    ):  # fmt: skip
        assert _total(_report(sample_office, name, span), key) == total, name
    reasons = _report(sample_office, "waste-by-reason", span)
    assert _by(reasons, "reason", "value") == {row.title("zh"): row.value for row in review.review.waste if row.value}


@pytest.mark.parametrize("month", MONTHS)
def test_usage_purchases_and_the_bridge_are_those_of_the_review(sample_office: Office, month: str) -> None:
    review = _review(sample_office, month)
    total, span = review.review.total, _whole(review)
    assert review.bridge.end == total.value("usage") + total.value("waste") - total.value("adjustments")
    expected: dict[str, tuple[str, Decimal]] = {
        "usage-by-item": ("value", total.value("usage")),
        "usage-by-category": ("value", total.value("usage")),
        "usage-by-department": ("value", total.value("usage")),
        "usage-by-day": ("value", total.value("usage")),
        "purchases-by-item": ("value", total.value("receipts")),
        "purchases-by-category": ("value", total.value("receipts")),
        "purchases-by-supplier": ("value", total.value("receipts")),
        "month-review": ("closing_value", total.value("closing")),
        "cost-bridge": ("cost", review.bridge.end),
    }
    for name, (key, amount) in expected.items():
        assert _total(_report(sample_office, name, span), key) == amount, name
    known = sum((row.effect for row in _movers(sample_office, month) if not row.is_from_stock), ZERO)
    assert _total(_report(sample_office, "price-movers", span), "effect") == known


def _movers(office: Office, month: str) -> Any:
    return office.ask(costing.list_price_movers, month=month, limit=100_000).rows


def test_head_figures_are_what_stands_in_their_lists(sample_office: Office) -> None:
    review = _review(sample_office, OPEN)
    amounts = {figure.key: figure.amount for figure in review.figures}
    counts = review.review.count_loss - review.review.count_gain
    assert amounts[FigureKey.COUNTS] == counts
    assert amounts[FigureKey.OTHER] == -review.review.total.value("adjustments") - counts
    assert amounts[FigureKey.COST] == sum((row.cost for row in review.sections), ZERO)
    assert sum((row.value for row in sample_office.ask(costing.list_dead_stock, month=OPEN)), ZERO) == review.dead.value
