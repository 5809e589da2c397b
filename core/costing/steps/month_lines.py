"""What happened in a period, added up finely enough for columns, counts and waste, of a month for sections too: one
statement a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select

from core.costing.rules import COLUMNS, SIGNS, Sums, column_of
from core.costing.steps.sums import is_gain
from core.uow import UnitOfWork
from db.columns import micros
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.sql import total
from db.stock import StockEntry, StockPosting

E, P = StockEntry, StockPosting
_WORTH = E.value + E.settled
_IS_COUNT = E.kind == str(K.COUNT)


def _lines(*keys: Any) -> Select[Any]:
    """What happened in a period by item, kind and these columns."""
    return (
        select(
            E.item_id,
            E.kind,
            *keys,
            func.count().label("entries"),
            total(E.qty).label("qty"),
            total(E.value).label("value"),
            total(E.settled).label("settled"),
            total(E.variance).label("variance"),
            total(case((and_(_IS_COUNT, is_gain()), _WORTH), else_=0)).label("gain"),
            total(case((and_(_IS_COUNT, or_(E.qty != 0, E.value != 0, E.settled != 0)), 1), else_=0)).label(
                "differing"
            ),
        )
        .where(E.at >= bindparam("start"), E.at <= bindparam("end"), E.kind != str(K.TRANSFER))
        .group_by(E.item_id, E.kind, *keys)
    )


_LINES = Prepared(_lines(E.location_id, P.purpose, E.reason).join(P, P.id == E.posting_id))
_PLAIN = Prepared(_lines(E.reason))
_PLACE = {column: place for place, column in enumerate(COLUMNS)}
_COLUMNS = {str(kind): column_of(kind) or "adjustments" for kind in K}
_PLACES = {kind: (_PLACE[column], SIGNS[column]) for kind, column in _COLUMNS.items()}
USAGE, WASTE, COUNTS, OTHER = range(4)
"""The kinds of cost, in the order of a cell."""
_COSTS = {str(K.WASTE): WASTE, str(K.COUNT): COUNTS, str(K.ADJUSTMENT): OTHER, str(K.REVALUATION): OTHER}
_ISSUE = str(K.ISSUE)


def month_lines(uow: UnitOfWork, start: datetime, end: datetime) -> list[Any]:
    """What happened from the first to the last moment, by item, kind, place, purpose and reason: millionths, minor units."""
    return _LINES.rows(uow.sql, start=micros(start), end=micros(end))


def period_lines(uow: UnitOfWork, start: datetime, end: datetime) -> list[Any]:
    """The same by item, kind and reason only."""
    return _PLAIN.rows(uow.sql, start=micros(start), end=micros(end))


def moves_of(lines: Iterable[Any]) -> dict[int, Sums]:
    """The columns of every item in which something happened, without opening and closing."""
    found: dict[int, Sums] = {}
    usage = _PLACE["usage"]
    for line in lines:
        place, sign = _PLACES[line.kind]
        one = found.get(line.item_id)
        if one is None:
            one = found[line.item_id] = Sums()
        one.qty[place] += sign * line.qty
        one.value[place] += sign * (line.value + line.settled)
        one.value[usage] += line.settled
        one.variance += line.variance
    return found


Spent = tuple[int, str | None, int, int]
"""What a line cost: which kind of cost, who used it (None: it was lost where it lay), quantity used, amount."""


def spent(line: Any) -> tuple[Spent, ...]:
    """The cost in a line: nothing, its own, and what it paid for goods used before they came (usage by nobody known)."""
    if line.kind == _ISSUE:
        return ((USAGE, line.purpose, -line.qty, -line.value),)
    kind = _COSTS.get(line.kind)
    own: tuple[Spent, ...] = () if kind is None else ((kind, None, 0, -(line.value + line.settled)),)
    return (*own, (USAGE, "", 0, line.settled)) if line.settled else own
