"""The ledger as people read it: entries, postings, and the entries behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from core.answers import from_json
from core.errors import NotFound
from core.i18n import _
from core.registry import query
from core.stock.queries.purposes import purpose_words
from core.stock.types import EntryRow, Posted, PostingCard, PostingRow
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.catalog import Item, Supplier
from db.columns import micros, moment
from db.enums import LocationKind, Permission, PostingKind
from db.identity import Person
from db.journal import Journal
from db.sql import chunks, total
from db.stock import Location, Lot, StockEntry, StockPosting


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which entries: any field left empty does not limit. `location_id` takes in all that lies under it; `in_transit`
    keeps goods on their way, or (False) leaves them out."""

    start: datetime | None = None
    end: datetime | None = None
    item_id: int | None = None
    location_id: int | None = None
    lot_id: int | None = None
    kinds: tuple[PostingKind, ...] = ()
    reasons: tuple[str, ...] = ()
    posting_id: int | None = None
    text: str = ""
    item_ids: tuple[int, ...] = field(default=())
    person_id: int | None = None
    in_transit: bool | None = None


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """What entries of one item come to; `value` is None without the right to see cost."""

    entries: int
    qty: Decimal
    value: Decimal | None


@query(Permission.STOCK_VIEW)
def list_ledger(
    uow: UnitOfWork, *, wanted: LedgerFilter, limit: int | None = None, offset: int = 0, newest_first: bool = False
) -> list[EntryRow]:
    """Stock ledger.

    Entries in order of effective time; amounts only for those who may see cost.
    """
    order = (StockEntry.at.desc(), StockEntry.id.desc()) if newest_first else (StockEntry.at, StockEntry.id)
    if limit is None:
        return _told(uow, uow.sql.execute(_entries().where(*_conditions(wanted)).order_by(*order)).all())
    # The page is found on the ledger alone: joining first would join all that is skipped.
    page = _only(select(StockEntry.id), wanted).order_by(*order).offset(offset).limit(limit)
    ids = list(uow.sql.execute(page).scalars())
    found = [
        row
        for part in chunks(ids)
        for row in _told(uow, uow.sql.execute(_entries().where(StockEntry.id.in_(part))).all())
    ]
    places = {entry_id: place for place, entry_id in enumerate(ids)}
    return sorted(found, key=lambda entry: places[entry.entry_id])


@query(Permission.STOCK_VIEW)
def count_ledger(uow: UnitOfWork, *, wanted: LedgerFilter) -> int:
    """How many entries the ledger has under a filter."""
    return int(uow.sql.execute(_only(select(func.count()).select_from(StockEntry), wanted)).scalar_one())


@query(Permission.STOCK_VIEW)
def sum_ledger(uow: UnitOfWork, *, wanted: LedgerFilter) -> LedgerSum:
    """What the entries under a filter come to; the quantity means something for one item only."""
    sums: Any = select(func.count(), total(StockEntry.qty), total(StockEntry.value)).select_from(StockEntry)
    row = uow.sql.execute(_only(sums, wanted)).one()
    value = uow.money(int(row[2])) if uow.may(Permission.COST_VIEW) else None
    return LedgerSum(int(row[0]), from_micro(int(row[1])), value)


@query(Permission.STOCK_VIEW)
def list_postings(
    uow: UnitOfWork,
    *,
    kinds: tuple[PostingKind, ...] = (),
    start: datetime | None = None,
    end: datetime | None = None,
    text: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[PostingRow]:
    """Postings, newest first; `text` is a part of a number, of an outside document or of a supplier's name."""
    conditions = _of_postings(kinds, start, end, text)
    newest = (
        select(StockPosting.id)
        .where(*conditions)
        .order_by(StockPosting.at.desc(), StockPosting.id.desc())
        .limit(limit)
        .offset(offset)
    )
    ids = list(uow.sql.execute(newest).scalars())
    return _posting_rows(uow, ids)


@query(Permission.STOCK_VIEW)
def count_postings(
    uow: UnitOfWork,
    *,
    kinds: tuple[PostingKind, ...] = (),
    start: datetime | None = None,
    end: datetime | None = None,
    text: str = "",
) -> int:
    """How many postings there are under the same filters."""
    counted = select(func.count()).select_from(StockPosting).where(*_of_postings(kinds, start, end, text))
    return int(uow.sql.execute(counted).scalar_one())


@query(Permission.STOCK_VIEW)
def list_posters(uow: UnitOfWork) -> list[tuple[int, str]]:
    """Everybody who has posted something, by name."""
    posted = select(StockPosting.id).where(StockPosting.person_id == Person.id).exists()
    rows = uow.sql.execute(select(Person.id, Person.name).where(posted).order_by(Person.name))
    return [(row.id, row.name) for row in rows]


@query(Permission.STOCK_VIEW)
def get_posting(uow: UnitOfWork, *, posting_id: int) -> PostingCard:
    """One posting with its lines. Raises NotFound."""
    rows = _posting_rows(uow, [posting_id])
    if not rows:
        raise NotFound(_("There is no such posting."), field="posting")
    statement = _entries().where(StockEntry.posting_id == posting_id).order_by(StockEntry.line)
    return PostingCard(rows[0], tuple(_told(uow, uow.sql.execute(statement).all())))


@query(Permission.STOCK_VIEW)
def find_posting(uow: UnitOfWork, *, number: str) -> int | None:
    """The newest posting with this number or outside document number; None when there is none."""
    wanted = or_(StockPosting.number == number, StockPosting.document == number)
    found = uow.sql.execute(select(StockPosting.id).where(wanted).order_by(StockPosting.id.desc()).limit(1)).scalar()
    return None if found is None else int(found)


@query(Permission.STOCK_VIEW)
def find_posted(uow: UnitOfWork, *, request_id: str) -> Posted | None:
    """What a request to post became, by the id it was sent with; None when nothing was posted."""
    result = uow.sql.execute(select(Journal.result).where(Journal.request_id == request_id)).scalar()
    answer = None if result is None else from_json(result)
    return answer if isinstance(answer, Posted) else None


def _entries() -> Select[*tuple[Any, ...]]:
    return (
        select(
            StockEntry.id,
            StockEntry.posting_id,
            StockPosting.number,
            StockEntry.at,
            StockPosting.posted_at,
            StockEntry.kind,
            StockEntry.is_reversal,
            StockEntry.item_id,
            Item.code.label("item_code"),
            Item.name.label("item_name"),
            Item.name_en.label("item_name_en"),
            StockEntry.location_id,
            Location.code.label("location_code"),
            Location.name.label("location_name"),
            StockEntry.lot_id,
            Lot.number.label("lot"),
            StockEntry.qty,
            Item.base_unit,
            StockEntry.value,
            StockEntry.settled,
            StockEntry.variance,
            StockPosting.document,
            StockPosting.purpose,
            StockEntry.reason,
            StockEntry.stage,
            StockEntry.note,
            StockPosting.note.label("posting_note"),
            Supplier.name.label("supplier"),
            Supplier.name_en.label("supplier_en"),
            Person.name.label("by"),
            StockPosting.station,
        )
        .join(StockPosting, StockPosting.id == StockEntry.posting_id)
        .join(Item, Item.id == StockEntry.item_id)
        .join(Location, Location.id == StockEntry.location_id)
        .join(Person, Person.id == StockPosting.person_id)
        .outerjoin(Lot, Lot.id == StockEntry.lot_id)
        .outerjoin(Supplier, Supplier.id == StockPosting.supplier_id)
    )


def _of_postings(
    kinds: tuple[PostingKind, ...], start: datetime | None, end: datetime | None, text: str
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if kinds:
        found.append(StockPosting.kind.in_(kinds))
    if start is not None:
        found.append(StockPosting.at >= start)
    if end is not None:
        found.append(StockPosting.at <= end)
    if text:
        named = select(Supplier.id).where(or_(*(_holds(column, text) for column in (Supplier.name, Supplier.name_en))))
        parts = [_holds(column, text) for column in (StockPosting.number, StockPosting.document, StockPosting.purpose)]
        found.append(or_(*parts, StockPosting.supplier_id.in_(named)))
    return found


def _holds(column: Any, text: str) -> ColumnElement[bool]:
    """`column` holds the text, capitals or not; signs of LIKE in it are letters like any other."""
    found: ColumnElement[bool] = func.lower(column).contains(text.lower(), autoescape=True)
    return found


def _only(statement: Select[Any], wanted: LedgerFilter) -> Select[Any]:
    """A statement over the entries, kept to what the filter allows, joining only what the filter looks at."""
    if wanted.text or wanted.person_id is not None:
        statement = statement.join(StockPosting, StockPosting.id == StockEntry.posting_id)
    if wanted.location_id is not None or wanted.in_transit is not None:
        statement = statement.join(Location, Location.id == StockEntry.location_id)
    if wanted.text:
        statement = statement.join(Item, Item.id == StockEntry.item_id).outerjoin(Lot, Lot.id == StockEntry.lot_id)
    return statement.where(*_conditions(wanted))


def _conditions(wanted: LedgerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    equals: Sequence[tuple[Any, object]] = (
        (StockEntry.item_id, wanted.item_id),
        (StockEntry.lot_id, wanted.lot_id),
        (StockEntry.posting_id, wanted.posting_id),
        (StockPosting.person_id, wanted.person_id),
    )
    found.extend(column == value for column, value in equals if value is not None)
    if wanted.start is not None:
        found.append(StockEntry.at >= micros(wanted.start))
    if wanted.end is not None:
        found.append(StockEntry.at <= micros(wanted.end))
    if wanted.location_id is not None:
        found.append(Location.path.contains(f"/{wanted.location_id}/"))
    several: Sequence[tuple[Any, tuple[object, ...]]] = (
        (StockEntry.kind, wanted.kinds),
        (StockEntry.reason, wanted.reasons),
        (StockEntry.item_id, wanted.item_ids),
    )
    found.extend(column.in_(values) for column, values in several if values)
    if wanted.in_transit is not None:
        is_transit = Location.kind == LocationKind.TRANSIT
        found.append(is_transit if wanted.in_transit else ~is_transit)
    if wanted.text:
        columns = (Item.code, Item.name, Item.name_en, Lot.number, StockPosting.number, StockPosting.document)
        found.append(or_(*(_holds(column, wanted.text) for column in columns)))
    return found


def _told(uow: UnitOfWork, rows: Sequence[Any]) -> list[EntryRow]:
    words = purpose_words(uow, (row.purpose for row in rows))
    return [_entry(uow, row, words) for row in rows]


def _entry(uow: UnitOfWork, row: Any, words: Mapping[str, tuple[str, str]]) -> EntryRow:
    amounts = (row.value, row.settled, row.variance) if uow.may(Permission.COST_VIEW) else (None, None, None)
    value, settled, variance = (None if amount is None else uow.money(amount) for amount in amounts)
    return EntryRow(
        entry_id=row.id,
        posting_id=row.posting_id,
        number=row.number,
        at=moment(row.at),
        posted_at=row.posted_at,
        kind=PostingKind(row.kind),
        is_reversal=row.is_reversal,
        item_id=row.item_id,
        item_code=row.item_code,
        item_name=row.item_name,
        item_name_en=row.item_name_en,
        location_id=row.location_id,
        location_code=row.location_code,
        location_name=row.location_name,
        lot_id=row.lot_id,
        lot=row.lot or "",
        qty=from_micro(row.qty),
        unit=row.base_unit,
        value=value,
        settled=settled,
        variance=variance,
        document=row.document,
        purpose=words[row.purpose][0],
        purpose_en=words[row.purpose][1],
        reason=row.reason,
        stage=row.stage,
        note=row.note or row.posting_note,
        supplier=row.supplier or "",
        supplier_en=row.supplier_en or "",
        by=row.by,
        station=row.station,
    )


def _posting_rows(uow: UnitOfWork, ids: Sequence[int]) -> list[PostingRow]:
    reference, undo = aliased(StockPosting), aliased(StockPosting)
    sums = (
        select(StockEntry.posting_id, func.count().label("lines"), total(StockEntry.value).label("value"))
        .where(StockEntry.posting_id.in_(ids))
        .group_by(StockEntry.posting_id)
        .subquery()
    )
    rows = uow.sql.execute(
        select(
            table_of(StockPosting),
            Supplier.name.label("supplier"),
            Supplier.name_en.label("supplier_en"),
            Person.name.label("by"),
            sums.c.lines,
            sums.c.value,
            reference.number.label("ref_number"),
            undo.number.label("reversed_by"),
        )
        .join(sums, sums.c.posting_id == StockPosting.id)
        .join(Person, Person.id == StockPosting.person_id)
        .outerjoin(Supplier, Supplier.id == StockPosting.supplier_id)
        .outerjoin(reference, reference.id == StockPosting.ref_id)
        .outerjoin(undo, (undo.ref_id == StockPosting.id) & (undo.kind == PostingKind.REVERSAL))
        .where(StockPosting.id.in_(ids))
        .order_by(StockPosting.at.desc(), StockPosting.id.desc())
    ).all()
    words, sees_cost = purpose_words(uow, (row.purpose for row in rows)), uow.may(Permission.COST_VIEW)
    return [
        PostingRow(
            posting_id=row.id,
            number=row.number,
            kind=PostingKind(row.kind),
            at=row.at,
            posted_at=row.posted_at,
            document=row.document,
            purpose=words[row.purpose][0],
            purpose_en=words[row.purpose][1],
            note=row.note,
            supplier=row.supplier or "",
            supplier_en=row.supplier_en or "",
            by=row.by,
            station=row.station,
            lines=row.lines,
            value=uow.money(row.value) if sees_cost else None,
            ref_number=row.ref_number or "",
            reversed_by=row.reversed_by or "",
        )
        for row in rows
    ]
