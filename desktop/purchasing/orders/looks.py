"""How orders look: states with their age, e-mails, days, amounts."""

from __future__ import annotations

from datetime import date, datetime

from core.i18n import Name, Text, _, _n, join, verbatim
from core.purchasing import DueRow, OrderRow
from core.values import digits_of
from core.words import MailState, OrderState, word
from desktop.purchasing.need.looks import amount_words, day_words, moment_words, named, price_words
from desktop.theme import Meaning
from desktop.widgets import BadgeLook

__all__ = [
    "amount_words", "day_words", "due_look", "items_words", "late_words", "mail_look", "moment_words", "money_in",
    "named", "order_look", "price_words", "state_look", "waiting_words",
]  # fmt: skip

MEANINGS = {
    OrderState.DRAFT: Meaning.PLAIN,
    OrderState.APPROVED: Meaning.ACCENT,
    OrderState.SENT: Meaning.ACCENT,
    OrderState.CONFIRMED: Meaning.GOOD,
    OrderState.PART_RECEIVED: Meaning.SOON,
    OrderState.RECEIVED: Meaning.GOOD,
}
SHORT = {OrderState.CONFIRMED: _("Confirmed")}
"""Where the usual words are too long for a badge."""
MAILS = {
    MailState.QUEUED: Meaning.ACCENT,
    MailState.SENDING: Meaning.ACCENT,
    MailState.SENT: Meaning.GOOD,
    MailState.FAILED: Meaning.DANGER,
    MailState.UNSURE: Meaning.SOON,
}
AGES = (OrderState.DRAFT, OrderState.APPROVED, OrderState.SENT)
"""States an order should not stay in: how long it has been there is said."""


def money_in(amount: object, currency: str) -> str:
    """An amount in its own currency, with its sign; nothing for none."""
    from decimal import Decimal

    return amount_words(amount, currency, digits_of(currency)) if isinstance(amount, Decimal) else ""


def state_look(row: OrderRow) -> BadgeLook:
    """Where an order stands; one whose change was not sent yet says so."""
    if row.is_changed:
        return BadgeLook(_("Change not sent"), Meaning.SOON)
    return BadgeLook(SHORT.get(row.state) or word(row.state), MEANINGS.get(row.state, Meaning.PLAIN))


def order_look(row: OrderRow, now: datetime) -> BadgeLook:
    """Where an order stands, and for how many days where that says something."""
    look = state_look(row)
    since = row.sent_at if row.state is OrderState.SENT and row.sent_at is not None else row.created_at
    days = (now - since).days
    if row.state not in AGES or days < 1:
        return look
    return BadgeLook(_("{state} · {n} d", state=look.words, n=days), look.meaning)


def late_words(row: OrderRow | DueRow) -> Text | None:
    """How many days late goods are."""
    return _n("{n} day late", "{n} days late", row.days_late) if row.days_late else None


def mail_look(state: MailState | None) -> BadgeLook | None:
    """How the last e-mail of an order stands."""
    return None if state is None else BadgeLook(word(state), MAILS.get(state, Meaning.PLAIN))


def waiting_words(row: DueRow) -> Text:
    """How far an order is that goods are awaited of."""
    if row.state is OrderState.APPROVED:
        return _("Not sent yet")
    return SHORT.get(row.state) or word(row.state)


def due_look(row: DueRow, today: date) -> BadgeLook:
    """When goods are expected, as it hurries."""
    late = late_words(row)
    if late is not None:
        return BadgeLook(late, Meaning.DANGER)
    if row.due_on is None:
        return BadgeLook(_("No day"), Meaning.PLAIN)
    if row.due_on == today:
        return BadgeLook(_("Today"), Meaning.ACCENT)
    return BadgeLook(verbatim(day_words(row.due_on)), Meaning.PLAIN)


def items_words(items: tuple[Name, ...], lines: int) -> Text:
    """The first things of a delivery, and how many lines more."""
    told: list[Text] = [named(one) for one in items]
    rest = lines - len(items)
    return join([*told, _n("{n} more", "{n} more", rest)] if rest > 0 else told, ", ")
