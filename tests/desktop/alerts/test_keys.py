"""Everything on the pages of alerts is done with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from core import alerts
from core.office import Office
from core.words import AlertKind, AlertState, ChannelKind, MessageState
from desktop.alerts.alert_panel import AlertPanel
from desktop.alerts.channel_panel import ChannelPanel
from desktop.alerts.channels_page import ChannelsPage
from desktop.alerts.contacts_page import ContactsPage
from desktop.alerts.inbox_page import InboxPage
from desktop.alerts.messages_page import MessagePanel, MessagesPage
from desktop.alerts.rules_page import RulesPage
from desktop.context import AppContext
from desktop.widgets import FormPanel, PageBase
from tests.core.alerts.makers import channel, inbox, messages, only, rule_of, short_item
from tests.desktop.conftest import Settled, Shown
from tests.helpers.http_server import WebServer, running

MOST_TABS = 120
Make = Callable[[AppContext], PageBase]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def travelled(page: QWidget, key: Qt.Key) -> set[QWidget]:
    """Where a key leads, from where the focus is, until it comes round."""
    seen: set[QWidget] = set()
    for _tab in range(MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            break
        seen.add(focus)
        press(key)
    return seen


def tab_to(words: str) -> QWidget:
    """Tab until something of this name has the focus."""
    for _tab in range(MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == words:
            return focus
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never leads to {words}")


@pytest.fixture
def one_alert(office_here: Office) -> int:
    """An alert, a channel that failed, and a message nobody knows of."""
    with running(WebServer((400, "no"))) as server:
        channel_id = channel(office_here, server)
        only(office_here, AlertKind.BELOW_SAFETY, channels=(channel_id,))
        short_item(office_here)
        alerts.look_for_alerts(office_here)
        alerts.send_due_alerts(office_here, seconds=5)
    assert messages(office_here)[0].state is MessageState.FAILED
    return inbox(office_here)[0].id


PAGES: dict[str, Make] = {
    "inbox": lambda context: InboxPage(context, alert_id=1),
    "rules": lambda context: RulesPage(context, is_adding=True),
    "quiet": lambda context: RulesPage(context, is_quiet=True),
    "robot": lambda context: ChannelsPage(context, is_adding=True),
    "gateway": lambda context: ChannelsPage(context, is_adding=True, kind=ChannelKind.SMS),
    "messages": MessagesPage,
    "contacts": ContactsPage,
}


@pytest.mark.parametrize("name", list(PAGES))
def test_tab_leads_to_every_button_and_field(
    name: str, one_alert: int, context: AppContext, shown: Shown, settled: Settled
) -> None:
    page: PageBase = shown(PAGES[name](context))
    settled()
    page.table.setFocus()  # type: ignore[attr-defined]
    if name in ("messages", "contacts"):
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        settled()
    assert page.panel() is not None
    seen = travelled(page, Qt.Key.Key_Tab) | travelled(page, Qt.Key.Key_Backtab)
    missed = [
        one.accessibleName() or type(one).__name__
        for kind in (QAbstractButton, QLineEdit)
        for one in page.findChildren(kind)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one not in seen
    ]
    unreachable = [
        one.accessibleName()
        for one in page.findChildren(QAbstractButton)
        if one.isVisible() and one.isEnabled() and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert missed == [] and unreachable == []


def test_an_alert_is_seen_to_from_the_list(
    one_alert: int, context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page: InboxPage = shown(InboxPage(context))
    page.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(page.panel(), AlertPanel))
    snooze = tab_to("Snooze")
    menu = snooze.findChild(QMenu)
    assert menu is not None
    menu.popup(snooze.mapToGlobal(QPoint(0, 0)))
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: inbox(office_here) == ())
    (row,) = inbox(office_here, states=(AlertState.SNOOZED,))
    settled()
    assert row.id == one_alert and page.panel() is None


def test_quiet_hours_are_typed_and_saved_and_escape_leaves(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page: RulesPage = shown(RulesPage(context, is_quiet=True))
    qtbot.waitUntil(lambda: isinstance(page.panel(), FormPanel))
    settled()
    first = tab_to("Quiet from")
    QTest.keyClicks(first, "21:30")
    QTest.keyClicks(tab_to("Quiet until"), "6:15")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office_here.ask(alerts.get_quiet_hours).quiet.quiet_to == "06:15")
    qtbot.waitUntil(lambda: page.panel() is None)
    page.change_quiet()
    qtbot.waitUntil(lambda: isinstance(page.panel(), FormPanel))
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.panel() is None)
    settled()


def test_a_rule_is_changed_with_enter_and_saved(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page: RulesPage = shown(RulesPage(context))
    page.table.select_where(lambda row: row.edit.kind == AlertKind.EXPIRY)
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page.panel(), FormPanel))
    field = tab_to("Expires within")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "9")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: rule_of(office_here, AlertKind.EXPIRY).edit.limits["days"] == 9)
    settled()


def test_a_channel_that_failed_says_why_and_its_message_is_sent_again(
    one_alert: int, context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page: ChannelsPage = shown(ChannelsPage(context))
    page.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page.panel(), ChannelPanel))
    panel = page.panel()
    assert isinstance(panel, ChannelPanel) and "400" in panel.told.text()
    told: MessagesPage = shown(MessagesPage(context))
    told.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(told.panel(), MessagePanel))
    tab_to("Send again")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: messages(office_here)[0].state is MessageState.QUEUED)
    settled()
