"""Where each document stands after what happened: one table a document, one function for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from core.errors import Refused
from core.i18n import Text, _, join
from core.purchasing.rules.state_words import event_word
from core.purchasing.types.states import Event, LineProgress
from core.words import word
from db.enums import (
    ClaimState,
    InspectionState,
    InvoiceState,
    OrderState,
    ProposalState,
    RequestState,
    RfqState,
)

S = TypeVar("S", RequestState, OrderState, RfqState, InspectionState, ClaimState, InvoiceState, ProposalState)

REQUEST: Mapping[RequestState, Mapping[Event, RequestState]] = {
    RequestState.DRAFT: {Event.SUBMIT: RequestState.SUBMITTED, Event.CANCEL: RequestState.CANCELLED},
    RequestState.SUBMITTED: {
        Event.APPROVE: RequestState.APPROVED,
        Event.REJECT: RequestState.REJECTED,
        Event.WITHDRAW: RequestState.DRAFT,
        Event.CANCEL: RequestState.CANCELLED,
    },
    RequestState.APPROVED: {
        Event.ORDER: RequestState.ORDERED,
        Event.WITHDRAW: RequestState.DRAFT,
        Event.CANCEL: RequestState.CANCELLED,
    },
    RequestState.REJECTED: {Event.REOPEN: RequestState.DRAFT, Event.CANCEL: RequestState.CANCELLED},
    RequestState.ORDERED: {Event.REOPEN: RequestState.APPROVED},
    RequestState.CANCELLED: {},
}

ORDER: Mapping[OrderState, Mapping[Event, OrderState]] = {
    OrderState.DRAFT: {Event.APPROVE: OrderState.APPROVED, Event.CANCEL: OrderState.CANCELLED},
    OrderState.APPROVED: {
        Event.SEND: OrderState.SENT,
        Event.REVISE: OrderState.DRAFT,
        Event.WITHDRAW: OrderState.DRAFT,
        Event.NOTHING_ARRIVED: OrderState.APPROVED,
        Event.PART_ARRIVED: OrderState.PART_RECEIVED,
        Event.ALL_ARRIVED: OrderState.RECEIVED,
        Event.CANCEL: OrderState.CANCELLED,
    },
    OrderState.SENT: {
        Event.SEND: OrderState.SENT,
        Event.CONFIRM: OrderState.CONFIRMED,
        Event.REVISE: OrderState.APPROVED,
        Event.NOTHING_ARRIVED: OrderState.SENT,
        Event.PART_ARRIVED: OrderState.PART_RECEIVED,
        Event.ALL_ARRIVED: OrderState.RECEIVED,
        Event.CLOSE: OrderState.CLOSED,
        Event.CANCEL: OrderState.CANCELLED,
    },
    OrderState.CONFIRMED: {
        Event.SEND: OrderState.CONFIRMED,
        Event.CONFIRM: OrderState.CONFIRMED,
        Event.REVISE: OrderState.APPROVED,
        Event.NOTHING_ARRIVED: OrderState.CONFIRMED,
        Event.PART_ARRIVED: OrderState.PART_RECEIVED,
        Event.ALL_ARRIVED: OrderState.RECEIVED,
        Event.CLOSE: OrderState.CLOSED,
        Event.CANCEL: OrderState.CANCELLED,
    },
    OrderState.PART_RECEIVED: {
        Event.SEND: OrderState.PART_RECEIVED,
        Event.CONFIRM: OrderState.PART_RECEIVED,
        Event.REVISE: OrderState.PART_RECEIVED,
        Event.NOTHING_ARRIVED: OrderState.SENT,
        Event.PART_ARRIVED: OrderState.PART_RECEIVED,
        Event.ALL_ARRIVED: OrderState.RECEIVED,
        Event.CLOSE: OrderState.CLOSED,
    },
    OrderState.RECEIVED: {
        Event.NOTHING_ARRIVED: OrderState.SENT,
        Event.PART_ARRIVED: OrderState.PART_RECEIVED,
        Event.ALL_ARRIVED: OrderState.RECEIVED,
        Event.CLOSE: OrderState.CLOSED,
    },
    OrderState.CLOSED: {Event.REOPEN: OrderState.SENT},
    OrderState.CANCELLED: {},
}

RFQ: Mapping[RfqState, Mapping[Event, RfqState]] = {
    RfqState.DRAFT: {Event.SEND: RfqState.SENT, Event.CLOSE: RfqState.CLOSED},
    RfqState.SENT: {Event.ANSWER: RfqState.ANSWERED, Event.CLOSE: RfqState.CLOSED},
    RfqState.ANSWERED: {
        Event.ANSWER: RfqState.ANSWERED,
        Event.AWARD: RfqState.AWARDED,
        Event.CLOSE: RfqState.CLOSED,
    },
    RfqState.AWARDED: {Event.REOPEN: RfqState.ANSWERED, Event.CLOSE: RfqState.CLOSED},
    RfqState.CLOSED: {},
}

INSPECTION: Mapping[InspectionState, Mapping[Event, InspectionState]] = {
    InspectionState.ACCEPTED: {
        Event.QUARANTINE: InspectionState.QUARANTINE,
        Event.REJECT: InspectionState.REJECTED,
    },
    InspectionState.QUARANTINE: {
        Event.RELEASE: InspectionState.ACCEPTED,
        Event.REJECT: InspectionState.REJECTED,
    },
    InspectionState.REJECTED: {Event.QUARANTINE: InspectionState.QUARANTINE},
}

CLAIM: Mapping[ClaimState, Mapping[Event, ClaimState]] = {
    ClaimState.OPEN: {
        Event.SEND: ClaimState.SENT,
        Event.CREDIT: ClaimState.CREDITED,
        Event.WRITE_OFF: ClaimState.WRITTEN_OFF,
    },
    ClaimState.SENT: {Event.CREDIT: ClaimState.CREDITED, Event.WRITE_OFF: ClaimState.WRITTEN_OFF},
    ClaimState.CREDITED: {Event.UNCREDIT: ClaimState.SENT},
    ClaimState.WRITTEN_OFF: {Event.REOPEN: ClaimState.OPEN},
}

INVOICE: Mapping[InvoiceState, Mapping[Event, InvoiceState]] = {
    InvoiceState.DRAFT: {Event.ENTER: InvoiceState.TO_MATCH, Event.CANCEL: InvoiceState.CANCELLED},
    InvoiceState.TO_MATCH: {
        Event.AGREE: InvoiceState.MATCHED,
        Event.DIFFER: InvoiceState.DIFFERENCES,
        Event.REVISE: InvoiceState.DRAFT,
        Event.CANCEL: InvoiceState.CANCELLED,
    },
    InvoiceState.DIFFERENCES: {
        Event.AGREE: InvoiceState.MATCHED,
        Event.DIFFER: InvoiceState.DIFFERENCES,
        Event.UNMATCH: InvoiceState.TO_MATCH,
    },
    InvoiceState.MATCHED: {Event.APPROVE: InvoiceState.APPROVED, Event.UNMATCH: InvoiceState.TO_MATCH},
    InvoiceState.APPROVED: {Event.PAY: InvoiceState.PAID, Event.WITHDRAW: InvoiceState.MATCHED},
    InvoiceState.PAID: {Event.UNPAY: InvoiceState.APPROVED},
    InvoiceState.CANCELLED: {},
}

PROPOSAL: Mapping[ProposalState, Mapping[Event, ProposalState]] = {
    ProposalState.DRAFT: {Event.EXPORT: ProposalState.EXPORTED},
    ProposalState.EXPORTED: {Event.PAY: ProposalState.PAID, Event.WITHDRAW: ProposalState.DRAFT},
    ProposalState.PAID: {Event.UNPAY: ProposalState.EXPORTED},
}

# What follows from deliveries, payments and matches by itself; no button of its own, so no way out to offer.
DERIVED = frozenset({Event.NOTHING_ARRIVED, Event.PART_ARRIVED, Event.ALL_ARRIVED, Event.AGREE, Event.DIFFER})


def can(moves: Mapping[S, Mapping[Event, S]], state: S, event: Event) -> bool:
    """Whether this may happen to a document that stands there."""
    return event in moves[state]


def state_after(moves: Mapping[S, Mapping[Event, S]], state: S, event: Event, number: str) -> S:
    """Where a document stands after an event. `number` names it in the sentence.

    Raises Refused with where it stands and what is possible instead.
    """
    after = moves[state].get(event)
    if after is not None:
        return after
    facts = {"number": number, "state": word(state), "event": event_word(event)}
    ways: list[Text] = [event_word(way) for way in moves[state] if way not in DERIVED]
    if not ways:
        raise Refused(_("{number} is “{state}”: {event} is not possible.", **facts), field="state")
    said = join(ways, " / ")
    raise Refused(
        _("{number} is “{state}”: {event} is not possible. Possible: {ways}.", ways=said, **facts), field="state"
    )


def is_line_complete(line: LineProgress, short_tolerance: Decimal = Decimal(0)) -> bool:
    """Whether nothing more is awaited of a line; `short_tolerance` in percent of what was ordered still counts as all."""
    return line.is_closed or line.received * 100 >= line.ordered * (100 - short_tolerance)


def arrival_event(lines: Sequence[LineProgress], short_tolerance: Decimal = Decimal(0)) -> Event:
    """What the lines of an order say of its deliveries: nothing, part or all arrived.

    An order whose lines were all closed before anything came has nothing to wait for: that counts as all.
    """
    if lines and all(is_line_complete(line, short_tolerance) for line in lines):
        return Event.ALL_ARRIVED
    return Event.PART_ARRIVED if any(line.received > 0 for line in lines) else Event.NOTHING_ARRIVED


def order_state_from_lines(
    state: OrderState,
    lines: Sequence[LineProgress],
    number: str,
    *,
    is_confirmed: bool,
    short_tolerance: Decimal = Decimal(0),
    is_sent: bool = True,
) -> OrderState:
    """Where an order stands after a delivery or the reversal of one. `is_confirmed`: the supplier had confirmed it;
    `is_sent` False: it was ordered by word of mouth and never sent.

    Raises Refused when nothing is awaited of the order (draft, closed, cancelled).
    """
    after = state_after(ORDER, state, arrival_event(lines, short_tolerance), number)
    if after is OrderState.SENT and not is_sent:
        return OrderState.APPROVED
    if after is OrderState.SENT and is_confirmed:
        return state_after(ORDER, after, Event.CONFIRM, number)
    return after


def order_state_after_reopening(
    lines: Sequence[LineProgress], number: str, *, is_confirmed: bool, short_tolerance: Decimal = Decimal(0)
) -> OrderState:
    """Where a closed order stands when it is opened again: as its lines say."""
    sent = state_after(ORDER, OrderState.CLOSED, Event.REOPEN, number)
    return order_state_from_lines(sent, lines, number, is_confirmed=is_confirmed, short_tolerance=short_tolerance)
