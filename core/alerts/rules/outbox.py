"""What becomes of a message: states as data, waiting times, and that nothing is sent twice by itself.

A message is taken (`sending`) before the receiver is spoken to, and that is committed. Of one found taken later nobody
knows how far it came: a person is asked, unless the receiver knows messages by their id; to such a one the very same
message goes again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.alerts.types.channels import Delivery
from core.errors import Refused
from core.i18n import Text, _
from db.enums import MessageState as S


class MessageEvent(StrEnum):
    """What happens to it: all by the program but the last three, which a person decides."""

    TAKE = "take"
    ACCEPTED = "sent"
    PUT_OFF = "later"
    REFUSED = "refused"
    NO_ANSWER = "unsure"
    AGAIN_BY_ID = "again_by_id"
    RESTORED = "restored"
    SEND_AGAIN = "send_again"
    IT_ARRIVED = "it_arrived"
    WITHDRAW = "withdraw"


E = MessageEvent
MOVES: Mapping[S, Mapping[MessageEvent, S]] = {
    S.QUEUED: {E.TAKE: S.SENDING, E.RESTORED: S.UNSURE, E.WITHDRAW: S.WITHDRAWN},
    S.SENDING: {
        E.ACCEPTED: S.SENT,
        E.PUT_OFF: S.QUEUED,
        E.REFUSED: S.FAILED,
        E.NO_ANSWER: S.UNSURE,
        E.AGAIN_BY_ID: S.QUEUED,
        E.RESTORED: S.UNSURE,
    },
    S.SENT: {},
    S.FAILED: {E.SEND_AGAIN: S.QUEUED, E.WITHDRAW: S.WITHDRAWN},
    # The answer may come after another PC gave the message up.
    S.UNSURE: {E.ACCEPTED: S.SENT, E.SEND_AGAIN: S.QUEUED, E.IT_ARRIVED: S.SENT, E.WITHDRAW: S.WITHDRAWN},
    S.WITHDRAWN: {},
}
_STANDS: Mapping[S, Text] = {
    S.QUEUED: _("This message waits to be sent. It goes by itself as soon as it can."),
    S.SENDING: _("This message is being sent right now. Wait until that has ended."),
    S.SENT: _("This message was sent."),
    S.FAILED: _("This message was not sent. Send it again or withdraw it."),
    S.UNSURE: _("Nobody knows whether this message arrived. Say first whether it did."),
    S.WITHDRAWN: _("This message was withdrawn."),
}
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=2)
# Longer than handing over can take with its deadline and with writing it down.
LONGEST_SENDING = timedelta(minutes=5)
# Nothing is ever put off for longer; what waits for a later moment was written before a clock was set back.
FURTHEST = timedelta(days=2)
LEFT_BEHIND = _("The program ended while it was sending this message.")
RESTORED = _("The site was restored from a backup; this message may have been sent since.")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message. `attempts` counts since a person last asked for it; `taken_at` only while it is sent."""

    state: S
    queued_at: datetime
    next_at: datetime
    attempts: int = 0
    taken_at: datetime | None = None


def is_due(at: datetime, now: datetime) -> bool:
    """Whether what waits until a moment may go."""
    return not now < at <= now + FURTHEST


def queued(now: datetime) -> Outgoing:
    """A message just made; it may go at once."""
    return Outgoing(S.QUEUED, now, now)


def event_of(delivery: Delivery, *, is_repeatable: bool) -> MessageEvent:
    """What a try means for the message. Where the channel is at fault the message waits until that is put right; what may
    have arrived goes again only to a receiver that knows it by its id."""
    if delivery.outcome == "refused" and delivery.is_of_channel:
        return E.PUT_OFF
    if delivery.outcome == "unsure" and is_repeatable:
        return E.AGAIN_BY_ID
    return MessageEvent(delivery.outcome)


def after(message: Outgoing, event: MessageEvent, now: datetime, wait: timedelta = timedelta()) -> Outgoing:
    """The message after what happened; it waits at least `wait`. Raises Refused when that cannot happen to it, with where
    it stands."""
    state = MOVES[message.state].get(event)
    if state is None or (event is E.TAKE and not is_due(message.next_at, now)):
        raise Refused(_STANDS[message.state])
    if event is E.TAKE:
        return replace(message, state=state, attempts=message.attempts + 1, taken_at=now)
    if event is E.SEND_AGAIN:
        return queued(now)
    if event in (E.PUT_OFF, E.AGAIN_BY_ID):
        if now - message.queued_at >= GIVE_UP_AFTER:
            given_up = S.FAILED if event is E.PUT_OFF else S.UNSURE
            return replace(message, state=given_up, taken_at=None)
        pause = max(wait, wait_after(message.attempts))
        return replace(message, state=state, next_at=now + pause, taken_at=None)
    return replace(message, state=state, taken_at=None)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute, then twice as long each time, at most an hour."""
    return min(FIRST_WAIT * (1 << min(max(attempts - 1, 0), 10)), LONGEST_WAIT)


def unsure_question(channel: str) -> Text:
    """What a person is asked about a message nobody knows of whether it left."""
    return _(
        "Nobody knows whether this message arrived at {channel}. Look there; it is not sent again by itself.",
        channel=channel,
    )
