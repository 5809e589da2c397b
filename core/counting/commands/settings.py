"""How far counts may be off for an item or class, and which items are counted every day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import delete, insert, select

from core.counting.rules.tolerance import CLASSES, check_tolerance
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.counting import CountTolerance, KeyItem
from db.enums import Permission
from db.sql import chunks


@command(Permission.COUNT_APPROVE)
def set_count_tolerance(
    uow: UnitOfWork, *, pct: Decimal, amount: Decimal = Decimal(0), item_id: int | None = None, abc_class: str = ""
) -> int:
    """Set how far a count may be off for an item or a class.

    `pct` of the book quantity; `amount` in money, 0 where it is not looked at. The item beats its class, which beats the
    count. Answers the tolerance's id. Raises InvalidInput.
    """
    check_tolerance(pct, amount)
    if (item_id is None) == (not abc_class):
        raise InvalidInput(_("A tolerance is for one item or for one class."), field="item")
    if abc_class and abc_class not in CLASSES:
        raise InvalidInput(_("The class is A, B or C."), field="abc_class")
    if item_id is not None and not uow.sql.execute(select(Item.id).where(Item.id == item_id)).first():
        raise NotFound(_("There is no such item ({item_id}).", item_id=item_id), field="item")
    here = CountTolerance.item_id == (item_id or 0), CountTolerance.abc_class == abc_class
    uow.sql.execute(delete(CountTolerance).where(*here))
    made = insert(CountTolerance).values(item_id=item_id or 0, abc_class=abc_class, pct=pct, amount=amount)
    return int(uow.sql.execute(made.returning(CountTolerance.id)).scalar_one())


@command(Permission.COUNT_APPROVE)
def remove_count_tolerance(uow: UnitOfWork, *, tolerance_id: int) -> None:
    """Remove a special tolerance.

    The class or the count decides again. Raises NotFound.
    """
    if not uow.sql.execute(delete(CountTolerance).where(CountTolerance.id == tolerance_id)).rowcount:
        raise NotFound(_("There is no such tolerance any more."))


@command(Permission.COUNT_MANAGE)
def mark_key_items(uow: UnitOfWork, *, item_ids: tuple[int, ...], is_key: bool = True) -> int:
    """Mark items as key items, or no longer.

    Key items are counted every day, because most of the money is in them. Answers how many changed. Raises NotFound.
    """
    wanted = sorted(set(item_ids))
    marked = _existing(uow, KeyItem, wanted)
    if not is_key:
        for part in chunks(marked):
            uow.sql.execute(delete(KeyItem).where(KeyItem.item_id.in_(part)))
        return len(marked)
    known: list[int] = []
    for part in chunks(wanted):
        known += uow.sql.execute(select(Item.id).where(Item.id.in_(part))).scalars()
    if len(known) != len(wanted):
        raise NotFound(_("One of these items does not exist any more."), field="item")
    fresh = [{"item_id": item_id} for item_id in wanted if item_id not in marked]
    if fresh:
        uow.sql.execute(insert(table_of(KeyItem)), fresh)
    return len(fresh)


def _existing(uow: UnitOfWork, table: type[KeyItem], item_ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for part in chunks(item_ids):
        found += uow.sql.execute(select(table.item_id).where(table.item_id.in_(part))).scalars()
    return found
