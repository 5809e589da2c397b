"""Scorecards on screen: the list, one supplier with the lines of a figure, paper and file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.office import Office
from desktop.context import AppContext
from desktop.printing.list_file import save_list
from desktop.purchasing.scorecard.page import ScorecardPage
from desktop.purchasing.scorecard.panel import ScorePanel
from tests.core.catalog.makers import make_item, make_supplier
from tests.core.purchasing.test_scorecards import Books, noon
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls


@pytest.fixture
def books(office_here: Office, sqlite_site: str) -> Books:
    made = Books(sqlite_site, make_supplier(office_here, "绿源农场"), make_item(office_here))
    late = made.order(noon(1), date(2026, 3, 2))
    made.deliver(late, noon(3), qty="6", rejected="1")
    made.deliver(made.order(noon(1), date(2026, 3, 2)), noon(2))
    return made


def test_every_supplier_stands_with_its_figures(context: AppContext, books: Books, shown: Shown) -> None:
    page: ScorecardPage = shown(ScorecardPage(context))
    assert page.table.total() == 1
    assert page.table.words_at(0, "on_time_last") == "50.0 %"
    assert page.table.words_at(0, "lead") == "1.5 ± 0.5"
    assert nameless_controls(page) == []


def test_a_figure_opens_its_lines(context: AppContext, books: Books, shown: Shown, settled: Settled) -> None:
    page: ScorecardPage = shown(ScorecardPage(context))
    page.table.why_requested.emit(page.table.row_at(0), "rejected")
    settled()
    panel = page.panel()
    assert isinstance(panel, ScorePanel)
    assert len(panel.score.lines) == 2
    assert page.detail_title() == "绿源农场"


def test_other_days_and_other_words_narrow_it(
    context: AppContext, books: Books, shown: Shown, settled: Settled, qtbot: QtBot
) -> None:
    page: ScorecardPage = shown(ScorecardPage(context, first_on="2026-01-01", last_on="2026-01-31"))
    assert page.table.total() == 0
    page.chips.set_value("period", "year")
    qtbot.waitUntil(lambda: page.table.total() == 1)
    page._search.setText("nobody")
    qtbot.waitUntil(lambda: page.table.total() == 0)


def test_it_prints_what_is_shown(
    context: AppContext, books: Books, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page: ScorecardPage = shown(ScorecardPage(context))
    page.print_page()
    settled()
    page.open_supplier(books.supplier_id)
    settled()
    page.print_page()
    settled()
    assert [paper.kind for paper in shell.papers] == ["scorecards", "scorecard"]


def test_it_is_saved_as_a_file(
    context: AppContext, books: Books, shown: Shown, settled: Settled, tmp_path: Path
) -> None:
    page: ScorecardPage = shown(ScorecardPage(context))
    target = tmp_path / "scores.csv"
    save_list(context, page, page.prepare_sheet(), target)
    settled()
    assert "绿源农场" in target.read_text(encoding="utf-8-sig")
