"""What crosses the door of channels and of the messages sent over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from core.i18n import Text
from db.enums import ChannelKind, MessageState

Outcome: TypeAlias = Literal["sent", "later", "refused", "unsure"]
METHODS = ("POST", "GET", "PUT")


@dataclass(frozen=True, slots=True)
class Gateway:
    """How a gateway of text messages (or any web address) is spoken to. In address, header and body stand {text}, {title},
    {to}, {id} and {secret}; what they stand for is escaped as the place needs. `accepted` is what the answer holds when the
    message was taken (empty: any answer of success)."""

    method: str = "POST"
    url: str = ""
    header: str = ""
    content_type: str = "application/json"
    body: str = ""
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class ChannelEdit:
    """A channel as a form shows it. `addresses` are e-mail addresses or telephone numbers; `to_people`: also those people
    the rule tells who have one; `is_repeatable`: the receiver knows a message it has already by its id (Idempotency-Key),
    so that what nobody knows of is sent again. The address of a robot is a secret of each PC and not here."""

    kind: ChannelKind
    name: str
    is_on: bool = True
    language: str = ""
    addresses: tuple[str, ...] = ()
    to_people: bool = False
    is_repeatable: bool = False
    gateway: Gateway = Gateway()


@dataclass(frozen=True, slots=True)
class ChannelSecret:
    """What a PC keeps of a channel: the whole address of the robot (for an SMS gateway empty) and the secret it signs with
    (DingTalk), or that stands for {secret} (gateway)."""

    url: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel in the list. `key` names its secret (`find_channel_secret`); `shown` is what of its address may be seen;
    the counts are of messages that wait, and about which a person must say something; `why` says why the last of them did not
    arrive."""

    id: int
    version: int
    edit: ChannelEdit
    key: str
    shown: str
    waiting: int
    need_person: int
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """Which messages; empty fields allow all."""

    states: tuple[MessageState, ...] = ()
    channel_id: int = 0


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message that tells of alerts. `why` is what happened last; `question` is asked while nobody knows of it."""

    id: int
    channel_id: int
    channel: str
    kind: ChannelKind
    address: str
    title: str
    body: str
    alerts: int
    state: MessageState
    made_at: datetime
    next_at: datetime
    attempts: int
    sent_at: datetime | None
    why: Text | None
    question: Text | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How handing over ended: `sent` (the receiver has it), `later` (certainly not, try again), `refused` (certainly not, a
    person must change something), `unsure` (may have arrived). `is_of_channel`: every message of it would fare the same.
    `wait_seconds`: how long the receiver asks to wait."""

    outcome: Outcome
    why: Text
    is_of_channel: bool = False
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True)
class TakenMessage:
    """A message a run holds, to be handed over now, and how its channel is spoken to."""

    id: int
    channel: str
    kind: ChannelKind
    key: str
    address: str
    title: str
    body: str
    channel_key: str
    gateway: Gateway
    is_repeatable: bool


@dataclass(frozen=True, slots=True)
class ChannelDue:
    """A channel over which something waits to be sent now, and where its secret is kept."""

    channel_id: int
    name: str
    kind: ChannelKind
    key: str
    needs_url: bool
    needs_secret: bool


@dataclass(frozen=True, slots=True)
class AlertsDue:
    """What a run that sends needs to know: channels with something to send, messages left behind, and when to look next."""

    channels: tuple[ChannelDue, ...]
    stranded: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertRun:
    """What came of a run: messages sent, put off, refused, of which nobody knows, and found left behind. `troubles` say
    why others were not tried."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    unsure: int = 0
    stranded: int = 0
    troubles: tuple[Text, ...] = ()

    @property
    def tried(self) -> int:
        """How many messages were handed over, or tried to."""
        return self.sent + self.later + self.refused + self.unsure
