"""Matching invoices with receipts, one or a thousand in the same statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.errors import InvalidInput
from core.purchasing.rules.invoice_pairing import decide, is_covered, pair_lines, part_of_left
from core.purchasing.steps.accruals import ReceivedFacts, not_invoiced
from core.purchasing.steps.invoices.booking import CHARGE, Landing, book, counted_returns, went_back
from core.purchasing.steps.invoices.claiming import settle_by, tie_to_returns
from core.purchasing.steps.invoices.spreading import shares_of
from core.purchasing.steps.invoices.work import Work, judge_all, load_work, write_matches, write_states
from core.purchasing.types.invoices import InvoiceOutcome, MatchedMany
from core.purchasing.types.standing import Held, Standing
from core.uow import UnitOfWork
from db.enums import InvoiceLineKind, MatchDecision, SplitBy


def match_invoices(uow: UnitOfWork, invoice_ids: Iterable[int]) -> MatchedMany:
    """Pair what is open of these invoices with what was received and not invoiced, the oldest invoice first; book small
    differences; spread charges over the receipts of their own invoice; say where each stands. Matches that are there stay.
    """
    work = load_work(uow, invoice_ids)
    received = _received(uow, work)
    fresh = pair_lines(work.every_line(), [one.received for one in received], work.tolerances)
    count_returned(uow, work, fresh, received)
    decide(work.every_line(), fresh, work.tolerances)
    tie_to_returns(uow, fresh)
    work.add(fresh)
    outcomes = settle(uow, work, spread_own(uow, work))
    return MatchedMany(tuple(outcomes), len(fresh), work.postings)


def settle(uow: UnitOfWork, work: Work, charges: Sequence[Landing] = ()) -> list[InvoiceOutcome]:
    """Book and store what is new, and say where the invoices stand."""
    heads = {line.id: work.heads[line.invoice_id] for line in work.every_line()}
    booked = (MatchDecision.SMALL, MatchDecision.ACCEPTED)
    work.postings += book(uow, [(one, heads[one.line_id]) for one in work.fresh if one.decision in booked], charges)
    write_matches(uow, work.fresh)
    settle_by(uow, work.fresh)
    work.fresh.clear()
    judge_all(uow, work)
    return write_states(uow, work)


def _received(uow: UnitOfWork, work: Work) -> list[ReceivedFacts]:
    """What of receipts these invoices can be for."""
    open_lines = [
        line
        for line in work.every_line()
        if line.kind is InvoiceLineKind.GOODS
        and line.open_qty
        and not is_covered(line, work.tolerances[line.supplier_id].qty_percent)
    ]
    if not open_lines:
        return []
    return not_invoiced(
        uow,
        supplier_ids={line.supplier_id for line in open_lines},
        item_ids={line.item_id for line in open_lines if line.item_id}
        if all(line.item_id for line in open_lines)
        else None,
        order_line_ids={line.order_line_id for line in open_lines if line.order_line_id},
    )


def count_returned(uow: UnitOfWork, work: Work, fresh: Sequence[Held], received: Sequence[ReceivedFacts]) -> None:
    """Write into new matches of credits what of landed cost went back with the goods."""
    credits = {line.id for line in work.every_line() if line.is_credit}
    entries = {one.entry_id for one in fresh if one.line_id in credits and one.entry_id and one.qty}
    if not entries:
        return
    went, counted = went_back(uow, entries), counted_returns(uow, entries)
    known = {one.received.line_id: one.received for one in received}
    open_qty = {key: known[key].open_qty for key in entries}
    for one in fresh:
        if one.entry_id is None or one.line_id not in credits or not one.qty:
            continue
        facts, key = known[one.entry_id], one.entry_id
        gone = went.get(key, 0) - facts.returned
        one.returned = part_of_left(gone, counted.get(key, 0), one.qty, open_qty[key])
        counted[key] = counted.get(key, 0) - one.returned
        open_qty[key] -= one.qty


def spread_own(uow: UnitOfWork, work: Work) -> list[Landing]:
    """Charges of invoices whose goods are all matched, spread over these goods; what cannot be spread waits for a person."""
    wanted: list[tuple[Standing, list[int]]] = []
    for lines in work.lines.values():
        goods = [line for line in lines if line.kind is InvoiceLineKind.GOODS]
        entries = sorted({one.entry_id for line in goods for one in line.matches if one.entry_id and one.qty > 0})
        complete = all(is_covered(line, work.rules.qty_percent) for line in goods)
        if entries and complete:
            wanted += [
                (line, entries)
                for line in lines
                if line.kind is InvoiceLineKind.CHARGE and not line.has_charge and line.amount
            ]
    if not wanted:
        return []
    known = {
        one.received.line_id: one
        for one in not_invoiced(uow, entry_ids={entry for _line, entries in wanted for entry in entries})
    }
    landings: list[Landing] = []
    for line, entries in wanted:
        try:
            landings += landings_of(uow, work, line, [known[entry] for entry in entries])
        except InvalidInput:
            continue
    return landings


def landings_of(uow: UnitOfWork, work: Work, line: Standing, received: Sequence[ReceivedFacts]) -> list[Landing]:
    """A charge spread over these entries, one posting for each receipt. Raises InvalidInput when they cannot carry it."""
    shares = shares_of(uow, line.amount, SplitBy(line.split_by or SplitBy.VALUE), received)
    by_receipt: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, share in zip(received, shares, strict=True):
        if share:
            by_receipt[one.posting_id].append((one.received.line_id, share))
    line.has_charge = True
    head = work.heads[line.invoice_id]
    return [Landing(key, tuple(amounts), head, CHARGE, line.id) for key, amounts in by_receipt.items()]
