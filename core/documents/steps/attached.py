"""Building blocks: who may attach what, and files that move with their record."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork
from db.documents import Attachment
from db.enums import Permission

P = Permission
# What a file can belong to, and the rights of which one is enough to add or remove it.
OWNERS: Mapping[str, tuple[Permission, ...]] = {
    "item": (P.ITEM_EDIT,),
    "supplier": (P.SUPPLIER_EDIT,),
    "posting": (P.STOCK_RECEIVE, P.STOCK_WASTE, P.STOCK_ADJUST, P.STOCK_RETURN),
    "location": (P.LOCATION_EDIT,),
    "lot": (P.LOT_EDIT, P.STOCK_RECEIVE),
    "site": (P.SITE_EDIT,),
    "count": (P.COUNT_ENTER, P.COUNT_MANAGE),
}


def require_owner_right(uow: UnitOfWork, owner_kind: str) -> None:
    """Refuse who may not change the record a file belongs to. Raises NotAllowed, InvalidInput for an unknown kind."""
    rights = OWNERS.get(owner_kind)
    if rights is None:
        raise InvalidInput(_("Files cannot be attached to this."), field="file")
    if not any(uow.may(right) for right in rights):
        uow.require(rights[0])


def move_attachments(uow: UnitOfWork, *, owner_kind: str, from_id: int, to_id: int) -> None:
    """Files of one record become those of another; a photo stays the photo only where there was none."""
    a = Attachment
    there = select(a.id).where(a.owner_kind == owner_kind, a.owner_id == to_id, a.is_photo)
    values: dict[str, object] = {"owner_id": to_id}
    if uow.sql.execute(there).first() is not None:
        values["is_photo"] = False
    uow.sql.execute(update(a).where(a.owner_kind == owner_kind, a.owner_id == from_id).values(**values))
