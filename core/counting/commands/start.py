"""Starting a count, adding what is not on its sheet, giving it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, insert, select, update

from core import documents, stock
from core.counting.rules import states
from core.counting.rules.plan import Candidate, Spot, shelf_order, walk_ranks
from core.counting.rules.tolerance import check_tolerance
from core.counting.steps.candidates import (
    Candidates,
    choose_lines,
    learned_order,
    lines_in_open_counts,
    load_candidates,
    nothing_to_count,
)
from core.counting.steps.counts import load_count, load_places, require_at_places, touch_count
from core.counting.types import NewCount
from core.errors import InvalidInput, NotFound
from core.i18n import _, _n
from core.registry import command
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.counting import StockCount, StockCountLine
from db.enums import CountKind, CountState, Permission
from db.sql import CHUNK, chunks
from db.stock import Lot


@command(Permission.COUNT_MANAGE)
def start_count(uow: UnitOfWork, *, new: NewCount) -> int:
    """Start a count.

    Its lines stand in shelf order: places as they are walked, in each place as on the last good count. Answers its id.
    Raises InvalidInput when there is nothing to count; NeedsConfirmation when lines stand on another open count.
    """
    check_tolerance(new.tolerance_pct, new.tolerance_amount)
    found = load_candidates(uow, new)
    chosen = _without_others(uow, new, choose_lines(uow, new, found))
    if not chosen:
        raise nothing_to_count(new.kind)
    count_id = int(
        uow.sql.execute(
            insert(StockCount)
            .values(
                number=documents.next_number(uow, states.PREFIX, uow.now),
                kind=new.kind,
                state=CountState.COUNTING,
                title=new.title.strip()[:120],
                is_blind=new.is_blind,
                scope={"locations": list(new.location_ids), "categories": list(new.category_ids)},
                tolerance_pct=new.tolerance_pct,
                tolerance_amount=new.tolerance_amount,
                created_at=uow.now,
                created_by=uow.actor.person_id,
                version=1,
            )
            .returning(StockCount.id)
        ).scalar_one()
    )
    _add_lines(uow, count_id, _in_shelf_order(uow, found, chosen))
    return count_id


def _without_others(uow: UnitOfWork, new: NewCount, chosen: list[Candidate]) -> list[Candidate]:
    """A partial count leaves out what is being counted already; a full one asks."""
    taken = lines_in_open_counts(uow)
    free = [one for one in chosen if (one.item_id, one.location_id, one.lot_id) not in taken]
    if new.kind is not CountKind.FULL:
        return free
    if len(free) < len(chosen):
        question = _n(
            "{n} line is on another count that is still open. Count it here as well?",
            "{n} lines are on another count that is still open. Count them here as well?",
            len(chosen) - len(free),
        )
        uow.confirm("on_other_count", question)
    return chosen


def _in_shelf_order(uow: UnitOfWork, found: Candidates, chosen: Sequence[Candidate]) -> list[Candidate]:
    ranks = walk_ranks({one.id: (one.parent_id, one.walk_order, one.code) for one in found.places.values()})
    learned = learned_order(uow, {one.location_id for one in chosen})
    lots = _lot_keys(uow, [one.lot_id for one in chosen])
    spots = [
        Spot(
            one.location_id,
            learned.get((one.item_id, one.location_id, one.lot_id)),
            found.items[one.item_id].sort_key or found.items[one.item_id].name,
            found.items[one.item_id].code,
            lots.get(one.lot_id, ""),
        )
        for one in chosen
    ]
    return [chosen[at] for at in shelf_order(spots, ranks)]


def _lot_keys(uow: UnitOfWork, lot_ids: Sequence[int]) -> Mapping[int, str]:
    """What sorts lots of one item: the day they expire, then their number."""
    found: dict[int, str] = {}
    for part in chunks(sorted({lot_id for lot_id in lot_ids if lot_id})):
        rows = uow.sql.execute(select(Lot.id, Lot.expires_on, Lot.number).where(Lot.id.in_(part)))
        found.update({row.id: f"{row.expires_on or date.max} {row.number}" for row in rows})
    return found


def _add_lines(uow: UnitOfWork, count_id: int, lines: Sequence[Candidate]) -> None:
    rows = [
        {
            "count_id": count_id,
            "position": number,
            "item_id": one.item_id,
            "location_id": one.location_id,
            "lot_id": one.lot_id,
            "rounds": 0,
            "needs_recount": False,
            "reason": "",
            "note": "",
            "version": 1,
        }
        for number, one in enumerate(lines, start=1)
    ]
    for part in chunks(rows, CHUNK):
        uow.sql.execute(insert(table_of(StockCountLine)), part)


@command(Permission.COUNT_ENTER)
def add_count_line(
    uow: UnitOfWork, *, count_id: int, item_id: int, location_id: int, lot: str = "", expires_on: date | None = None
) -> int:
    """Add an item to a count sheet.

    For goods found at a place where the sheet does not list them; a lot number that is new makes the lot. Answers the
    line's id, also when the line was there already. Raises InvalidInput, Refused.
    """
    count = load_count(uow, count_id, lock="all")
    states.check_is(
        count.state,
        frozenset({CountState.COUNTING}),
        count.number,
        _("Counting is over. Reopen the count to add lines."),
    )
    lot_id = _lot_for(uow, item_id, lot, expires_on)
    if location_id not in load_places(uow):
        raise NotFound(_("There is no such place to count at."), field="location")
    require_at_places(uow, Permission.COUNT_ENTER, [location_id])
    there = uow.sql.execute(
        select(StockCountLine.id).where(
            StockCountLine.count_id == count_id,
            StockCountLine.location_id == location_id,
            StockCountLine.item_id == item_id,
            StockCountLine.lot_id == lot_id,
        )
    ).scalar()
    if there is not None:
        return int(there)
    last = select(func.coalesce(func.max(StockCountLine.position), 0)).where(StockCountLine.count_id == count_id)
    line_id = uow.sql.execute(
        insert(StockCountLine)
        .values(
            count_id=count_id,
            position=int(uow.sql.execute(last).scalar_one()) + 1,
            item_id=item_id,
            location_id=location_id,
            lot_id=lot_id,
        )
        .returning(StockCountLine.id)
    ).scalar_one()
    uow.note(count=count.number)
    return int(line_id)


def _lot_for(uow: UnitOfWork, item_id: int, lot: str, expires_on: date | None) -> int:
    item = uow.sql.execute(select(Item.code, Item.lot_tracked).where(Item.id == item_id)).first()
    if item is None:
        raise NotFound(_("There is no such item ({item_id}).", item_id=item_id), field="item")
    if lot.strip():
        return stock.ensure_lot(uow, item_id=item_id, number=lot.strip(), expires_on=expires_on)
    if item.lot_tracked:
        raise InvalidInput(_("{item} is kept by lot: which lot is it?", item=item.code), field="lot")
    return 0


@command(Permission.COUNT_MANAGE)
def cancel_count(uow: UnitOfWork, *, count_id: int, note: str = "") -> None:
    """Cancel a count.

    Nothing is posted; its figures stay to be looked at. Raises Refused when it is posted or cancelled already;
    NeedsConfirmation when figures were entered.
    """
    count = load_count(uow, count_id, lock="all")
    states.check_open(count.state, count.number)
    counted = uow.sql.execute(
        select(func.count()).where(StockCountLine.count_id == count_id, StockCountLine.counted_qty.is_not(None))
    ).scalar_one()
    if counted:
        question = _n(
            "{n} line of {number} is counted already. Cancel the count all the same?",
            "{n} lines of {number} are counted already. Cancel the count all the same?",
            int(counted),
            number=count.number,
        )
        uow.confirm("cancel_count", question)
    touch_count(uow, count_id, state=CountState.CANCELLED)
    uow.note(count=count.number, why=note)


@command(Permission.COUNT_MANAGE)
def reopen_count(uow: UnitOfWork, *, count_id: int) -> None:
    """Reopen a count to count on.

    Its figures stay; lines taken as zero are open again. Raises Refused when it is posted or cancelled.
    """
    count = load_count(uow, count_id, lock="all")
    states.check_open(count.state, count.number)
    uow.sql.execute(
        update(StockCountLine)
        .where(StockCountLine.count_id == count_id, StockCountLine.rounds == 0)
        .values(counted_qty=None, expected_qty=None, ledger_id=None, counted_at=None, counted_by=None)
    )
    uow.sql.execute(update(StockCountLine).where(StockCountLine.count_id == count_id).values(needs_recount=False))
    touch_count(uow, count_id, state=CountState.COUNTING, completed_at=None, completed_by=None, uncounted=None)
    uow.note(count=count.number)
