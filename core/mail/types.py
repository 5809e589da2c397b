"""E-mails as they come and go through the door, and the mail server that takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from core.i18n import Text
from db.enums import MailState

Security = Literal["ssl", "starttls", "none"]
SECURITIES: tuple[Security, ...] = ("ssl", "starttls", "none")
Outcome = Literal["sent", "later", "refused", "unsure"]
Attached: TypeAlias = tuple[str, str, bytes]
"""A file that goes along: its name, its media type ("application/pdf") and its content."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address and the name shown with it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class NewMail:
    """An e-mail to be sent. `owner_kind` and `owner_id` name the record it belongs to ("order", 17); `body` is plain text
    as the person saw it; `answer_to` is where answers go, else as the mail server's settings say."""

    to: tuple[Mailbox, ...]
    subject: str
    body: str
    owner_kind: str
    owner_id: int
    attachments: tuple[Attached, ...] = field(default=(), repr=False)
    copies: tuple[Mailbox, ...] = ()
    answer_to: Mailbox | None = None


@dataclass(frozen=True, slots=True)
class MailDraft:
    """Everything the bytes of a message are made from. `request_id` is the id of the command that queued it, `line` its
    number among the mails of that command (1 is the first)."""

    request_id: str
    made_at: datetime
    sender: Mailbox
    to: tuple[Mailbox, ...]
    subject: str
    body: str
    attachments: tuple[Attached, ...] = field(default=(), repr=False)
    copies: tuple[Mailbox, ...] = ()
    answer_to: Mailbox | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class MailServerEdit:
    """How the site sends e-mail. `user` empty: the server asks for no password. `is_copied`: the sender gets a blind copy
    of each e-mail. The password is no part of it: each PC keeps its own."""

    host: str
    port: int
    security: Security
    user: str
    address: str
    name: str = ""
    reply_to: str = ""
    is_copied: bool = False


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server as it is set up; `version` 0 when nobody has set one up yet."""

    edit: MailServerEdit
    version: int
    saved_at: datetime | None = None
    saved_by: str = ""

    @property
    def is_set(self) -> bool:
        """Whether e-mail can be sent at all."""
        return self.version > 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """How handing over ended: `sent` (the server has it), `later` (certainly not sent, try again), `refused` (certainly not
    sent, a person must change something), `unsure` (may have been sent: ask, never resend by itself).

    `is_of_server`: the trouble is the server's settings or the way to it; every other e-mail would fare the same.
    """

    outcome: Outcome
    why: Text
    is_of_server: bool = False


@dataclass(frozen=True, slots=True)
class MailFilter:
    """What to look for in the outbox. `text` is looked for in recipients and subject; empty fields allow all."""

    states: tuple[MailState, ...] = ()
    owner_kind: str = ""
    owner_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MailRow:
    """An e-mail in the outbox. `attempts` counts since a person last asked for it; `why` is what happened last; `sent_at`
    also when a person said that it arrived, who is then `decided_by`."""

    id: int
    owner_kind: str
    owner_id: int
    recipients: str
    subject: str
    size: int
    state: MailState
    made_at: datetime
    queued_at: datetime
    next_at: datetime
    attempts: int
    sent_at: datetime | None
    why: Text | None
    made_by: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class MailList:
    """A stretch of the outbox, newest first; `total` counts all that fit."""

    rows: tuple[MailRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class MailCard:
    """One e-mail with what is in it. `attachments`: names and sizes in bytes; `question` is asked while it is unsure;
    `is_kept` while its words are still kept."""

    row: MailRow
    sender: str
    copies: str
    answer_to: str
    body: str
    attachments: tuple[tuple[str, int], ...]
    taken_by: str
    question: Text | None
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How the outbox stands. `waits_since`: since when the e-mail waiting longest has waited; `is_set_up`: whether there is
    a mail server."""

    queued: int
    sending: int
    failed: int
    unsure: int
    waits_since: datetime | None
    is_set_up: bool = True

    @property
    def need_person(self) -> int:
        """E-mails about which a person must say something."""
        return self.failed + self.unsure


@dataclass(frozen=True, slots=True)
class MailsDue:
    """What a sender needs to know: how many e-mails may go now, how many a program that ended left behind, when the next
    one may go, and the server they go to."""

    due: int
    stranded: int
    next_at: datetime | None
    server: MailServer


@dataclass(frozen=True, slots=True)
class TakenMail:
    """An e-mail that a run holds, to be handed over now; `also_to` get it without being named in it."""

    mail_id: int
    message: bytes = field(repr=False)
    also_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailRun:
    """What came of a run: e-mails sent, put off, refused, of which nobody knows, and found left behind. `trouble` says why
    the others were not tried."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    unsure: int = 0
    stranded: int = 0
    trouble: Text | None = None

    @property
    def tried(self) -> int:
        """How many e-mails were handed to the server, or tried to."""
        return self.sent + self.later + self.refused + self.unsure
