"""What becomes of a mail in the outbox: states as data, waiting times, and that nothing is ever sent twice by itself.

A mail is taken (`sending`) before the server is spoken to, and that is committed. Whoever finds it taken later does not
know how far it came: it is `unsure` and a person is asked. Only a mail of which it is certain that no server has it
goes back to the queue by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.errors import Refused
from core.i18n import Text, _
from core.mail.types import Delivery
from db.enums import MailState


class MailEvent(StrEnum):
    """What happens to it: all by the program but the last three, which a person decides. Restored: the site was put back to
    an earlier moment, and the mail may have left since."""

    TAKE = "take"
    ACCEPTED = "sent"
    PUT_OFF = "later"
    REFUSED = "refused"
    NO_ANSWER = "unsure"
    STRANDED = "stranded"
    RESTORED = "restored"
    SEND_AGAIN = "send_again"
    IT_ARRIVED = "it_arrived"
    WITHDRAW = "withdraw"


MOVES: Mapping[MailState, Mapping[MailEvent, MailState]] = {
    MailState.QUEUED: {
        MailEvent.TAKE: MailState.SENDING,
        MailEvent.RESTORED: MailState.UNSURE,
        MailEvent.WITHDRAW: MailState.WITHDRAWN,
    },
    MailState.SENDING: {
        MailEvent.ACCEPTED: MailState.SENT,
        MailEvent.PUT_OFF: MailState.QUEUED,
        MailEvent.REFUSED: MailState.FAILED,
        MailEvent.NO_ANSWER: MailState.UNSURE,
        MailEvent.STRANDED: MailState.UNSURE,
        MailEvent.RESTORED: MailState.UNSURE,
    },
    MailState.SENT: {},
    MailState.FAILED: {MailEvent.SEND_AGAIN: MailState.QUEUED, MailEvent.WITHDRAW: MailState.WITHDRAWN},
    # The server may still tell, when the answer comes after another PC gave the mail up.
    MailState.UNSURE: {
        MailEvent.ACCEPTED: MailState.SENT,
        MailEvent.SEND_AGAIN: MailState.QUEUED,
        MailEvent.IT_ARRIVED: MailState.SENT,
        MailEvent.WITHDRAW: MailState.WITHDRAWN,
    },
    MailState.WITHDRAWN: {},
}
BY_PERSON = frozenset({MailEvent.SEND_AGAIN, MailEvent.IT_ARRIVED, MailEvent.WITHDRAW})
_STANDS: Mapping[MailState, Text] = {
    MailState.QUEUED: _("This e-mail waits to be sent. It goes by itself as soon as it can."),
    MailState.SENDING: _("This e-mail is being sent right now. Wait until that has ended."),
    MailState.SENT: _("This e-mail was sent. Make a new one if it is needed once more."),
    MailState.FAILED: _("This e-mail was not sent. Send it again or withdraw it."),
    MailState.UNSURE: _("Nobody knows whether this e-mail arrived. Say first whether it did."),
    MailState.WITHDRAWN: _("This e-mail was withdrawn. Make a new one if it is needed after all."),
}
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
# Source: RFC 5321, 4.5.4.1: a sender gives up after four to five days.
GIVE_UP_AFTER = timedelta(days=5)
# Longer than sending can take with all its time-outs; who still holds a mail after that has ended.
LONGEST_SENDING = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail of the outbox. `attempts` counts since a person last asked for it; `taken_at` only while it is sent."""

    state: MailState
    queued_at: datetime
    next_at: datetime
    attempts: int = 0
    taken_at: datetime | None = None


def queued(now: datetime) -> Outgoing:
    """A mail just put in; it may go at once."""
    return Outgoing(MailState.QUEUED, now, now)


def event_of(delivery: Delivery) -> MailEvent:
    """What a try means for the e-mail. Where the server's settings or the way to it are at fault the e-mail itself waits:
    it goes by itself once that is put right."""
    if delivery.is_of_server and delivery.outcome == "refused":
        return MailEvent.PUT_OFF
    return MailEvent(delivery.outcome)


def after(mail: Outgoing, event: MailEvent, now: datetime) -> Outgoing:
    """The mail after what happened. Raises Refused when that cannot happen to it, with where it stands."""
    state = MOVES[mail.state].get(event)
    if state is None or (event is MailEvent.TAKE and now < mail.next_at):
        raise Refused(_STANDS[mail.state])
    if event is MailEvent.TAKE:
        return replace(mail, state=state, attempts=mail.attempts + 1, taken_at=now)
    if event is MailEvent.SEND_AGAIN:
        return Outgoing(state, queued_at=now, next_at=now)
    if event is MailEvent.PUT_OFF:
        if now - mail.queued_at >= GIVE_UP_AFTER:
            return replace(mail, state=MailState.FAILED, taken_at=None)
        return replace(mail, state=state, next_at=now + wait_after(mail.attempts), taken_at=None)
    return replace(mail, state=state, taken_at=None)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute, then twice as long each time, at most four hours."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def is_stranded(mail: Outgoing, now: datetime) -> bool:
    """Whether it is being sent by somebody who must have ended: the program broke off between sending and writing down."""
    return mail.state is MailState.SENDING and (mail.taken_at is None or now - mail.taken_at >= LONGEST_SENDING)


def next_due(mails: Iterable[Outgoing]) -> datetime | None:
    """When the outbox must be looked at again; None when nothing waits."""
    return min((mail.next_at for mail in mails if mail.state is MailState.QUEUED), default=None)


def unsure_question(to: str) -> Text:
    """What a person is asked about a mail nobody knows of whether it left."""
    return _(
        "Nobody knows whether the e-mail to {to} arrived. Ask there; it is not sent again by itself.",
        to=to,
    )
