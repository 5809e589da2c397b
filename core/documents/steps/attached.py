"""Building blocks: who may attach what, and files that move with their record."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import insert, select, update

from core.documents.steps.files import kept_file
from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork
from db.documents import Attachment
from db.enums import Permission

P = Permission
MOST_FILES = 100
# What a file can belong to, and the rights of which one is enough to add or remove it.
OWNERS: Mapping[str, tuple[Permission, ...]] = {
    "item": (P.ITEM_EDIT,),
    "supplier": (P.SUPPLIER_EDIT,),
    "posting": (P.STOCK_RECEIVE, P.STOCK_WASTE, P.STOCK_ADJUST, P.STOCK_RETURN),
    "location": (P.LOCATION_EDIT,),
    "lot": (P.LOT_EDIT, P.STOCK_RECEIVE),
    "site": (P.SITE_EDIT,),
    "receipt": (P.STOCK_RECEIVE,),
    "claim": (P.CLAIM_EDIT,),
    "count": (P.COUNT_ENTER, P.COUNT_MANAGE),
    "invoice": (P.INVOICE_EDIT,),
    "order": (P.PURCHASE_ORDER,),
}

# What only its own domain shows and changes: who may see a receipt is known by expenses alone.
WITH_DOORS_OF_THEIR_OWN = ("expense_line",)


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


def attach_file(
    uow: UnitOfWork, *, owner_kind: str, owner_id: int, name: str, content: bytes, is_photo: bool = False
) -> int:
    """Keep a file with a record, whoever may change that: the caller has asked. Raises InvalidInput as `add_attachment`."""
    kept = kept_file(name, content, is_photo=is_photo)
    digest = sha256(kept.content).hexdigest()
    _check_room(uow, owner_kind, owner_id, digest)
    if is_photo:
        mine = (Attachment.owner_kind == owner_kind, Attachment.owner_id == owner_id)
        uow.sql.execute(update(Attachment).where(*mine, Attachment.is_photo).values(is_photo=False))
    return int(
        uow.sql.execute(
            insert(Attachment)
            .values(
                owner_kind=owner_kind, owner_id=owner_id, name=kept.name, media_type=kept.media_type,
                size=len(kept.content), sha256=digest, is_photo=is_photo, content=kept.content,
                thumbnail=kept.thumbnail, added_at=uow.now,
                added_by=uow.actor.name,
            )
            .returning(Attachment.id)
        ).scalar_one()
    )  # fmt: skip


def _check_room(uow: UnitOfWork, owner_kind: str, owner_id: int, digest: str) -> None:
    there = uow.sql.execute(
        select(Attachment.name, Attachment.sha256).where(
            Attachment.owner_kind == owner_kind, Attachment.owner_id == owner_id
        )
    ).all()
    for row in there:
        if row.sha256 == digest:
            raise InvalidInput(_("This file is attached already, as {name}.", name=row.name), field="file")
    if len(there) >= MOST_FILES:
        raise InvalidInput(_("There are {n} files already. Remove one first.", n=len(there)), field="file")
