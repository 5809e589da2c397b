"""The closed period of the ledger: held while it is closed or reopened, what is stored of it, where sums may start from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from core.stock.rules import posting as rules
from core.stock.steps.sums import quantities, values
from core.uow import UnitOfWork
from db.base import table_of
from db.columns import micros, moment
from db.identity import Site
from db.prepared import Prepared, insert_into, names_of
from db.sql import CHUNK, chunks
from db.stock import LedgerHead, StockClosed, StockClosedBalance, StockClosedValue, StockEntry, StockPosting

_ADD_BALANCES = Prepared(insert_into(StockClosedBalance, leave_out=()))
_ADD_VALUES = Prepared(insert_into(StockClosedValue, leave_out=()))


@dataclass(frozen=True, slots=True)
class Held:
    """The ledger while nobody else can post: the end of its chain, when that was posted, and until when it is closed."""

    posting_id: int
    hash: str
    posted_at: datetime | None
    closed_until: datetime | None


def hold_ledger(uow: UnitOfWork) -> Held:
    """Keep everybody else from posting until this transaction ends. Raises Refused when this PC's clock was set back."""
    head = uow.sql.execute(
        select(LedgerHead.posting_id, LedgerHead.hash).where(LedgerHead.id == 1).with_for_update()
    ).one()
    # Statements of their own: whatever shares one with the lock is read as it was before the wait for it.
    posted_at = uow.sql.execute(select(StockPosting.posted_at).where(StockPosting.id == head.posting_id)).scalar()
    rules.check_clock(uow.now, posted_at)
    closed_until = uow.sql.execute(select(Site.closed_until)).scalar_one()
    return Held(head.posting_id, head.hash, posted_at, closed_until)


def first_move(uow: UnitOfWork) -> datetime | None:
    """When the goods began to move: the first entry, not counting opening stock at the beginning of the books; where
    there is only that, when it was posted. None while nothing moved."""
    begin = micros(rules.BOOKS_BEGIN + rules.ZONES_APART)
    at = uow.sql.execute(select(func.min(StockEntry.at)).where(StockEntry.at > begin)).scalar()
    if at is not None:
        return moment(int(at))
    first: datetime | None = uow.sql.execute(select(StockPosting.posted_at).order_by(StockPosting.id).limit(1)).scalar()
    return first


def opening_moment(uow: UnitOfWork) -> datetime:
    """Where opening stock without a date stands: at the beginning of the books, or where the open period begins."""
    closed = uow.site.closed_until
    return rules.BOOKS_BEGIN if closed is None else rules.first_open_moment(closed)


def close_until(uow: UnitOfWork, closing_id: int, until: datetime, held: Held) -> None:
    """Store what was there at `until`, and lock the ledger up to it: from here on the database itself refuses entries
    dated there, and other values of those it has."""
    head = {"closing_id": closing_id, "until_at": micros(until), "posting_id": held.posting_id, "hash": held.hash}
    balances = [(closing_id, *place, qty) for place, qty in sorted(quantities(uow, as_of=until).items())]
    worth = [(closing_id, item_id, *both) for item_id, both in sorted(values(uow, as_of=until).items())]
    uow.sql.execute(insert(table_of(StockClosed)), [{**head, "is_standing": True}])
    for part in chunks(balances, CHUNK):
        _ADD_BALANCES.run_rows(uow.sql, names_of(StockClosedBalance), part)
    for rows in chunks(worth, CHUNK):
        _ADD_VALUES.run_rows(uow.sql, names_of(StockClosedValue), rows)
    uow.sql.execute(update(table_of(Site)).values(closed_until=until))


def reopen_until(uow: UnitOfWork, closing_id: int, until: datetime | None) -> None:
    """Unlock the ledger back to `until` (None: all of it). What the closing stored stays, but nothing starts from it any more."""
    closed = table_of(StockClosed)
    uow.sql.execute(update(closed).where(closed.c.closing_id == closing_id).values(is_standing=False))
    uow.sql.execute(update(table_of(Site)).values(closed_until=until))
