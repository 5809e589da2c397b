"""Mail handed to a server: after every fault it is known whether the mail left, did not leave, or perhaps left."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.mail.sending.smtp import SmtpSettings, envelope_of, send_mail, try_server
from core.mail.types import Delivery, Security
from tests.helpers.smtp_server import CLOSE, HANG, MailServer, running

CERTIFICATE = Path(__file__).parent.parent.parent / "helpers" / "smtp_certificate.pem"
MESSAGE = (
    b'From: "Kitchen, back" <kitchen@example.com>\r\nTo: a@example.com, B <b@example.com>\r\nCc: a@example.com\r\n'
    b"Subject: Order\r\n\r\nfirst\r\n.\r\n.second\r\n"
)


def settings(server: MailServer, security: Security = "none", **over: object) -> SmtpSettings:
    facts: dict[str, object] = {"host": "127.0.0.1", "port": server.port, "security": security, "timeout": 0.4}
    return SmtpSettings(**{**facts, **over})  # type: ignore[arg-type]


def sent(server: MailServer, security: Security = "none", **over: object) -> Delivery:
    with running(server):
        found = send_mail(settings(server, security, **over), MESSAGE)
    assert found.why.render("zh") != found.why.render("en")
    return found


def test_a_mail_arrives_as_it_was_written() -> None:
    server = MailServer()
    found = sent(server)
    assert found.outcome == "sent" and "queued as 4711" in str(found.why)
    assert server.mails == [MESSAGE], "lines with a full stop stay as they are"
    assert server.commands[1] == f"mail FROM:<kitchen@example.com> size={len(MESSAGE)}".replace("size", "SIZE")
    assert [one for one in server.commands if one.startswith("rcpt")] == [
        "rcpt TO:<a@example.com>",
        "rcpt TO:<b@example.com>",
    ]


def test_the_envelope_is_that_of_the_head_lines() -> None:
    assert envelope_of(MESSAGE) == ("kitchen@example.com", ("a@example.com", "b@example.com"))
    for wrong in (
        b"",
        b"From: a@example.com\r\n\r\n",
        b"To: a@example.com\r\n\r\nFrom: b@example.com",
        b"\xff\r\n\r\n",
    ):
        with pytest.raises(InvalidInput):
            envelope_of(wrong)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"connect": "421 too busy"}, "later"),
        ({"connect": "554 no service"}, "refused"),
        ({"connect": CLOSE}, "later"),
        ({"connect": HANG}, "later"),
        ({"connect": "hello"}, "later"),
        ({"EHLO": CLOSE}, "later"),
        ({"MAIL": "421 going down"}, "later"),
        ({"MAIL": "552 too large"}, "refused"),
        ({"RCPT": "450 grey listed"}, "later"),
        ({"RCPT": CLOSE}, "later"),
        ({"RCPT": HANG}, "later"),
        ({"DATA": "451 try again"}, "later"),
        ({"DATA": "554 no"}, "refused"),
        ({"DATA": CLOSE}, "later"),
        ({"DATA": HANG}, "later"),
        ({"body": "452 disk full"}, "later"),
        ({"body": "554 spam"}, "refused"),
        ({"body": CLOSE}, "unsure"),
        ({"body": HANG}, "unsure"),
        ({"body": "354 what"}, "unsure"),
        ({"body": "gibberish"}, "unsure"),
        ({"QUIT": CLOSE}, "sent"),
        ({"QUIT": HANG}, "sent"),
    ],
)
def test_each_fault_is_known_for_what_it_is(answers: dict[str, str], outcome: str) -> None:
    server = MailServer(answers=answers)
    assert sent(server).outcome == outcome
    assert len(server.mails) == (outcome == "sent")


def test_one_unknown_recipient_and_nobody_gets_it() -> None:
    server = MailServer(unknown=("b@example.com",))
    found = sent(server)
    assert found.outcome == "refused" and "b@example.com: 5.1.1 no such mailbox" in str(found.why)
    assert not server.mails and "data" not in [one.lower() for one in server.commands]


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = send_mail(SmtpSettings("127.0.0.1", port, "none", timeout=0.4), MESSAGE)
    assert found.outcome == "later" and str(port) in str(found.why)


@pytest.mark.parametrize("host", ["bad host\n", "", "a" * 300, "..", "\ud800"])
def test_a_name_that_is_none_is_an_answer_too(host: str) -> None:
    assert send_mail(SmtpSettings(host, 1, "none", timeout=0.4), MESSAGE).outcome in ("refused", "later")


def test_a_password_is_proved_and_never_shown() -> None:
    right = settings(MailServer(), user="kitchen", password="right")
    assert "right" not in repr(right)
    assert sent(MailServer(), user="kitchen", password="right").outcome == "sent"
    wrong = sent(MailServer(), user="kitchen", password="wrong-4711")
    assert wrong.outcome == "refused" and "wrong-4711" not in str(wrong.why)
    assert sent(MailServer(answers={"AUTH": "454 later"}), user="k", password="right").outcome == "later"
    assert sent(MailServer(extensions=()), user="k", password="right").outcome == "refused"
    assert sent(MailServer(), user="厨房", password="right").outcome == "refused"


def test_a_password_goes_nowhere_without_encryption() -> None:
    found = send_mail(SmtpSettings("mail.example.com", 25, "none", "kitchen", "right"), MESSAGE)
    assert found.outcome == "refused" and "without encryption" in str(found.why)


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_encrypted_mail_needs_a_certificate_we_trust(security: Security) -> None:
    def server() -> MailServer:
        offered = ("STARTTLS", "AUTH PLAIN") if security == "starttls" else ("AUTH PLAIN",)
        return MailServer(certificate=CERTIFICATE, is_ssl=security == "ssl", extensions=offered)

    trusted = server()
    over = {"user": "k", "password": "right", "timeout": 3.0}
    assert sent(trusted, security, ca_file=str(CERTIFICATE), **over).outcome == "sent"
    assert trusted.mails == [MESSAGE]
    found = sent(server(), security, **over)
    assert found.outcome == "refused" and "certificate of 127.0.0.1 cannot be trusted" in str(found.why)
    lost = sent(server(), security, ca_file="/nowhere.pem", **over)
    assert lost.outcome == "refused" and "/nowhere.pem" in str(lost.why)


def test_the_wrong_kind_of_encryption_is_told() -> None:
    plain = sent(MailServer(), "ssl")
    assert plain.outcome == "refused" and "SSL there, or STARTTLS" in str(plain.why)
    without = sent(MailServer(), "starttls")
    assert without.outcome == "refused" and "offers no STARTTLS" in str(without.why)
    not_now = sent(MailServer(extensions=("STARTTLS",), answers={"STARTTLS": "454 not now"}), "starttls")
    assert not_now.outcome == "later"


def test_settings_are_tried_without_sending() -> None:
    server = MailServer()
    with running(server):
        assert try_server(settings(server, user="k", password="right")).outcome == "sent"
        assert try_server(settings(server, user="k", password="wrong")).outcome == "refused"
    assert not server.mails
