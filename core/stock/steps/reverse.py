"""Counter-entries: a whole posting taken back, line by line, pointing to what they take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.stock.rules.posting import first_open_moment
from core.stock.steps.desk import Desk, Line
from core.stock.steps.watching import check_reversals
from core.stock.types import NewLine, NewPosting
from core.uow import UnitOfWork
from db.base import table_of
from db.columns import micros, moment
from db.enums import PostingKind as K
from db.stock import StockEntry, StockPosting

TAKES_BACK_VALUE_ONLY = frozenset({K.LANDED_COST})


def post_reversal(
    uow: UnitOfWork, desk: Desk, *, posting_id: int, at: datetime | None = None, note: str = "", document: str = ""
) -> int:
    """Take back a posting by counter-entries at the same values. Answers the new posting's id.

    Raises NotFound; Refused when it is taken back already, is itself a reversal, its goods are no longer there, or
    another domain holds on to it (`watch_reversals`).
    """
    moment = at or uow.now
    pending = desk.pending(posting_id)
    if pending is not None:
        original = Original(
            posting_id,
            document,
            pending[0].kind,
            pending[1],
            pending[0].supplier_id,
            pending[0].document,
            pending[0].purpose,
        )
        entries: list[Line | Row[Any]] = list(reversed(pending[2]))
    else:
        original = _stored(uow, posting_id)
        entries = _entries(uow, posting_id, micros(moment))
    _check_reversible(uow, original, moment)
    check_reversals(uow, [posting_id])
    new = NewPosting(
        K.REVERSAL,
        tuple(
            NewLine(entry.item_id, Decimal(1), location_id=entry.location_id, lot_id=entry.lot_id or None)
            for entry in entries
        ),
        at,
        original.supplier_id,
        document or original.document,
        posting_id,
        original.purpose,
        note,
    )
    desk.prepare([new], with_history={entry.item_id for entry in entries})
    open_ones = [entry for entry in entries if not is_done(desk, posting_id, entry)]
    return desk.post_reversal(new, [counter_line(entry, micros(moment)) for entry in open_ones])


def is_done(desk: Desk, posting_id: int, entry: Line | Row[Any]) -> bool:
    """Whether an entry is a correction that was taken back already, together with the posting it came with."""
    if isinstance(entry, Line) or entry.posting_id == posting_id:
        return False
    return desk.is_taken_back(entry.item_id, entry.id)


@dataclass(frozen=True, slots=True)
class Original:
    """A posting that is to be taken back."""

    posting_id: int
    number: str
    kind: str
    at: datetime
    supplier_id: int | None
    document: str
    purpose: str


def _stored(uow: UnitOfWork, posting_id: int) -> Original:
    row = uow.sql.execute(
        select(
            StockPosting.id,
            StockPosting.number,
            StockPosting.kind,
            StockPosting.at,
            StockPosting.supplier_id,
            StockPosting.document,
            StockPosting.purpose,
        ).where(StockPosting.id == posting_id)
    ).first()
    if row is None:
        raise NotFound(_("There is no such posting."), field="ref")
    return Original(*row)


def check_kind(original: Original) -> None:
    """A reversal and a revaluation are not taken back. Raises Refused."""
    if original.kind == K.REVERSAL:
        raise Refused(
            _("{number} is a reversal itself. Post the document again instead.", number=original.number), field="ref"
        )
    if original.kind == K.REVALUATION:
        raise Refused(
            _("A revaluation is not reversed: revalue again with the earlier method or standard."), field="ref"
        )


def _check_reversible(uow: UnitOfWork, original: Original, at: datetime) -> None:
    check_kind(original)
    done = uow.sql.execute(
        select(StockPosting.number).where(StockPosting.ref_id == original.posting_id, StockPosting.kind == K.REVERSAL)
    ).scalar()
    if done is not None:
        raise Refused(_("{number} is reversed already, by {done}.", number=original.number, done=done), field="ref")
    if at < original.at:
        raise InvalidInput(_("It is dated before the document it refers to."), field="at")


def _entries(uow: UnitOfWork, posting_id: int, at: int) -> list[Line | Row[Any]]:
    """The posting's own entries, and the corrections that later entries made to its counts.

    A correction of a count that lies after `at` is left out: taking back the entry before it corrects the count again.
    """
    own = select(StockEntry.id).where(StockEntry.posting_id == posting_id)
    counts = own.where(StockEntry.counted_qty.is_not(None))
    is_correction = and_(
        StockEntry.kind == K.COUNT, StockEntry.counted_qty.is_(None), StockEntry.is_reversal.is_(False)
    )
    rows = uow.sql.execute(
        select(table_of(StockEntry))
        .where(
            or_(StockEntry.posting_id == posting_id, and_(is_correction, StockEntry.link_id.in_(counts))),
            or_(~is_correction, StockEntry.at <= at),
        )
        .order_by(StockEntry.id.desc())
    )
    return list(rows)


def moment_of_reversal(uow: UnitOfWork, posting_id: int) -> datetime | None:
    """When to take a posting back: None is now; its own moment when its goods were counted since, so that what was counted
    stays what was counted. The first open moment stands in for its own one in a closed month whose goods were not counted
    before that; were they, its own moment is answered, which posting refuses with the way out."""
    own = (
        select(StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id, func.min(StockEntry.at).label("at"))
        .where(StockEntry.posting_id == posting_id, StockEntry.counted_qty.is_(None))
        .group_by(StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id)
        .subquery()
    )
    counted, undone = aliased(StockEntry), aliased(StockEntry)
    found = uow.sql.execute(
        select(func.min(counted.at))
        .join(
            own,
            and_(
                own.c.item_id == counted.item_id,
                own.c.location_id == counted.location_id,
                own.c.lot_id == counted.lot_id,
                counted.at > own.c.at,
            ),
        )
        .outerjoin(undone, and_(undone.link_id == counted.id, undone.is_reversal))
        .where(counted.counted_qty.is_not(None), counted.is_reversal.is_(False), undone.id.is_(None))
    ).scalar()
    if found is None:
        return None
    at: datetime = uow.sql.execute(select(StockPosting.at).where(StockPosting.id == posting_id)).scalar_one()
    closed = uow.site.closed_until
    return first_open_moment(closed) if closed is not None and at <= closed < moment(int(found)) else at


def counter_line(entry: Line | Row[Any], at: int) -> Line:
    """The ledger line that takes back an entry."""
    kind = K(entry.kind)
    takes_back_value = kind in TAKES_BACK_VALUE_ONLY
    return Line(
        kind=kind,
        at=entry.at if takes_back_value else at,
        item_id=entry.item_id,
        location_id=entry.location_id,
        lot_id=entry.lot_id,
        qty=-entry.qty,
        unit=entry.unit,
        unit_qty=entry.unit_qty,
        given=-entry.given if takes_back_value and entry.given is not None else None,
        link_id=entry.link_id if takes_back_value else (entry.entry_id if isinstance(entry, Line) else entry.id),
        is_reversal=True,
        reason=entry.reason,
        stage=entry.stage,
    )
