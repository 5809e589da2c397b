"""Open differences as they are stored, and what a person decided of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from core.errors import NotFound, Refused
from core.i18n import _
from core.purchasing.steps.invoices.booking import book
from core.purchasing.steps.invoices.work import MATCHABLE, L, M, Work, judge_all, load_work, write_states
from core.purchasing.types.invoices import InvoiceOutcome
from core.purchasing.types.standing import Held
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import ClaimState, InvoiceState, MatchDecision
from db.purchasing import Claim
from db.sql import chunks

CL = table_of(Claim)
_DECIDE = (
    update(M)
    .where(M.c.id == bindparam("key"))
    .values(decision=bindparam("new_decision"), posting_id=bindparam("new_posting"), claim_id=bindparam("new_claim"))
)


def load_open(uow: UnitOfWork, match_ids: Sequence[int]) -> tuple[Work, list[Held]]:
    """The invoices of these matches, and the matches: their differences are to be settled, or were claimed in vain.
    Raises NotFound; Refused for a difference that is settled."""
    wanted = sorted(set(match_ids))
    invoices: set[int] = set()
    for part in chunks(wanted):
        listed = select(L.c.invoice_id).join(M, M.c.invoice_line_id == L.c.id).where(M.c.id.in_(part))
        invoices |= set(uow.sql.execute(listed).scalars())
    work = load_work(uow, invoices)
    held = [one for line in work.every_line() for one in line.matches if one.id in set(wanted)]
    if len(held) < len(wanted) or not held:
        raise NotFound(_("This match is not there any more. Look at the invoice again."), field="match_ids")
    in_vain = _written_off(uow, [one.claim_id for one in held if one.claim_id is not None])
    for one in held:
        is_in_vain = one.decision is MatchDecision.CLAIMED and one.claim_id in in_vain
        if one.decision is not MatchDecision.OPEN and not is_in_vain:
            raise Refused(_("This difference is settled already."), field="match_ids")
    return work, held


def _written_off(uow: UnitOfWork, claim_ids: Sequence[int]) -> set[int | None]:
    ids = sorted(set(claim_ids))
    ended = select(CL.c.id).where(CL.c.id.in_(ids), CL.c.state == ClaimState.WRITTEN_OFF)
    return set(uow.sql.execute(ended).scalars()) if ids else set()


def accept(uow: UnitOfWork, work: Work, held: Sequence[Held], note: str) -> list[InvoiceOutcome]:
    """Book these differences. Those of goods that never came have no receipt to carry them: Raises Refused."""
    heads: dict[int, Any] = {line.id: work.heads[line.invoice_id] for line in work.every_line()}
    for one in held:
        if one.entry_id is None:
            raise Refused(_("Nothing was received for this. Correct the line to a cost instead."), field="match_ids")
        if one.decision is MatchDecision.CLAIMED:
            one.claim_id = None
        one.decision = MatchDecision.ACCEPTED
    book(uow, [(one, heads[one.line_id]) for one in held], note=note)
    return store(uow, work, held)


def store(uow: UnitOfWork, work: Work, held: Sequence[Held]) -> list[InvoiceOutcome]:
    """Write what became of stored matches; invoices that may still be matched are judged anew."""
    write_decisions(uow, held)
    for key in [key for key, head in work.heads.items() if InvoiceState(head.state) not in MATCHABLE]:
        del work.heads[key], work.lines[key], work.priced[key]
    judge_all(uow, work)
    return write_states(uow, work)


def write_decisions(uow: UnitOfWork, held: Sequence[Held]) -> None:
    """Write what was decided of stored matches."""
    rows = [
        {
            "key": one.id, "new_decision": str(one.decision), "new_posting": one.posting_id,
            "new_claim": one.claim_id,
        }
        for one in held
    ]  # fmt: skip
    if rows:
        uow.sql.execute(_DECIDE, rows)
