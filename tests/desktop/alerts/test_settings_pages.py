"""What is watched, over which channels it is told, the messages, and where people are told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import alerts
from core.alerts import ChannelEdit, ChannelRow, RuleRow
from core.office import Office
from core.words import AlertKind, ChannelKind, MessageState, Permission
from desktop.alerts import register
from desktop.alerts.channel_panel import ChannelPanel
from desktop.alerts.channels_page import ChannelsPage
from desktop.alerts.contacts_page import ContactsPage
from desktop.alerts.messages_page import MessagePanel, MessagesPage
from desktop.alerts.rules_page import RulesPage
from desktop.context import AppContext
from desktop.shell.places import standard_registry
from desktop.widgets import Button, FormPanel, PageBase, set_language
from tests.core.alerts.makers import channel, messages, only, rule_of, short_item
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls
from tests.helpers.http_server import WebServer, running


def form_of(page: PageBase) -> FormPanel:
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    return panel


def type_in(panel: FormPanel, **values: object) -> None:
    for key, value in values.items():
        panel.form.editor(key.replace("__", ":")).set_value(value)


def channels(office: Office) -> list[ChannelRow]:
    return office.ask(alerts.list_channels)


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Secrets that a test typed are known to no other."""
    from core.alerts.sending import secrets

    yield
    secrets._typed.clear()


def at(page: RulesPage, kind: AlertKind) -> RuleRow:
    assert page.table.select_where(lambda row: row.edit.kind == kind)
    row = page.table.current_row()
    assert isinstance(row, RuleRow)
    return row


def test_rules_say_limits_and_who_is_told(context: AppContext, shown: Shown) -> None:
    page: RulesPage = shown(RulesPage(context))
    assert page.table.total() == len(AlertKind)
    row = next(n for n in range(page.table.total()) if page.table.words_at(n, "title") == "Expires soon")
    assert page.table.words_at(row, "limits") == "Expires within 3 days"
    assert "Storekeeper" in page.table.words_at(row, "told") and page.table.words_at(row, "is_on") == "On"
    set_language("zh")
    assert page.table.words_at(row, "title") == "临期"


def test_a_limit_is_changed_and_a_wrong_one_stands_at_its_field(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: RulesPage = shown(RulesPage(context))
    page.change_rule(at(page, AlertKind.EXPIRY))
    panel = form_of(page)
    assert nameless_controls(panel) == []
    type_in(panel, limit__days=Decimal("2.5"))
    panel.save()
    settled()
    assert "write a number from 0" in panel.form.editor("limit:days").error()
    type_in(panel, limit__days=Decimal(7), role__buyer=True)
    panel.save()
    settled()
    edit = rule_of(office_here, AlertKind.EXPIRY).edit
    assert edit.limits["days"] == 7 and "buyer" in edit.roles and page.panel() is None


def test_a_rule_is_switched_off_added_and_removed(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot, shell: NotingShell
) -> None:
    page: RulesPage = shown(RulesPage(context))
    at(page, AlertKind.EXPIRY)
    QTest.keyClick(page.table, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: not rule_of(office_here, AlertKind.EXPIRY).edit.is_on)
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    form_of(page).form.editor("kind").set_value(AlertKind.NOT_MOVED)
    form_of(page).form.editor("kind").changed.emit()
    panel = form_of(page)
    type_in(panel, name="老货", limit__days=Decimal(365))
    panel.save()
    settled()
    made = [row for row in office_here.ask(alerts.list_alert_rules) if row.edit.name == "老货"]
    assert [row.edit.limits["days"] for row in made] == [Decimal(365)]
    qtbot.waitUntil(lambda: page.table.total() == len(AlertKind) + 1)
    assert page.table.select_where(lambda row: row.id == made[0].id)
    page.remove()
    qtbot.waitUntil(lambda: page.table.total() == len(AlertKind))
    assert shell.said[-1] == "老货 is removed."


def test_quiet_hours(context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot) -> None:
    page: RulesPage = shown(RulesPage(context, is_quiet=True))
    qtbot.waitUntil(lambda: page.panel() is not None)
    panel = form_of(page)
    type_in(panel, quiet_from="22:00")
    panel.save()
    settled()
    assert "both times" in panel.form.editor("quiet_to").error()
    type_in(panel, quiet_to="7:00", urgent_breaks=False)
    panel.save()
    settled()
    quiet = office_here.ask(alerts.get_quiet_hours).quiet
    assert (quiet.quiet_from, quiet.quiet_to, quiet.urgent_breaks) == ("22:00", "07:00", False)
    assert page.panel() is None


def test_a_channel_is_made_tried_and_its_secret_stays_on_this_pc(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page: ChannelsPage = shown(ChannelsPage(context, is_adding=True, kind="slack"))
    with running(WebServer()) as server:
        panel = form_of(page)
        type_in(panel, name="Kitchen")
        panel.save()
        assert panel.form.editor("url").error(), "a robot needs its address"
        type_in(panel, url="http://example.com/hook")
        panel.save()
        settled()
        assert "https" in panel.form.editor("url").error()
        type_in(panel, url=server.url)
        panel.save()
        qtbot.waitUntil(lambda: page.panel() is not panel and isinstance(page.panel(), ChannelPanel))
        settled()
        (row,) = channels(office_here)
        assert row.edit == ChannelEdit(ChannelKind.SLACK, "Kitchen") and "hook" not in row.shown
        assert alerts.find_channel_secret(row.key).url == server.url
        again = page.panel()
        assert isinstance(again, ChannelPanel) and again.form.editor("url").value() is None
        again.test()
        qtbot.waitUntil(lambda: again.test_button.isEnabled())
        assert len(server.heard) == 1 and again.told.isVisible()
        type_in(again, name="Bar")
        again.test()
        assert "Save the channel first" in again.told.text() and len(server.heard) == 1


def test_a_test_that_fails_says_why(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    channel(office_here, None, ChannelKind.WECOM, name="Group")
    page: ChannelsPage = shown(ChannelsPage(context))
    page.change_channel(channels(office_here)[0])
    qtbot.waitUntil(lambda: isinstance(page.panel(), ChannelPanel))
    panel = page.panel()
    assert isinstance(panel, ChannelPanel)
    panel.test()
    qtbot.waitUntil(lambda: panel.test_button.isEnabled())
    assert "does not know address or secret" in panel.told.text()
    settled()


def test_a_gateway_with_a_wrong_template_says_so_at_its_field(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: ChannelsPage = shown(ChannelsPage(context, is_adding=True, kind="sms"))
    panel = form_of(page)
    type_in(panel, name="Duty", addresses="138 0000 0000", gateway_url="https://sms.example/send", body="{nobody}")
    panel.save()
    settled()
    assert "no place of a template" in panel.form.editor("body").error()
    type_in(panel, body='{"to": "{to}", "text": "{text}"}', addresses="nobody")
    panel.save()
    settled()
    assert "no telephone number" in panel.form.editor("addresses").error()
    type_in(panel, addresses="138 0000 0000")
    panel.save()
    settled()
    assert channels(office_here)[0].edit.addresses == ("13800000000",)


def test_a_channel_goes(context: AppContext, shown: Shown, office_here: Office, qtbot: QtBot) -> None:
    channel(office_here, None)
    page: ChannelsPage = shown(ChannelsPage(context))
    page.table.select_row(0)
    page.remove()
    qtbot.waitUntil(lambda: channels(office_here) == [] and page._stack.currentWidget() is page._nothing)


def test_a_message_that_was_refused_is_sent_again(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot, shell: NotingShell
) -> None:
    with running(WebServer(answer=(400, "no"))) as server:
        key = channel(office_here, server)
        only(office_here, AlertKind.BELOW_SAFETY, channels=(key,))
        short_item(office_here)
        alerts.look_for_alerts(office_here)
        alerts.send_due_alerts(office_here)
    (message,) = messages(office_here)
    page: MessagesPage = shown(MessagesPage(context))
    page.open_message(message)
    panel = page.panel()
    assert isinstance(panel, MessagePanel)
    if message.state is MessageState.FAILED:
        next(one for one in panel.findChildren(Button) if one.accessibleName() == "Send again").click()
        qtbot.waitUntil(lambda: messages(office_here)[0].state is MessageState.QUEUED)
    settled()
    page.hurry()
    settled()
    assert shell.said == ["1 message is tried again now."]
    page.chips.set_value("person", True)
    qtbot.waitUntil(lambda: page.table.total() == 0)


def test_everybody_says_where_they_are_told(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: ContactsPage = shown(ContactsPage(context))
    page.change(office_here.ask(alerts.list_contacts)[0])
    panel = form_of(page)
    type_in(panel, email="nobody")
    panel.save()
    settled()
    assert page.panel() is panel
    type_in(panel, email="chen@corner.example", phone="+49 170 1234567")
    panel.save()
    settled()
    one = office_here.ask(alerts.list_contacts)[0]
    assert (one.email, one.phone, page.panel()) == ("chen@corner.example", "+491701234567", None)


def test_the_pages_of_settings_need_the_right() -> None:
    registry = standard_registry()
    register(registry)
    rights = {page.route: page.permission for page in registry.pages}
    assert rights["settings.alerts"] is rights["settings.channels"] is Permission.ALERT_EDIT
    assert rights["settings.alert_contacts"] is None and rights["alerts.inbox"] is None
