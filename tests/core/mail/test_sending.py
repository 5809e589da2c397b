"""Runs through the outbox against a real server: what breaks where, and that no mail ever goes twice by itself."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest

from core import mail
from core.clock import FixedClock
from core.errors import InvalidInput, NotAllowed, Unreachable
from core.i18n import _
from core.mail import MailRun, find_mail_password, keep_mail_password, send_due, send_test_mail
from core.mail.sending import run as runs
from core.office import Office
from db.enums import MailState
from tests.core.mail.makers import card, queue, server_edit, set_up
from tests.helpers.processes import until
from tests.helpers.smtp_server import CLOSE, HANG, MailServer, running

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)
QUICK = 0.4
PROGRAM = """
import sys
from datetime import datetime
from core.clock import FixedClock
from core.mail import send_due
from core.office import Office
with Office.open(sys.argv[1], station="other", clock=FixedClock(datetime.fromisoformat(sys.argv[2]))) as office:
    office.sign_in_as_system()
    send_due(office)
"""


def state(office: Office, mail_id: int) -> MailState:
    return card(office, mail_id).row.state


def ids_of(server: MailServer) -> list[bytes]:
    found = [MESSAGE_ID.search(one) for one in server.mails]
    return [one[1] for one in found if one is not None]


def test_what_waits_is_sent_in_its_order(office: Office) -> None:
    with running(MailServer()) as server:
        set_up(office, server)
        ids = [queue(office, subject=f"Order {number}") for number in range(3)]
        assert send_due(office, timeout=QUICK) == MailRun(sent=3)
        assert send_due(office, timeout=QUICK) == MailRun()
    assert [state(office, one) for one in ids] == [MailState.SENT] * 3
    assert [b"Order 0" in server.mails[0], b"Order 2" in server.mails[2]] == [True, True]
    row = card(office, ids[0]).row
    assert row.why is not None and "queued as 4711" in str(row.why) and row.why.render("zh") != str(row.why)
    assert row.sent_at is not None and row.attempts == 1


def test_the_sender_gets_a_blind_copy_when_wanted(office: Office) -> None:
    with running(MailServer()) as server:
        set_up(office, server, is_copied=True)
        queue(office)
        send_due(office, timeout=QUICK)
    assert [one for one in server.commands if one.startswith("rcpt")] == [
        "rcpt TO:<orders@farm.example>",
        "rcpt TO:<kitchen@example.com>",
    ]
    assert b"Bcc" not in server.mails[0] and b"Cc" not in server.mails[0]


@pytest.mark.parametrize(
    ("server", "outcome", "reached"),
    [
        (MailServer(unknown=("orders@farm.example",)), MailRun(refused=1), MailState.FAILED),
        (MailServer({"body": "554 looks like spam"}), MailRun(refused=1), MailState.FAILED),
        (MailServer({"rcpt": "450 try later", "RCPT": "450 try later"}), MailRun(later=1), MailState.QUEUED),
        (MailServer({"DATA": "451 try later"}), MailRun(later=1), MailState.QUEUED),
        (MailServer({"body": "452 no room"}), MailRun(later=1), MailState.QUEUED),
        (MailServer({"body": CLOSE}), MailRun(unsure=1), MailState.UNSURE),
        (MailServer({"body": HANG}), MailRun(unsure=1), MailState.UNSURE),
    ],
)
def test_what_the_server_says_of_one_mail(
    office: Office, server: MailServer, outcome: MailRun, reached: MailState, clock: FixedClock
) -> None:
    server = MailServer(dict(server.answers), server.unknown)
    with running(server):
        set_up(office, server)
        mail_id = queue(office)
        assert send_due(office, timeout=QUICK) == outcome
        assert state(office, mail_id) is reached and not server.mails
        why = card(office, mail_id).row.why
        assert why is not None and why.render("zh") != why.render("en")
        clock.advance(days=30)
        server.answers.clear()
        server.unknown = ()
        again = send_due(office, timeout=QUICK)
    assert again == (MailRun(sent=1) if reached is MailState.QUEUED else MailRun())
    assert len(server.mails) == again.sent


@pytest.mark.parametrize(
    "answers",
    [{"DATA": CLOSE}, {"connect": CLOSE}, {"connect": "421 closing"}, {"connect": "554 go away"}, {"EHLO": CLOSE},
     {"MAIL": "550 not this sender"}],
)  # fmt: skip
def test_a_trouble_of_the_server_stops_the_run_and_every_mail_waits(office: Office, answers: dict[str, str]) -> None:
    with running(MailServer(dict(answers))) as server:
        set_up(office, server)
        ids = [queue(office) for _number in range(3)]
        found = send_due(office, timeout=QUICK)
        assert (found.later, found.tried) == (1, 1) and found.trouble is not None
        assert {state(office, one) for one in ids} == {MailState.QUEUED}
        server.answers.clear()
        assert send_due(office, timeout=QUICK) == MailRun(sent=2)
        set_up(office, server)
        assert send_due(office, timeout=QUICK) == MailRun(sent=1), "new settings: at once"
    assert len(set(ids_of(server))) == len(server.mails) == 3


def test_a_server_that_says_nothing_is_waited_for_once(office: Office) -> None:
    with running(MailServer({"connect": HANG})) as server:
        set_up(office, server)
        ids = [queue(office), queue(office)]
        found = send_due(office, timeout=QUICK)
        assert (found.later, found.tried) == (1, 1) and found.trouble is not None
    assert {state(office, one) for one in ids} == {MailState.QUEUED}


def test_without_network_mails_wait_longer_each_time_and_go_later(office: Office, clock: FixedClock) -> None:
    server = MailServer()
    with running(server):
        set_up(office, server)
    mail_id = queue(office)
    for minutes in (1, 2, 4):
        found = send_due(office, timeout=QUICK)
        assert found.later == 1 and "cannot be reached" in str(found.trouble)
        assert send_due(office, timeout=QUICK) == MailRun(), "it is not tried all the time"
        clock.advance(minutes=minutes)
    assert card(office, mail_id).row.attempts == 3
    with running(MailServer()) as later:
        set_up(office, later)
        assert send_due(office, timeout=QUICK) == MailRun(sent=1)


def test_mails_survive_the_end_of_the_program(office: Office, site_url: str, clock: FixedClock) -> None:
    with running(MailServer()) as server:
        set_up(office, server)
        queue(office)
        office.close()
        with Office.open(site_url, station="next", clock=clock) as opened:
            opened.sign_in_as_system()
            assert send_due(opened, timeout=QUICK) == MailRun(sent=1)
    assert len(server.mails) == 1


def test_two_programs_at_once_send_each_mail_once(office: Office, site_url: str, clock: FixedClock) -> None:
    with running(MailServer()) as server:
        set_up(office, server)
        ids = [queue(office) for _number in range(8)]
        found: list[MailRun] = []

        def program(station: str) -> None:
            with Office.open(site_url, station=station, clock=clock) as opened:
                opened.sign_in_as_system()
                found.append(send_due(opened, timeout=5))

        threads = [threading.Thread(target=program, args=(name,)) for name in ("a", "b", "c")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert sum(run.sent for run in found) == 8 and all(run.trouble is None for run in found)
    assert len(server.mails) == len(set(ids_of(server))) == 8
    assert {state(office, one) for one in ids} == {MailState.SENT}


@pytest.mark.parametrize("verb", ["connect", "body"])
def test_a_program_killed_while_sending_leaves_a_question(
    office: Office, site_url: str, clock: FixedClock, verb: str
) -> None:
    with running(MailServer({verb: HANG})) as server:
        set_up(office, server)
        mail_id = queue(office)
        program = subprocess.Popen([sys.executable, "-c", PROGRAM, site_url, clock.now().astimezone(UTC).isoformat()])
        try:
            until(lambda: state(office, mail_id) is MailState.SENDING, seconds=30)
            until(lambda: verb == "connect" or "DATA" in server.commands, seconds=30)
        finally:
            program.kill()
            program.wait(30)
    with running(MailServer()) as server:
        set_up(office, server)
        assert send_due(office, timeout=QUICK) == MailRun(), "perhaps it still runs"
        clock.advance(minutes=20)
        assert send_due(office, timeout=QUICK) == MailRun(stranded=1)
        assert state(office, mail_id) is MailState.UNSURE
        clock.advance(days=10)
        assert send_due(office, timeout=QUICK) == MailRun() and not server.mails, "never again by itself"
        office.do(mail.send_again, mail_id=mail_id)
        assert send_due(office, timeout=QUICK) == MailRun(sent=1)
    assert state(office, mail_id) is MailState.SENT and len(server.mails) == 1


def test_a_run_stops_between_mails_when_asked(office: Office) -> None:
    with running(MailServer()) as server:
        set_up(office, server)
        for _number in range(3):
            queue(office)
        assert send_due(office, stop=lambda: len(server.mails) == 1, timeout=QUICK).sent == 1
        assert send_due(office, stop=lambda: True, timeout=QUICK) == MailRun()


def test_without_server_or_password_mails_wait_untouched(office: Office) -> None:
    assert send_due(office) == MailRun()
    with running(MailServer()) as server:
        set_up(office, server, user="me")
        mail_id = queue(office)
        found = send_due(office, timeout=QUICK)
        assert found.tried == 0 and "password" in str(found.trouble) and card(office, mail_id).row.attempts == 0
        assert not server.commands


def test_a_wrong_password_gives_no_mail_up(office: Office, tmp_path: object) -> None:
    edit = server_edit(user="me", host="localhost")
    with running(MailServer()) as server:
        set_up(office, server, user="me", host="localhost")
        ids = [queue(office), queue(office)]
        found = send_due(office, password="wrong", timeout=QUICK)
        assert found.later == 1 and "does not take the user name or password" in str(found.trouble)
        assert {state(office, one) for one in ids} == {MailState.QUEUED}
        assert keep_mail_password(office.ask(mail.get_mail_server).edit, "right")
        set_up(office, server, user="me", host="localhost")
        assert send_due(office, timeout=QUICK).sent == 2
    assert find_mail_password(edit) is None, "another port is another server"


def test_passwords_are_kept_by_server_and_user(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    edit, other = server_edit(user="a@b.example"), server_edit(user="a@b.example", host="127.0.0.2")
    assert find_mail_password(edit) is None
    assert keep_mail_password(edit, "geheim/@:") and find_mail_password(edit) == "geheim/@:"
    assert find_mail_password(other) is None
    assert keep_mail_password(edit, "") and find_mail_password(edit) is None
    monkeypatch.setattr("core.secrets.remember_password", lambda *_args: False)
    assert not keep_mail_password(edit, "typed"), "no keyring: as long as the program runs"
    assert find_mail_password(edit) == "typed"
    keep_mail_password(edit, "")
    assert find_mail_password(edit) is None
    monkeypatch.setenv("STEWARD_MAIL_PASSWORD", "of the schedule")
    assert find_mail_password(edit) == "of the schedule"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_test_mail_really_goes(office: Office, language: str) -> None:
    with running(MailServer()) as server:
        found = send_test_mail(
            office, server=server_edit(server), password="", to="me@example.com", language=language, timeout=QUICK
        )
    assert found.outcome == "sent" and "4711" in str(found.why)
    assert len(server.mails) == 1 and b"To: me@example.com" in server.mails[0]
    assert office.ask(mail.list_mails).total == 0 and not office.ask(mail.get_mail_server).is_set


def test_a_test_mail_says_what_is_wrong(office: Office) -> None:
    def tried(server: MailServer, **over: object) -> mail.Delivery:
        with running(server):
            edit = server_edit(server, **over)
            return send_test_mail(
                office, server=edit, password="wrong", to="me@example.com", language="en", timeout=QUICK
            )

    assert tried(MailServer(), user="me").outcome == "refused"
    assert tried(MailServer(unknown=("me@example",))).outcome == "refused"
    assert tried(MailServer({"body": CLOSE})).outcome == "unsure"
    assert tried(MailServer({"connect": CLOSE})).outcome == "later"
    assert "encryption" in str(tried(MailServer(), user="me", host="127.0.0.2").why)
    with pytest.raises(InvalidInput):
        tried(MailServer(), host="")
    unknown = send_test_mail(office, server=server_edit(user="me"), password="", to="a@b.example", language="en")
    assert unknown.outcome == "refused" and "does not know" in str(unknown.why)
    with pytest.raises(InvalidInput):
        send_test_mail(office, server=server_edit(), password="", to="nobody", language="en")


class Flaky:
    """An office whose database is away for some tries of writing down what became of a mail."""

    def __init__(self, office: Office, faults: int) -> None:
        self._office, self._faults = office, faults

    def do(self, command: Callable[..., Any], **arguments: Any) -> Any:
        if command is mail.mark_mail and self._faults:
            self._faults -= 1
            raise Unreachable(_("It arrived"))
        return self._office.do(command, **arguments)

    def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
        return self._office.ask(query, **arguments)


def test_a_database_away_after_sending_is_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "TRY_AGAIN_AFTER", (0.0, 0.0))
    with running(MailServer()) as server:
        set_up(office, server)
        first, second = queue(office), queue(office)
        assert send_due(Flaky(office, 2), timeout=QUICK).sent == 2
        third = queue(office)
        with pytest.raises(Unreachable):
            send_due(Flaky(office, 3), timeout=QUICK)
    assert (state(office, first), state(office, second)) == (MailState.SENT, MailState.SENT)
    assert state(office, third) is MailState.SENDING, "a question for a person later on, not a second mail"


def test_a_mail_that_was_taken_away_meanwhile_is_not_sent(office: Office, clock: FixedClock) -> None:
    """Somebody else's program gave it up between taking and handing over."""
    with running(MailServer()) as server:
        set_up(office, server)
        mail_id = queue(office)

        class Late(Flaky):
            def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
                if query is mail.get_taken_mail:
                    clock.advance(minutes=30)
                    office.do(mail.ask_stranded)
                return super().ask(query, **arguments)

        found = send_due(Late(office, 0), timeout=QUICK)
        assert found.trouble is not None and not server.mails
    assert state(office, mail_id) is MailState.UNSURE


def test_only_who_may_set_up_the_server_sends_a_test_mail(office: Office) -> None:
    office.sign_out()
    with pytest.raises(NotAllowed):
        send_test_mail(office, server=server_edit(), password="", to="a@b.example", language="en")
