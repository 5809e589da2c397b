"""The list of counts, the differences, what to count."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import counting
from core.counting import CountPart
from core.office import Office
from core.words import CountKind, CountState, VarianceReason
from desktop.context import AppContext
from desktop.counting import register
from desktop.counting.counts_page import CountsPage
from desktop.counting.export import write_differences
from desktop.counting.finding import find_counts
from desktop.counting.line_panel import LinePanel
from desktop.counting.plan_page import PlanPage
from desktop.counting.review_page import ReviewPage
from desktop.counting.start_panel import StartPanel
from desktop.shell.places import standard_registry
from desktop.shell.registry import Hit
from desktop.widgets import PageBase, set_language
from tests.desktop.noting import NotingShell

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


@pytest.fixture
def differing(office_here: Office, count_id: int) -> int:
    """A complete count: oil 8 short, rice 1 more, salt as in the book."""
    for line in office_here.ask(counting.list_count_lines, count_id=count_id):
        qty = {"OIL": 40, "RICE": 49, "SALT": 48}[line.code]
        office_here.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(qty)),))
    office_here.do(counting.complete_count, count_id=count_id)
    return count_id


@pytest.fixture
def review(context: AppContext, differing: int, shown: Shown) -> ReviewPage:
    return shown(ReviewPage(context, count_id=differing))  # type: ignore[no-any-return]


def _note(page: ReviewPage) -> str:
    row = page.table.row_at(0)
    return "" if row is None else str(row.note)


def _state(office: Office, count_id: int) -> CountState:
    return office.ask(counting.get_count, count_id=count_id).row.state


def test_everything_is_registered_once() -> None:
    registry = standard_registry()
    register(registry)
    assert {"stock.counts", "stock.count", "stock.count_review", "stock.count_plan"} <= {
        page.route for page in registry.pages
    }


def test_an_empty_list_says_how_to_begin(context: AppContext, shown: Shown) -> None:
    page = shown(CountsPage(context))
    assert page.table.total() == 0
    assert page._stack.currentWidget() is page._nothing


def test_the_list_says_how_far_each_count_is(context: AppContext, count_id: int, shown: Shown) -> None:
    page = shown(CountsPage(context))
    assert page.table.words_at(0, "progress") == "0 / 3"
    assert page.table.words_at(0, "state") == "Counting"
    set_language("zh")
    assert page.table.words_at(0, "state") == "盘点中"
    page.chips.set_value("kind", CountKind.SPOT)
    assert page.table.total() == 0


def test_one_key_opens_the_count_that_goes_on(
    context: AppContext, count_id: int, shown: Shown, shell: NotingShell
) -> None:
    shown(CountsPage(context, is_continuing=True))
    assert shell.went == [("stock.count", {"count_id": count_id})]


def test_a_count_is_started_from_the_form(
    context: AppContext, items: dict[str, int], office_here: Office, shown: Shown, shell: NotingShell, qtbot: QtBot
) -> None:
    page = shown(CountsPage(context, is_starting=True))
    panel = page.panel()
    assert isinstance(panel, StartPanel)
    panel.form.editor("kind").set_value(CountKind.FULL)
    panel.form.editor("is_blind").set_value(False)
    panel._on_changed()
    qtbot.waitUntil(lambda: "3 lines" in panel._plan_words.text())
    panel.start()
    qtbot.waitUntil(lambda: bool(shell.went))
    row = office_here.ask(counting.list_counts)[0]
    assert (row.kind, row.is_blind, row.lines) == (CountKind.FULL, False, 3)


def test_why_a_count_cannot_start_is_said_in_the_form(context: AppContext, shown: Shown, settled: Settled) -> None:
    page = shown(CountsPage(context, is_starting=True))
    panel = page.panel()
    panel.start()
    settled()
    assert "Nothing is due" in panel.form.editor("location_ids").error()
    assert panel.start_button.isEnabled()


def test_differences_stand_in_money_order(review: ReviewPage) -> None:
    names = [review.table.words_at(number, "name") for number in range(review.table.total())]
    assert names == ["Olive oil", "Rice"]
    assert review.table.words_at(0, "value") == "−80.00"
    assert review.table.words_at(0, "state") == "Count again"
    assert review.table.words_at(1, "state") == "Within tolerance"


def test_a_digit_gives_the_reason_and_f9_posts(
    review: ReviewPage, office_here: Office, differing: int, settled: Settled, shell: NotingShell, qtbot: QtBot
) -> None:
    review.table.select_row(0)
    QTest.keyClicks(review.table, "2")
    qtbot.waitUntil(lambda: review.table.words_at(0, "state") == "Issue not entered")
    QTest.keyClick(review, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: _state(office_here, differing) is CountState.TO_APPROVE)
    qtbot.waitUntil(lambda: "Approve" in str(review.head.primary_words()))
    settled()
    QTest.keyClick(review, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(shell.postings))
    assert shell.postings[0].undo is not None
    assert _state(office_here, differing) is CountState.POSTED


def test_what_is_left_to_settle_is_said(review: ReviewPage, settled: Settled) -> None:
    review.complete()
    settled()
    assert "Olive oil" in review._notice.text() or "橄榄油" in review._notice.text()
    row = review.table.current_row()
    assert row is not None
    assert row.code == "OIL"


def test_a_line_shows_how_the_book_came_to_it(
    review: ReviewPage, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    row = review.table.row_at(0)
    assert row is not None
    review.open_line(row)
    panel = review.panel()
    assert isinstance(panel, LinePanel)
    settled()
    assert panel._story.count() == 2
    assert panel._tallies.count() == 1
    panel.reason_chosen.emit(VarianceReason.THEFT, "夜里")
    qtbot.waitUntil(lambda: _note(review) == "夜里")


def test_lines_are_sent_to_be_counted_again(
    review: ReviewPage, office_here: Office, differing: int, settled: Settled, qtbot: QtBot
) -> None:
    review.table.select_row(1)
    QTest.keyClicks(review.table, "r")
    qtbot.waitUntil(lambda: review.table.words_at(1, "state") == "Count again")
    assert sum(line.needs_recount for line in office_here.ask(counting.list_count_lines, count_id=differing)) == 2


def test_differences_are_saved_as_a_file(
    context: AppContext, review: ReviewPage, differing: int, settled: Settled, shell: NotingShell, tmp_path: Path
) -> None:
    for name in ("differences.xlsx", "differences.csv"):
        write_differences(context, review, differing, tmp_path / name)
        settled()
        assert (tmp_path / name).stat().st_size > 100
    write_differences(context, review, differing, tmp_path / "missing" / "d.csv")
    settled()
    assert len(shell.said) == 2
    assert "d.csv" in shell.errors[0]


def test_the_riskiest_lines_are_counted_by_one_key(
    context: AppContext, items: dict[str, int], shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page = shown(PlanPage(context))
    assert page.risks.total() == 3
    assert page.risks.words_at(0, "days") == "Never"
    page.primary()
    settled()
    assert shell.went[0][0] == "stock.count"


def test_key_items_and_tolerances_are_set(
    context: AppContext, items: dict[str, int], office_here: Office, shown: Shown, settled: Settled, qtbot: QtBot
) -> None:
    office_here.do(counting.mark_key_items, item_ids=(items["OIL"],))
    page = shown(PlanPage(context))
    page.keys_table.select_row(0)
    page.toggle_key()
    settled()
    assert not any(row.is_key for row in office_here.ask(counting.list_key_items))
    page.set_tolerance()
    panel = page.panel()
    panel.form.editor("abc_class").set_value("A")
    panel.save()
    qtbot.waitUntil(lambda: page.tolerances.total() == 1)
    assert page.tolerances.words_at(0, "what") == "Class A"
    page.remove_tolerance(page.tolerances.row_at(0))
    qtbot.waitUntil(lambda: page.tolerances.total() == 0)


def test_the_number_on_a_printed_sheet_finds_its_count(
    context: AppContext, count_id: int, shown: Shown, shell: NotingShell, qtbot: QtBot
) -> None:
    page = shown(CountsPage(context))
    hits: list[list[Hit]] = []
    find_counts(context, page, "cs-2026-000001", hits.append)
    qtbot.waitUntil(lambda: bool(hits))
    hits[0][0].run()
    assert shell.went == [("stock.count", {"count_id": count_id})]
    find_counts(context, page, "salt", hits.append)
    assert hits[1] == []
