"""What a person can do with stock policies and substitutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from sqlalchemy import delete, func, insert, select, update

from core.catalog.rules.fields import amount, line
from core.catalog.rules.terms import check_policy, is_empty
from core.catalog.steps.records import check_alive, load_record
from core.catalog.types import NewPolicy
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import StockPolicy, Substitute
from db.enums import Permission
from db.stock import Location

P = StockPolicy


@command(Permission.ITEM_EDIT)
def save_policy(uow: UnitOfWork, *, item_id: int, policy: NewPolicy, version: int | None = None) -> int:
    """Save a stock policy.

    Quantities in base units, for one location or (0) the whole site; `version` as the form saw it, none for a new one.
    Answers its id. Raises InvalidInput, NotFound, Conflict.
    """
    check_alive(load_record(uow, item_id, to_write=True))
    check_policy(policy)
    if is_empty(policy):
        raise InvalidInput(_("Fill in at least one quantity, or remove the policy."), field="minimum")
    if (
        policy.location_id
        and uow.sql.execute(select(Location.id).where(Location.id == policy.location_id)).first() is None
    ):
        raise NotFound(
            _("There is no such location ({location_id}).", location_id=policy.location_id), field="location"
        )
    statement = select(P.id, P.version).where(P.item_id == item_id, P.location_id == policy.location_id)
    stored = uow.sql.execute(statement.with_for_update()).first()
    if stored is None:
        done = uow.sql.execute(insert(P).values(item_id=item_id, **asdict(policy)).returning(P.id))
        return int(done.scalar_one())
    if stored.version != version:
        raise Conflict(_("Somebody else changed this policy meanwhile. Look at it again."), base={}, mine={}, theirs={})
    uow.sql.execute(update(P).where(P.id == stored.id).values(**asdict(policy), version=stored.version + 1))
    return int(stored.id)


@command(Permission.ITEM_EDIT)
def remove_policy(uow: UnitOfWork, *, policy_id: int) -> None:
    """Remove a stock policy.

    Raises NotFound.
    """
    if not uow.sql.execute(delete(P).where(P.id == policy_id)).rowcount:
        raise NotFound(_("The policy is not there any more."))


@command(Permission.ITEM_EDIT)
def add_substitute(
    uow: UnitOfWork,
    *,
    item_id: int,
    substitute_id: int,
    factor: Decimal = Decimal(1),
    note: str = "",
    both_ways: bool = False,
) -> int:
    """Add a substitute.

    It is tried last; `factor` base units of it replace one of the item; `both_ways` makes each stand in for the other.
    Answers its row. Raises InvalidInput for the item itself or one that is there already.
    """
    if item_id == substitute_id:
        raise InvalidInput(_("An item cannot stand in for itself."), field="substitute")
    for key in (item_id, substitute_id):
        check_alive(load_record(uow, key, to_write=True))
    if not amount(factor, "factor"):
        raise InvalidInput(_("The factor must be more than 0."), field="factor")
    key = _add(uow, item_id, substitute_id, factor, line(note, 200, "note"))
    if both_ways and not _is_there(uow, substitute_id, item_id):
        _add(uow, substitute_id, item_id, round(1 / factor, 6) or Decimal("0.000001"), line(note, 200, "note"))
    return key


def _is_there(uow: UnitOfWork, item_id: int, substitute_id: int) -> bool:
    s = Substitute
    return (
        uow.sql.execute(select(s.id).where(s.item_id == item_id, s.substitute_id == substitute_id)).first() is not None
    )


def _add(uow: UnitOfWork, item_id: int, substitute_id: int, factor: Decimal, note: str) -> int:
    if _is_there(uow, item_id, substitute_id):
        raise InvalidInput(_("It is among the substitutes already."), field="substitute")
    last = select(func.coalesce(func.max(Substitute.rank), 0)).where(Substitute.item_id == item_id)
    rank = int(uow.sql.execute(last).scalar_one()) + 1
    values = {"item_id": item_id, "substitute_id": substitute_id, "rank": rank, "factor": factor, "note": note}
    return int(uow.sql.execute(insert(Substitute).values(**values).returning(Substitute.id)).scalar_one())


@command(Permission.ITEM_EDIT)
def remove_substitute(uow: UnitOfWork, *, substitute_row_id: int) -> None:
    """Remove a substitute.

    Raises NotFound.
    """
    if not uow.sql.execute(delete(Substitute).where(Substitute.id == substitute_row_id)).rowcount:
        raise NotFound(_("The substitute is not there any more."))


@command(Permission.ITEM_EDIT)
def rank_substitutes(uow: UnitOfWork, *, item_id: int, row_ids: Sequence[int]) -> None:
    """Rank the substitutes.

    All rows of the item, the best first. Raises InvalidInput when the list is not the whole one.
    """
    there = set(uow.sql.execute(select(Substitute.id).where(Substitute.item_id == item_id)).scalars())
    if set(row_ids) != there or len(row_ids) != len(there):
        raise InvalidInput(_("The list of substitutes has changed meanwhile. Look at it again."), field="substitute")
    for rank, key in enumerate(row_ids, start=1):
        uow.sql.execute(update(Substitute).where(Substitute.id == key).values(rank=rank))
