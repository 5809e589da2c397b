"""What a person can do to clean up: pairs that are not one item, and items nobody needs any more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from core.catalog.steps.records import load_record
from core.catalog.steps.search_rows import refresh_search
from core.errors import InvalidInput
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import Item, NoDuplicate
from db.enums import Permission
from db.sql import chunks


@command(Permission.ITEM_EDIT)
def dismiss_duplicate(uow: UnitOfWork, *, first_id: int, second_id: int) -> None:
    """Say that two items are not one.

    The pair is not proposed again. Saying it twice changes nothing. Raises NotFound; InvalidInput for one and the same.
    """
    if first_id == second_id:
        raise InvalidInput(_("Choose two different items."), field="item")
    first, second = sorted((first_id, second_id))
    for key in (first, second):
        load_record(uow, key, to_write=True)
    is_pair = (NoDuplicate.first_id == first, NoDuplicate.second_id == second)
    if uow.sql.execute(select(NoDuplicate.id).where(*is_pair)).first() is None:
        uow.sql.execute(insert(NoDuplicate).values(first_id=first, second_id=second))


@command(Permission.ITEM_EDIT)
def retire_items(uow: UnitOfWork, *, item_ids: Sequence[int]) -> int:
    """Retire several items.

    They no longer stand in lists to choose from; their history stays. Those retired already are passed over. Answers
    how many were retired.
    """
    retired: list[int] = []
    for part in chunks(sorted(set(item_ids))):
        wanted = select(Item.id).where(Item.id.in_(part), Item.is_active).with_for_update()
        retired += uow.sql.execute(wanted).scalars()
    for part in chunks(retired):
        uow.sql.execute(update(Item).where(Item.id.in_(part)).values(is_active=False, version=Item.version + 1))
    refresh_search(uow, retired)
    return len(retired)
