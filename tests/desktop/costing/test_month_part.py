"""What the review shows of a month: summary, bridge, prices, goods that do not move, accruals, budget; all of it opens."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core import costing
from core.costing import PARTS, Against, Bridge, BridgePart, BudgetCell, Days, Figure, FigureKey
from core.i18n import _
from core.office import Office
from desktop.context import AppContext
from desktop.costing.explain.bridge import BridgeLine, bridge_columns
from desktop.costing.explain.sheet import table_sheet
from desktop.costing.explain.summary import linked
from desktop.costing.month_part import MONTH_TABS, month_of
from desktop.costing.review_page import FIRST_MONTH, ReviewPage
from desktop.printing.list_file import write_sheet
from desktop.theme import Meaning
from desktop.widgets import WhyPanel
from desktop.widgets.table.columns import make_cell
from tests.core.costing.house import Room
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

MARCH = "2026-03"


@pytest.fixture
def page(room: Room, context: AppContext, shown: Shown) -> ReviewPage:
    return shown(ReviewPage(context, tab="bridge"))  # type: ignore[no-any-return]


def seen(page: ReviewPage) -> list[bool]:
    return [page.tabs.isTabVisible(at) for at in range(FIRST_MONTH, page.tabs.count())]


def opened(page: ReviewPage, settled: Settled) -> WhyPanel:
    settled()
    panel = page.panel()
    assert isinstance(panel, WhyPanel)
    assert panel.agrees()
    return panel


def test_a_period_is_a_month_when_it_is_one() -> None:
    today = date(2026, 3, 4)
    assert month_of(Days(date(2026, 2, 1), date(2026, 2, 28)), today) == "2026-02"
    assert month_of(Days(date(2026, 3, 1), today), today) == MARCH
    assert month_of(Days(date(2026, 2, 1), date(2026, 2, 27)), today) == ""
    assert month_of(Days(date(2026, 1, 1), date(2026, 2, 28)), today) == ""


def test_the_parts_of_a_month_are_there_for_a_month_only(page: ReviewPage, settled: Settled) -> None:
    assert page.tabs.currentWidget() is page.month.bridge
    assert all(seen(page))
    assert page.month.summary.words()[0].startswith("2026-03 has cost")
    page.period.choose(Days(date(2026, 2, 15), date(2026, 3, 2)))
    settled()
    assert not any(seen(page))
    assert not page.month.summary.isVisible()


def test_every_figure_of_every_part_opens(page: ReviewPage, settled: Settled) -> None:
    found = 0
    for at in range(3):
        page.month.bridge.choose(at)
        found += _open_all(page, page.month.bridge.table, settled)
    for part in (page.month.movers, page.month.dead, page.month.accruals, page.month.budget):
        found += _open_all(page, part.table, settled)
    assert found > 10


def _open_all(page: ReviewPage, table: Any, settled: Settled) -> int:
    """Opens each figure, which must agree with its entries; answers how many there were."""
    keys = [column.key for column in table.columns if column.why]
    figures = [(n, key) for n in range(table.total()) for key in keys]
    for n, key in figures:
        table.why_requested.emit(table.row_at(n), key)
        opened(page, settled)
    return len(figures)


def test_the_bridge_by_item_sums_to_the_whole(page: ReviewPage) -> None:
    page.month.bridge.choose(2)
    review = page.month.review
    assert review is not None
    lines = page.month.bridge.table.rows
    assert sum((line.bridge.end for line in lines), Decimal(0)) == review.bridge.end
    assert page.month.bridge.chart.labels()[0][0] == "2026-02"
    assert page.month.bridge.chart.labels()[-1][0] == MARCH


def test_what_costs_less_is_good_in_the_table_as_in_the_chart() -> None:
    columns = {column.key: column for column in bridge_columns(_("Item"))}
    for start, end, look in ((500, 200, Meaning.GOOD), (200, 500, Meaning.PLAIN)):
        steps = tuple(end - start if part is BridgePart.PRICE else 0 for part in PARTS)
        line = BridgeLine("", "", Bridge(start, steps, end, 2), Figure(FigureKey.COST, MARCH))
        found = [make_cell(columns[key], line).meaning for key in (str(BridgePart.PRICE), "change", "ratio")]
        assert found == [look] * 3


def test_a_figure_opens_step_by_step_and_esc_goes_back_one(
    page: ReviewPage, settled: Settled, shell: NotingShell
) -> None:
    page.month.summary.open(0)
    titles = []
    for _step in range(3):
        panel = opened(page, settled)
        titles.append(panel.table.total())
        panel.table.row_activated.emit(panel.table.row_at(0))
    settled()
    opened(page, settled)
    page.escape()
    opened(page, settled)
    page.escape()
    opened(page, settled)
    page.escape()
    settled()
    page.escape()
    settled()
    assert page.panel() is None


def test_a_month_is_compared_with_its_budget(
    page: ReviewPage, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    office_here.do(costing.set_budgets, cells=[BudgetCell(MARCH, 0, Decimal(100))])
    page.month.compare(Against.BUDGET)
    settled()
    assert page.month.bridge.chart.labels()[0] == ("Budget", "100.00")
    assert page.month.budget.table.words_at(0, "budget") == "100.00"
    page.month.bridge.chart.picked.emit("start")
    assert shell.went[-1] == ("month_end.budgets", {"month": MARCH})


def test_the_estimate_of_the_running_month_is_explained(page: ReviewPage, settled: Settled) -> None:
    review = page.month.review
    assert review is not None and review.estimate is not None
    at = next(n for n, one in enumerate(review.summary) if any(f.key == "estimate" for f in one.figures))
    page.month.drill.open(review.summary[at].figures[0])
    panel = page.panel()
    assert panel is not None
    assert nameless_controls(page) == []


def test_accruals_stand_in_both_styles(page: ReviewPage, settled: Settled) -> None:
    page.month.choose("accruals")
    for at in range(4):
        page.month.accruals.choose(at)
        settled()
    assert page.error_text() == ""


def test_a_part_is_saved_as_a_list(page: ReviewPage, tmp_path: Path) -> None:
    table = page.month.bridge.table
    title = MONTH_TABS[0][1]
    write_sheet(table_sheet(title, table)(), tmp_path / "bridge.csv", "en")
    rows = list(csv.reader((tmp_path / "bridge.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:2] == ["Category", "Before (¥)"] or rows[0][0] == "Category"
    assert len(rows) >= table.total() + 1


def test_without_the_right_there_is_no_month(
    room: Room, context: AppContext, shown: Shown, sign_in_without_costs: Callable[[], None]
) -> None:
    sign_in_without_costs()
    page: ReviewPage = shown(ReviewPage(context))
    assert not any(seen(page))


def test_each_number_of_a_sentence_is_a_link_once() -> None:
    words = linked(
        "A cost ¥10.00, ¥1.00 more & less than ¥10.00", 0, [("¥1.00", 1), ("¥10.00", 0), ("¥10.00", 2)], "#000"
    )
    assert words.count("<a ") == 3
    assert 'href="0/1"' in words and 'href="0/0"' in words and 'href="0/2"' in words
    assert "&amp;" in words
