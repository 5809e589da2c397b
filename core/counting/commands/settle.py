"""From counted to posted: completing, counting again, reasons, approval."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import bindparam, func, select, update

from core import identity, stock
from core.counting.rules import states
from core.counting.steps.candidates import money_of
from core.counting.steps.counts import CountFacts, load_count, require_at_places, touch_count
from core.counting.steps.judge import Judged, digest_of, judge
from core.counting.types import Completed, CountPosted, NotCounted
from core.errors import InvalidInput, Refused
from core.i18n import _, _n
from core.registry import command
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.counting import StockCountLine
from db.enums import ApprovalSubject, CountState, Permission, PostingKind, Uncounted, VarianceReason
from db.sql import chunks
from db.stock import StockBalance, StockEntry


@command(Permission.COUNT_MANAGE)
def complete_count(uow: UnitOfWork, *, count_id: int, uncounted: Uncounted | None = None) -> Completed:
    """Complete a count.

    Lines outside tolerance are counted again, then need a reason; without any the count waits for approval. Lines that
    nobody counted keep the book quantity or are taken as zero, as `uncounted` says. Raises NotCounted when it does not;
    Refused when lines wait for a recount, or nothing is counted.
    """
    count = load_count(uow, count_id, lock="all")
    states.check_is(
        count.state,
        states.COUNTABLE,
        count.number,
        _("{number} is complete and waits for approval.", number=count.number),
    )
    if count.state is CountState.COUNTING:
        _settle_uncounted(uow, count, uncounted)
    judged = judge(uow, count)
    if not judged:
        raise Refused(_("Nothing is counted yet. Enter figures first, or cancel the count."))
    to_recount = _send_to_recount(uow, count, judged)
    need_reason = [one for one in judged if not one.is_within and not one.line.reason and one not in to_recount]
    if count.state is CountState.TO_RESOLVE:
        _check_settled([one for one in to_recount if one.line.needs_recount], [] if to_recount else need_reason)
    state = states.state_after_completing(to_recount=len(to_recount), need_reason=len(need_reason))
    touch_count(uow, count_id, state=state, completed_at=uow.now, completed_by=uow.actor.person_id)
    uow.note(count=count.number)
    differing = sum(1 for one in judged if one.difference)
    return Completed(count_id, count.number, state, len(judged), differing, len(to_recount), len(need_reason))


def _settle_uncounted(uow: UnitOfWork, count: CountFacts, choice: Uncounted | None) -> None:
    missing = StockCountLine.count_id == count.id, StockCountLine.counted_qty.is_(None)
    left = int(uow.sql.execute(select(func.count()).where(*missing)).scalar_one())
    if not left:
        return
    if choice is None:
        raise NotCounted(
            _n(
                "{n} line is not counted. Keep what the book says, or take it as zero?",
                "{n} lines are not counted. Keep what the book says, or take them as zero?",
                left,
            ),
            left,
        )
    if choice is Uncounted.ZERO:
        held = (
            select(func.coalesce(func.max(StockBalance.qty), 0))
            .where(
                StockBalance.item_id == StockCountLine.item_id,
                StockBalance.location_id == StockCountLine.location_id,
                StockBalance.lot_id == StockCountLine.lot_id,
            )
            .correlate(StockCountLine)
            .scalar_subquery()
        )
        last = select(func.coalesce(func.max(StockEntry.id), 0)).scalar_subquery()
        uow.sql.execute(
            update(StockCountLine)
            .where(*missing)
            .values(
                counted_qty=0,
                expected_qty=held,
                ledger_id=last,
                counted_at=uow.now,
                counted_by=uow.actor.person_id,
            )
        )
    touch_count(uow, count.id, uncounted=choice)


def _send_to_recount(uow: UnitOfWork, count: CountFacts, judged: Sequence[Judged]) -> list[Judged]:
    """Mark the lines that are to be counted again; once counting is over, those marked before stay so."""
    found = [
        one
        for one in judged
        if one.line.needs_recount
        or states.wants_recount(
            is_within=one.is_within,
            is_impossible=one.is_impossible,
            rounds=one.line.rounds,
            reason=one.line.reason,
        )
    ]
    _mark(uow, [one.line.id for one in found if not one.line.needs_recount], needs_recount=True)
    return found


def _mark(uow: UnitOfWork, line_ids: Sequence[int], **values: object) -> None:
    for part in chunks(line_ids):
        uow.sql.execute(
            update(StockCountLine)
            .where(StockCountLine.id.in_(part))
            .values(version=StockCountLine.version + 1, **values)
        )


def _check_settled(to_recount: Sequence[Judged], need_reason: Sequence[Judged]) -> None:
    if to_recount:
        first = to_recount[0].line
        raise Refused(
            _n(
                "{n} line is to be counted again, first {code} {name}.",
                "{n} lines are to be counted again, first {code} {name}.",
                len(to_recount),
                code=first.code,
                name=first.name,
            ),
            row=first.position,
        )
    if need_reason:
        first = need_reason[0].line
        raise InvalidInput(
            _n(
                "{n} difference has no reason yet, first {code} {name}.",
                "{n} differences have no reason yet, first {code} {name}.",
                len(need_reason),
                code=first.code,
                name=first.name,
            ),
            field="reason",
            row=first.position,
        )


@command(Permission.COUNT_MANAGE)
def request_recount(uow: UnitOfWork, *, count_id: int, line_ids: tuple[int, ...]) -> None:
    """Have lines counted again.

    Their figures stay until the new ones come. Raises Refused when counting still goes on or the count is over.
    """
    count = load_count(uow, count_id, lock="all")
    settling = frozenset({CountState.TO_RESOLVE, CountState.TO_APPROVE})
    states.check_is(count.state, settling, count.number, _("Counting still goes on: enter the new figure right away."))
    known = _lines_of(uow, count_id, line_ids)
    _mark(uow, known, needs_recount=True, reason="", note="")
    touch_count(uow, count_id, state=CountState.TO_RESOLVE)
    uow.note(count=count.number)


@command(Permission.COUNT_MANAGE)
def give_reason(
    uow: UnitOfWork, *, count_id: int, line_ids: tuple[int, ...], reason: VarianceReason, note: str = ""
) -> None:
    """Give differences their reason.

    The differences are accepted as they are: no recount is waited for. Raises Refused while counting goes on or
    when the count is over.
    """
    count = load_count(uow, count_id, lock="all")
    settling = frozenset({CountState.TO_RESOLVE, CountState.TO_APPROVE})
    states.check_is(count.state, settling, count.number, _("Counting still goes on. Complete the count first."))
    if reason not in tuple(VarianceReason):
        raise InvalidInput(_("Choose one of the reasons."), field="reason")
    known = _lines_of(uow, count_id, line_ids)
    _mark(uow, known, reason=str(reason), note=note.strip()[:200], needs_recount=False)
    uow.note(count=count.number)


def _lines_of(uow: UnitOfWork, count_id: int, line_ids: Sequence[int]) -> list[int]:
    known: list[int] = []
    for part in chunks(line_ids):
        known += uow.sql.execute(
            select(StockCountLine.id).where(
                StockCountLine.count_id == count_id,
                StockCountLine.id.in_(part),
                StockCountLine.counted_qty.is_not(None),
            )
        ).scalars()
    if not known or len(known) != len(set(line_ids)):
        raise InvalidInput(_("Choose counted lines of this count."), field="line")
    return known


@command(Permission.COUNT_APPROVE)
def approve_count(uow: UnitOfWork, *, count_id: int, seen: str = "") -> CountPosted:
    """Approve a count and post it.

    Each line is posted at the moment it was counted: its quantity then is what was counted, what moved afterwards stays.
    Lines without a difference are posted too, as evidence. `seen` is the digest of the differences looked at. Raises
    NeedsConfirmation when they changed since, NotAllowed over the approval limit, Refused.
    """
    count = load_count(uow, count_id, lock="all")
    states.check_is(
        count.state,
        frozenset({CountState.TO_APPROVE}),
        count.number,
        _("{number} is not complete yet.", number=count.number),
    )
    judged = judge(uow, count)
    require_at_places(uow, Permission.COUNT_APPROVE, {one.line.location_id for one in judged})
    if seen and seen != digest_of(judged):
        uow.confirm("differences_changed", _("The differences changed since you looked. Approve them as they are now?"))
    identity.check_approval(uow, ApprovalSubject.COUNT_VARIANCE, uow.money(sum(abs(one.value) for one in judged)))
    posted = stock.post(uow, _posting(count, judged))
    _keep_results(uow, posted.posting_id, judged)
    approver = uow.actor if uow.actor.may(Permission.COUNT_APPROVE) or uow.approver is None else uow.approver
    touch_count(
        uow,
        count_id,
        state=CountState.POSTED,
        approved_at=uow.now,
        approved_by=approver.person_id,
        posting_id=posted.posting_id,
    )
    uow.note(count=count.number, posting=posted.number)
    differing = sum(1 for one in judged if one.difference)
    value: Decimal | None = money_of(uow, sum(_posted_values(uow, posted.posting_id).values()))
    return CountPosted(count_id, count.number, posted.posting_id, posted.number, len(judged), differing, value)


def _posting(count: CountFacts, judged: Sequence[Judged]) -> stock.NewPosting:
    lines = tuple(
        stock.NewLine(
            one.line.item_id,
            from_micro(one.line.counted_qty),
            location_id=one.line.location_id,
            lot_id=one.line.lot_id or None,
            reason=one.line.reason,
            note=one.line.note,
            row=one.line.position,
            at=one.line.counted_at,
        )
        for one in sorted(judged, key=lambda one: (one.line.counted_at, one.line.position))
    )
    newest = max(one.line.counted_at for one in judged)
    return stock.NewPosting(PostingKind.COUNT, lines, newest, document=count.number, note=count.title)


def _posted_values(uow: UnitOfWork, posting_id: int) -> dict[tuple[int, int, int], int]:
    rows = uow.sql.execute(
        select(StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id, StockEntry.value).where(
            StockEntry.posting_id == posting_id, StockEntry.counted_qty.is_not(None)
        )
    )
    found: dict[tuple[int, int, int], int] = {}
    for row in rows:
        spot = (row.item_id, row.location_id, row.lot_id)
        found[spot] = found.get(spot, 0) + row.value
    return found


def _keep_results(uow: UnitOfWork, posting_id: int, judged: Sequence[Judged]) -> None:
    """What was posted stays on the lines, whatever is entered with an earlier date afterwards."""
    values = _posted_values(uow, posting_id)
    lines = table_of(StockCountLine)
    rows = [
        {
            "key": one.line.id,
            "expected": one.book.expected,
            "value": values.get((one.line.item_id, one.line.location_id, one.line.lot_id), 0),
            "book": one.book_value,
            "within": one.is_within,
        }
        for one in judged
    ]
    uow.sql.execute(
        update(lines)
        .where(lines.c.id == bindparam("key"))
        .values(
            posted_expected=bindparam("expected"),
            posted_value=bindparam("value"),
            book_value=bindparam("book"),
            is_within=bindparam("within"),
        ),
        rows,
    )
