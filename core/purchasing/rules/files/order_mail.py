"""An order, a request or a claim as an e-mail with its PDF (RFC 5322): the same request is the same message to the byte.

The Message-ID follows from the request's id, so a mail that does come twice is recognised as one by mail programs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import quote
from hashlib import sha256
from typing import Any, Literal

from core.errors import InvalidInput
from core.i18n import Language, Text, _

Subject = Literal["order", "order_changed", "order_cancelled", "quotation", "claim"]
LARGEST_ATTACHMENT = 15_000_000
LONGEST_SUBJECT = 200
LONGEST_NAME = 100
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
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


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address and the name shown with it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class OrderMail:
    """What is sent, to whom and in which language. `request_id` is the id of the command that queued it, `body` plain
    text as the person sees it, `file_name` with or without `.pdf`."""

    request_id: str
    made_at: datetime
    sender: Mailbox
    to: tuple[Mailbox, ...]
    subject: Subject
    number: str
    site: str
    language: Language
    body: str
    file_name: str
    pdf: bytes
    copies: tuple[Mailbox, ...] = ()
    answer_to: Mailbox | None = None


def subject_of(subject: Subject, number: str, site: str) -> Text:
    """The subject line, for the supplier's language."""
    words = {
        "order": _("Purchase order {number} from {site}", number=number, site=site),
        "order_changed": _("Changed: purchase order {number} from {site}", number=number, site=site),
        "order_cancelled": _("Cancelled: purchase order {number} from {site}", number=number, site=site),
        "quotation": _("Request for quotation {number} from {site}", number=number, site=site),
        "claim": _("Claim {number} from {site}", number=number, site=site),
    }
    return words[subject]


def message_id(request_id: str, sender: str) -> str:
    """The Message-ID of the mail that a request queued, at the sender's domain. Source: RFC 5322, 3.6.4."""
    return f"<steward.{_digest(request_id)}@{sender.rpartition('@')[2]}>"


def order_message(mail: OrderMail) -> bytes:
    """The message, ready to be handed to a mail server: ASCII, CRLF. Raises InvalidInput for a wrong address, no
    recipient or an attachment over 15 MB; line breaks in names and subjects become blanks."""
    if not mail.to:
        raise InvalidInput(_("The supplier has no e-mail address."), field="to")
    if len(mail.pdf) > LARGEST_ATTACHMENT:
        raise InvalidInput(_("The attachment is larger than 15 MB; mail servers refuse that."), field="pdf")
    if mail.made_at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    sender = check_address(mail.sender.address)
    message = EmailMessage(policy=_POLICY)
    message["Message-ID"] = message_id(mail.request_id, sender)
    message["Date"] = mail.made_at
    message["From"] = _address(mail.sender)
    message["To"] = [_address(one) for one in mail.to]
    if mail.copies:
        message["Cc"] = [_address(one) for one in mail.copies]
    if mail.answer_to is not None:
        message["Reply-To"] = _address(mail.answer_to)
    subject = subject_of(mail.subject, mail.number, mail.site).render(mail.language)
    message["Subject"] = one_line(subject, LONGEST_SUBJECT)
    message.set_content(_body(mail.body), charset="utf-8", cte="base64")
    message.add_attachment(mail.pdf, maintype="application", subtype="pdf", filename=_file_name(mail.file_name))
    message.set_boundary(f"=_steward_{_digest(mail.request_id)}")
    return message.as_bytes()


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


def _file_name(name: str) -> str:
    bare = re.sub(r'[\\/:*?"<>|]+', "-", one_line(name, 80)).strip(". -")
    stem = bare.removesuffix(".pdf").rstrip(". ") or "order"
    return f"{stem}.pdf"


def _digest(request_id: str) -> str:
    return sha256(request_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
