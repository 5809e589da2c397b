"""Closing a month in the window: the checklist that turns green, what mends each check, the three keys, the papers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from core import costing
from core.clock import FixedClock
from core.costing import Against, CheckKind, CheckLevel, FigureKey, MonthCheck, MonthState
from core.i18n import _
from core.office import Office
from core.stock import NewLine
from db.enums import PostingKind as K
from desktop.context import AppContext
from desktop.costing.close.files import FOLDER
from desktop.costing.close.lines import LinesPanel
from desktop.costing.close.page import ClosePage
from desktop.costing.close.routes import list_way
from desktop.costing.close.rows import CLOSE
from desktop.widgets import WhyPanel
from tests.core.costing.closing import IN_APRIL, IN_MAY, MARCH, close
from tests.core.costing.house import Room
from tests.desktop.conftest import Questions, Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

D = Decimal


@pytest.fixture
def room_in_april(room: Room, office_here: Office, clock: FixedClock) -> Room:
    """April: January and February are closed, March is over."""
    clock.at = IN_APRIL
    for row in reversed(office_here.ask(costing.list_months)):
        if row.month < MARCH:
            close(office_here, row.month)
    return room


@pytest.fixture
def page(room_in_april: Room, context: AppContext, shown: Shown, tmp_path: Path) -> ClosePage:
    context.settings.put(FOLDER, str(tmp_path))
    return shown(ClosePage(context))  # type: ignore[no-any-return]


@pytest.fixture
def counted(room_in_april: Room, clock: FixedClock) -> None:
    """What was not counted in March is counted then."""
    clock.at = IN_APRIL.replace(month=3, day=20)
    _tomato, _cucumber, milk, gloves = room_in_april.items
    room_in_april.post(K.COUNT, NewLine(milk, D(10)))
    room_in_april.post(K.COUNT, NewLine(gloves, D(5), lot="G1"))
    clock.at = IN_APRIL


@pytest.fixture
def clean(counted: None, page: ClosePage) -> ClosePage:
    """The cockpit of a March in which everything is in order."""
    return page


def chosen(page: ClosePage) -> str:
    row = page.table.current_row()
    assert row is not None
    return str(row.id)


def rows(page: ClosePage) -> dict[str, str]:
    return {
        row.id: page.table.words_at(at, "look")
        for at in range(page.table.total())
        if (row := page.table.row_at(at)) is not None
    }


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    qtbot.keyClick(widget, key)


def question() -> QMessageBox:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    return box


def test_what_is_open_stands_first_with_its_money_and_close_last(page: ClosePage) -> None:
    words = rows(page)
    assert next(iter(words)) == CheckKind.COUNTS_MISSING
    assert list(words)[-1] == CLOSE
    assert words[CheckKind.COUNTS_MISSING] == "To be looked at"
    assert words[CheckKind.UNVERIFIED] == words[CheckKind.NEGATIVE_STOCK] == "In order"
    assert words[CLOSE] == "To be decided"
    assert page.table.words_at(0, "amount") == "83.30"
    assert chosen(page) == CheckKind.COUNTS_MISSING
    assert "at stake" in page.head._answer.text()
    assert page.words.text().startswith("Stock of 1 place was not counted")
    assert not nameless_controls(page)


def test_enter_opens_the_list_that_mends_it_and_the_row_is_kept(
    page: ClosePage, shell: NotingShell, settled: Settled, qtbot: QtBot, room_in_april: Room, clock: FixedClock
) -> None:
    press(qtbot, page.table, Qt.Key.Key_Return)
    assert shell.went[-1] == ("stock.counts", {})
    clock.at = IN_APRIL.replace(month=3, day=20)
    room_in_april.post(K.COUNT, NewLine(room_in_april.items[2], D(10)))
    room_in_april.post(K.COUNT, NewLine(room_in_april.items[3], D(5), lot="G1"))
    clock.at = IN_APRIL
    qtbot.waitUntil(lambda: rows(page)[CheckKind.COUNTS_MISSING] == "In order")
    settled()
    assert chosen(page) == CheckKind.COUNTS_MISSING
    assert rows(page)[CLOSE] == "Ready"


def test_invoices_nobody_approved_lead_to_those_that_are_matched(shell: NotingShell) -> None:
    check = MonthCheck(CheckKind.INVOICES_UNAPPROVED, CheckLevel.LOOK, 3, D(9), _("In order"))
    assert list_way(check, shell) == ("purchasing.invoices", {"state": "matched"})


def test_the_lines_of_a_check_stand_beside_and_lead_on(
    page: ClosePage, shell: NotingShell, settled: Settled, qtbot: QtBot
) -> None:
    press(qtbot, page.table, Qt.Key.Key_Space)
    settled()
    panel = page.panel()
    assert isinstance(panel, LinesPanel)
    assert panel.table.words_at(0, "note") == "2 of 4 items not counted"
    press(qtbot, panel.table, Qt.Key.Key_Return)
    assert shell.went[-1] == ("stock.on_hand", {"location_id": 1})
    press(qtbot, panel.table, Qt.Key.Key_Escape)
    assert page.panel() is None
    assert chosen(page) == CheckKind.COUNTS_MISSING


def test_who_comes_back_from_a_line_goes_on_in_the_list_of_lines(page: ClosePage, settled: Settled) -> None:
    """And a refresh takes the focus from nobody: the primary button stays the one it was."""
    assert page.focusProxy() is page.table
    page.show_lines(page._rows[0])
    settled()
    panel = page.panel()
    assert isinstance(panel, LinesPanel) and page.focusProxy() is panel.table
    before = page.head.primary_words()
    page.reload()
    settled()
    assert page.head.primary_words() is before
    page.close_panel()
    page.escape()
    page.chooser.choose("2026-02")
    settled()
    assert page.focusProxy() is page.table


def test_a_clean_month_is_closed_with_two_keys_and_its_papers_lie_in_the_folder(
    clean: ClosePage, qtbot: QtBot, settled: Settled, office_here: Office, tmp_path: Path
) -> None:
    """The first of the three keys is the one that opens the place (Alt and its number)."""
    assert chosen(clean) == CLOSE
    press(qtbot, clean.table, Qt.Key.Key_Return)
    press(qtbot, question(), Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: clean.closer.notice.isVisible() and clean.closer.notice.text().startswith("Papers of 2026-03")
    )
    settled()
    assert next(row for row in office_here.ask(costing.list_months) if row.month == MARCH).state is MonthState.CLOSED
    assert {path.suffix for path in tmp_path.iterdir()} >= {".pdf", ".xlsx", ".sqlite"}
    sealed = next(tmp_path.glob("*.sqlite"))
    assert costing.check_sealed(sealed).is_whole
    assert rows(clean)[CLOSE] == "Month closed"


def test_an_open_month_asks_with_count_and_money_and_no_means_no(
    page: ClosePage, questions: Questions, settled: Settled, office_here: Office
) -> None:
    questions.answer = False
    page.primary()
    settled()
    assert questions.asked == ["1 check of 2026-03 is open, with ¥83.30 at stake. Close the month anyway?"]
    assert rows(page)[CLOSE] == "To be decided"
    questions.answer = True
    page.primary()
    settled()
    assert office_here.ask(costing.list_months)[1].state is MonthState.CLOSED


def test_somebody_else_was_first_is_a_sentence(
    counted: None, page: ClosePage, settled: Settled, office_here: Office, questions: Questions
) -> None:
    close(office_here, MARCH)
    page.closer._close(MARCH)
    settled()
    assert page.closer.notice.text().startswith("2026-03 is closed already, by")
    assert page.closer.notice.isVisible()
    assert rows(page)[CLOSE] == "Month closed"


def test_a_folder_that_is_gone_keeps_the_month_closed_and_offers_another(
    counted: None, page: ClosePage, settled: Settled, context: AppContext, tmp_path: Path, office_here: Office
) -> None:
    context.settings.put(FOLDER, str(tmp_path / "gone"))
    page.closer._close(MARCH)
    settled()
    assert page.closer.notice.text().startswith("The papers of 2026-03 are not written: The folder")
    assert [button.text() for button in page.closer.notice.buttons()] == ["Try again", "Another folder…"]
    (tmp_path / "gone").mkdir()
    page.closer.notice.buttons()[0].click()
    settled()
    assert len(list((tmp_path / "gone").iterdir())) == 3
    page.closer.write(MARCH)
    settled()
    assert page.closer.notice.text().startswith("Papers of 2026-03")


def test_a_running_month_and_a_later_one_say_why_they_cannot_be_closed(
    page: ClosePage, shell: NotingShell, settled: Settled, clock: FixedClock
) -> None:
    page.chooser.choose("2026-04")
    settled()
    assert rows(page)[CLOSE] == "Running"
    page.primary()
    assert shell.said[-1].startswith("2026-04 goes on until")
    clock.at = IN_MAY
    page.reload()
    settled()
    assert rows(page)[CLOSE] == "Not its turn"
    page.primary()
    settled()
    assert page.chooser.month == MARCH


def test_every_figure_of_the_review_opens_down_to_its_postings(
    page: ClosePage, settled: Settled, shell: NotingShell, qtbot: QtBot
) -> None:
    page.view.cards[FigureKey.COST].click()
    settled()
    panel = page.panel()
    assert isinstance(panel, WhyPanel)
    assert panel.agrees()
    for _step in range(4):
        panel = page.panel()
        assert isinstance(panel, WhyPanel)
        assert panel.agrees()
        press(qtbot, panel.table, Qt.Key.Key_Return)
        settled()
        if shell.went:
            break
    assert shell.went[-1][0] == "stock.posting"
    panel = page.panel()
    assert panel is not None
    page.escape()
    settled()
    assert isinstance(page.panel(), WhyPanel)


def agrees(page: ClosePage) -> bool:
    """Whether what is open sums to its figure; False when nothing is."""
    panel = page.panel()
    if not isinstance(panel, WhyPanel):
        return False
    assert panel.agrees()
    return True


def test_the_bridge_and_the_summary_open(page: ClosePage, settled: Settled) -> None:
    opened = 0
    for key in [block.key for block in page.view.chart._blocks]:
        page.view.chart.picked.emit(key)
        settled()
        opened += agrees(page)
    assert opened >= 3
    assert page.view.summary.words()
    for at, sentence in enumerate(page.view.summary._sentences):
        for number in range(len(sentence.figures)):
            page.view.summary.open(at, number)
            settled()
            agrees(page)


def test_categories_and_sections_open(page: ClosePage, settled: Settled) -> None:
    for table in (page.view.categories.table, page.view.sections.table):
        columns = [column.key for column in table.columns if column.why]
        for n, key in [(n, key) for n in range(table.total()) for key in columns]:
            table.why_requested.emit(table.row_at(n), key)
            settled()
            assert agrees(page)


@pytest.mark.parametrize("against", list(Against))
def test_the_month_is_compared_with_what_is_chosen(page: ClosePage, settled: Settled, against: Against) -> None:
    page.compare(against)
    settled()
    assert page.view._review is not None
    assert page.view._review.against is against
    assert page.view.budget.isVisible() is (against is Against.BUDGET)


def test_who_may_not_see_costs_closes_without_a_review(
    page: ClosePage, context: AppContext, shell: NotingShell, shown: Shown
) -> None:
    shell.office = None
    shell.forbidden.add("cost.view")
    blind: ClosePage = shown(ClosePage(context))
    assert not blind._right.isVisible()
    assert "amount" not in [column.key for column in blind.table.columns]
