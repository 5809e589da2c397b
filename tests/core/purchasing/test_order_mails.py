"""Orders as e-mails: the same request is the same message, whole in every language, and nothing can be smuggled in."""

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
from core.purchasing.rules.files.order_mail import (
    LARGEST_ATTACHMENT,
    Mailbox,
    OrderMail,
    Subject,
    check_address,
    message_id,
    one_line,
    order_message,
)
from core.smtp import envelope_of

MAIL = OrderMail(
    request_id="0b3c",
    made_at=datetime(2026, 11, 22, 3, 58, tzinfo=UTC),
    sender=Mailbox("kitchen@example.com", "后厨 Kitchen"),
    to=(Mailbox("orders@farm.example", "O’Farm, Orders & Co"),),
    subject="order",
    number="PO-9",
    site="转角 Bistro",
    language="zh",
    body="你好\n\n附件是订单。\n.\nFrom here on\n",
    file_name="采购订单 PO-9.pdf",
    pdf=b"%PDF-1.7\n" + bytes(range(256)),
    copies=(Mailbox("chef@example.com"),),
    answer_to=Mailbox("buyer@example.com", "Buyer"),
)
HEADS = {"Message-ID", "Date", "From", "To", "Cc", "Reply-To", "Subject", "MIME-Version", "Content-Type"}


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=SMTP)


def test_a_mail_is_read_back_whole() -> None:
    content = order_message(MAIL)
    found = read(content)
    assert found["Subject"] == "转角 Bistro 采购订单 PO-9"
    assert found["From"].addresses[0].display_name == "后厨 Kitchen"
    assert found["To"].addresses[0].display_name == "O’Farm, Orders & Co"
    assert found["Reply-To"].addresses[0].addr_spec == "buyer@example.com"
    assert found["Date"].datetime == MAIL.made_at
    body, attachment = list(found.iter_parts())
    assert cast(EmailMessage, body).get_content() == MAIL.body.replace("\n", "\r\n")
    assert attachment.get_filename() == "采购订单 PO-9.pdf" and attachment.get_content_type() == "application/pdf"
    assert cast(EmailMessage, attachment).get_content() == MAIL.pdf
    assert envelope_of(content) == ("kitchen@example.com", ("orders@farm.example", "chef@example.com"))


def test_every_server_takes_its_lines() -> None:
    content = order_message(replace(MAIL, site="长" * 150, body="line " * 2000))
    assert content.isascii() and content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 78 and not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_same_request_is_the_same_message() -> None:
    assert order_message(MAIL) == order_message(MAIL)
    other = replace(MAIL, request_id="0b3d")
    assert read(order_message(other))["Message-ID"] != read(order_message(MAIL))["Message-ID"]
    assert read(order_message(MAIL))["Message-ID"] == message_id("0b3c", "kitchen@example.com")


@pytest.mark.parametrize("subject", ["order", "order_changed", "order_cancelled", "quotation", "claim"])
def test_a_subject_is_in_the_suppliers_language(subject: Subject) -> None:
    chinese = read(order_message(replace(MAIL, subject=subject)))["Subject"]
    english = read(order_message(replace(MAIL, subject=subject, language="en")))["Subject"]
    assert chinese != english and "PO-9" in chinese and "PO-9" in english and " from 转角 Bistro" in english


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@", "@b.c", "a@b", "a b@c.de", "a@b.c\r\nBcc: x@y.z", "a..b@c.de", ".a@c.de", "é@c.de", "a@-c.de", "a@c..de",
     "a" * 65 + "@c.de", "a@" + "b" * 70 + ".de", "a,b@c.de", "<a@c.de>", '"a b"@c.de'],
)  # fmt: skip
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        order_message(replace(MAIL, to=(Mailbox(address),)))
    assert "\n" not in str(caught.value)


def test_a_domain_in_other_letters_becomes_plain() -> None:
    assert check_address(" Info@Müller.example ") == "Info@xn--mller-kva.example"


def test_a_mail_without_recipient_or_too_large_is_refused() -> None:
    for wrong in (replace(MAIL, to=()), replace(MAIL, pdf=b"x" * (LARGEST_ATTACHMENT + 1))):
        with pytest.raises(InvalidInput):
            order_message(wrong)
    with pytest.raises(ValueError, match="zone"):
        order_message(replace(MAIL, made_at=datetime(2026, 1, 1)))  # noqa: DTZ001


nasty = st.text(max_size=60) | st.text(alphabet='\r\n\t :,;<>@"\\=?()é长Bcc\x00\u2028', max_size=60)


@given(nasty, nasty, nasty, nasty)
def test_no_head_line_can_be_smuggled_in(name: str, number: str, site: str, file_name: str) -> None:
    mail = replace(
        MAIL, to=(Mailbox("orders@farm.example", name),), number=number, site=site, file_name=file_name, language="en"
    )
    content = order_message(mail)
    found = read(content)
    assert set(found.keys()) == HEADS and len(found.keys()) == len(HEADS)
    assert envelope_of(content)[1] == ("orders@farm.example", "chef@example.com")
    assert content.isascii()
    assert one_line(str(found["Subject"]), 300) == one_line(f"Purchase order {number} from {site}", 200)
    # The newer reader of the standard library puts blanks between encoded words of a name, against RFC 2047, 6.2.
    shown, _address = parseaddr(str(message_from_bytes(content)["To"]))
    assert str(make_header(decode_header(shown))) == one_line(name, 100)
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "application/pdf"]


@given(st.text(max_size=200))
def test_any_body_arrives(body: str) -> None:
    found = cast(EmailMessage, next(read(order_message(replace(MAIL, body=body))).iter_parts())).get_content()
    assert found.endswith("\n")
    assert one_line(found, 500) == one_line(found.replace("\n", " "), 500)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        assert check_address(text).isascii()
    except InvalidInput as fault:
        assert fault.text.render("zh") != str(fault)
