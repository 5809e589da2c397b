"""Keeping a figure at a line: in base units, with the ledger's position, every part kept with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from core.catalog import UnitTable
from core.counting.steps.book import Position, Spot, position_at
from core.counting.steps.counts import CountFacts
from core.counting.types import CountPart
from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork
from core.values import to_micro
from db.base import table_of
from db.counting import StockCount, StockCountLine, StockCountTally


def spot_of(line: Row[Any]) -> Spot:
    """Where a line counts."""
    return line.item_id, line.location_id, line.lot_id


def moment_of(uow: UnitOfWork, count: CountFacts, at: datetime | None) -> datetime:
    """When it was counted: now, or the moment given, between the start of the count and now. Raises InvalidInput."""
    if at is None:
        return uow.now
    started = uow.sql.execute(select(StockCount.created_at).where(StockCount.id == count.id)).scalar_one()
    if at > uow.now:
        raise InvalidInput(_("It cannot have been counted later than now."), field="at")
    if at < started:
        raise InvalidInput(_("It cannot have been counted before the count was started."), field="at")
    return at


def sizes_of(units: UnitTable, parts: Sequence[CountPart]) -> list[int]:
    """The parts in base units (millionths). Raises InvalidInput."""
    if not parts:
        raise InvalidInput(_("How much is there? Write a number, 0 for none."), field="qty")
    return [check_part(units, part) for part in parts]


def check_part(units: UnitTable, part: CountPart) -> int:
    """One part in base units (millionths). Raises InvalidInput for less than nothing, and for a unit the item has not."""
    if part.qty < 0:
        raise InvalidInput(_("What was counted cannot be below zero."), field="qty")
    return to_micro(units.to_base(part.qty, part.unit))


def keep_figure(
    uow: UnitOfWork, line: Row[Any], parts: Sequence[CountPart], sizes: Sequence[int], *, adds: bool, moment: datetime
) -> tuple[int, int, Position]:
    """Keep what was counted at a line (`sizes`: the parts in base units, millionths): added to what is there, in its place,
    or as the figure of a new round. Answers the line's whole quantity, the round, and where the ledger stood."""
    is_fresh = line.rounds == 0 or line.needs_recount
    total = sum(sizes) + (line.counted_qty if adds else 0)
    position = position_at(uow, spot_of(line), moment)
    round_now = line.rounds + 1 if is_fresh else line.rounds
    _keep_tallies(uow, line, round_now, parts, sizes, replaces=not adds and not is_fresh)
    keep_line(
        uow,
        line,
        {
            "counted_qty": total,
            "expected_qty": position.expected,
            "ledger_id": position.ledger_id,
            "counted_at": moment,
            "counted_by": uow.actor.person_id,
            "rounds": round_now,
            "needs_recount": False,
        },
    )
    return total, round_now, position


def _keep_tallies(
    uow: UnitOfWork, line: Row[Any], round_now: int, parts: Sequence[CountPart], sizes: Sequence[int], *, replaces: bool
) -> None:
    if replaces:
        replace_tallies(uow, line.id, round_now)
    uow.sql.execute(
        insert(table_of(StockCountTally)),
        [
            {
                "line_id": line.id,
                "round": round_now,
                "qty": to_micro(part.qty) if part.unit else size,
                "unit": part.unit,
                "is_replaced": False,
                "at": uow.now,
                "person_id": uow.actor.person_id,
            }
            for part, size in zip(parts, sizes, strict=True)
        ],
    )


def replace_tallies(uow: UnitOfWork, line_id: int, round_now: int) -> None:
    """The figures of a round no longer count; they stay to be looked at."""
    uow.sql.execute(
        update(StockCountTally)
        .where(StockCountTally.line_id == line_id, StockCountTally.round == round_now)
        .values(is_replaced=True)
    )


def keep_line(uow: UnitOfWork, line: Row[Any], values: dict[str, object]) -> None:
    """Write fields of a line."""
    uow.sql.execute(
        update(StockCountLine).where(StockCountLine.id == line.id).values(version=StockCountLine.version + 1, **values)
    )
