"""The months in the window: state, papers again, reopening with a reason, what became different; accounts and journals."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from core import costing
from core.clock import FixedClock
from core.costing import BookLayout, MonthRow, MonthState
from core.office import Office
from core.stock import NewLine
from core.words import AccountUse
from db.enums import PostingKind as K
from desktop.context import AppContext
from desktop.costing.books.page import BooksPage
from desktop.costing.months.many import UpToPanel
from desktop.costing.months.page import MonthsPage
from desktop.costing.months.panels import DifferencesPanel, MonthPanel, ReopenPanel
from desktop.widgets import Button, FormPanel
from tests.core.costing.closing import IN_APRIL, MARCH, close
from tests.core.costing.house import Room
from tests.desktop.conftest import Questions, Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls


@pytest.fixture
def closed(room: Room, office_here: Office, clock: FixedClock) -> Room:
    """April: all months before it are closed."""
    clock.at = IN_APRIL
    for row in reversed(office_here.ask(costing.list_months)):
        if row.month <= MARCH:
            close(office_here, row.month)
    return room


@pytest.fixture
def page(closed: Room, context: AppContext, shown: Shown) -> MonthsPage:
    return shown(MonthsPage(context, month=MARCH))  # type: ignore[no-any-return]


@pytest.fixture
def books(closed: Room, context: AppContext, shown: Shown) -> BooksPage:
    return shown(BooksPage(context))  # type: ignore[no-any-return]


def buttons(page: MonthsPage) -> dict[str, Button]:
    panel = page.panel()
    assert isinstance(panel, MonthPanel)
    return {button.text(): button for button in panel.findChildren(Button)}


def test_each_month_says_where_it_stands_and_what_it_stored(page: MonthsPage) -> None:
    states = [page.table.words_at(at, "state") for at in range(page.table.total())]
    assert states[:2] == ["Running", "Month closed"]
    assert page.table.words_at(1, "closed_by") != ""
    panel = page.panel()
    assert isinstance(panel, MonthPanel)
    assert {"Preview the pack", "Workbook…", "Sealed file…", "Journal", "Differences since", "Reopen…"} <= set(
        buttons(page)
    )
    assert nameless_controls(page) == []


def test_reopening_needs_a_reason_and_shows_what_became_different(
    page: MonthsPage, settled: Settled, office_here: Office, closed: Room, clock: FixedClock, shell: NotingShell
) -> None:
    _reopen(page, settled)
    row = office_here.ask(costing.list_months)[1]
    assert (row.state, row.reason) == (MonthState.REOPENED, "Invoice came late")
    clock.at = IN_APRIL - timedelta(days=12)
    closed.post(K.ISSUE, NewLine(closed.items[0], Decimal(1)))
    clock.at = IN_APRIL
    page.show_differences(row)
    settled()
    panel = page.panel()
    assert isinstance(panel, DifferencesPanel)
    assert panel.entries.total() == 1
    assert {panel.rows.words_at(at, "column") for at in range(panel.rows.total())} >= {"Usage", "Closing"}
    panel.entries.row_activated.emit(panel.entries.row_at(0))
    assert shell.went[-1][0] == "stock.posting"


def _reopen(page: MonthsPage, settled: Settled) -> None:
    buttons(page)["Reopen…"].click()
    panel = page.panel()
    assert isinstance(panel, ReopenPanel)
    panel.save()
    settled()
    assert isinstance(page.panel(), ReopenPanel), "a reason is needed"
    panel.form.set_values({"reason": "Invoice came late"})
    panel.save()
    settled()


def test_all_months_that_are_over_are_closed_after_one_question(
    page: MonthsPage, settled: Settled, office_here: Office, clock: FixedClock, shell: NotingShell
) -> None:
    page.close_all()
    assert shell.said[-1] == "All months that are over are closed."
    clock.at = IN_APRIL + timedelta(days=60)
    page.reload()
    settled()
    row = next(row for row in page.table.rows if row.month == "2026-04")
    page.open_month(row)
    settled()
    page.close_up_to(page.table.rows[1])
    panel = page.panel()
    assert isinstance(panel, UpToPanel)
    panel.form.set_values({"is_sure": False})
    panel.save()
    settled()
    assert "Stopped at 2026-04" in page.closer.notice.text()
    page.closer.notice.buttons()[0].click()
    assert shell.went[-1] == ("month_end.close", {"month": "2026-04"})
    page.close_all()
    panel = page.panel()
    assert isinstance(panel, UpToPanel)
    panel.form.set_values({"is_sure": True})
    panel.save()
    settled()
    assert page.closer.notice.text() == "2 months are closed."
    assert [row.state for row in office_here.ask(costing.list_months)][:2] == [MonthState.RUNNING, MonthState.CLOSED]


def test_every_closing_of_a_month_stands_beside_it(
    page: MonthsPage, settled: Settled, office_here: Office, clock: FixedClock
) -> None:
    office_here.do(costing.reopen_month, month=MARCH, reason="Invoice came late")
    clock.advance(minutes=1)
    close(office_here, MARCH)
    page.reload()
    settled()
    panel = page.panel()
    assert isinstance(panel, MonthPanel)
    assert panel.closings.total() == 2
    panel.closings.row_activated.emit(panel.closings.row_at(1))
    settled()
    found = page.panel()
    assert isinstance(found, DifferencesPanel)
    assert found.found.following


def test_what_is_read_late_takes_no_panel_away(page: MonthsPage, settled: Settled) -> None:
    row = page.table.current_row()
    assert isinstance(row, MonthRow)
    for go_on, wanted in ((page.show_differences, DifferencesPanel), (page.reopen, ReopenPanel)):
        page.open_month(row)
        settled()
        page.open_month(row)
        go_on(row)
        settled()
        assert isinstance(page.panel(), wanted)
    page.show_differences(row)
    settled()
    assert isinstance(page.panel(), ReopenPanel)


def test_a_month_that_is_unchanged_says_so(page: MonthsPage, settled: Settled) -> None:
    buttons(page)["Differences since"].click()
    settled()
    panel = page.panel()
    assert isinstance(panel, DifferencesPanel)
    assert panel.found.is_same


def test_workbook_and_sealed_file_are_written_again(
    page: MonthsPage, settled: Settled, tmp_path: Path, shell: NotingShell
) -> None:
    page.save(MARCH, tmp_path / "march.xlsx")
    page.save(MARCH, tmp_path / "march.sqlite")
    page.save(MARCH, tmp_path / "march.sqlite")
    settled()
    assert load_workbook(tmp_path / "march.xlsx").sheetnames
    assert costing.check_sealed(tmp_path / "march.sqlite").is_whole
    page.save(MARCH, tmp_path / "no" / "march.xlsx")
    settled()
    assert "cannot be written" in shell.errors[-1]
    page.print_page()
    assert shell.papers[-1].pdf.startswith(b"%PDF")


def test_the_journal_balances_and_its_accounts_are_suggested(books: BooksPage) -> None:
    assert books.chooser.month == MARCH
    assert "debits = credits" in books.balance.text()
    assert books.lines.total() > 0
    assert books.tabs.tabText(1).startswith("Accounts (")
    assert "usual one" in books.head._answer.text()
    assert nameless_controls(books) == []


def test_an_account_is_set_and_all_usual_ones_confirmed(
    books: BooksPage, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    row = next(one for one in books.accounts.rows if one.use is AccountUse.STOCK)
    books.open_account(row)
    panel = books.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"code": "140301", "name": "Food"})
    panel.save()
    settled()
    assert next(one for one in books.accounts.rows if one.use is AccountUse.STOCK).code == "140301"
    books.confirm_usual()
    settled()
    assert not any(one.is_suggestion for one in office_here.ask(costing.list_accounts))
    qtbot.waitUntil(lambda: books.tabs.tabText(1) == "Accounts")


def test_how_journals_are_made_is_set(books: BooksPage, settled: Settled, office_here: Office) -> None:
    books.set_up()
    settled()
    panel = books.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"voucher_word": "GJ"})
    panel.save()
    settled()
    assert office_here.ask(costing.get_book_settings).voucher_word == "GJ"
    assert books.lines.words_at(0, "number").startswith("GJ-")


@pytest.mark.parametrize("layout", list(BookLayout))
def test_the_journal_of_a_closed_month_is_kept_and_handed_over(
    books: BooksPage, settled: Settled, questions: Questions, tmp_path: Path, layout: BookLayout
) -> None:
    made: list[costing.JournalFile] = []
    books._ask_where = made.append  # type: ignore[method-assign, assignment]
    books.layout_choice.set_value(layout)
    books.export()
    settled()
    assert questions.asked and "Nobody has set the accounts" in questions.asked[0]
    assert made[0].is_final
    books.save(made[0], tmp_path / made[0].name)
    settled()
    assert (tmp_path / made[0].name).stat().st_size > 0
    assert books.notice.text().startswith("Saved as")
    assert "does not change" in books.balance.text()
    books.save(made[0], tmp_path / "no" / "x.csv")
    assert "cannot be written" in books.notice.text()
