"""Handing one e-mail to a mail server (SMTP, RFC 5321), and saying for certain how far it came.

Until the closing full stop is sent the server cannot have the mail: whatever breaks before may be tried again. Once it
is sent and no answer comes, nobody knows: that is told apart, so that no order is sent twice.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from core.errors import InvalidInput
from core.i18n import Text, _
from core.mail.types import Delivery, Outcome, Security

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
# Asking the system for this PC's full name may take long, and no server needs it from who signs in.
_OWN_NAME = "[127.0.0.1]"
_TOO_LARGE = 552
_LEADING_STOP = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """How to reach the mail server. `timeout` in seconds holds for each step; `ca_file` names certificates to trust
    beside the system's, for a server of one's own."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    ca_file: str = ""


class _Ended(Exception):
    """It ended before any mail was spoken of: every other mail would end the same way."""

    def __init__(self, outcome: Outcome, why: Text) -> None:
        super().__init__(str(why))
        self.delivery = Delivery(outcome, why, is_of_server=True)


class _NotTaken(Exception):
    """The server does not take this mail."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.delivery = Delivery("refused", why)


def send_mail(settings: SmtpSettings, message: bytes, also_to: tuple[str, ...] = ()) -> Delivery:
    """Hand one message to the server, for all of its recipients and `also_to` or for none. Never raises for what a server
    or network does. Raises InvalidInput when the message itself names no sender or recipient."""
    sender, named = envelope_of(message)
    recipients = tuple(dict.fromkeys((*named, *also_to)))

    def run() -> Delivery:
        with _connected(settings) as server:
            _sign_in(server, settings)
            _address(server, sender, recipients, len(message))
            return _hand_over(server, message)

    return _told(settings, run)


def try_server(settings: SmtpSettings) -> Delivery:
    """Connect and sign in, and send nothing: `sent` means that all went well."""

    def run() -> Delivery:
        with _connected(settings) as server:
            _sign_in(server, settings)
        return Delivery("sent", _("The mail server {host} answers and lets us in.", host=settings.host))

    return _told(settings, run)


def envelope_of(message: bytes) -> tuple[str, tuple[str, ...]]:
    """Sender and recipients of a message, from its head lines. Raises InvalidInput when either is missing."""
    head = message_from_bytes(message.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=SMTP)
    sender = [one.addr_spec for one in _mailboxes(head, "From")]
    recipients = tuple(dict.fromkeys(one.addr_spec for name in ("To", "Cc") for one in _mailboxes(head, name)))
    if not sender or not recipients:
        raise InvalidInput(_("The e-mail names no sender or no recipient."))
    return sender[0], recipients


def _mailboxes(head: EmailMessage, name: str) -> list[Address]:
    found = [one for value in head.get_all(name, []) for one in value.addresses]
    return [one for one in found if one.username and one.domain]


def _told(settings: SmtpSettings, run: Callable[[], Delivery]) -> Delivery:
    try:
        return run()
    except (_Ended, _NotTaken) as ended:
        return ended.delivery
    except smtplib.SMTPResponseException as fault:
        return _answered(fault.smtp_code, fault.smtp_error)
    except (OSError, smtplib.SMTPException):
        words = _("The connection to {host} broke off. Nothing was sent.", host=settings.host)
        return Delivery("later", words, is_of_server=True)


@contextmanager
def _before_any_mail() -> Iterator[None]:
    """What the server answers while nobody has spoken of a mail concerns all mails."""
    try:
        yield
    except smtplib.SMTPResponseException as fault:
        told = _answered(fault.smtp_code, fault.smtp_error)
        raise _Ended(told.outcome, told.why) from fault


@contextmanager
def _connected(settings: SmtpSettings) -> Iterator[smtplib.SMTP]:
    with _before_any_mail():
        server = _open(settings)
    try:
        yield server
        # The mail is with the server: what happens while saying goodbye changes nothing.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    finally:
        server.close()


def _open(settings: SmtpSettings) -> smtplib.SMTP:
    """Connected and, where asked for, encrypted with a proved certificate."""
    _check_password_is_safe(settings)
    try:
        if settings.security == "ssl":
            return smtplib.SMTP_SSL(
                settings.host, settings.port, _OWN_NAME, timeout=settings.timeout, context=_context(settings)
            )
        server = smtplib.SMTP(settings.host, settings.port, _OWN_NAME, timeout=settings.timeout)
    except ssl.SSLError as fault:
        raise _not_safe(settings, fault) from fault
    except (UnicodeError, ValueError) as fault:
        raise _Ended("refused", _("“{host}” is no name of a server.", host=settings.host[:60])) from fault
    except smtplib.SMTPResponseException:
        raise
    except (OSError, smtplib.SMTPException) as fault:
        words = _("The mail server {host} cannot be reached at port {port}.", host=settings.host, port=settings.port)
        raise _Ended("later", words) from fault
    try:
        if settings.security == "starttls":
            _start_tls(server, settings)
    except BaseException:
        server.close()
        raise
    return server


def _check_password_is_safe(settings: SmtpSettings) -> None:
    if settings.user and settings.security == "none" and settings.host not in _LOCAL_HOSTS:
        words = _("A password is never sent to {host} without encryption. Choose STARTTLS or SSL.", host=settings.host)
        raise _Ended("refused", words)


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file:
        try:
            context.load_verify_locations(settings.ca_file)
        except OSError as fault:
            words = _("The file of certificates {file} cannot be read.", file=settings.ca_file)
            raise _Ended("refused", words) from fault
    return context


def _start_tls(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    try:
        code, answer = server.starttls(context=_context(settings))
    except smtplib.SMTPNotSupportedError as fault:
        words = _("The mail server {host} offers no STARTTLS. Choose SSL, or its other port.", host=settings.host)
        raise _Ended("refused", words) from fault
    except ssl.SSLError as fault:
        raise _not_safe(settings, fault) from fault
    if code != 220:
        raise smtplib.SMTPResponseException(code, answer)
    server.ehlo_or_helo_if_needed()


def _not_safe(settings: SmtpSettings, fault: ssl.SSLError) -> _Ended:
    if isinstance(fault, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return _Ended("later", _("The connection to {host} broke off. Nothing was sent.", host=settings.host))
    if isinstance(fault, ssl.SSLCertVerificationError):
        words = _(
            "The certificate of {host} cannot be trusted: {why}.",
            host=settings.host,
            why=fault.verify_message.rstrip("."),
        )
    else:
        words = _(
            "No encrypted connection to {host} at port {port}. Is it SSL there, or STARTTLS?",
            host=settings.host,
            port=settings.port,
        )
    return _Ended("refused", words)


@_before_any_mail()
def _sign_in(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    if not settings.user:
        server.ehlo_or_helo_if_needed()
        return
    try:
        server.login(settings.user, settings.password)
    except smtplib.SMTPAuthenticationError as fault:
        if 400 <= fault.smtp_code < 500:
            raise
        words = _("The mail server does not take the user name or password: {answer}", answer=_said(fault.smtp_error))
        raise _Ended("refused", words) from fault
    except UnicodeError as fault:
        raise _Ended("refused", _("User name and password must be of Latin letters and signs.")) from fault
    except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
        raise
    except smtplib.SMTPException as fault:
        words = _("The mail server {host} offers no way to sign in that we know.", host=settings.host)
        raise _Ended("refused", words) from fault


def _address(server: smtplib.SMTP, sender: str, recipients: tuple[str, ...], size: int) -> None:
    """All recipients must be taken; for some only, nothing is sent, so that no order is half delivered."""
    options = [f"SIZE={size}"] if server.has_extn("size") else []
    code, answer = server.mail(sender, options)
    if code >= 500 and code != _TOO_LARGE:
        words = _(
            "The mail server does not take {address} as the sender: {answer}", address=sender, answer=_said(answer)
        )
        raise _Ended("refused", words)
    if code != 250:
        raise smtplib.SMTPResponseException(code, answer)
    for recipient in recipients:
        code, answer = server.rcpt(recipient)
        if code in (250, 251):
            continue
        if code >= 500:
            words = _(
                "The mail server does not take the address {address}: {answer}", address=recipient, answer=_said(answer)
            )
            raise _NotTaken(words)
        raise smtplib.SMTPResponseException(code, answer)


def _hand_over(server: smtplib.SMTP, message: bytes) -> Delivery:
    code, answer = server.docmd("DATA")
    if code != 354:
        raise smtplib.SMTPResponseException(code, answer)
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    server.send(_LEADING_STOP.sub(b"..", body))
    # From here on the server may have the mail.
    try:
        server.send(b".\r\n")
        code, answer = server.getreply()
    except (OSError, smtplib.SMTPException):
        return Delivery("unsure", _("The connection broke off before the mail server confirmed the e-mail."))
    if 200 <= code < 300:
        return Delivery("sent", _("The mail server has the e-mail: {answer}", answer=_said(answer)))
    return _answered(code, answer) if 400 <= code < 600 else Delivery("unsure", _not_understood(answer))


def _answered(code: int, answer: bytes | str) -> Delivery:
    """4xx is for now, 5xx for good. Source: RFC 5321, 4.2.1."""
    if 400 <= code < 500:
        return Delivery("later", _("The mail server cannot take it now: {answer}", answer=_said(answer)))
    if 500 <= code < 600:
        return Delivery("refused", _("The mail server refuses: {answer}", answer=_said(answer)))
    return Delivery("later", _not_understood(answer))


def _not_understood(answer: bytes | str) -> Text:
    return _("The mail server answers what cannot be understood: {answer}", answer=_said(answer))


def _said(answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:200]
