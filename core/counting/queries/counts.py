"""Counts and their lines, as who counts them sees them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Row, Select, case, cast, func, select
from sqlalchemy.orm import aliased

from core import catalog
from core.counting.steps.candidates import money_of
from core.counting.steps.counts import CountFacts, load_count, load_places, places_allowed, runs_counts, sees_book
from core.counting.steps.rows import entry_units, figures_of, names_of
from core.counting.types import CountCard, CountLine, CountRow, LineHit, PlaceProgress
from core.errors import NotFound
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.catalog import Item
from db.counting import StockCount, StockCountLine
from db.enums import CountKind, CountState, Permission, PostingKind
from db.identity import Person
from db.sql import total
from db.stock import Location, Lot, StockBalance, StockPosting

L = StockCountLine


@query(Permission.COUNT_ENTER)
def list_counts(uow: UnitOfWork, *, states: tuple[CountState, ...] = (), limit: int = 200) -> list[CountRow]:
    """Counts, newest first, with how far each is."""
    wanted = _counts().order_by(StockCount.id.desc()).limit(limit)
    if states:
        wanted = wanted.where(StockCount.state.in_(states))
    return [_count_row(uow, row) for row in uow.sql.execute(wanted)]


@query(Permission.COUNT_ENTER)
def get_count(uow: UnitOfWork, *, count_id: int) -> CountCard:
    """One count with its progress by place and who counted there. Raises NotFound."""
    row = uow.sql.execute(_counts().where(StockCount.id == count_id)).first()
    if row is None:
        raise NotFound(_("There is no such count."), field="count")
    names = names_of(uow, [row.completed_by, row.approved_by])
    return CountCard(
        _count_row(uow, row),
        row.tolerance_pct,
        row.tolerance_amount,
        _progress(uow, count_id),
        row.completed_at,
        names[row.completed_by],
        row.approved_at,
        names[row.approved_by],
        not row.is_blind or runs_counts(uow),
        uow.may(Permission.COUNT_MANAGE),
        uow.may(Permission.COUNT_APPROVE),
    )


@query(Permission.COUNT_ENTER)
def find_count(uow: UnitOfWork, *, number: str) -> int | None:
    """The count whose sheet carries this number; None when there is none."""
    found = uow.sql.execute(select(StockCount.id).where(StockCount.number == number.strip().upper())).scalar()
    return None if found is None else int(found)


def _counts() -> Select[Any]:
    back = aliased(StockPosting)
    counted = case((L.counted_qty.is_not(None), 1), else_=0)
    sums = (
        select(
            L.count_id,
            func.count().label("lines"),
            total(counted).label("counted"),
            total(cast(L.needs_recount, Integer)).label("to_recount"),
            total(cast(L.is_within, Integer)).label("within"),
            total(L.posted_value).label("value"),
        )
        .group_by(L.count_id)
        .subquery()
    )
    reversed_by = select(back.id).where(back.ref_id == StockCount.posting_id, back.kind == PostingKind.REVERSAL)
    return (
        select(
            table_of(StockCount),
            Person.name.label("creator"),
            StockPosting.number.label("posting_number"),
            sums.c.lines,
            sums.c.counted,
            sums.c.to_recount,
            sums.c.within,
            sums.c.value,
            reversed_by.exists().label("is_reversed"),
        )
        .join(Person, Person.id == StockCount.created_by)
        .join(sums, sums.c.count_id == StockCount.id)
        .outerjoin(StockPosting, StockPosting.id == StockCount.posting_id)
    )


def _count_row(uow: UnitOfWork, row: Row[Any]) -> CountRow:
    is_posted = row.state == CountState.POSTED
    return CountRow(
        row.id,
        row.version,
        row.number,
        CountKind(row.kind),
        CountState(row.state),
        row.title,
        row.is_blind,
        row.created_at,
        row.creator,
        int(row.lines),
        int(row.counted),
        int(row.to_recount),
        row.posting_id,
        row.posting_number or "",
        bool(row.is_reversed),
        Decimal(int(row.within)) / int(row.counted) if is_posted and row.counted else None,
        money_of(uow, int(row.value)) if is_posted else None,
    )


def _progress(uow: UnitOfWork, count_id: int) -> tuple[PlaceProgress, ...]:
    rows = uow.sql.execute(
        select(
            L.location_id,
            Location.code,
            Location.name,
            Location.name_en,
            func.count().label("lines"),
            total(case((L.counted_qty.is_not(None) & L.needs_recount.is_(False), 1), else_=0)).label("counted"),
            func.min(L.position).label("first"),
        )
        .join(Location, Location.id == L.location_id)
        .where(L.count_id == count_id)
        .group_by(L.location_id, Location.code, Location.name, Location.name_en)
        .order_by(func.min(L.position))
    ).all()
    people: dict[int, list[str]] = {}
    newest: dict[int, Any] = {}
    for row in uow.sql.execute(
        select(L.location_id, Person.name, func.max(L.counted_at).label("at"))
        .join(Person, Person.id == L.counted_by)
        .where(L.count_id == count_id)
        .group_by(L.location_id, Person.name)
        .order_by(func.max(L.counted_at).desc())
    ):
        people.setdefault(row.location_id, []).append(row.name)
        newest.setdefault(row.location_id, row.at)
    return tuple(
        PlaceProgress(
            row.location_id,
            row.code,
            row.name,
            row.name_en,
            int(row.lines),
            int(row.counted),
            tuple(people.get(row.location_id, ())),
            newest.get(row.location_id),
        )
        for row in rows
    )


@query(Permission.COUNT_ENTER)
def list_count_lines(uow: UnitOfWork, *, count_id: int) -> list[CountLine]:
    """The sheet of a count, in shelf order, at the places where the person may count.

    What a line to be counted again had before is only told to who runs or approves counts. On a blind count the book
    quantity is not told to who neither runs nor approves counts.
    """
    count = load_count(uow, count_id)
    allowed = places_allowed(uow, load_places(uow).values(), Permission.COUNT_ENTER, Permission.COUNT_MANAGE)
    rows = [row for row in uow.sql.execute(_lines(count_id)) if row.location_id in allowed]
    return _as_lines(uow, count, rows)


def _lines(count_id: int) -> Select[Any]:
    return (
        select(
            table_of(StockCountLine),
            Item.code,
            Item.name,
            Item.name_en,
            Item.spec,
            Item.base_unit,
            Location.code.label("location_code"),
            Location.name.label("location_name"),
            Location.name_en.label("location_name_en"),
            Lot.number.label("lot_number"),
            Lot.expires_on,
            func.coalesce(StockBalance.qty, 0).label("held"),
        )
        .join(Item, Item.id == L.item_id)
        .join(Location, Location.id == L.location_id)
        .outerjoin(Lot, Lot.id == L.lot_id)
        .outerjoin(
            StockBalance,
            (StockBalance.item_id == L.item_id)
            & (StockBalance.location_id == L.location_id)
            & (StockBalance.lot_id == L.lot_id),
        )
        .where(L.count_id == count_id)
        .order_by(L.position)
    )


def _as_lines(uow: UnitOfWork, count: CountFacts, rows: Sequence[Row[Any]]) -> list[CountLine]:
    units = entry_units(uow, {row.item_id for row in rows})
    figures = figures_of(uow, count.id)
    names = names_of(uow, {row.counted_by for row in rows})
    shows = sees_book(uow, count)
    hidden = set() if runs_counts(uow) else {row.id for row in rows if row.needs_recount}
    return [
        CountLine(
            row.id,
            row.position,
            row.item_id,
            row.code,
            row.name,
            row.name_en,
            row.spec,
            row.location_id,
            row.location_code,
            row.location_name,
            row.location_name_en,
            row.lot_id,
            row.lot_number or "",
            row.expires_on,
            row.base_unit,
            units[row.item_id],
            () if row.id in hidden else figures.get(row.id, ()),
            None if row.counted_qty is None or row.id in hidden else from_micro(row.counted_qty),
            _expected(row) if shows else None,
            row.counted_at,
            names[row.counted_by],
            row.rounds,
            row.needs_recount,
            row.counted_qty is not None and row.rounds == 0,
        )
        for row in rows
    ]


def _expected(row: Row[Any]) -> Decimal:
    """What the book said when it was counted, or says now."""
    if row.posted_expected is not None:
        return from_micro(row.posted_expected)
    return from_micro(row.held if row.counted_qty is None else row.expected_qty)


@query(Permission.COUNT_ENTER)
def find_count_line(uow: UnitOfWork, *, count_id: int, code: str, location_id: int | None = None) -> LineHit | None:
    """What a scanned code means on a count: its lines, open ones and those at this place first, and the code's unit.

    None for a code nobody knows; without lines the item is not on the sheet.
    """
    hit = catalog.find_by_barcode(uow, code=code)
    if hit is None:
        return None
    item = hit.item
    lines = uow.sql.execute(
        select(L.id)
        .where(L.count_id == count_id, L.item_id == item.id)
        .order_by(
            case((L.location_id == (location_id or 0), 0), else_=1),
            case((L.counted_qty.is_(None), 0), (L.needs_recount, 0), else_=1),
            L.position,
        )
    ).scalars()
    return LineHit(item.id, item.code, item.name, item.name_en, hit.unit, tuple(lines), bool(hit.barcode))
