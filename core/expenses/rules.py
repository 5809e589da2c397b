"""Pure decisions on expenses: where a claim goes, what a line may say, which day its cost is booked on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from core.errors import Refused
from core.i18n import Text, _, join
from core.words import word
from db.enums import ExpenseState as S


class Event(StrEnum):
    """What can happen to a claim."""

    SUBMIT = "submit"
    RECALL = "recall"
    APPROVE = "approve"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    PAY = "pay"
    UNPAY = "unpay"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


MOVES: Mapping[S, Mapping[Event, S]] = {
    S.DRAFT: {Event.SUBMIT: S.SUBMITTED, Event.WITHDRAW: S.WITHDRAWN},
    S.SUBMITTED: {
        Event.APPROVE: S.APPROVED,
        Event.REFUSE: S.REFUSED,
        Event.RECALL: S.DRAFT,
        Event.WITHDRAW: S.WITHDRAWN,
    },
    S.APPROVED: {Event.PAY: S.PAID, Event.TAKE_BACK: S.SUBMITTED},
    S.REFUSED: {Event.REOPEN: S.DRAFT, Event.TAKE_BACK: S.SUBMITTED, Event.WITHDRAW: S.WITHDRAWN},
    S.PAID: {Event.UNPAY: S.APPROVED},
    S.WITHDRAWN: {Event.REOPEN: S.DRAFT},
}
OWN_EVENTS = frozenset({Event.SUBMIT, Event.RECALL, Event.WITHDRAW, Event.REOPEN})
"""What only the person who laid the money out does; the rest is done by whoever approves."""
EDITABLE = frozenset({S.DRAFT})
DEAD = frozenset({S.REFUSED, S.WITHDRAWN})
"""Claims nothing will come of: no other claim can be a second one of theirs."""

_EVENTS: Mapping[Event, Text] = {
    Event.SUBMIT: _("Submit"),
    Event.RECALL: _("Take back to change it"),
    Event.APPROVE: _("Approve"),
    Event.REFUSE: _("Turn down"),
    Event.TAKE_BACK: _("Take back the decision"),
    Event.PAY: _("Book as paid back"),
    Event.UNPAY: _("Take back the payment"),
    Event.WITHDRAW: _("Withdraw"),
    Event.REOPEN: _("Open again"),
}
OLD_DAYS = 180
"""An expense longer ago is asked about: the year is easily mistaken."""


def event_word(event: Event) -> Text:
    """What an event is called on its button."""
    return _EVENTS[event]


def can(state: S, event: Event) -> bool:
    """Whether this may happen to a claim that stands there."""
    return event in MOVES[state]


def state_after(state: S, event: Event, number: str) -> S:
    """Where a claim stands after an event. Raises Refused saying where it stands and what is possible instead."""
    after = MOVES[state].get(event)
    if after is not None:
        return after
    ways = join([event_word(way) for way in MOVES[state]], " / ")
    raise Refused(
        _(
            "{number} is “{state}”: {event} is not possible. Possible: {ways}.",
            number=number, state=word(state), event=event_word(event), ways=ways,
        ),
        field="state",
    )  # fmt: skip


def booked_day(day: date, closed_to: date | None) -> date:
    """The day an expense's cost is booked on: its own, or the first day after the closed months. `closed_to` is the last
    business day that is closed, None when none is."""
    return day if closed_to is None or day > closed_to else closed_to + timedelta(days=1)


def same_words(one: str, other: str) -> bool:
    """Whether two names of a shop may be the same one: equal but for case and blanks, or one of them not written."""
    first, second = ("".join(text.casefold().split()) for text in (one, other))
    return not first or not second or first == second
