"""An e-mail with its files as the bytes that travel (RFC 5322): the same request is the same message to the byte.

The Message-ID follows from the request's id, so a mail that does come twice is recognised as one by mail programs.
"""

from __future__ import annotations

import re
import unicodedata
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import quote
from hashlib import sha256
from typing import Any

from core.errors import InvalidInput
from core.i18n import _
from core.mail.types import Attached, Mailbox, MailDraft

LARGEST_ATTACHMENTS = 15_000_000
LONGEST_SUBJECT = 200
LONGEST_NAME = 100
LONGEST_FILE_NAME = 100
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_MEDIA_TYPE = re.compile(r"(application|image|text|audio|video)/[a-z0-9][a-z0-9.+-]{0,100}", re.ASCII)
_FROM = re.compile(rb"^From:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", re.MULTILINE)
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)


class _WholeWords(EmailPolicy):
    """Head lines with other letters are encoded as a whole: the standard policy loses blanks between such words."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if isinstance(value, AddressHeader):
            words = ",\r\n ".join(_mailbox_words(one, len(name)) for one in value.addresses)
        elif name == "Subject":
            words = str(value) if _is_plain(value) else _encoded(value, len(name))
        else:
            return super().fold_binary(name, value)
        return f"{name}: {words}\r\n".encode("ascii")


_POLICY = _WholeWords(linesep=SMTP.linesep)


def message_id(request_id: str, line: int, sender: str) -> str:
    """The Message-ID of a mail that a request queued, at the sender's domain. Source: RFC 5322, 3.6.4."""
    return f"<steward.{_digest(request_id, line)}@{sender.rpartition('@')[2]}>"


def message_bytes(mail: MailDraft) -> bytes:
    """The message, ready to be handed to a mail server: ASCII, CRLF. Raises InvalidInput for a wrong address, no
    recipient, no subject or files over 15 MB; line breaks in names and subjects become blanks."""
    if not mail.to:
        raise InvalidInput(_("An e-mail needs at least one address to go to."), field="to")
    if sum(len(content) for _name, _kind, content in mail.attachments) > LARGEST_ATTACHMENTS:
        raise InvalidInput(
            _("The files are larger than 15 MB together; mail servers refuse that."), field="attachments"
        )
    if mail.made_at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    message = EmailMessage(policy=_POLICY)
    _write_head(message, mail)
    message.set_content(_body(mail.body), charset="utf-8", cte="base64")
    for attached in mail.attachments:
        _attach(message, attached)
    if mail.attachments:
        message.set_boundary(f"=_steward_{_digest(mail.request_id, mail.line)}")
    return message.as_bytes()


def _write_head(message: EmailMessage, mail: MailDraft) -> None:
    sender = check_address(mail.sender.address)
    subject = one_line(mail.subject, LONGEST_SUBJECT)
    if not subject:
        raise InvalidInput(_("An e-mail needs a subject."), field="subject")
    message["Message-ID"] = message_id(mail.request_id, mail.line, sender)
    message["Date"] = mail.made_at
    message["From"] = _address(mail.sender)
    message["To"] = [_address(one) for one in mail.to]
    if mail.copies:
        message["Cc"] = [_address(one) for one in mail.copies]
    if mail.answer_to is not None:
        message["Reply-To"] = _address(mail.answer_to)
    message["Subject"] = subject


def _attach(message: EmailMessage, attached: Attached) -> None:
    name, media_type, content = attached
    kind = media_type.lower() if _MEDIA_TYPE.fullmatch(media_type.lower()) else "application/octet-stream"
    main, _slash, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=file_name(name))


def with_sender(message: bytes, sender: Mailbox) -> bytes:
    """The same message from another sender, all else to the byte; for a mail that goes again after the server's settings
    were put right."""
    head, gap, rest = message.partition(b"\r\n\r\n")
    made = EmailMessage(policy=_POLICY)
    made["From"] = _address(sender)
    line = made.as_bytes().partition(b"\r\n\r\n")[0].strip() + b"\r\n"
    return _FROM.sub(lambda _found: line, head + b"\r\n", count=1).removesuffix(b"\r\n") + gap + rest


def check_address(address: str) -> str:
    """An e-mail address in the form every server takes; a domain in other letters becomes its ASCII form.

    Raises InvalidInput. Source: RFC 5321, 4.1.2, without quoted names.
    """
    local, _at, domain = address.strip().rpartition("@")
    plain = _plain_domain(domain)
    if not _LOCAL.fullmatch(local) or len(local) > 64 or not plain:
        raise InvalidInput(
            _("“{address}” is no e-mail address. It should look like name@example.com.", address=one_line(address, 60)),
            field="address",
        )
    return f"{local}@{plain}"


def one_line(words: str, longest: int) -> str:
    """Words for a head line: what breaks lines or cannot be seen becomes a blank, so that nothing can be smuggled in."""
    shown = (" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") else sign for sign in words)
    return " ".join("".join(shown).split())[:longest].rstrip()


def _address(mailbox: Mailbox) -> Address:
    return Address(one_line(mailbox.name, LONGEST_NAME), addr_spec=check_address(mailbox.address))


def _mailbox_words(address: Address, indent: int) -> str:
    name = address.display_name
    if not name:
        return address.addr_spec
    said = f'"{quote(name)}"' if _is_plain(name) else _encoded(name, indent)
    return f"{said}\r\n <{address.addr_spec}>"


def _is_plain(words: str) -> bool:
    return words.isascii() and "=?" not in words and len(words) <= 60


def _encoded(words: str, indent: int) -> str:
    return Header(str(words), "utf-8", maxlinelen=75, header_name="x" * indent).encode(linesep="\r\n")


def _plain_domain(domain: str) -> str:
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = plain.split(".")
    is_good = len(labels) > 1 and len(plain) <= 250 and all(_LABEL.fullmatch(label) for label in labels)
    return plain.lower() if is_good else ""


def _body(body: str) -> str:
    lines = unicodedata.normalize("NFC", body).splitlines() or [""]
    return (
        "\n".join(
            "".join(sign for sign in line if sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
            for line in lines
        )
        + "\n"
    )


def file_name(name: str) -> str:
    """A file's name that every system takes, with its ending."""
    bare = re.sub(r'[\\/:*?"<>|]+', "-", one_line(name, LONGEST_FILE_NAME)).strip(". -")
    return bare or "file"


def _digest(request_id: str, line: int) -> str:
    named = request_id if line == 1 else f"{request_id}/{line}"
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]
