"""What becomes of one run of a schedule: states as data, and how long it waits before it is tried again.

A run is taken before anything is made, and that is kept first; only the program that took it writes down what came of it.
A file stands under its final name whole or not at all and is made again under the same name; an e-mail goes into the
outbox in the same transaction that says the run is done. So a run that was left behind can be made again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.errors import Refused
from core.i18n import Text, _
from db.enums import RunState


class RunEvent(StrEnum):
    """What happens to it. Replaced: the next one came due, or the schedule was switched off, before this one was made."""

    TAKE = "take"
    MADE = "made"
    TROUBLE = "trouble"
    HOPELESS = "hopeless"
    STRANDED = "stranded"
    REPLACED = "replaced"
    TRY_AGAIN = "try_again"


MOVES: Mapping[RunState, Mapping[RunEvent, RunState]] = {
    RunState.WAITING: {RunEvent.TAKE: RunState.RUNNING, RunEvent.REPLACED: RunState.FAILED},
    RunState.RUNNING: {
        RunEvent.MADE: RunState.DONE,
        RunEvent.TROUBLE: RunState.WAITING,
        RunEvent.HOPELESS: RunState.FAILED,
        RunEvent.STRANDED: RunState.WAITING,
        RunEvent.REPLACED: RunState.FAILED,
    },
    RunState.DONE: {},
    RunState.FAILED: {RunEvent.TRY_AGAIN: RunState.WAITING},
}
_STANDS: Mapping[RunState, Text] = {
    RunState.WAITING: _("This run waits; it is made by itself as soon as it can be."),
    RunState.RUNNING: _("This run is being made right now. Wait until that has ended."),
    RunState.DONE: _("This run was made. Run the schedule once more if it is needed again."),
    RunState.FAILED: _("This run was given up. Try it again."),
}
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
# Longer than making and writing a report can take; who still holds a run after that has ended.
LONGEST_MAKING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Run:
    """A run. `attempts` counts since it was due or a person last asked for it; `taken_at` only while it is made."""

    state: RunState
    queued_at: datetime
    next_at: datetime
    attempts: int = 0
    taken_at: datetime | None = None


def queued(now: datetime) -> Run:
    """A run just come due; it may be made at once."""
    return Run(RunState.WAITING, now, now)


def after(run: Run, event: RunEvent, now: datetime) -> Run:
    """The run after what happened. Raises Refused when that cannot happen to it, with where it stands."""
    state = MOVES[run.state].get(event)
    if state is None or (event is RunEvent.TAKE and not is_due(run.next_at, now)):
        raise Refused(_STANDS[run.state])
    if event is RunEvent.TAKE:
        return replace(run, state=state, attempts=run.attempts + 1, taken_at=now)
    if event is RunEvent.TRY_AGAIN:
        return queued(now)
    if state is RunState.WAITING:
        if now - run.queued_at >= GIVE_UP_AFTER:
            return replace(run, state=RunState.FAILED, taken_at=None)
        return replace(run, state=state, next_at=now + wait_after(run.attempts), taken_at=None)
    return replace(run, state=state, taken_at=None)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute, then twice as long each time, at most four hours."""
    return min(FIRST_WAIT * (1 << min(max(attempts - 1, 0), 10)), LONGEST_WAIT)


def is_due(next_at: datetime, now: datetime) -> bool:
    """Whether it may be tried now. No wait is longer than four hours: one that seems so is of a clock set back since."""
    return not now < next_at <= now + LONGEST_WAIT


def is_stranded(run: Run, now: datetime) -> bool:
    """Whether it is being made by a program that must have ended; a clock set back since is seen too."""
    return run.state is RunState.RUNNING and (run.taken_at is None or abs(now - run.taken_at) >= LONGEST_MAKING)
