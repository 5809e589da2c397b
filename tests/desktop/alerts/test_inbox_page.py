"""The inbox, the bell that opens it, and what the program looks for by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from core import alerts
from core.alerts import AlertRow
from core.clock import FixedClock
from core.office import Office
from core.words import AlertKind, AlertState, Permission
from desktop.alerts import INBOX, register
from desktop.alerts.alert_panel import AlertPanel
from desktop.alerts.inbox_page import InboxPage
from desktop.alerts.looking import Looking, SendingAlerts
from desktop.alerts.snooze import rests, tomorrow
from desktop.alerts.targets import find_target, targets_of, verb_of
from desktop.context import AppContext
from desktop.shell.places import standard_registry
from desktop.widgets import Button, Label, set_language
from tests.core.alerts.makers import channel, inbox, messages, only, short_item
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls
from tests.helpers.http_server import WebServer, running


@pytest.fixture
def short(office_here: Office) -> int:
    """Two items of which there is too little; the rules were looked at."""
    only(office_here, AlertKind.BELOW_SAFETY)
    item_id = short_item(office_here)
    short_item(office_here, "ONI-001")
    alerts.look_for_alerts(office_here)
    return item_id


@pytest.fixture
def page(short: int, context: AppContext, shown: Shown) -> InboxPage:
    return shown(InboxPage(context))  # type: ignore[no-any-return]


def row_of(page: InboxPage, number: int = 0) -> AlertRow:
    row = page.table.row_at(number)
    assert isinstance(row, AlertRow)
    return row


def panel_of(page: InboxPage) -> AlertPanel:
    panel = page.panel()
    assert isinstance(panel, AlertPanel)
    return panel


def words_of(panel: QWidget) -> str:
    return " | ".join(label.text() for label in panel.findChildren(Label))


def button(page: QWidget, words: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.accessibleName() == words)


def test_the_list_says_why_and_what_to_do(page: InboxPage) -> None:
    assert page.table.total() == 2
    assert page.table.words_at(0, "urgency") == "Urgent" and page.table.words_at(0, "is_read") == "new"
    assert page.table.words_at(0, "words").startswith("3 kg may be used, the safety stock is 5 kg.")
    assert page.error_text() == "" and nameless_controls(page) == []
    set_language("zh")
    assert page.table.words_at(0, "urgency") == "紧急"


def test_enter_goes_where_it_is_put_right_and_it_is_read(
    page: InboxPage, shell: NotingShell, office_here: Office, settled: Settled
) -> None:
    page.table.select_row(0)
    row = row_of(page)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    assert shell.went == [("purchasing.need", {"item_ids": (row.subject_id,)})]
    assert alerts_unread(office_here) == 1


def alerts_unread(office: Office) -> int:
    return office.ask(alerts.count_alerts).unread


def test_without_a_page_that_mends_it_the_alert_itself_is_shown(
    page: InboxPage, shell: NotingShell, settled: Settled
) -> None:
    shell.closed = {"purchasing.need", "stock.on_hand"}
    page.go_on(row_of(page))
    settled()
    assert shell.went == []
    assert "Order it" not in [one.accessibleName() for one in panel_of(page).findChildren(Button)]


def test_space_shows_history_and_messages_beside_the_list(page: InboxPage, settled: Settled, qtbot: QtBot) -> None:
    page.table.select_row(0)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(page.panel(), AlertPanel))
    settled()
    said = words_of(panel_of(page))
    assert "No message was sent for it." in said and "First seen" in said
    qtbot.waitUntil(lambda: page.table.words_at(0, "is_read") == "")
    first = panel_of(page).card.row.id
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: panel_of(page).card.row.id != first)
    assert page.escape() and page.panel() is None


def test_acknowledged_with_a_note_and_taken_back(
    page: InboxPage, shell: NotingShell, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    page.table.select_row(0)
    row = row_of(page)
    page.open_alert(row.id)
    settled()
    panel_of(page).note.editor("note").set_value("ordered by phone")
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.table.total() == 1)
    (found,) = inbox(office_here, states=(AlertState.ACKNOWLEDGED,))
    assert (found.id, found.note, page.panel()) == (row.id, "ordered by phone", None)
    (posted,) = shell.postings
    assert str(posted.text) == f"“{found.title}” acknowledged" and posted.take_back is alerts.reopen_alerts
    page.context.ops.do(page, alerts.reopen_alerts, ids=[row.id])
    assert posted.undo == {"ids": [row.id]}
    qtbot.waitUntil(lambda: page.table.total() == 2)


def test_several_rest_until_tomorrow(
    page: InboxPage, office_here: Office, shell: NotingShell, settled: Settled, qtbot: QtBot
) -> None:
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.table.total() == 0)
    settled()
    found = inbox(office_here, states=(AlertState.SNOOZED,))
    assert {row.snoozed_until for row in found} == {tomorrow(office_here.clock.now()).astimezone(UTC)}
    assert str(shell.postings[0].text).startswith("2 alerts rest until")
    assert page._stack.currentWidget() is page._nothing


def test_choices_of_rest_in_the_panel(page: InboxPage, office_here: Office, settled: Settled, qtbot: QtBot) -> None:
    page.open_alert(inbox(office_here)[0].id)
    settled()
    menu = panel_of(page).findChild(QMenu)
    assert menu is not None
    assert menu.actions()[0].text() == "For an hour"
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page.table.total() == 1)
    (found,) = inbox(office_here, states=(AlertState.SNOOZED,))
    assert found.snoozed_until == office_here.clock.now() + timedelta(hours=1)
    page.chips.set_value("state", AlertState.SNOOZED)
    settled()
    page.open_alert(found.id)
    settled()
    button(panel_of(page), "Open again").click()
    qtbot.waitUntil(lambda: alerts_open(office_here) == 2)


def alerts_open(office: Office) -> int:
    return office.ask(alerts.count_alerts).open


def test_nothing_chosen_says_so(context: AppContext, shown: Shown, shell: NotingShell) -> None:
    page = shown(InboxPage(context))
    page.acknowledge()
    assert shell.said == ["Choose an alert for this first."]
    assert page._stack.currentWidget() is page._nothing


def test_filters_and_history(page: InboxPage, office_here: Office, settled: Settled, qtbot: QtBot) -> None:
    only(office_here)
    alerts.look_for_alerts(office_here)
    qtbot.waitUntil(lambda: page.table.total() == 0)
    page.chips.set_value("state", None)
    qtbot.waitUntil(lambda: page.table.total() == 2)
    assert page.table.words_at(0, "state") == "Cause gone"
    page.chips.set_value("kind", AlertKind.EXPIRY)
    qtbot.waitUntil(lambda: page.table.total() == 0)
    settled()
    assert page._stack.currentWidget() is not page._nothing


def test_everybodys_only_with_the_right(context: AppContext, shown: Shown, shell: NotingShell) -> None:
    shell.forbidden = {Permission.ALERT_EDIT}
    page = shown(InboxPage(context))
    assert "everybody" not in page.chips.values()


def test_the_list_as_a_file(page: InboxPage) -> None:
    rows = list(page.prepare_sheet()().rows)
    assert len(rows) == 2 and str(rows[0][0]) == "Urgent"


def test_every_kind_leads_somewhere_and_says_where(page: InboxPage, shell: NotingShell) -> None:
    row = row_of(page)
    parts = {AlertKind.NEGATIVE_STOCK: "7", AlertKind.COUNT_DIFFERENCE: "9", AlertKind.UNUSUAL: "waste:2026-03-01"}
    for kind in AlertKind:
        one = replace(row, kind=kind, subject_id=202603, subject_part=parts.get(kind, "2026-03"))
        target = find_target(one, shell)
        assert target is not None and str(verb_of(one, target)) and targets_of(one)
    month = find_target(replace(row, kind=AlertKind.MONTH_OPEN, subject_id=202603), shell)
    assert month == ("month_end.close", {"month": "2026-03"})
    unusual = replace(row, kind=AlertKind.UNUSUAL, subject_id=5, subject_part="waste:2026-03-01")
    assert find_target(unusual, shell) == (
        "stock.ledger", {"item_id": 5, "first": "2026-03-01", "last": "2026-03-01"},
    )  # fmt: skip


@pytest.mark.parametrize(("hour", "evening"), [(9, True), (16, True), (17, False), (23, False)])
def test_rests_are_later_and_there_is_no_evening_at_night(context: AppContext, hour: int, evening: bool) -> None:
    now = datetime(2026, 3, 4, hour - 8, 30, tzinfo=UTC) if hour >= 8 else datetime(2026, 3, 4, tzinfo=UTC)
    found = rests(now)
    assert all(until > now for _words, until in found)
    assert any("evening" in str(words) for words, _until in found) is evening
    monday = next(until for words, until in found if "Monday" in str(words))
    assert monday.weekday() == 0 and monday.hour == 8


def test_the_bell_counts_what_is_open(short: int, context: AppContext, settled: Settled, qtbot: QtBot) -> None:
    registry = standard_registry()
    register(registry)
    assert registry.bell is not None and registry.bell.route == INBOX
    owner = QWidget()
    told: list[int] = []
    qtbot.addWidget(owner)
    registry.bell.count(context, owner, told.append)
    settled()
    assert told == [2]


def test_the_program_looks_and_sends_by_itself(
    office_here: Office, context: AppContext, settled: Settled, clock: FixedClock, qtbot: QtBot
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()  # changes are heard at once by what is seen; else the timer comes
    with running(WebServer()) as server:
        channel_id = channel(office_here, server)
        only(office_here, AlertKind.BELOW_SAFETY, channels=(channel_id,))
        short_item(office_here)
        looking = Looking(context, owner)
        SendingAlerts(context, owner)
        qtbot.waitUntil(lambda: not looking.is_running and len(messages(office_here)) == 1)
        qtbot.waitUntil(lambda: str(messages(office_here)[0].state) == "sent")
        settled()
        short_item(office_here, "ONI-001")
        looking.look()
        qtbot.waitUntil(lambda: not looking.is_running)
        assert alerts_open(office_here) == 1, "not twice within a minute"
        clock.advance(minutes=5)
        looking.look()
        qtbot.waitUntil(lambda: alerts_open(office_here) == 2 and not looking.is_running)
    settled()
