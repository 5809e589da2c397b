"""Where a count stands and what may be done then."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import Text, _
from db.enums import CountState as S

OPEN = frozenset({S.COUNTING, S.TO_RESOLVE, S.TO_APPROVE})
COUNTABLE = frozenset({S.COUNTING, S.TO_RESOLVE})
ENOUGH_ROUNDS = 2
PREFIX = "CS"
"""What the numbers of counts begin with."""


def check_countable(state: S, number: str, *, needs_recount: bool) -> None:
    """Figures are entered while counting, later only for lines that are to be counted again. Raises Refused."""
    if state is S.COUNTING or (state is S.TO_RESOLVE and needs_recount):
        return
    if state is S.TO_RESOLVE:
        raise Refused(_("Counting is over for this line. Whoever runs the count can ask for a recount."), field="line")
    raise closed(state, number)


def check_open(state: S, number: str) -> None:
    """Not posted and not cancelled. Raises Refused."""
    if state not in OPEN:
        raise closed(state, number)


def check_is(state: S, wanted: frozenset[S], number: str, otherwise: Text) -> None:
    """The count stands where this can be done. Raises Refused with what to do instead."""
    if state not in wanted:
        raise closed(state, number) if state not in OPEN else Refused(otherwise)


def closed(state: S, number: str) -> Refused:
    """The sentence for a count that is over."""
    if state is S.POSTED:
        return Refused(_("{number} is posted; its figures stay as they are. Start another count.", number=number))
    if state is S.CANCELLED:
        return Refused(_("{number} was cancelled. Start another count.", number=number))
    return Refused(_("{number} waits for approval. Reopen it to count on.", number=number))


def state_after_completing(*, to_recount: int, need_reason: int) -> S:
    """Differences are settled first, then somebody approves."""
    return S.TO_RESOLVE if to_recount or need_reason else S.TO_APPROVE


def wants_recount(*, is_within: bool, is_impossible: bool, rounds: int, reason: str) -> bool:
    """Whether a line is counted again: outside tolerance after its first count, or less than was taken away since."""
    if is_impossible:
        return True
    return not is_within and 0 < rounds < ENOUGH_ROUNDS and not reason
