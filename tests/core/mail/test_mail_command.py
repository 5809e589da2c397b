"""`steward mail`: what a schedule runs to send what waits."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from core import mail
from core.cli import main
from core.mail import keep_mail_password
from core.office import Office
from tests.core.mail.makers import queue, server_edit, set_up
from tests.helpers.smtp_server import CLOSE, MailServer, running

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site(sqlite_site: str) -> str:
    return sqlite_site


@pytest.fixture
def opened(site: str) -> Office:
    office = Office.open(site, station="test")
    office.sign_in_as_system()
    return office


@pytest.fixture
def steward(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], site: str) -> Run:
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")

    def run(*arguments: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = main(["mail", *map(str, arguments), "--site", site, "--language", "en"])
        sys.stdout.flush()
        told = capfdbinary.readouterr()
        return code, told.out.decode(), told.err.decode()

    return run


def test_what_waits_is_sent_and_told(opened: Office, steward: Run) -> None:
    assert steward("send") == (0, "", "0 e-mails sent.\n")
    with running(MailServer()) as server, opened:
        set_up(opened, server)
        queue(opened), queue(opened)
        assert steward("send") == (0, "", "2 e-mails sent.\n")
    assert len(server.mails) == 2


def test_what_needs_a_person_is_told_by_the_exit_code(opened: Office, steward: Run) -> None:
    with running(MailServer({"body": CLOSE})) as server, opened:
        set_up(opened, server)
        queue(opened)
        code, out, err = steward("send", "--json")
    facts = json.loads(out)
    assert code == 2 and facts["unsure"] == 1 and facts["need_person"] == 1 and facts["trouble"] is None
    assert "nobody knows" in err and "needs a person" in err


def test_a_server_out_of_reach_leaves_them_waiting(opened: Office, steward: Run) -> None:
    with opened:
        set_up(opened, port=9)
        queue(opened)
        code, _out, err = steward("send")
        assert code == 2 and "cannot be reached" in err and "1 e-mail waits." in err
        code, out, _err = steward("list", "--json", "--state", "queued")
        rows = json.loads(out)
    assert code == 0 and len(rows) == 1 and rows[0]["attempts"] == 1 and "cannot be reached" in rows[0]["why"]
    assert rows[0]["for"] == "order 9" and rows[0]["sent_at"] is None


def test_the_outbox_is_listed_a_line_a_mail(opened: Office, steward: Run) -> None:
    with opened:
        set_up(opened)
        first, second = queue(opened, subject="A"), queue(opened, subject="B")
        opened.do(mail.withdraw_mail, mail_id=first)
        code, out, err = steward("list")
    assert (code, err) == (0, "")
    assert [line.split("\t")[0] for line in out.splitlines()] == [str(second), str(first)]
    assert out.splitlines()[1].split("\t")[1:] == ["Withdrawn", "绿源农场 <orders@farm.example>", "A"]
    assert steward("list", "--state", "lost")[0] == 2 and steward("burn")[0] == 2


def test_a_test_mail_says_what_the_server_answered(
    opened: Office, steward: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert steward("test", "--to", "me@example.com")[0] == 2
    with running(MailServer()) as server, opened:
        set_up(opened, server, user="me", host="localhost")
        code, _out, err = steward("test", "--to", "me@example.com")
        assert code == 2 and "does not know" in err
        keep_mail_password(server_edit(server, user="me", host="localhost"), "right")
        code, out, err = steward("test", "--to", "me@example.com", "--json")
        assert code == 0 and json.loads(out)["outcome"] == "sent" and "4711" in err
        monkeypatch.setattr("getpass.getpass", lambda _words: "wrong")
        code, _out, err = steward("test", "--to", "me@example.com", "--ask-password")
        assert code == 2 and "does not take the user name or password" in err
    assert len(server.mails) == 1
