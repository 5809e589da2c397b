"""Many figures at once, as they come back from a sheet that was filled elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from core import catalog
from core.counting.rules import states
from core.counting.steps.counts import load_count, require_at_places
from core.counting.steps.keeping import keep_figure, moment_of, sizes_of
from core.counting.types import CountPart
from core.errors import CoreError, NotFound, Rejected
from core.i18n import _, _n
from core.uow import UnitOfWork
from db.base import table_of
from db.counting import StockCountLine
from db.enums import Permission
from db.sql import chunks

AGAIN = "counted_again"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was counted at a line, its parts added up; `row` is where it was said."""

    line_id: int
    parts: tuple[CountPart, ...]
    row: int = 0


def enter_figures(
    uow: UnitOfWork, *, count_id: int, figures: Sequence[Figure], at: datetime | None = None
) -> tuple[int, int]:
    """Enter many figures, all or none; answers how many were kept and how many were there already just so.

    The rule of the screen holds: lines that are counted already with another figure are asked about once, and yes
    replaces. Raises Rejected with an error for each wrong figure, NeedsConfirmation, Refused, NotAllowed.
    """
    count = load_count(uow, count_id, lock="share")
    lines = _lock_lines(uow, count_id, [one.line_id for one in figures])
    require_at_places(uow, Permission.COUNT_ENTER, [line.location_id for line in lines.values()])
    moment = moment_of(uow, count, at)
    units = catalog.load_units(uow, {line.item_id for line in lines.values()})
    sizes: dict[int, list[int]] = {}
    errors: list[CoreError] = []
    for one in figures:
        try:
            line = lines.get(one.line_id)
            if line is None:
                raise NotFound(_("There is no such line on the count any more."), field="line")
            states.check_countable(count.state, count.number, needs_recount=line.needs_recount)
            sizes[one.line_id] = sizes_of(units[line.item_id], one.parts)
        except CoreError as fault:
            errors.append(fault.in_row(one.row))
    if errors:
        raise Rejected(
            _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors)),
            tuple(errors),
        )
    fresh = [one for one in figures if not _is_there(lines[one.line_id], sizes[one.line_id])]
    _ask_again(uow, fresh, lines)
    for one in fresh:
        keep_figure(uow, lines[one.line_id], one.parts, sizes[one.line_id], adds=False, moment=moment)
    uow.note(count=count.number, lines=len(fresh))
    return len(fresh), len(figures) - len(fresh)


def _lock_lines(uow: UnitOfWork, count_id: int, line_ids: Sequence[int]) -> dict[int, Row[Any]]:
    table = table_of(StockCountLine)
    found: dict[int, Row[Any]] = {}
    for part in chunks(sorted(set(line_ids))):
        wanted = select(table).where(table.c.id.in_(part), table.c.count_id == count_id).order_by(table.c.id)
        found.update({row.id: row for row in uow.sql.execute(wanted.with_for_update())})
    return found


def _is_there(line: Row[Any], sizes: Sequence[int]) -> bool:
    return bool(line.rounds) and not line.needs_recount and line.counted_qty == sum(sizes)


def _ask_again(uow: UnitOfWork, figures: Sequence[Figure], lines: Mapping[int, Row[Any]]) -> None:
    counted = [lines[one.line_id] for one in figures]
    again = sum(1 for line in counted if line.rounds and not line.needs_recount)
    if again:
        question = _n(
            "{n} line was counted already with another figure. Replace it?",
            "{n} lines were counted already with other figures. Replace them?",
            again,
        )
        uow.confirm(AGAIN, question, field="qty")
