"""Runs over the channels against a real server: what breaks where, and that nothing is told twice by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from core import alerts
from core.alerts import AlertRun, ChannelSecret, send_due_alerts, send_test_message
from core.alerts.sending import run as runs
from core.clock import FixedClock
from core.errors import InvalidInput, NotAllowed, Refused, Unreachable
from core.i18n import _
from core.office import Office
from db.enums import AlertKind, ChannelKind, MessageState
from tests.core.alerts.makers import channel, inbox, messages, only, receive, short_item, somebody
from tests.helpers.http_server import CLOSE, HANG, WebServer, running
from tests.helpers.processes import until

QUICK = 0.5
CERTIFICATE = Path(__file__).parents[2] / "helpers" / "smtp_certificate.pem"
PROGRAM = """
import sys
from datetime import datetime
from core.alerts import send_due_alerts
from core.clock import FixedClock
from core.office import Office
with Office.open(sys.argv[1], station="other", clock=FixedClock(datetime.fromisoformat(sys.argv[2]))) as office:
    office.sign_in_as_system()
    send_due_alerts(office, seconds=30)
"""


def send(office: Any, **over: Any) -> AlertRun:
    return send_due_alerts(office, seconds=QUICK, **over)


def ready(office: Office, server: WebServer | None, items: int = 1, **over: Any) -> int:
    """A channel, a rule that tells over it, and alerts that are due."""
    channel_id = channel(office, server, **over)
    only(office, AlertKind.BELOW_SAFETY, channels=(channel_id,))
    for number in range(items):
        short_item(office, f"TOM-00{number}")
    alerts.look_for_alerts(office)
    return channel_id


def test_an_alert_is_told_once(office: Office) -> None:
    with running(WebServer()) as server:
        ready(office, server)
        assert send(office) == AlertRun(sent=1)
        for _again in range(3):
            alerts.look_for_alerts(office)
            assert send(office) == AlertRun()
    told = server.heard[0].json
    assert len(server.heard) == 1 and "TOM-000" in told["title"] and "3 kg" in told["text"]
    found = messages(office)[0]
    assert (found.state, found.alerts) == (MessageState.SENT, 1) and server.heard[0].headers["idempotency-key"] == told[
        "id"
    ]


def test_many_alerts_are_one_message(office: Office) -> None:
    with running(WebServer()) as server:
        ready(office, server, items=4)
        assert send(office) == AlertRun(sent=1)
    assert "4" in server.heard[0].json["title"] and messages(office)[0].alerts == 4


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(ChannelKind.DINGTALK, '{"errcode":0}'), (ChannelKind.WECOM, '{"errcode":0}'), (ChannelKind.SLACK, "ok"),
     (ChannelKind.WEBHOOK, "")],
)  # fmt: skip
def test_each_kind_of_robot_gets_its_form(office: Office, kind: ChannelKind, answer: str) -> None:
    with running(WebServer((200, answer))) as server:
        ready(office, server, kind=kind, secret="SECx")
        assert send(office) == AlertRun(sent=1)
    heard = server.heard[0]
    assert heard.headers["content-type"].startswith("application/json")
    assert ("sign=" in heard.path) == (kind is ChannelKind.DINGTALK)
    assert "access_token=k3y" in heard.path


def test_a_gateway_sends_to_each_number(office: Office) -> None:
    with running(WebServer((200, '{"code": 0}'))) as server:
        gateway = alerts.Gateway(
            url=f"http://127.0.0.1:{server.port}/sms", header="X-Key: {secret}", accepted='"code":0',
            body='{"phone": "{to}", "msg": "{text}"}',
        )  # fmt: skip
        channel_id = ready(
            office, None, kind=ChannelKind.SMS, addresses=("13800001111", "+46701234567"), gateway=gateway
        )
        lacking = send(office)
        assert lacking.tried == 0 and "does not know" in str(lacking.troubles[0])
        key = next(row.key for row in office.ask(alerts.list_channels) if row.id == channel_id)
        alerts.keep_channel_secret(ChannelKind.SMS, key, ChannelSecret(secret="geheim"))
        assert send(office) == AlertRun(sent=2)
    assert sorted(heard.json["phone"] for heard in server.heard) == ["+46701234567", "13800001111"]
    assert {heard.headers["x-key"] for heard in server.heard} == {"geheim"}


@pytest.mark.parametrize(
    ("answer", "outcome", "reached"),
    [
        ((500, "oops"), "later", MessageState.QUEUED),
        ((429, ""), "later", MessageState.QUEUED),
        ((404, "gone"), "later", MessageState.QUEUED),
        ((413, "too long"), "refused", MessageState.FAILED),
        ((502, ""), "unsure", MessageState.UNSURE),
        (CLOSE, "unsure", MessageState.UNSURE),
        (HANG, "unsure", MessageState.UNSURE),
    ],
)
def test_what_a_receiver_does(
    office: Office, answer: tuple[int, str] | str, outcome: str, reached: MessageState, clock: FixedClock
) -> None:
    with running(WebServer(answer)) as server:
        ready(office, server)
        run = send(office)
        assert getattr(run, outcome) == 1 and run.tried == 1
        found = messages(office)[0]
        assert found.state is reached and found.why is not None and found.why.render("zh") != found.why.render("en")
        assert "k3y" not in str(found.why)
        assert send(office) == AlertRun(), "not at once again"
        clock.advance(days=1)
        server.answer = (200, "ok")
        again = send(office)
    assert again.sent == (1 if reached is MessageState.QUEUED else 0)
    assert len(server.heard) == 1 + again.sent
    if again.sent:
        assert server.heard[0].json == server.heard[1].json, "the very same message"


def test_while_the_network_is_away_nothing_is_lost_and_waits_grow(office: Office, clock: FixedClock) -> None:
    server = WebServer()
    with running(server):
        channel_id = ready(office, server)
    for minutes in (1, 2, 4):
        assert send(office).later == 1
        clock.advance(minutes=minutes - 0.5)
        assert send(office) == AlertRun()
        clock.advance(minutes=0.5)
    short_item(office, "LEEK-1")
    alerts.look_for_alerts(office)
    with running(WebServer()) as back:
        key = next(row.key for row in office.ask(alerts.list_channels) if row.id == channel_id)
        alerts.keep_channel_secret(ChannelKind.WEBHOOK, key, ChannelSecret(back.url))
        assert send(office) == AlertRun(sent=2)
    assert [row.state for row in messages(office)] == [MessageState.SENT] * 2


def test_a_receiver_nobody_vouches_for_hears_nothing(office: Office) -> None:
    with running(WebServer(certificate=CERTIFICATE)) as server:
        ready(office, server)
        run = send_due_alerts(office, seconds=5)
    assert run.later == 1 and "not trusted" in str(run.troubles[0]) and not server.heard
    assert messages(office)[0].state is MessageState.QUEUED, "it goes once the certificate is put right"


def test_a_channel_at_fault_keeps_no_other_from_its_messages(office: Office) -> None:
    with running(WebServer(HANG)) as bad, running(WebServer()) as good:
        first = channel(office, bad, name="A")
        second = channel(office, good, name="B")
        only(office, AlertKind.BELOW_SAFETY, channels=(first, second))
        short_item(office)
        alerts.look_for_alerts(office)
        run = send(office)
    assert (run.sent, run.unsure) == (1, 1) and len(good.heard) == 1


def test_a_run_ends_when_asked_also_while_it_waits(office: Office) -> None:
    with running(WebServer(HANG)) as server:
        ready(office, server)
        assert send_due_alerts(office, seconds=60, stop=server.arrived.is_set).unsure == 1
        assert send(office, stop=lambda: True) == AlertRun()


def test_two_programs_at_once_send_each_message_once(office: Office, site_url: str, clock: FixedClock) -> None:
    with running(WebServer()) as server:
        ids = tuple(channel(office, server, name=f"C{number}") for number in range(5))
        only(office, AlertKind.BELOW_SAFETY, channels=ids)
        short_item(office)
        alerts.look_for_alerts(office)
        found: list[AlertRun] = []

        def program(station: str) -> None:
            with Office.open(site_url, station=station, clock=clock) as opened:
                opened.sign_in_as_system()
                found.append(send_due_alerts(opened, seconds=5))

        threads = [threading.Thread(target=program, args=(name,)) for name in ("a", "b", "c")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert sum(run.sent for run in found) == 5 and not any(run.troubles for run in found)
    keys = [heard.json["id"] for heard in server.heard]
    assert len(keys) == len(set(keys)) == 5
    assert {row.state for row in messages(office)} == {MessageState.SENT}


def _killed_while_sending(office: Office, site_url: str, clock: FixedClock, server: WebServer) -> None:
    place = f"http://127.0.0.1:{server.port}/send"
    channel_id = office.ask(alerts.list_channels)[0].id
    moment = clock.now().astimezone(UTC).isoformat()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, site_url, moment],
        env={
            **os.environ,
            f"STEWARD_CHANNEL_{channel_id}": place,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        },
    )
    try:
        until(server.arrived.is_set, seconds=30)
    finally:
        program.kill()
        program.wait(30)


def test_a_program_killed_while_sending_leaves_a_question(office: Office, site_url: str, clock: FixedClock) -> None:
    with running(WebServer(HANG)) as server:
        ready(office, server)
        _killed_while_sending(office, site_url, clock, server)
        server.answer = (200, "ok")
    with running(WebServer()) as server:
        assert send(office) == AlertRun(), "perhaps it still runs"
        clock.advance(minutes=5)
        assert send(office) == AlertRun(stranded=1)
        found = messages(office)[0]
        assert found.state is MessageState.UNSURE and found.question is not None
        clock.advance(days=3)
        assert send(office) == AlertRun() and not server.heard, "never again by itself"
        office.do(alerts.resend_message, message_id=found.id)
        assert messages(office)[0].state is MessageState.QUEUED


def test_a_receiver_that_knows_messages_by_their_id_gets_the_same_one_again(
    office: Office, site_url: str, clock: FixedClock
) -> None:
    with running(WebServer(answers=[HANG])) as server:
        ready(office, server, is_repeatable=True)
        _killed_while_sending(office, site_url, clock, server)
        clock.advance(minutes=5)
        assert send(office).stranded == 1
        clock.advance(minutes=5)
    with running(WebServer()) as later:
        channel_row = office.ask(alerts.list_channels)[0]
        alerts.keep_channel_secret(ChannelKind.WEBHOOK, channel_row.key, ChannelSecret(later.url))
        assert send(office) == AlertRun(sent=1)
    assert later.heard[0].headers["idempotency-key"] == server.heard[0].headers["idempotency-key"]
    assert later.heard[0].json == server.heard[0].json


class Flaky:
    """An office whose database is away for some tries of writing down what became of a message."""

    def __init__(self, office: Office, faults: int) -> None:
        self._office, self._faults = office, faults

    def do(self, command: Callable[..., Any], **arguments: Any) -> Any:
        if command is alerts.mark_message and self._faults:
            self._faults -= 1
            raise Unreachable(_("It arrived"))
        return self._office.do(command, **arguments)

    def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
        return self._office.ask(query, **arguments)


def test_a_database_away_after_sending_is_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "TRY_AGAIN_AFTER", (0.0, 0.0))
    with running(WebServer()) as server:
        ready(office, server)
        assert send(Flaky(office, 2)).sent == 1
        short_item(office, "LEEK-1")
        alerts.look_for_alerts(office)
        with pytest.raises(Unreachable):
            send(Flaky(office, 3))
    assert messages(office)[0].state is MessageState.SENDING, "a question later on, not a second message"


def test_a_message_given_up_meanwhile_is_not_marked_by_who_held_it(office: Office, clock: FixedClock) -> None:
    with running(WebServer()) as server:
        channel_id = ready(office, server)
        message_id = office.do(alerts.take_message, channel_id=channel_id, holder="me")
        assert office.do(alerts.take_message, channel_id=channel_id, holder="you") == 0
        clock.advance(minutes=6)
        assert office.do(alerts.ask_stranded_messages) == 1
        with pytest.raises(Refused):
            office.ask(alerts.get_taken_message, message_id=message_id, holder="me")
        refused = alerts.Delivery("later", _("The receiver has it."))
        assert (
            office.do(alerts.mark_message, message_id=message_id, holder="me", delivery=refused) is MessageState.UNSURE
        )
        office.do(alerts.confirm_message, message_id=message_id)
        assert messages(office)[0].state is MessageState.SENT
        assert not server.heard


def test_what_is_over_before_it_is_told_is_not_told(office: Office) -> None:
    with running(WebServer()) as server:
        ready(office, server, items=2)
        row = next(one for one in inbox(office) if "TOM-000" in str(one.title))
        receive(office, [row.subject_id], "50")
        alerts.look_for_alerts(office)
        assert send(office) == AlertRun(sent=1)
    assert "TOM-001" in server.heard[0].json["title"]


def test_a_pc_without_the_address_leaves_messages_to_others(office: Office) -> None:
    ready(office, None)
    run = send(office)
    assert run.tried == 0 and len(run.troubles) == 1 and not messages(office)


def test_the_environment_may_hold_the_address(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(WebServer()) as server:
        channel_id = ready(office, None)
        monkeypatch.setenv(f"STEWARD_CHANNEL_{channel_id}", server.url)
        assert send(office) == AlertRun(sent=1)


def test_secrets_stay_out_of_database_and_journal(office: Office) -> None:
    with running(WebServer()) as server:
        ready(office, server, kind=ChannelKind.DINGTALK, secret="SECgeheim")
        send(office)
    rows = office.ask(alerts.list_channels)
    assert "k3y" not in repr(rows) and "SECgeheim" not in repr(rows)
    assert "k3y" not in repr(messages(office))


def test_a_channel_is_tried_and_says_what_is_wrong(office: Office) -> None:
    with running(WebServer()) as server:
        channel_id = channel(office, server, language="en")
        assert send_test_message(office, channel_id=channel_id, language="zh", seconds=QUICK).outcome == "sent"
        assert "Test from" in server.heard[0].json["title"]
        server.answer = (404, "")
        assert send_test_message(office, channel_id=channel_id, language="zh", seconds=QUICK).outcome == "refused"
    assert not messages(office)
    unknown = channel(office, None, name="other")
    assert send_test_message(office, channel_id=unknown, language="en").outcome == "refused"
    by_mail = channel(office, None, ChannelKind.MAIL, addresses=("a@b.example",))
    with pytest.raises(InvalidInput):
        send_test_message(office, channel_id=by_mail, language="en")


def test_only_who_may_change_rules_decides_about_messages(office: Office) -> None:
    with running(WebServer((413, ""))) as server:
        ready(office, server)
        send(office)
        found = messages(office)[0]
        somebody(office, "Cook", "Kitchen manager")
        office.sign_in_with_pin("Cook", "4711")
        for command in (alerts.resend_message, alerts.confirm_message, alerts.withdraw_message):
            with pytest.raises(NotAllowed):
                office.do(command, message_id=found.id)
        office.sign_in("Admin", "correct horse battery staple")
        office.do(alerts.withdraw_message, message_id=found.id)
        with pytest.raises(Refused):
            office.do(alerts.resend_message, message_id=found.id)
        assert office.do(alerts.hurry_messages) == 0
