"""Columns of the outbox, and how e-mails are said."""

from __future__ import annotations

from core.i18n import Text, _
from core.mail import MailRow
from core.words import MailState, word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words, instant_words

LOOKS = {
    MailState.QUEUED: Meaning.ACCENT, MailState.SENDING: Meaning.ACCENT, MailState.SENT: Meaning.GOOD,
    MailState.FAILED: Meaning.DANGER, MailState.UNSURE: Meaning.SOON, MailState.WITHDRAWN: Meaning.PLAIN,
}  # fmt: skip
OWNERS: dict[str, Text] = {
    "order": _("Purchase order"), "rfq": _("Request for quotation"), "claim": _("Claim"),
}  # fmt: skip


def state_look(row: MailRow) -> BadgeLook:
    """Where it stands, as a badge."""
    return BadgeLook(word(row.state), LOOKS[row.state])


def what_now(row: MailRow) -> Words:
    """What happened last, or what comes next."""
    if row.state is MailState.SENT:
        if row.decided_by and row.why is None:
            return _("{person} says that it arrived.", person=row.decided_by)
        return row.why or ""
    if row.state is MailState.QUEUED and row.attempts:
        return _("Tried {n} times, again at {time}.", n=row.attempts, time=instant_words(row.next_at))
    if row.state is MailState.WITHDRAWN:
        return _("Withdrawn by {person}.", person=row.decided_by)
    return row.why or ""


MAILS = (
    Column("made_at", _("Written"), 140, kind=Kind.INSTANT, sortable=False),
    Column("recipients", _("Recipient"), 220, sortable=False),
    Column("subject", _("Subject"), 260, stretch=True, sortable=False),
    Column("state", _("State"), 152, kind=Kind.BADGE, value=state_look, sortable=False),
    Column("why", _("What happened"), 260, value=what_now, sortable=False, muted=True, wide_only=True),
    Column("sent_at", _("Sent"), 140, kind=Kind.INSTANT, sortable=False, wide_only=True),
    Column("made_by", _("By"), 110, sortable=False, muted=True, wide_only=True),
)
