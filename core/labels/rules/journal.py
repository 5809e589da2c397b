"""The life of the labels of a job. Each label is written down before it is sent, and nothing here ever sends one again by
itself once it may have been printed: only what a person says does.

    queued -> sent -> confirmed          the printer has counted it, or was seen printing and then ready
              sent -> asked              something broke while it was under way
                      asked -> confirmed or queued      a person said which was the last good one
    queued -> skipped                    left out; a person may put it back
    confirmed, skipped -> queued         a person wants it again

States stand in the order of the labels' numbers; the first label has number 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import InvalidInput, Refused
from core.i18n import _
from db.enums import LabelJobState, LabelState

MOST_IN_WINDOW = 10
MOST_LABELS = 5_000
Q, S, C, A, K = LabelState.QUEUED, LabelState.SENT, LabelState.CONFIRMED, LabelState.ASKED, LabelState.SKIPPED


@dataclass(frozen=True, slots=True)
class Step:
    """Labels that change: their numbers and the state they come to."""

    numbers: tuple[int, ...]
    state: LabelState


def next_window(states: Sequence[LabelState], size: int, *, may_trail: bool = False) -> Step:
    """The next labels to send, at most ten. While labels are under way nothing more is sent, unless the printer never
    tells (`may_trail`); while a question is open nothing at all. Raises Refused."""
    if A in states:
        raise Refused(_("Say first which was the last good label."))
    if S in states and not may_trail:
        raise Refused(_("Labels of this job are on their way already."))
    wanted = max(1, min(size, MOST_IN_WINDOW))
    queued = [number for number, state in enumerate(states, 1) if state is Q]
    return Step(tuple(queued[:wanted]), S)


def confirm(states: Sequence[LabelState], count: int | None = None) -> Step:
    """The first `count` labels on their way came out, in the order they were sent; without a count all of them."""
    under_way = [number for number, state in enumerate(states, 1) if state is S]
    return Step(tuple(under_way[:count]), C)


def ask(states: Sequence[LabelState]) -> Step:
    """Whatever is on its way may or may not have come out."""
    return Step(tuple(number for number, state in enumerate(states, 1) if state is S), A)


def resume_at(states: Sequence[LabelState], number: int) -> tuple[Step, Step]:
    """A person says: print again from `number` on. What was asked about before it came out; all from it on goes again but
    what was left out. A number behind the last label says that all is good. Raises InvalidInput, Refused."""
    if S in states:
        raise Refused(_("Labels of this job are on their way. Stop the job first."))
    if not 1 <= number <= len(states) + 1:
        raise InvalidInput(_("This job has the labels 1 to {last}.", last=len(states)), field="number")
    good = [at for at, state in enumerate(states, 1) if state is A and at < number]
    again = [at for at, state in enumerate(states, 1) if state in (A, C) and at >= number]
    return Step(tuple(good), C), Step(tuple(again), Q)


def answer(states: Sequence[LabelState], last_good: int) -> tuple[Step, Step]:
    """A person says which was the last good label: what was asked about up to it came out, the rest goes again. 0: none.
    Raises Refused, InvalidInput."""
    if not 0 <= last_good <= len(states):
        raise InvalidInput(_("This job has the labels 1 to {last}.", last=len(states)), field="number")
    asked = [at for at, state in enumerate(states, 1) if state is A]
    if not asked:
        raise Refused(_("Nothing is asked about this job."))
    good = tuple(at for at in asked if at <= last_good)
    return Step(good, C), Step(tuple(at for at in asked if at > last_good), Q)


def again(states: Sequence[LabelState], numbers: Iterable[int]) -> Step:
    """A person wants just these once more, whatever became of them. Raises InvalidInput for one that is not there or is on
    its way."""
    wanted = sorted(set(numbers))
    if any(not 1 <= number <= len(states) for number in wanted):
        raise InvalidInput(_("This job has the labels 1 to {last}.", last=len(states)), field="number")
    if any(states[number - 1] is S for number in wanted):
        raise Refused(_("Labels of this job are on their way. Stop the job first."))
    return Step(tuple(wanted), Q)


def skip(states: Sequence[LabelState], numbers: Iterable[int] | None = None) -> Step:
    """Leave labels out that were not sent; without numbers all of them."""
    wanted = None if numbers is None else set(numbers)
    found = (at for at, state in enumerate(states, 1) if state is Q and (wanted is None or at in wanted))
    return Step(tuple(found), K)


def after(states: Sequence[LabelState], *steps: Step) -> list[LabelState]:
    """The states once the steps are taken."""
    found = list(states)
    for step in steps:
        for number in step.numbers:
            found[number - 1] = step.state
    return found


def job_state(states: Sequence[LabelState], before: LabelJobState) -> LabelJobState:
    """Where the job stands with these labels: a question comes first, nothing left means done."""
    if before is LabelJobState.CANCELLED and A not in states:
        return before
    if A in states:
        return LabelJobState.ASKED
    if Q not in states and S not in states:
        return LabelJobState.DONE
    return LabelJobState.PAUSED if before is LabelJobState.PAUSED else LabelJobState.PRINTING


def last_good(states: Sequence[LabelState]) -> int:
    """The highest number known to be good, as a first guess for the question."""
    return max((number for number, state in enumerate(states, 1) if state is C), default=0)
