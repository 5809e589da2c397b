"""All clues of one difference, put together: about fifteen statements, whatever the size of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import gcd

from sqlalchemy import or_, select

from core import catalog
from core.clock import business_day
from core.detective.rules.clues import Clues, Gap, Held, Pack, Typed
from core.detective.steps.moves import Window, load_moves, load_twins, posting_of, window_of
from core.detective.steps.papers import load_awaited, load_billed, load_under_way
from core.detective.steps.spot import OPEN, B, C, L, Spot, gaps_where
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import round_half_up
from db.base import table_of
from db.catalog import ItemUnit, Unit
from db.columns import micros, moment
from db.counting import StockCountTally
from db.enums import CountState, LocationKind, Permission
from db.stock import Location, Lot

WEIGHED = frozenset({"g", "kg", "ml", "L", "斤"})
NEAR_COUNTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Looked:
    """The clues, and the time they were looked for in."""

    clues: Clues
    window: Window


def gather(uow: UnitOfWork, spot: Spot, here: Gap | None, expected: int) -> Looked:
    """Everything that may explain the difference of a line that was counted (`here`), or of stock below zero."""
    at = here.at if here is not None else micros(uow.now)
    own = posting_of(uow, here.count_id) if here is not None else None
    known = _known_id(uow, here)
    key = (spot.item_id, spot.place.id, spot.lot_id)
    window = window_of(uow, key, at, known, own)
    moves = load_moves(uow, spot.item_id, window)
    twins, lines = load_twins(uow, moves)
    units = unit_names(uow)
    clues = Clues(
        item_id=spot.item_id,
        location_id=spot.place.id,
        lot_id=spot.lot_id,
        unit=units.get(spot.base_unit, Name(spot.base_unit)),
        counted=None if here is None else here.counted,
        expected=expected,
        at=at,
        here=here,
        place=spot.place.name,
        may_date_back=_may_date_back(uow, at),
        packs=_packs(uow, spot.item_id, units),
        moves=moves,
        twins=twins,
        lines=lines,
        gaps=_gaps(uow, spot, here) if here is not None and runs_counts(uow) else (),
        held=_held(uow, spot),
        awaited=load_awaited(uow, spot.item_id),
        under_way=load_under_way(uow, spot.item_id, spot.place),
        billed=load_billed(uow, spot.item_id),
        typed=_typed(uow, here, spot.item_id),
        before=_before(uow, key, here) if here is not None and runs_counts(uow) else None,
    )
    return Looked(clues, window)


def runs_counts(uow: UnitOfWork) -> bool:
    """Whether the person may be told what was counted against the book."""
    return uow.may(Permission.COUNT_MANAGE) or uow.may(Permission.COUNT_APPROVE)


def _known_id(uow: UnitOfWork, here: Gap | None) -> int | None:
    if here is None:
        return None
    found = uow.sql.execute(select(L.c.ledger_id).where(L.c.id == here.line_id)).scalar()
    return None if found is None else int(found)


def _may_date_back(uow: UnitOfWork, at: int) -> bool:
    """Whether something may be posted just before that moment: not in a closed month, and not on an earlier day without
    the right."""
    site, when = uow.site, moment(at) - timedelta(seconds=1)
    if site.closed_until is not None and when <= site.closed_until:
        return False
    is_today = business_day(when, site.zone, site.day_start_hour) == business_day(
        uow.now, site.zone, site.day_start_hour
    )
    return is_today or uow.may(Permission.STOCK_BACKDATE)


def unit_names(uow: UnitOfWork) -> dict[str, Name]:
    """Units as they stand behind a number: kg and ml by their sign, all others by name."""
    rows = uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))
    return {
        row.code: Name(row.code) if row.dimension and row.code.isascii() else Name(row.name or row.code, row.name_en)
        for row in rows
    }


def _packs(uow: UnitOfWork, item_id: int, names: dict[str, Name]) -> tuple[Pack, ...]:
    """The units somebody may have meant: the item's packs, and of the units of weight and volume those in daily use."""
    table = catalog.load_unit_table(uow, item_id)
    own = set(uow.sql.execute(select(ItemUnit.unit).where(ItemUnit.item_id == item_id)).scalars())
    wanted = own | {table.purchase, table.issue, table.count} | WEIGHED
    return tuple(
        Pack(unit, names.get(unit, Name(unit)), top // gcd(top, bottom), bottom // gcd(top, bottom))
        for unit, (top, bottom) in table.ratios.items()
        if unit in wanted and unit != table.base and top != bottom
    )


def _gaps(uow: UnitOfWork, spot: Spot, here: Gap) -> tuple[Gap, ...]:
    """Other counted lines that differ: of the same item, or at the same place; the latest of each line."""
    start, end = moment(here.at) - NEAR_COUNTS, moment(here.at) + NEAR_COUNTS
    found = gaps_where(
        uow,
        or_(L.c.item_id == spot.item_id, L.c.location_id == spot.place.id),
        L.c.id != here.line_id,
        or_(C.c.state.in_(OPEN), C.c.state == CountState.POSTED),
        L.c.counted_at >= start,
        L.c.counted_at <= end,
    )
    own = (spot.item_id, spot.place.id, spot.lot_id)
    latest = {(one.item_id, one.location_id, one.lot_id): one for one in found}
    return tuple(one for key, one in latest.items() if key != own and one.difference)


def _before(uow: UnitOfWork, key: tuple[int, int, int], here: Gap) -> Gap | None:
    found = gaps_where(
        uow, L.c.item_id == key[0], L.c.location_id == key[1], L.c.lot_id == key[2], C.c.state == CountState.POSTED,
        L.c.counted_at < moment(here.at), L.c.id != here.line_id,
    )  # fmt: skip
    return found[-1] if found else None


def _held(uow: UnitOfWork, spot: Spot) -> tuple[Held, ...]:
    rows = uow.sql.execute(
        select(B.c.location_id, B.c.lot_id, B.c.qty, Location.name, Location.name_en, Lot.number)
        .join(Location, Location.id == B.c.location_id)
        .outerjoin(Lot, Lot.id == B.c.lot_id)
        .where(B.c.item_id == spot.item_id, B.c.qty > 0, Location.kind != LocationKind.TRANSIT)
        .order_by(B.c.location_id, B.c.lot_id)
    )
    return tuple(
        Held(row.location_id, Name(row.name, row.name_en), row.lot_id, row.number or "", int(row.qty)) for row in rows
    )


def _typed(uow: UnitOfWork, here: Gap | None, item_id: int) -> tuple[Typed, ...]:
    """What was typed for the line, in the last round."""
    if here is None:
        return ()
    tally = table_of(StockCountTally)
    ratios = catalog.load_unit_table(uow, item_id).ratios
    rows = uow.sql.execute(
        select(tally.c.qty, tally.c.unit, tally.c.is_replaced)
        .join(L, L.c.id == tally.c.line_id)
        .where(L.c.id == here.line_id, tally.c.round == L.c.rounds)
        .order_by(tally.c.id)
    )
    found = []
    for row in rows:
        top, bottom = ratios.get(row.unit, (1, 1)) if row.unit else (1, 1)
        found.append(Typed(int(row.qty), row.unit, round_half_up(int(row.qty) * top, bottom), bool(row.is_replaced)))
    return tuple(found)
