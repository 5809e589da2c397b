"""What of each receipt is not invoiced at several moments: the same figure as `accruals.not_invoiced`, added up by receipt.

For all receipts of years at once: the database adds up what was received and what was matched; only what went back, was
taken back or came free is looked at line by line. A test holds the two ways together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from core.purchasing.steps.accruals import invoices_from, not_invoiced
from core.uow import UnitOfWork
from db.columns import micros
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.purchasing import InvoiceMatch, PurchaseReceiptLine
from db.sql import chunks, total
from db.stock import StockEntry, StockPosting

E, P, L, M = StockEntry, StockPosting, PurchaseReceiptLine, InvoiceMatch
# Every receipt from a supplier, and what its lines are worth as booked.
_RECEIVED = Prepared(
    select(P.id, P.number, P.document, P.supplier_id, P.at, total(E.given).label("given"))
    .join(E, E.posting_id == P.id)
    .where(
        P.kind == str(K.RECEIPT),
        P.at >= bindparam("since"),
        P.at <= bindparam("until"),
        P.supplier_id.is_not(None),
        E.kind == str(K.RECEIPT),
        E.is_reversal.is_(False),
    )
    .group_by(P.id, P.number, P.document, P.supplier_id, P.at)
    .order_by(P.at, P.id)
)


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """A receipt and what of it was not invoiced at each of the moments asked for, in minor units; below zero a credit is
    awaited."""

    posting_id: int
    number: str
    document: str
    supplier_id: int
    at: datetime
    amounts: tuple[int, ...]


def open_receipts(uow: UnitOfWork, moments: Sequence[datetime]) -> list[OpenReceipt]:
    """The receipts of which something was not invoiced at one of the moments, oldest first. As the ledger stands now: what
    came later with an earlier date counts as if it had been there."""
    since, last = invoices_from(uow), max(moments)
    odd = _odd(uow, since, last)
    less = [(moment, _less(uow, moment, odd)) for moment in moments]
    found = []
    for key, number, document, supplier_id, at, given in _RECEIVED.rows(uow.sql, since=since, until=last):
        amounts = tuple([given - taken.get(key, 0) if at <= moment else 0 for moment, taken in less])
        if any(amounts):
            found.append(OpenReceipt(key, number, document, supplier_id, at, amounts))
    return found


def _odd(uow: UnitOfWork, since: datetime, until: datetime) -> dict[int, tuple[int, int]]:
    """Lines of receipts that came free, or of which something went back or was taken back: their receipt and what they are
    worth as booked."""
    linked = select(E.link_id).where(E.link_id.is_not(None), E.at <= micros(until)).distinct()
    free = select(L.entry_id).where(L.is_free.is_(True), L.entry_id.is_not(None))
    ids = {*uow.sql.execute(linked).scalars(), *uow.sql.execute(free).scalars()}
    found: dict[int, tuple[int, int]] = {}
    for part in chunks(sorted(ids)):
        rows = uow.sql.execute(
            select(E.id, E.posting_id, E.given).where(
                E.id.in_(part),
                E.kind == K.RECEIPT,
                E.is_reversal.is_(False),
                E.at >= micros(since),
                E.at <= micros(until),
            )
        )
        found.update({row[0]: (row[1], int(row[2] or 0)) for row in rows})
    return found


def _less(uow: UnitOfWork, moment: datetime, odd: dict[int, tuple[int, int]]) -> dict[int, int]:
    """What to take off each receipt at a moment: what is matched, and of odd lines all that is not open then."""
    found: dict[int, int] = defaultdict(int)
    for posting_id, matched in _matched(uow, moment):
        found[posting_id] += matched
    for posting_id, matched in _matched(uow, moment, list(odd)):
        found[posting_id] -= matched
    still = _open_of(uow, moment, list(odd)) if odd else {}
    for entry_id, (posting_id, given) in odd.items():
        found[posting_id] += given - still.get(entry_id, 0)
    return found


def _matched(uow: UnitOfWork, moment: datetime, entry_ids: list[int] | None = None) -> Iterable[tuple[int, int]]:
    """By receipt what stood as matched at a moment; of these lines only, when they are given."""
    stands = [M.at <= moment, or_(M.undone_at.is_(None), M.undone_at > moment)]
    wanted = select(E.posting_id, total(M.accrued)).join(E, E.id == M.entry_id).where(*stands).group_by(E.posting_id)
    if entry_ids is None:
        yield from ((row[0], int(row[1])) for row in uow.sql.execute(wanted))
        return
    for part in chunks(entry_ids):
        yield from ((row[0], int(row[1])) for row in uow.sql.execute(wanted.where(M.entry_id.in_(part))))


def _open_of(uow: UnitOfWork, moment: datetime, entry_ids: list[int]) -> dict[int, int]:
    """What of these lines was not invoiced at a moment; free ones and those taken back are not among them."""
    found = not_invoiced(uow, entry_ids=entry_ids, as_of=moment)
    return {one.received.line_id: one.received.not_invoiced for one in found}
