"""A run over the channels: what is due is put into messages, each is taken, handed over, and what became of it written down."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol

from core.alerts.commands.sending import ask_stranded_messages, mark_message, queue_alert_mails, take_message
from core.alerts.queries.channels import get_alerts_due, get_taken_message, get_test_message
from core.alerts.sending.hand_over import hand_over
from core.alerts.sending.secrets import find_channel_secret
from core.alerts.types.channels import AlertRun, AlertsDue, ChannelDue, ChannelSecret, Delivery, TakenMessage
from core.errors import CoreError, InvalidInput, Unavailable
from core.i18n import Text, _
from db.enums import ChannelKind

MESSAGE_SECONDS = 20.0
"""How long one receiver may take for all of it."""
TRY_AGAIN_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to write down what became of a message, when the database is away just then."""


class Caller(Protocol):
    """Who runs commands and queries: the office."""

    def do(self, command: Callable[..., Any], **arguments: Any) -> Any:
        """Run a command."""

    def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
        """Run a query."""


def send_due_alerts(
    caller: Caller, *, stop: Callable[[], bool] | None = None, seconds: float = MESSAGE_SECONDS
) -> AlertRun:
    """Send everything that is due over the channels of alerts, and answer what came of it.

    Runs in the caller's thread and may take long; `stop` is asked before each message and while one waits for its receiver.
    Several programs may do so at once: each message is sent by one of them. `seconds` holds for all that one receiver does
    with one message. A channel that is at fault keeps the others from nothing; a channel whose address or secret this PC
    does not know is left to other PCs. Nothing is sent twice by itself. E-mails go into the outbox (`mail.send_due`).
    Raises Unavailable when the database is away.
    """
    due: AlertsDue = caller.ask(get_alerts_due)
    stranded = int(caller.do(ask_stranded_messages)) if due.stranded else 0
    if stranded:
        due = caller.ask(get_alerts_due)
    counts: Counter[str] = Counter()
    troubles: list[Text] = []
    if any(one.kind is ChannelKind.MAIL for one in due.channels):
        _queue_mails(caller, counts, troubles)
    may_stop = stop or (lambda: False)
    for channel in due.channels:
        if channel.kind is ChannelKind.MAIL or may_stop():
            continue
        secret = find_channel_secret(channel.key, channel.channel_id)
        lack = _lack(channel, secret)
        trouble = lack if lack is not None else _send_all(caller, channel, secret, seconds, may_stop, counts)
        troubles += [] if trouble is None else [trouble]
    return AlertRun(counts["sent"], counts["later"], counts["refused"], counts["unsure"], stranded, tuple(troubles))


def send_test_message(
    caller: Caller, *, channel_id: int, address: str = "", language: str, seconds: float = MESSAGE_SECONDS
) -> Delivery:
    """Really send a short message over a channel and answer what the receiver said.

    Runs in the caller's thread and may take long. Raises InvalidInput for a channel of e-mail (its server has a test of its
    own) or without an address, NotFound, NotAllowed.
    """
    message: TakenMessage = caller.ask(
        get_test_message, channel_id=channel_id, address=address, language=language, key=uuid.uuid4().hex
    )
    if message.kind is ChannelKind.MAIL:
        raise InvalidInput(_("Try the mail server itself: Settings, E-mail server."), field="channel")
    if message.kind is ChannelKind.SMS and not message.address:
        raise InvalidInput(_("Write the number the test goes to."), field="address")
    secret = find_channel_secret(message.channel_key, channel_id)
    if not secret.url and message.kind is not ChannelKind.SMS:
        return Delivery("refused", _not_known(message.channel), is_of_channel=True)
    return hand_over(message, secret, seconds=seconds)


def _queue_mails(caller: Caller, counts: Counter[str], troubles: list[Text]) -> None:
    try:
        counts["sent"] += int(caller.do(queue_alert_mails))
    except Unavailable:
        raise
    except CoreError as fault:
        troubles.append(fault.text)


def _lack(channel: ChannelDue, secret: ChannelSecret) -> Text | None:
    if (channel.needs_url and not secret.url) or (channel.needs_secret and not secret.secret):
        return _not_known(channel.name)
    return None


def _not_known(channel: str) -> Text:
    return _(
        "This PC does not know address or secret of the channel {channel}. Type it at Settings, Alerts.",
        channel=channel,
    )


def _send_all(
    caller: Caller,
    channel: ChannelDue,
    secret: ChannelSecret,
    seconds: float,
    stop: Callable[[], bool],
    counts: Counter[str],
) -> Text | None:
    """Everything of one channel, until nothing is left or the channel itself is at fault; answers that fault."""
    holder = uuid.uuid4().hex
    while not stop():
        message_id: int = caller.do(take_message, channel_id=channel.channel_id, holder=holder)
        if not message_id:
            return None
        delivery = _handed_over(caller, message_id, holder, secret, seconds, stop)
        _write_down(caller, message_id=message_id, holder=holder, delivery=delivery)
        is_put_off = delivery.is_of_channel and delivery.outcome == "refused"
        counts["later" if is_put_off else delivery.outcome] += 1
        if delivery.is_of_channel:
            return delivery.why
    return None


def _handed_over(
    caller: Caller, message_id: int, holder: str, secret: ChannelSecret, seconds: float, stop: Callable[[], bool]
) -> Delivery:
    """Before the receiver is spoken to nothing can have been sent, whatever goes wrong."""
    try:
        message: TakenMessage = caller.ask(get_taken_message, message_id=message_id, holder=holder)
    except CoreError as fault:
        return Delivery("later", fault.text, is_of_channel=True)
    return hand_over(message, secret, seconds=seconds, stop=stop)


def _write_down(caller: Caller, **facts: Any) -> None:
    """What is not written down becomes a question for a person, so it is tried again for a while: once for one request."""
    request_id = uuid.uuid4().hex
    for wait in TRY_AGAIN_AFTER:
        try:
            caller.do(mark_message, request_id=request_id, **facts)
        except Unavailable:
            time.sleep(wait)
        else:
            return
    caller.do(mark_message, request_id=request_id, **facts)
