"""Why a figure is what it is: the entries behind a quantity or value, the arrivals behind the age of stock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from core.registry import query
from core.stock.queries.ledger import LedgerFilter, LedgerSum, list_ledger, sum_ledger
from core.stock.rules.ageing import DAY, age_parts, bucket_of
from core.stock.steps.sums import values
from core.stock.types import EntryRow
from core.uow import UnitOfWork
from core.values import from_micro, split_by_weights
from db.catalog import Supplier
from db.columns import micros, moment
from db.enums import Permission, PostingKind
from db.stock import StockEntry, StockPosting


@dataclass(frozen=True, slots=True)
class AgePart:
    """A part of an item's stock and the arrival it is taken to come from; without one where nobody explains it.
    `bucket` is its place among the ages of `list_ages`."""

    posting_id: int | None
    number: str
    kind: PostingKind | None
    at: datetime | None
    supplier: str
    qty: Decimal
    value: Decimal
    bucket: int


@dataclass(frozen=True, slots=True)
class LedgerWhy:
    """The newest entries under a filter in order of time, and what all earlier ones come to."""

    earlier: LedgerSum
    entries: tuple[EntryRow, ...]


@query(Permission.STOCK_VIEW)
def explain_ledger(uow: UnitOfWork, *, wanted: LedgerFilter, limit: int = 300) -> LedgerWhy:
    """The entries behind a figure of one item; those before the newest `limit` as one sum."""
    entries = list_ledger(uow, wanted=wanted, limit=limit, newest_first=True)
    total = sum_ledger(uow, wanted=wanted)
    qty = total.qty - sum((entry.qty for entry in entries), Decimal(0))
    value = None if total.value is None else total.value - sum((entry.value or 0 for entry in entries), Decimal(0))
    return LedgerWhy(LedgerSum(total.entries - len(entries), qty, value), tuple(reversed(entries)))


@query(Permission.COST_VIEW)
def list_age_parts(uow: UnitOfWork, *, item_id: int, as_of: datetime | None = None) -> list[AgePart]:
    """The age of one item's stock, arrival by arrival, newest first; quantities and values sum to what is there."""
    end = micros(as_of or uow.now)
    qty, value = values(uow, as_of=as_of, item_id=item_id).get(item_id, (0, 0))
    if qty <= 0:
        return []
    arrivals = uow.sql.execute(
        select(
            StockEntry.at, StockEntry.qty, StockEntry.posting_id, StockPosting.number, StockPosting.kind,
            Supplier.name.label("supplier"),
        )
        .join(StockPosting, StockPosting.id == StockEntry.posting_id)
        .outerjoin(Supplier, Supplier.id == StockPosting.supplier_id)
        .where(
            StockEntry.item_id == item_id,
            StockEntry.qty > 0,
            StockEntry.kind != PostingKind.TRANSFER,
            StockEntry.at <= end,
        )
        .order_by(StockEntry.at.desc(), StockEntry.id.desc())
    ).all()  # fmt: skip
    parts = age_parts(qty, [(row.at, row.qty) for row in arrivals])
    buckets = [_bucket(at, end) for at, _take in parts]
    order = sorted(range(len(parts)), key=lambda place: buckets[place])
    shares = dict(zip(order, split_by_weights(value, [parts[place][1] for place in order]), strict=True))
    found = []
    for place, (at, take) in enumerate(parts):
        row = arrivals[place] if at is not None else None
        found.append(
            AgePart(
                posting_id=row.posting_id if row else None,
                number=row.number if row else "",
                kind=PostingKind(row.kind) if row else None,
                at=moment(at) if at is not None else None,
                supplier=(row.supplier or "") if row else "",
                qty=from_micro(take),
                value=uow.money(shares[place]),
                bucket=buckets[place],
            )
        )
    return found


def _bucket(at: int | None, end: int) -> int:
    """Which age an arrival belongs to; what nobody explains is among the oldest."""
    return bucket_of((end - at) // DAY if at is not None else 10**6)
