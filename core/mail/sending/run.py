"""A run through the outbox: every e-mail that may go is taken, handed over, and what became of it written down."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol

from core.errors import CoreError, Unavailable
from core.i18n import Text, _
from core.mail.commands.sending import ask_stranded, mark_mail, take_mail
from core.mail.queries import get_mails_due, get_taken_mail, get_test_mail
from core.mail.sending.passwords import find_mail_password
from core.mail.sending.smtp import SmtpSettings, send_mail
from core.mail.types import Delivery, MailRun, MailsDue, MailServer, MailServerEdit, TakenMail

STEP_SECONDS = 30.0
TRY_AGAIN_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to write down what became of a mail, when the database is away just then."""


class Caller(Protocol):
    """Who runs commands and queries: the office."""

    def do(self, command: Callable[..., Any], **arguments: Any) -> Any:
        """Run a command."""

    def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
        """Run a query."""


def send_due(
    caller: Caller,
    *,
    password: str | None = None,
    stop: Callable[[], bool] | None = None,
    timeout: float = STEP_SECONDS,
) -> MailRun:
    """Send every e-mail of the outbox that may go now, one after the other, and answer what came of it.

    Runs in the caller's thread and may take long; `stop` is asked before each e-mail. Several programs may do so at once:
    each e-mail is sent by one of them. `password` is that of the mail server, else the one this PC keeps; `timeout` in
    seconds holds for each step of the server. When the server itself is the trouble the others wait. Nothing is ever sent
    twice: what a program left behind becomes a question for a person. Raises Unavailable when the database is away.
    """
    due: MailsDue = caller.ask(get_mails_due)
    stranded = caller.do(ask_stranded) if due.stranded else 0
    if not due.due:
        return MailRun(stranded=stranded)
    known = password or find_mail_password(due.server.edit)
    trouble = _lack(due.server, known)
    if trouble is not None:
        return MailRun(stranded=stranded, trouble=trouble)
    settings = smtp_settings(due.server.edit, known or "", timeout)
    return _run(caller, settings, stop or (lambda: False), stranded)


def what_lacks(caller: Caller) -> Text | None:
    """Why nothing can be sent from this PC: no server is set up, or its password is not known here; None when nothing
    lacks. Asks the keyring, which may take a moment; speaks to no server."""
    due: MailsDue = caller.ask(get_mails_due)
    return _lack(due.server, find_mail_password(due.server.edit))


def _lack(server: MailServer, password: str | None) -> Text | None:
    if not server.is_set:
        return _("No mail server is set up yet. Do that first: Settings, E-mail server.")
    return no_password_here() if server.edit.user and not password else None


def send_test_mail(
    caller: Caller, *, server: MailServerEdit, password: str, to: str, language: str, timeout: float = STEP_SECONDS
) -> Delivery:
    """Really send a short e-mail with these settings, kept or not, and answer what the server said.

    Runs in the caller's thread and may take long. Raises InvalidInput for settings or an address that cannot be right,
    NotAllowed.
    """
    request_id = uuid.uuid4().hex
    message: bytes = caller.ask(get_test_mail, server=server, to=to, language=language, request_id=request_id)
    known = password or find_mail_password(server) or ""
    if server.user.strip() and not known:
        return Delivery("refused", no_password_here(), is_of_server=True)
    return send_mail(smtp_settings(server, known, timeout), message)


def no_password_here() -> Text:
    """The sentence for a PC that does not know the mail server's password."""
    return _("This PC does not know the mail server's password. Type it at Settings, E-mail server.")


def smtp_settings(server: MailServerEdit, password: str, timeout: float = STEP_SECONDS) -> SmtpSettings:
    """How to reach the site's mail server."""
    host = server.host.strip()
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    user = server.user.strip()
    return SmtpSettings(plain, server.port, server.security, user, password if user else "", timeout)


def _run(caller: Caller, settings: SmtpSettings, stop: Callable[[], bool], stranded: int) -> MailRun:
    holder = uuid.uuid4().hex
    counts: Counter[str] = Counter()
    trouble: Text | None = None
    while trouble is None and not stop():
        mail_id: int = caller.do(take_mail, holder=holder)
        if not mail_id:
            break
        delivery = _hand_over(caller, settings, mail_id, holder)
        _write_down(caller, mail_id=mail_id, holder=holder, delivery=delivery)
        is_put_off = delivery.is_of_server and delivery.outcome == "refused"
        counts["later" if is_put_off else delivery.outcome] += 1
        trouble = delivery.why if delivery.is_of_server else None
    return MailRun(counts["sent"], counts["later"], counts["refused"], counts["unsure"], stranded, trouble)


def _hand_over(caller: Caller, settings: SmtpSettings, mail_id: int, holder: str) -> Delivery:
    """Before the server is spoken to nothing can have been sent, whatever goes wrong."""
    try:
        taken: TakenMail = caller.ask(get_taken_mail, mail_id=mail_id, holder=holder)
    except CoreError as fault:
        return Delivery("later", fault.text, is_of_server=True)
    return send_mail(settings, taken.message, taken.also_to)


def _write_down(caller: Caller, **facts: Any) -> None:
    """What is not written down becomes a question for a person, so it is tried again for a while: once for one request."""
    request_id = uuid.uuid4().hex
    for wait in TRY_AGAIN_AFTER:
        try:
            caller.do(mark_mail, request_id=request_id, **facts)
        except Unavailable:
            time.sleep(wait)
        else:
            return
    caller.do(mark_mail, request_id=request_id, **facts)
