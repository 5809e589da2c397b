"""When and by which way people are told: quiet hours, e-mail, what somebody has seen already, a site put back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core import alerts, mail
from core.alerts import AlertRun, MessageFilter, QuietHours, look_for_alerts, send_due_alerts
from core.alerts.rules.kinds import first_rules
from core.clock import FixedClock
from core.errors import Refused
from core.mail import MailServerEdit
from core.maintenance import record_restore
from core.office import Office
from db.engine import open_engine, url_of
from db.enums import AlertKind, AlertUrgency, ChannelKind, MessageState
from db.migrate import upgrade
from tests.core.alerts.makers import change_rule, channel, inbox, messages, only, short_item, somebody
from tests.helpers.http_server import WebServer, running

K = AlertKind


def look(office: Office) -> int:
    return look_for_alerts(office).messages


def send(office: Office) -> AlertRun:
    return send_due_alerts(office, seconds=1)


def test_in_quiet_hours_nothing_is_sent_but_what_is_urgent(office: Office, clock: FixedClock) -> None:
    version = office.ask(alerts.get_quiet_hours).version
    office.do(alerts.save_quiet_hours, new=QuietHours("22:00", "07:00"), version=version)
    with running(WebServer()) as server:
        channel_id = channel(office, server)
        only(office, K.BELOW_SAFETY, K.ABOVE_MAXIMUM, channels=(channel_id,))
        clock.advance(hours=11)  # 23:00
        short_item(office, "TOM")
        short_item(office, "LEEK", have="90", maximum=Decimal(10))
        assert look(office) == 2
        assert send(office) == AlertRun(sent=1) and "TOM" in server.heard[0].json["title"]
        due = office.ask(alerts.get_alerts_due)
        assert due.channels == () and due.next_at is not None and due.next_at.hour == 23, "07:00 at the site"
        clock.advance(hours=8)
        assert send(office) == AlertRun(sent=1) and "LEEK" in server.heard[1].json["title"]


def test_a_rule_may_break_the_quiet_hours_and_urgent_ones_may_wait(office: Office, clock: FixedClock) -> None:
    version = office.ask(alerts.get_quiet_hours).version
    office.do(alerts.save_quiet_hours, new=QuietHours("22:00", "07:00", urgent_breaks=False), version=version)
    with running(WebServer()) as server:
        channel_id = channel(office, server)
        only(office, K.BELOW_SAFETY, channels=(channel_id,))
        clock.advance(hours=11)
        short_item(office, "TOM")
        look(office)
        assert send(office) == AlertRun()
        change_rule(office, K.BELOW_SAFETY, ignores_quiet=True)
        short_item(office, "LEEK")
        look(office)
        assert send(office) == AlertRun(sent=1) and "LEEK" in server.heard[0].json["title"]


@pytest.mark.parametrize("what", ["acknowledge", "snooze"])
def test_what_somebody_has_seen_is_not_told_elsewhere(office: Office, clock: FixedClock, what: str) -> None:
    with running(WebServer()) as server:
        channel_id = channel(office, server)
        only(office, K.BELOW_SAFETY, channels=(channel_id,))
        short_item(office)
        look(office)
        row = inbox(office)[0]
        until = clock.now().replace(hour=10)
        if what == "acknowledge":
            office.do(alerts.acknowledge_alerts, ids=[row.id])
        else:
            office.do(alerts.snooze_alerts, ids=[row.id], until=until)
        assert send(office) == AlertRun()
        clock.at = until
        look_for_alerts(office)
        assert send(office).sent == (1 if what == "snooze" else 0), "reminded once its rest is over"


def test_an_alert_that_becomes_worse_is_told_again(office: Office) -> None:
    with running(WebServer()) as server:
        channel_id = channel(office, server)
        only(office, K.BELOW_SAFETY, channels=(channel_id,), urgency=AlertUrgency.LOW)
        short_item(office)
        look(office)
        assert send(office).sent == 1
        change_rule(office, K.BELOW_SAFETY, urgency=AlertUrgency.URGENT)
        assert look(office) == 1 and send(office).sent == 1
    assert "紧急" in server.heard[1].json["title"]


def mail_server(office: Office) -> None:
    office.do(mail.save_mail_server, new=MailServerEdit("127.0.0.1", 2525, "none", "", "kitchen@example.com"))


def test_alerts_by_e_mail_go_into_the_outbox_once(office: Office) -> None:
    channel_id = channel(
        office, None, ChannelKind.MAIL, addresses=("boss@shop.example",), to_people=True, language="en"
    )
    only(office, K.BELOW_SAFETY, channels=(channel_id,))
    bo = somebody(office, "Bo", "Buyer")
    office.do(alerts.save_contact, person_id=bo, email="bo@shop.example", phone="")
    cook = somebody(office, "Cook", "Kitchen manager")
    office.do(alerts.save_contact, person_id=cook, email="cook@shop.example", phone="")
    short_item(office)
    assert look(office) == 2, "cooks are not told by this rule"
    lacking = send(office)
    assert lacking.tried == 0 and "No mail server" in str(lacking.troubles[0]) and not messages(office)
    with pytest.raises(Refused):
        office.do(alerts.queue_alert_mails)
    mail_server(office)
    assert send(office) == AlertRun(sent=2) and send(office) == AlertRun()
    assert office.do(alerts.queue_alert_mails) == 0
    rows = office.ask(mail.list_mails).rows
    assert sorted(row.recipients for row in rows) == ["bo@shop.example", "boss@shop.example"]
    assert rows[0].subject.startswith("[Urgent] At or below safety stock") and rows[0].owner_kind == "alert"
    assert {row.state for row in messages(office)} == {MessageState.SENT}


def test_messages_are_told_by_whom_they_waited_for(office: Office) -> None:
    with running(WebServer()) as server:
        channel_id = channel(office, server)
        only(office, K.BELOW_SAFETY, channels=(channel_id,))
        short_item(office)
        look(office)
        send(office)
    card = office.ask(alerts.get_alert, alert_id=inbox(office)[0].id)
    assert [(name, state) for name, state, _at in card.messages] == [("Kitchen webhook", "sent")]


def test_a_channel_that_is_off_or_gone_is_left_out(office: Office) -> None:
    with running(WebServer()) as server:
        channel_id = channel(office, server)
        only(office, K.BELOW_SAFETY, channels=(channel_id,))
        short_item(office)
        look(office)
        row = office.ask(alerts.list_channels)[0]
        edit = alerts.ChannelEdit(ChannelKind.WEBHOOK, "off", is_on=False)
        office.do(alerts.save_channel, new=edit, channel_id=channel_id, version=row.version)
        assert send(office) == AlertRun()
        assert office.do(alerts.take_message, channel_id=channel_id, holder="x") == 0
        office.do(alerts.remove_channel, channel_id=channel_id)
        assert office.do(alerts.take_message, channel_id=channel_id, holder="x") == 0
        short_item(office, "LEEK")
        assert look(office) == 0 and not server.heard


def test_after_a_restore_people_are_asked_and_nothing_goes_by_itself(office: Office) -> None:
    with running(WebServer((503, ""))) as server:
        channel_id = channel(office, server)
        only(office, K.BELOW_SAFETY, channels=(channel_id,))
        short_item(office)
        look(office)
        send(office)
        short_item(office, "LEEK")
        look(office)
        office.do(record_restore, file="x", made_at="")
        server.answer = (200, "ok")
        assert send(office) == AlertRun()
        found = office.ask(alerts.list_messages, wanted=MessageFilter(states=(MessageState.UNSURE,)))
        assert len(found) == 1 and "restored" in str(found[0].why)


def test_a_site_upgraded_has_the_rules_a_new_one_begins_with(tmp_path: Path) -> None:
    engine = open_engine(url_of(str(tmp_path / "old.db")))
    try:
        upgrade(engine, "0023")
        with engine.begin() as sql:
            site = sa.Table("site", sa.MetaData(), autoload_with=sql)
            texts = {column.name: "x" for column in site.columns if isinstance(column.type, sa.String)}
            numbers = {column.name: 1 for column in site.columns if not isinstance(column.type, sa.String)}
            sql.execute(sa.insert(site).values(**texts, **numbers))
        upgrade(engine)
        with engine.begin() as sql:
            rule = sa.Table("alert_rule", sa.MetaData(), autoload_with=sql)
            stored: list[Any] = list(sql.execute(sa.select(rule).order_by(rule.c.id)))
            assert sql.execute(sa.text("select count(*) from alert_settings")).scalar_one() == 1
    finally:
        engine.dispose()
    found = [(row.kind, row.urgency, json.loads(row.limits), json.loads(row.roles), row.is_on) for row in stored]
    assert found == [
        (edit.kind, edit.urgency, {name: str(value) for name, value in edit.limits.items()}, list(edit.roles), True)
        for edit in first_rules()
    ]
