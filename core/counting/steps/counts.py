"""Counts and lines as commands need them: locked, with rights checked at their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from core.counting.rules.tolerance import Tolerance
from core.errors import NotFound
from core.i18n import _
from core.uow import UnitOfWork
from db.base import table_of
from db.counting import CountTolerance, StockCount, StockCountLine
from db.enums import CountKind, CountState, LocationKind, Permission
from db.stock import Location


@dataclass(frozen=True, slots=True)
class CountFacts:
    """A count as rules need it."""

    id: int
    number: str
    kind: CountKind
    state: CountState
    title: str
    is_blind: bool
    tolerance: Tolerance


def load_count(uow: UnitOfWork, count_id: int, *, lock: str = "") -> CountFacts:
    """A count; `lock` "share" while figures are entered, "all" while its state changes. Raises NotFound."""
    wanted = select(table_of(StockCount)).where(StockCount.id == count_id)
    if lock:
        wanted = wanted.with_for_update(read=lock == "share")
    row = uow.sql.execute(wanted).first()
    if row is None:
        raise NotFound(_("There is no such count."), field="count")
    tolerance = Tolerance(row.tolerance_pct, row.tolerance_amount)
    state, kind = CountState(row.state), CountKind(row.kind)
    return CountFacts(row.id, row.number, kind, state, row.title, row.is_blind, tolerance)


def lock_line(uow: UnitOfWork, line_id: int) -> tuple[CountFacts, Row[Any]]:
    """A line that is about to get a figure, and its count: others wait. Raises NotFound."""
    count_id = uow.sql.execute(select(StockCountLine.count_id).where(StockCountLine.id == line_id)).scalar()
    if count_id is None:
        raise NotFound(_("There is no such line on the count any more."), field="line")
    count = load_count(uow, count_id, lock="share")
    line = uow.sql.execute(select(table_of(StockCountLine)).where(StockCountLine.id == line_id).with_for_update()).one()
    return count, line


def touch_count(uow: UnitOfWork, count_id: int, **values: object) -> None:
    """Write fields of a count and raise its version."""
    uow.sql.execute(
        update(StockCount).where(StockCount.id == count_id).values(version=StockCount.version + 1, **values)
    )


def sees_book(uow: UnitOfWork, count: CountFacts) -> bool:
    """Whether the book quantity may be told: always on an open count, else only to who runs or approves counts."""
    return not count.is_blind or runs_counts(uow)


def runs_counts(uow: UnitOfWork) -> bool:
    """Whether the person runs or approves counts."""
    return uow.may(Permission.COUNT_MANAGE) or uow.may(Permission.COUNT_APPROVE)


def require_to_run(uow: UnitOfWork) -> None:
    """Differences are for who runs or approves counts. Raises NotAllowed."""
    if not runs_counts(uow):
        uow.require(Permission.COUNT_MANAGE)


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place of the tree."""

    id: int
    parent_id: int | None
    path: str
    code: str
    name: str
    name_en: str
    walk_order: int
    allow_negative: bool
    is_active: bool


def load_places(uow: UnitOfWork) -> dict[int, PlaceFacts]:
    """All places goods can be counted at; goods in transit are nowhere to be counted."""
    rows = uow.sql.execute(
        select(
            Location.id,
            Location.parent_id,
            Location.path,
            Location.code,
            Location.name,
            Location.name_en,
            Location.walk_order,
            Location.allow_negative,
            Location.is_active,
        ).where(Location.kind != LocationKind.TRANSIT)
    )
    return {row.id: PlaceFacts(*row) for row in rows}


def places_allowed(uow: UnitOfWork, places: Iterable[PlaceFacts], *permissions: Permission) -> set[int]:
    """The places where the person has one of the rights."""
    actors = [uow.actor] if uow.approver is None else [uow.actor, uow.approver]
    return {
        place.id
        for place in places
        if any(actor.may_at(permission, place.path) for actor in actors for permission in permissions)
    }


def require_at_places(uow: UnitOfWork, permission: Permission, location_ids: Iterable[int]) -> None:
    """The right must hold at each of these places. Raises NotAllowed naming the first where it does not."""
    if permission in uow.actor.everywhere:
        return
    wanted = sorted(set(location_ids))
    rows = uow.sql.execute(select(Location.id, Location.path, Location.name).order_by(Location.id))
    for row in [one for one in rows if one.id in wanted]:
        uow.require_at(permission, row.path, row.name)


def load_tolerances(uow: UnitOfWork) -> dict[tuple[int, str], Tolerance]:
    """Special tolerances by item, or by class under item 0."""
    rows = uow.sql.execute(
        select(CountTolerance.item_id, CountTolerance.abc_class, CountTolerance.pct, CountTolerance.amount)
    )
    return {(row.item_id, row.abc_class): Tolerance(row.pct, row.amount) for row in rows}
