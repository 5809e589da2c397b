"""E-mails as bytes: the same request is the same message, whole in every language, and nothing can be smuggled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.mail.rules.message import (
    LARGEST_ATTACHMENTS,
    check_address,
    file_name,
    message_bytes,
    message_id,
    one_line,
    with_sender,
)
from core.mail.sending.smtp import envelope_of
from core.mail.types import Mailbox, MailDraft

MAIL = MailDraft(
    request_id="0b3c",
    made_at=datetime(2026, 11, 22, 3, 58, tzinfo=UTC),
    sender=Mailbox("kitchen@example.com", "后厨 Kitchen"),
    to=(Mailbox("orders@farm.example", "O’Farm, Orders & Co"),),
    subject="转角 Bistro 采购订单 PO-9",
    body="你好\n\n附件是订单。\n.\nFrom here on\n",
    attachments=(("采购订单 PO-9.pdf", "application/pdf", b"%PDF-1.7\n" + bytes(range(256))),),
    copies=(Mailbox("chef@example.com"),),
    answer_to=Mailbox("buyer@example.com", "Buyer"),
)
HEADS = {"Message-ID", "Date", "From", "To", "Cc", "Reply-To", "Subject", "MIME-Version", "Content-Type"}


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=SMTP)


def test_a_mail_is_read_back_whole() -> None:
    content = message_bytes(MAIL)
    found = read(content)
    assert found["Subject"] == "转角 Bistro 采购订单 PO-9"
    assert found["From"].addresses[0].display_name == "后厨 Kitchen"
    assert found["To"].addresses[0].display_name == "O’Farm, Orders & Co"
    assert found["Reply-To"].addresses[0].addr_spec == "buyer@example.com"
    assert found["Date"].datetime == MAIL.made_at
    body, attachment = list(found.iter_parts())
    assert cast(EmailMessage, body).get_content() == MAIL.body.replace("\n", "\r\n")
    assert attachment.get_filename() == "采购订单 PO-9.pdf" and attachment.get_content_type() == "application/pdf"
    assert cast(EmailMessage, attachment).get_content() == MAIL.attachments[0][2]
    assert envelope_of(content) == ("kitchen@example.com", ("orders@farm.example", "chef@example.com"))


def test_every_server_takes_its_lines() -> None:
    content = message_bytes(replace(MAIL, subject="长" * 150, body="line " * 2000))
    assert content.isascii() and content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 78 and not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_same_request_is_the_same_message() -> None:
    assert message_bytes(MAIL) == message_bytes(MAIL)
    other = replace(MAIL, request_id="0b3d")
    assert read(message_bytes(other))["Message-ID"] != read(message_bytes(MAIL))["Message-ID"]
    assert read(message_bytes(MAIL))["Message-ID"] == message_id("0b3c", 1, "kitchen@example.com")
    second = replace(MAIL, line=2)
    assert (
        read(message_bytes(second))["Message-ID"]
        == message_id("0b3c", 2, "kitchen@example.com")
        != message_id("0b3c", 1, "a@example.com")
    )


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@", "@b.c", "a@b", "a b@c.de", "a@b.c\r\nBcc: x@y.z", "a..b@c.de", ".a@c.de", "é@c.de", "a@-c.de", "a@c..de",
     "a" * 65 + "@c.de", "a@" + "b" * 70 + ".de", "a,b@c.de", "<a@c.de>", '"a b"@c.de'],
)  # fmt: skip
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        message_bytes(replace(MAIL, to=(Mailbox(address),)))
    assert "\n" not in str(caught.value)


def test_a_domain_in_other_letters_becomes_plain() -> None:
    assert check_address(" Info@Müller.example ") == "Info@xn--mller-kva.example"


def test_a_mail_without_recipient_or_too_large_is_refused() -> None:
    for wrong in (
        replace(MAIL, to=()),
        replace(MAIL, subject=" \n"),
        replace(MAIL, attachments=(("a", "b/c", b"x" * (LARGEST_ATTACHMENTS + 1)),)),
    ):
        with pytest.raises(InvalidInput):
            message_bytes(wrong)
    with pytest.raises(ValueError, match="zone"):
        message_bytes(replace(MAIL, made_at=datetime(2026, 1, 1)))  # noqa: DTZ001


nasty = st.text(max_size=60) | st.text(alphabet='\r\n\t :,;<>@"\\=?()é长Bcc\x00\u2028', max_size=60)


@given(nasty, nasty, nasty, nasty)
def test_no_head_line_can_be_smuggled_in(name: str, subject: str, kind: str, file: str) -> None:
    files = ((file, kind, b"1"), ("b.pdf", "application/pdf", b"2"))
    mail = replace(MAIL, to=(Mailbox("orders@farm.example", name),), subject=f"Order {subject}", attachments=files)
    content = message_bytes(mail)
    found = read(content)
    assert set(found.keys()) == HEADS and len(found.keys()) == len(HEADS)
    assert envelope_of(content)[1] == ("orders@farm.example", "chef@example.com")
    assert content.isascii()
    assert one_line(str(found["Subject"]), 300) == one_line(f"Order {subject}", 200)
    # The newer reader of the standard library puts blanks between encoded words of a name, against RFC 2047, 6.2.
    shown, _address = parseaddr(str(message_from_bytes(content)["To"]))
    assert str(make_header(decode_header(shown))) == one_line(name, 100)
    assert [part.get_content_type() for part in found.iter_parts()] == [
        "text/plain",
        "application/octet-stream",
        "application/pdf",
    ]


@given(st.text(max_size=200))
def test_any_body_arrives(body: str) -> None:
    found = cast(EmailMessage, next(read(message_bytes(replace(MAIL, body=body))).iter_parts())).get_content()
    assert found.endswith("\n")
    assert one_line(found, 500) == one_line(found.replace("\n", " "), 500)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        assert check_address(text).isascii()
    except InvalidInput as fault:
        assert fault.text.render("zh") != str(fault)


def test_a_mail_needs_no_file_and_may_have_several() -> None:
    plain = read(message_bytes(replace(MAIL, attachments=())))
    assert plain.get_content_type() == "text/plain" and "你好" in plain.get_content()
    files = (("a.pdf", "application/pdf", b"1"), ("../b.csv", "text/csv", b"a;b\n\xff"), ("", "x", b"3"))
    found = list(read(message_bytes(replace(MAIL, attachments=files))).iter_attachments())
    assert [part.get_filename() for part in found] == ["a.pdf", "b.csv", "file"]
    assert [part.get_content_type() for part in found] == ["application/pdf", "text/csv", "application/octet-stream"]
    assert [part.get_payload(decode=True) for part in found] == [one[2] for one in files]


@given(st.text(max_size=60))
def test_a_file_name_is_one_that_every_system_takes(name: str) -> None:
    found = file_name(name)
    assert found and not set('\\/:*?"<>|\r\n') & set(found) and found == file_name(found)


@given(nasty)
def test_another_sender_changes_nothing_else(name: str) -> None:
    content = message_bytes(replace(MAIL, sender=Mailbox("old@example.com", name)))
    changed = with_sender(content, MAIL.sender)
    own = message_bytes(MAIL)
    same_id = b"@" + b"example.com>"
    assert same_id in own and changed == own
    assert with_sender(changed, Mailbox("old@example.com", name)) == content
