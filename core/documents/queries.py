"""What a person can see of attached files."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.documents.types import AttachmentFile, AttachmentRow
from core.errors import NotFound
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.documents import Attachment
from db.enums import Permission
from db.sql import chunks


@query(Permission.ITEM_VIEW)
def list_attachments(uow: UnitOfWork, *, owner_kind: str, owner_id: int) -> list[AttachmentRow]:
    """The files of a record, its photo first, without their content."""
    a = Attachment
    rows = uow.sql.execute(
        select(a.id, a.name, a.media_type, a.size, a.is_photo, a.thumbnail, a.added_at, a.added_by)
        .where(a.owner_kind == owner_kind, a.owner_id == owner_id)
        .order_by(a.is_photo.desc(), a.id)
    )
    return [AttachmentRow(*row) for row in rows]


@query(Permission.ITEM_VIEW)
def get_attachment(uow: UnitOfWork, *, attachment_id: int) -> AttachmentFile:
    """One file with its content. Raises NotFound."""
    a = Attachment
    row = uow.sql.execute(select(a.id, a.name, a.media_type, a.content).where(a.id == attachment_id)).first()
    if row is None:
        raise NotFound(_("The file is not there any more."))
    return AttachmentFile(*row)


@query(Permission.ITEM_VIEW)
def list_thumbnails(uow: UnitOfWork, *, owner_kind: str, owner_ids: Sequence[int]) -> dict[int, bytes]:
    """The small pictures (96 pixels) of the records that have a photo."""
    a = Attachment
    found: dict[int, bytes] = {}
    for part in chunks(owner_ids):
        rows = uow.sql.execute(
            select(a.owner_id, a.thumbnail).where(
                a.owner_kind == owner_kind, a.owner_id.in_(part), a.is_photo, a.thumbnail.is_not(None)
            )
        )
        found.update({row.owner_id: row.thumbnail for row in rows if row.thumbnail is not None})
    return found
