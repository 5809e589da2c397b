"""The pages of e-mail: settings with a test e-mail, the outbox with its question, the light, and sending by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import mail
from core.clock import FixedClock
from core.mail import MailCounts, find_mail_password
from core.office import Office
from core.words import MailState
from desktop.context import AppContext
from desktop.mail.light import OFF, light_of, watch_mails
from desktop.mail.mail_panel import MailPanel
from desktop.mail.outbox_page import OutboxPage
from desktop.mail.sending import Sending
from desktop.mail.server_page import ServerPage
from desktop.ops import Ops
from desktop.shell.registry import LightState
from desktop.widgets import set_language
from tests.core.mail.makers import queue, set_up
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.smtp_server import CLOSE, MailServer, running


def type_settings(page: ServerPage, **over: Any) -> None:
    values = {
        "host": "localhost", "security": "none", "port": "2525", "user": "me", "password": "right",
        "address": "kitchen@example.com", "name": "", "reply_to": "", "is_copied": False,
    }  # fmt: skip
    for key, value in {**values, **over}.items():
        page.form.editor(key).set_value(value)


def make_unsure(office: Office) -> int:
    mail_id = queue(office)
    with running(MailServer({"body": CLOSE})) as server:
        set_up(office, server)
        mail.send_due(office, timeout=0.4)
    return mail_id


def panel_of(page: OutboxPage) -> MailPanel:
    panel = page.panel()
    assert isinstance(panel, MailPanel)
    return panel


def test_settings_are_saved_and_the_password_stays_on_this_pc(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    page = shown(ServerPage(context))
    assert page.known.text() == ""
    type_settings(page)
    page.save()
    settled()
    kept = office_here.ask(mail.get_mail_server)
    assert (kept.edit.host, kept.edit.port, kept.edit.user, kept.version) == ("localhost", 2525, "me", 1)
    assert find_mail_password(kept.edit) == "right" and "Saved." in shell.said
    assert page.known.text() == "This PC knows the password." and page.form.editor("password").value() is None
    assert page.trial.editor("to").value() == "kitchen@example.com" and not page.has_unsaved()
    page.form.editor("name").set_value("Kitchen")
    page.save()
    settled()
    kept = office_here.ask(mail.get_mail_server)
    assert (kept.edit.name, kept.version, find_mail_password(kept.edit)) == ("Kitchen", 2, "right")


def test_a_pc_without_keyring_is_told(
    context: AppContext, shown: Shown, settled: Settled, monkeypatch: pytest.MonkeyPatch, office_here: Office
) -> None:
    monkeypatch.setattr("core.secrets.remember_password", lambda *_args: False)
    page = shown(ServerPage(context))
    type_settings(page)
    page.save()
    settled()
    assert "only until the program ends" in page.notice.text() and page.notice.isVisible()
    mail.keep_mail_password(office_here.ask(mail.get_mail_server).edit, "")


def test_what_cannot_be_right_stands_at_its_field(context: AppContext, shown: Shown, settled: Settled) -> None:
    page = shown(ServerPage(context))
    for key, value in (("port", "many"), ("port", "70000"), ("host", "-a.example"), ("address", "nobody")):
        type_settings(page, **{key: value})
        page.save()
        settled()
        assert page.form.editor(key).error(), key
        type_settings(page)


def test_the_usual_port_comes_with_the_encryption(context: AppContext, shown: Shown) -> None:
    page = shown(ServerPage(context))
    port, security = page.form.editor("port"), page.form.editor("security")
    assert port.value() == "587"
    security.set_value("ssl")
    page._on_security()
    assert port.value() == "465"
    port.set_value("2525")
    security.set_value("starttls")
    page._on_security()
    assert port.value() == "2525"


def test_a_test_mail_says_what_the_server_answered(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page = shown(ServerPage(context))
    with running(MailServer()) as server:
        type_settings(page, port=str(server.port))
        page.trial.editor("to").set_value("me@example.com")
        page.try_out()
        assert not page.try_button.isEnabled() and "localhost" in page.answer.text()
        settled()
        assert "queued as 4711" in page.answer.text() and page.try_button.isEnabled()
        type_settings(page, port=str(server.port), password="wrong")
        page.try_out()
        settled()
        assert "does not take the user name or password" in page.answer.text()
    assert len(server.mails) == 1 and not office_here.ask(mail.get_mail_server).is_set
    page.trial.editor("to").set_value("nobody")
    page.try_out()
    settled()
    assert page.try_button.isEnabled() and not page.answer.isVisible()


def test_somebody_elses_settings_stay_below_what_was_typed(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    set_up(office_here)
    page = shown(ServerPage(context))
    page.form.editor("port").set_value("587")
    set_up(office_here, port=465)
    page.save()
    settled()
    assert "Somebody else" in page.notice.text() and page.form.editor("port").value() == "587"
    page.save()
    settled()
    assert office_here.ask(mail.get_mail_server).edit.port == 587


def test_the_outbox_asks_where_nobody_knows(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    set_up(office_here)
    first, second = make_unsure(office_here), make_unsure(office_here)
    page = shown(OutboxPage(context, mail_id=first))
    panel = panel_of(page)
    assert panel.row.id == first and "orders@farm.example" in panel.question.text()
    assert "附件是订单" in panel.words.text() and not panel.again.isVisible() and panel.out.isVisible()
    panel.arrived.click()
    settled()
    assert panel.row.state is MailState.SENT and not panel.question.isVisible() and not panel.out.isVisible()
    page.open_mail(office_here.ask(mail.get_mail, mail_id=second).row)
    settled()
    panel_of(page).lost.click()
    settled()
    assert office_here.ask(mail.get_mail, mail_id=second).row.state is MailState.QUEUED
    panel_of(page).withdraw()
    settled()
    assert panel_of(page).row.state is MailState.WITHDRAWN
    panel_of(page).withdraw()
    settled()
    assert context.shell.errors, "said, and nothing changed"  # type: ignore[attr-defined]


def test_a_refused_mail_is_sent_again(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    with running(MailServer({"body": "554 looks like spam"})) as server:
        set_up(office_here, server)
        mail_id = queue(office_here)
        mail.send_due(office_here, timeout=0.4)
    page = shown(OutboxPage(context))
    page.open_mail(page.table.row_at(0))
    settled()
    panel = panel_of(page)
    assert panel.again.isVisible() and panel.out.isVisible()
    panel.again.click()
    settled()
    assert office_here.ask(mail.get_mail, mail_id=mail_id).row.state is MailState.QUEUED
    page.hurry()
    settled()
    assert shell.said[-1] == "1 e-mail is tried again now."


def test_the_outbox_says_why_nothing_goes_from_this_pc(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    page = shown(OutboxPage(context))
    assert "No mail server" in page.lack.text() and page.lack.buttons()
    page.lack.buttons()[0].click()
    assert shell.went == [("settings.mail", {})]
    set_up(office_here, user="me")
    page = shown(OutboxPage(context))
    assert "does not know" in page.lack.text()
    mail.keep_mail_password(office_here.ask(mail.get_mail_server).edit, "right")
    set_up(office_here, user="me", name="New")
    settled()
    assert not shown(OutboxPage(context)).lack.isVisible()
    shell.closed.add("settings.mail")
    set_up(office_here, user="you")
    assert not shown(OutboxPage(context)).lack.buttons()


def test_chips_narrow_the_outbox(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    set_up(office_here)
    unsure = make_unsure(office_here)
    set_up(office_here)
    waiting = queue(office_here, owner_id=5, subject="Fish")
    page = shown(OutboxPage(context))
    assert page.table.model().rowCount() == 2

    def ids() -> list[int]:
        settled()
        return [page.table.row_at(at).id for at in range(page.table.model().rowCount())]

    page.chips.set_value("person", True)
    assert ids() == [unsure]
    page.chips.set_value("waiting", True)
    assert ids() == [waiting, unsure]
    page.chips.set_value("person", False)
    assert ids() == [waiting]
    page.chips.set_value("waiting", False)
    page.chips.set_value("state", MailState.SENT)
    settled()
    assert page.table.model().rowCount() == 0
    page.chips.set_value("state", None)
    assert shown(OutboxPage(context, owner_kind="order", owner_id=5)).table.model().rowCount() == 1


def test_pages_speak_chinese(context: AppContext, shown: Shown, office_here: Office) -> None:
    set_up(office_here)
    queue(office_here)
    set_language("zh")
    assert shown(OutboxPage(context)).table.model().rowCount() == 1
    assert (
        "服务器" in shown(ServerPage(context)).form.findChild(QWidget).parent().editor("host").field().accessibleName()
    )


def test_the_light_says_what_needs_a_person(clock: FixedClock) -> None:
    now = clock.now()
    assert light_of(MailCounts(0, 0, 0, 0, None, False), now) == OFF
    assert light_of(MailCounts(0, 0, 0, 0, None), now).level == "good"
    assert str(light_of(MailCounts(1, 1, 0, 0, now - timedelta(minutes=59)), now).text) == "2 e-mails wait"
    late = light_of(MailCounts(2, 0, 0, 0, now - timedelta(minutes=61)), now)
    assert (late.level, str(late.text)) == ("warn", "2 e-mails cannot go")
    asked = light_of(MailCounts(2, 0, 1, 1, now - timedelta(days=1)), now)
    assert (asked.level, str(asked.text)) == ("warn", "2 e-mails need a person")


def test_the_light_follows_the_outbox(context: AppContext, qtbot: QtBot, office_here: Office) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    told: list[LightState] = []
    watch_mails(context, owner, told.append)
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told[-1] == OFF
    set_up(office_here)
    make_unsure(office_here)
    qtbot.waitUntil(lambda: str(told[-1].text) == "1 e-mail needs a person")


def test_what_is_queued_goes_by_itself(context: AppContext, qtbot: QtBot, office_here: Office, ops: Ops) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    with running(MailServer()) as server:
        set_up(office_here, server)
        sending = Sending(context, owner)
        queue(office_here), queue(office_here)
        qtbot.waitUntil(lambda: len(server.mails) == 2)
        qtbot.waitUntil(lambda: ops.is_idle and not sending.is_running)
    assert office_here.ask(mail.count_mails).queued == 0
