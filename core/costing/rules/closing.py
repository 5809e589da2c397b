"""When a month may be closed or reopened, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.costing.rules.months import Month
from core.costing.types.months import MonthState
from core.errors import InvalidInput, Refused
from core.i18n import _

PREFIX = "MC"
MOST_REASON = 400


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the months: the first in which goods moved, the one that is running, the newest that is closed."""

    first: Month | None
    running: Month
    closed: Month | None

    @property
    def next(self) -> Month | None:
        """The month to close next."""
        return self.closed.after if self.closed is not None else self.first


def state_of(month: Month, standing: Standing, *, was_closed: bool) -> MonthState:
    """Where a month stands; `was_closed`: it was closed once."""
    if standing.closed is not None and month <= standing.closed:
        return MonthState.CLOSED
    if month >= standing.running:
        return MonthState.RUNNING
    return MonthState.REOPENED if was_closed else MonthState.OPEN


def check_closable(month: Month, standing: Standing) -> None:
    """A month is closed when it is over, none before it is open, and goods moved. Raises Refused saying what comes first.

    Whether it is closed already is told by `closed_already`, with who closed it.
    """
    if month >= standing.running:
        raise Refused(
            _("{month} is not over yet. It can be closed from {day} on.", month=month.text, day=month.after.first),
            field="month",
        )
    if standing.next is None:
        raise Refused(_("Nothing was posted yet, so there is nothing to close."), field="month")
    if standing.closed is not None and month <= standing.closed:
        raise Refused(
            _("{month} is locked already, together with {closed}.", month=month.text, closed=standing.closed.text),
            field="month",
        )
    if month < standing.next:
        raise Refused(
            _("Goods move since {first} only. Close {first} first; it takes in all before.", first=standing.next.text),
            field="month",
        )
    if month > standing.next:
        raise Refused(
            _("{earlier} is still open. Close it first, then {month}.", earlier=standing.next.text, month=month.text),
            field="month",
        )


def closed_already(month: Month, by: str, at: str) -> Refused:
    """The sentence for a month that is closed."""
    return Refused(
        _("{month} is closed already, by {by} on {at}. Nothing was done.", month=month.text, by=by, at=at),
        field="month",
    )


def check_clock_of_closing(now: datetime, newest: datetime | None) -> None:
    """The PC's clock does not stand before the newest posting or closing: else nobody knows whether the month is over.
    Raises Refused."""
    if newest is not None and now < newest:
        raise Refused(
            _(
                "This PC's clock is behind the newest posting or closing: it was set back. Set the clock, then close the month."
            )
        )


def check_reopenable(month: Month, standing: Standing) -> None:
    """Only the newest closed month is reopened. Raises Refused saying which comes first."""
    if standing.closed is None or month > standing.closed:
        raise Refused(_("{month} is not closed, so there is nothing to reopen.", month=month.text), field="month")
    if month < standing.closed:
        raise Refused(
            _(
                "{newest} was closed after it. Reopen {newest} first, then {month}.",
                newest=standing.closed.text,
                month=month.text,
            ),
            field="month",
        )


def clean_reason(reason: str) -> str:
    """Why a month is reopened; it stands in the trail for ever. Raises InvalidInput."""
    cleaned = " ".join(reason.split())
    if not cleaned:
        raise InvalidInput(_("Why is the month reopened? Write the reason; it stays in the trail."), field="reason")
    if len(cleaned) > MOST_REASON:
        raise InvalidInput(_("A reason has at most {most} characters.", most=MOST_REASON), field="reason")
    return cleaned
