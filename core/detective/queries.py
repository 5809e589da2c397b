"""Why the book and the shelf differ: one difference looked into, and the lines worth it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import counting
from core.detective.rules.clues import Gap
from core.detective.rules.weigh import weigh
from core.detective.steps.clues import Looked, gather, runs_counts, unit_names
from core.detective.steps.mends import finish
from core.detective.steps.spot import B, C, L, Spot, balance_of, gaps_where, load_line, load_spot, unit_worth
from core.detective.types import Case, Facts, OddKind, OddRow
from core.errors import InvalidInput
from core.i18n import Name, _
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro, round_half_up, to_micro
from db.catalog import Item
from db.columns import micros, moment
from db.counting import StockCount
from db.enums import CountState, LocationKind, Permission
from db.stock import Location, Lot

LATELY = timedelta(days=14)
MOST_ODD = 500
TO_SETTLE = (CountState.TO_RESOLVE, CountState.TO_APPROVE)


@query(Permission.STOCK_VIEW)
def investigate(
    uow: UnitOfWork,
    *,
    item_id: int = 0,
    location_id: int = 0,
    lot_id: int = 0,
    counted: Decimal | None = None,
    count_line_id: int | None = None,
) -> Case:
    """Look into a difference between the book and the shelf.

    Of a counted line (`count_line_id`), or of an item at a place and lot: `counted` in base units is what lies there now,
    None takes the book alone, which is odd when it is below zero. Every simple explanation is tested on the entries since
    the line was last counted, on open orders, transfers under way, invoices, and on other lines of the same counts; each
    finding says how likely it is (0 to 100) and what would put it right. Nothing is changed. Raises NotFound; NotAllowed
    for a count's line unless the person runs or approves counts; InvalidInput when there is nothing to look into.
    """
    here = _line_of(uow, count_line_id)
    if here is not None:
        item_id, location_id, lot_id = here.item_id, here.location_id, here.lot_id
    spot = load_spot(uow, item_id, location_id, lot_id)
    expected = here.expected if here is not None else balance_of(uow, item_id, location_id, lot_id)
    if here is None and counted is not None:
        here = _found_now(uow, spot, to_micro(counted), expected)
    if here is None and expected >= 0:
        raise InvalidInput(
            _("The book has {qty} here, which is not odd by itself. How much is there?", qty=from_micro(expected)),
            field="counted",
        )
    looked = gather(uow, spot, here, expected)
    findings = tuple(finish(uow, one) for one in weigh(looked.clues))
    return Case(_facts(uow, spot, looked), findings)


def _line_of(uow: UnitOfWork, count_line_id: int | None) -> Gap | None:
    if count_line_id is None:
        return None
    if not runs_counts(uow):
        uow.require(Permission.COUNT_MANAGE)
    return load_line(uow, count_line_id)


def _found_now(uow: UnitOfWork, spot: Spot, counted: int, expected: int) -> Gap:
    """What somebody saw on the shelf just now, on no count."""
    at = micros(uow.now)
    return Gap(
        0, 0, "", CountState.CANCELLED, spot.item_id, spot.item, spot.place.id, spot.place.name, spot.lot_id, spot.lot,
        counted, expected, at, spot.base_unit,
    )  # fmt: skip


def _facts(uow: UnitOfWork, spot: Spot, looked: Looked) -> Facts:
    clues, window, here = looked.clues, looked.window, looked.clues.here
    return Facts(
        item_id=spot.item_id,
        code=spot.code,
        item=spot.item,
        location_id=spot.place.id,
        place=spot.place.name,
        lot_id=spot.lot_id,
        lot=spot.lot,
        unit=clues.unit,
        counted=None if clues.counted is None else from_micro(clues.counted),
        expected=from_micro(clues.expected),
        difference=from_micro(clues.difference),
        value=_value(uow, spot.item_id, clues.difference),
        at=moment(clues.at),
        last_counted_at=None if window.counted_at is None else moment(window.counted_at),
        entries=len(clues.moves_here),
        count_id=here.count_id if here is not None else 0,
        count_number=here.number if here is not None else "",
        count_line_id=here.line_id if here is not None else 0,
        date_before=moment(clues.at) if clues.is_to_settle else None,
    )


def _value(uow: UnitOfWork, item_id: int, difference: int) -> Decimal | None:
    if not uow.may(Permission.COST_VIEW):
        return None
    value, qty = unit_worth(uow, [item_id]).get(item_id, (0, 0))
    return uow.money(round_half_up(difference * value, qty) if qty else 0)


@query(Permission.STOCK_VIEW)
def list_odd(uow: UnitOfWork) -> list[OddRow]:
    """Lines worth looking into, dearest first.

    Stock below zero; and for who runs or approves counts the lines of counts outside tolerance, of those still to be
    settled and of those posted in the last two weeks. At most 500; amounts only with the right to see cost.
    """
    found = _negative(uow)
    if runs_counts(uow):
        found += _counted(uow) + _posted(uow)
    sees = uow.may(Permission.COST_VIEW)
    worth = unit_worth(uow, sorted({row.item_id for row, _micro in found}))
    rows = []
    for row, micro in found:
        value, qty = worth.get(row.item_id, (0, 0))
        amount = round_half_up(micro * value, qty) if qty else 0
        rows.append((abs(amount), abs(micro), _with_value(row, uow.money(amount) if sees else None)))
    rows.sort(key=lambda one: (-one[0], -one[1], one[2].code))
    return [row for _amount, _micro, row in rows[:MOST_ODD]]


def _with_value(row: OddRow, value: Decimal | None) -> OddRow:
    return OddRow(
        row.kind, row.item_id, row.code, row.item, row.location_id, row.place, row.lot_id, row.lot, row.unit,
        row.difference, value, row.at, row.count_line_id, row.count_number,
    )  # fmt: skip


def _negative(uow: UnitOfWork) -> list[tuple[OddRow, int]]:
    rows = uow.sql.execute(
        select(
            B.c.item_id, Item.code, Item.name, Item.name_en, B.c.location_id, Location.name.label("place"),
            Location.name_en.label("place_en"), B.c.lot_id, Lot.number, Item.base_unit, B.c.qty, B.c.last_at,
        )
        .join(Item, Item.id == B.c.item_id)
        .join(Location, Location.id == B.c.location_id)
        .outerjoin(Lot, Lot.id == B.c.lot_id)
        .where(B.c.qty < 0, Location.kind != LocationKind.TRANSIT)
    )  # fmt: skip
    units = unit_names(uow)
    return [(_odd(row, units), -int(row.qty)) for row in rows]


def _odd(row: Any, units: dict[str, Name]) -> OddRow:
    unit = units.get(row.base_unit, Name(row.base_unit))
    item, place = Name(row.name, row.name_en), Name(row.place, row.place_en)
    missing, since = from_micro(-int(row.qty)), moment(int(row.last_at))
    kind, lot = OddKind.NEGATIVE, row.number or ""
    return OddRow(
        kind, row.item_id, row.code, item, row.location_id, place, row.lot_id, lot, unit, missing, None, since
    )


def _counted(uow: UnitOfWork) -> list[tuple[OddRow, int]]:
    """Differences outside tolerance of counts that are still to be settled."""
    ids = uow.sql.execute(
        select(StockCount.id).where(StockCount.state.in_(TO_SETTLE)).order_by(StockCount.id)
    ).scalars()
    found = []
    for count_id in list(ids):
        review = counting.get_count_review(uow, count_id=count_id)
        wanted = [row.id for row in review.rows if not row.is_within][:MOST_ODD]
        found += [(one, OddKind.COUNTED) for one in gaps_where(uow, L.c.count_id == count_id, L.c.id.in_(wanted))]
    return _gap_rows(uow, found)


def _posted(uow: UnitOfWork) -> list[tuple[OddRow, int]]:
    since = uow.now - LATELY
    gaps = gaps_where(uow, C.c.state == CountState.POSTED, C.c.approved_at >= since, L.c.is_within.is_(False))
    return _gap_rows(uow, [(one, OddKind.POSTED) for one in gaps])


def _gap_rows(uow: UnitOfWork, found: list[tuple[Gap, OddKind]]) -> list[tuple[OddRow, int]]:
    ids = sorted({one.item_id for one, _kind in found})
    units = unit_names(uow)
    codes = {row.id: row.code for row in uow.sql.execute(select(Item.id, Item.code).where(Item.id.in_(ids)))}
    return [
        (
            OddRow(
                kind, one.item_id, codes[one.item_id], one.item, one.location_id, one.place, one.lot_id, one.lot,
                units.get(one.unit, Name(one.unit)), from_micro(one.difference), None, moment(one.at), one.line_id, one.number,
            ),
            one.difference,
        )
        for one, kind in found
    ]  # fmt: skip
