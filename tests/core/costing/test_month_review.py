"""The month's review on the sample site: everything adds up, and every figure opens into what sums to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from core import costing, purchasing
from core.costing import Against, Bridge, Figure, FigureKey, MonthReview
from core.costing.rules.months import Month
from core.errors import InvalidInput
from core.office import Office

FEBRUARY, MARCH = "2026-02", "2026-03"


@pytest.fixture
def february(sample_office: Office) -> MonthReview:
    found: MonthReview = sample_office.ask(costing.get_month_review, month=FEBRUARY)
    return found


def _adds_up(bridge: Bridge) -> bool:
    return bridge.start_minor + sum(bridge.steps) == bridge.end_minor


def _sum(bridges: Iterable[Bridge]) -> tuple[int, ...]:
    rows = [(one.start_minor, *one.steps, one.end_minor) for one in bridges]
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _parts(office: Office, figure: Figure) -> list[costing.FigurePart]:
    parts: list[costing.FigurePart] = office.ask(costing.list_figure_parts, figure=figure, limit=10_000)
    return parts


def _entries_sum(office: Office, figure: Figure) -> Decimal:
    return sum((one.amount for one in office.ask(costing.list_figure_entries, figure=figure)), Decimal(0))


def test_every_bridge_adds_up_and_items_sections_and_categories_sum_to_the_whole(february: MonthReview) -> None:
    whole = _sum([february.bridge])
    items = [one.bridge for one in february.by_item]
    sections = [one.bridge for one in february.by_section]
    roots = [one.bridge for one in february.by_category if one.depth == 0]
    assert all(map(_adds_up, [february.bridge, *items, *sections, *(one.bridge for one in february.by_category)]))
    assert _sum(items) == _sum(sections) == _sum(roots) == whole
    assert len(sections) > 5 and february.bridge.end_minor > 0


def test_the_bridge_goes_from_one_review_to_the_other(february: MonthReview) -> None:
    for review, cost in ((february.before, february.bridge.start), (february.review, february.bridge.end)):
        total = review.total
        assert total.value("usage") + total.value("waste") - total.value("adjustments") == cost
    assert sum(row.cost_minor for row in february.sections) == february.bridge.end_minor
    assert sum(row.before_minor for row in february.sections) == february.bridge.start_minor


def test_the_reviews_are_those_of_the_two_months(sample_office: Office, february: MonthReview) -> None:
    for month, found in ((Month(2026, 2), february.review), (Month(2026, 1), february.before)):
        site = sample_office.site
        start, end = costing.period_moments(month.days, site.zone, site.day_start_hour)
        assert sample_office.ask(costing.get_review, start=start, end=end) == found


def test_every_head_figure_opens_into_parts_that_sum_to_it(sample_office: Office, february: MonthReview) -> None:
    for figure in february.figures:
        assert sum((part.amount for part in _parts(sample_office, figure)), Decimal(0)) == figure.amount, figure.key


@pytest.mark.parametrize("key", list(FigureKey))
def test_a_figure_of_an_item_opens_into_entries_that_sum_to_it(sample_office: Office, key: FigureKey) -> None:
    whole = Figure(key, FEBRUARY, days=90 if key is FigureKey.DEAD else None)
    for part in _parts(sample_office, whole)[:3]:
        assert part.figure is not None
        assert _entries_sum(sample_office, part.figure) == part.amount, part
        for deeper in _parts(sample_office, part.figure):
            assert deeper.figure is not None
            assert _entries_sum(sample_office, deeper.figure) == deeper.amount, deeper


def test_head_figures_open_into_entries_that_sum_to_them(sample_office: Office, february: MonthReview) -> None:
    for figure in february.figures:
        assert _entries_sum(sample_office, figure) == figure.amount, figure.key


def test_sections_and_categories_open_into_entries_that_sum_to_them(
    sample_office: Office, february: MonthReview
) -> None:
    for row in february.by_section[:4]:
        for key, amount in ((FigureKey.COST, row.bridge.end), (FigureKey.CHANGE, row.bridge.change)):
            assert _entries_sum(sample_office, Figure(key, FEBRUARY, section=row.section.key)) == amount
        for part in (FigureKey.PRICE, FigureKey.QUANTITY, FigureKey.MIX):
            figure = Figure(part, FEBRUARY, section=row.section.key)
            said = row.bridge.amount(costing.BridgePart(part.value))
            assert _entries_sum(sample_office, figure) == said
            assert sum((one.amount for one in _parts(sample_office, figure)), Decimal(0)) == said
    for branch in february.by_category[:4]:
        figure = Figure(FigureKey.CHANGE, FEBRUARY, category_id=branch.key)
        assert _entries_sum(sample_office, figure) == branch.bridge.change
        for key in (FigureKey.MOVER, FigureKey.CLOSING):
            figure = Figure(key, FEBRUARY, category_id=branch.key)
            parts = sum((one.amount for one in _parts(sample_office, figure)), Decimal(0))
            assert _entries_sum(sample_office, figure) == parts


def test_waste_of_a_reason_opens_into_its_entries(sample_office: Office, february: MonthReview) -> None:
    for row in february.review.waste:
        figure = Figure(FigureKey.WASTE, FEBRUARY, reason=row.reason)
        assert _entries_sum(sample_office, figure) == row.value


def test_what_stands_beyond_the_limit_is_one_line(sample_office: Office) -> None:
    figure = Figure(FigureKey.COST, FEBRUARY)
    few = sample_office.ask(costing.list_figure_entries, figure=figure, limit=5)
    parts = sample_office.ask(costing.list_figure_parts, figure=figure, limit=5)
    assert len(few) == len(parts) == 6 and few[-1].count > 1
    assert sum(one.amount for one in few) == sum(one.amount for one in parts)


def test_the_summary_speaks_of_the_month_in_both_languages(february: MonthReview) -> None:
    assert 2 <= len(february.summary) <= 8
    assert february.summary[0].text.render("en").startswith("2026-02 cost ¥")
    assert february.summary[0].text.render("zh").startswith("2026-02")
    assert all(one.text.render("zh") != one.text.render("en") for one in february.summary)


def test_accruals_are_what_is_not_invoiced_at_the_end(sample_office: Office, february: MonthReview) -> None:
    accruals = february.accruals
    waiting = sample_office.ask(purchasing.list_not_invoiced, as_of=february.review.end)
    before = sample_office.ask(purchasing.list_not_invoiced, as_of=february.before.end)
    assert accruals.total == sum(row.not_invoiced for row in waiting) > 0
    assert accruals.before == sum(row.not_invoiced for row in before)
    receipts = sample_office.ask(costing.list_accrued_receipts, month=FEBRUARY)
    assert sum(row.amount for row in receipts) == accruals.total and len(receipts) == accruals.receipts


@pytest.mark.parametrize("style", list(costing.AccrualStyle))
def test_both_styles_come_to_what_is_open_at_the_end(sample_office: Office, style: costing.AccrualStyle) -> None:
    total, documents = Decimal(0), set()
    for month in ("2025-12", "2026-01", FEBRUARY, MARCH):
        lines = sample_office.ask(costing.list_accrual_lines, month=month, style=style)
        total += sum((line.amount for line in lines), Decimal(0))
        documents |= {line.document for line in lines}
        assert total == sample_office.ask(costing.get_accruals, month=month).total
    assert any(documents) is (style is costing.AccrualStyle.ON_INVOICE)


def test_the_running_month_is_compared_with_as_many_days_and_estimated(sample_office: Office) -> None:
    found = sample_office.ask(costing.get_month_review, month=MARCH)
    assert found.is_running and found.estimate is not None
    for figure in found.summary[0].figures:
        assert _entries_sum(sample_office, figure) == figure.amount, figure
        assert sum((part.amount for part in _parts(sample_office, figure)), Decimal(0)) == figure.amount, figure
    estimate = found.estimate
    assert (
        estimate.opening
        + estimate.purchases
        + estimate.purchases_to_come
        - estimate.usage_to_come
        - (
            found.review.total.value("opening")
            + found.review.total.value("receipts")
            - found.review.total.value("closing")
        )
        == estimate.closing
    )
    assert estimate.low is not None and estimate.high is not None
    assert found.bridge.end < estimate.low <= estimate.cost <= estimate.high
    assert found.before.end - found.before.start == found.review.end - found.review.start
    assert sum((part.amount for part in _parts(sample_office, Figure(FigureKey.COST, MARCH))), Decimal(0)) == (
        found.bridge.end
    )


def test_against_a_year_ago_without_figures_all_is_new(sample_office: Office) -> None:
    found = sample_office.ask(costing.get_month_review, month=FEBRUARY, against=Against.LAST_YEAR)
    assert found.compared == "2025-02" and found.bridge.start == 0 and _adds_up(found.bridge)


def test_against_the_budget_the_bridge_starts_from_it(sample_office: Office, february: MonthReview) -> None:
    root = next(one for one in february.by_category if one.has_children)
    stated = sample_office.ask(costing.list_budget_state, month=FEBRUARY).rows
    there = [row for row in stated if row.budget is not None and not row.is_sum]
    away = tuple(costing.BudgetCell(FEBRUARY, row.place.category_id, None, row.budget) for row in there)
    sample_office.do(costing.set_budgets, cells=away)
    cells = (
        costing.BudgetCell(FEBRUARY, root.key, Decimal("50000.00")),
        costing.BudgetCell(FEBRUARY, 0, Decimal("90000.00")),
    )
    sample_office.do(costing.set_budgets, cells=cells)
    found = sample_office.ask(costing.get_month_review, month=FEBRUARY, against=Against.BUDGET)
    assert found.bridge.start == Decimal("90000.00") and found.bridge.end == february.bridge.end
    assert all(_adds_up(one.bridge) for one in found.by_category) and _adds_up(found.bridge)
    assert [line.category_id for line in found.budget] == [0, root.key]
    assert found.budget[1].cost == root.bridge.end
    for category_id, line in ((None, found.budget[0]), (root.key, found.budget[1])):
        figure = Figure(FigureKey.CHANGE, FEBRUARY, Against.BUDGET, category_id=category_id)
        assert _entries_sum(sample_office, figure) == line.over
        assert sum((part.amount for part in _parts(sample_office, figure)), Decimal(0)) == line.over


def test_lists_of_movers_and_dead_stock_are_those_of_the_review(sample_office: Office, february: MonthReview) -> None:
    movers = sample_office.ask(costing.list_price_movers, month=FEBRUARY)
    assert movers.rows[:50] == february.movers.rows and movers.effect == february.movers.effect
    assert sum(one.effect for one in movers.rows) == movers.effect
    dead = sample_office.ask(costing.list_dead_stock, month=FEBRUARY)
    assert sum((one.value for one in dead), Decimal(0)) == february.dead.value


def test_a_month_that_is_none_or_has_not_begun_is_refused(sample_office: Office) -> None:
    for month in ("2026-13", "2026-05"):
        with pytest.raises(InvalidInput):
            sample_office.ask(costing.get_month_review, month=month)


def test_a_column_in_a_section_and_dead_stock_of_all_have_no_entries(sample_office: Office) -> None:
    opening = Figure(FigureKey.OPENING, FEBRUARY, section="a1")
    for figure in (opening, replace(opening, key=FigureKey.DEAD, section=None)):
        with pytest.raises(InvalidInput):
            sample_office.ask(costing.list_figure_entries, figure=figure)


def test_closed_months_explain_the_same(sample_office: Office, february: MonthReview) -> None:
    sample_office.do(costing.close_month, month=FEBRUARY, confirmed=frozenset({"open_checks"}))
    found = sample_office.ask(costing.get_month_review, month=FEBRUARY)
    assert found.review == february.review and found.before == february.before
    assert found.bridge == february.bridge and found.by_item == february.by_item
    assert found.by_section == february.by_section and found.summary == february.summary
    march = sample_office.ask(costing.get_month_review, month=MARCH)
    assert march.review.ties and _adds_up(march.bridge)
