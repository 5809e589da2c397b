"""What a person can do with files: attach one to a record, take it off; and what was printed is written down."""

from __future__ import annotations

from sqlalchemy import delete, select

from core.documents.steps.attached import attach_file, require_owner_right
from core.documents.steps.printed import keep_printed
from core.documents.types import NewPrint
from core.errors import NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.documents import Attachment
from db.enums import Permission


@command(Permission.ITEM_VIEW)
def add_attachment(
    uow: UnitOfWork, *, owner_kind: str, owner_id: int, name: str, content: bytes, is_photo: bool = False
) -> int:
    """Attach a file.

    A photo becomes the record's photo in place of the one before, which stays as a file; it is kept at 1600 pixels at
    most. Raises InvalidInput for a file over 25 MB, a damaged picture, one with too many pixels, a program, or a file
    that is there already; NotAllowed without the right to change the record.
    """
    require_owner_right(uow, owner_kind)
    return attach_file(uow, owner_kind=owner_kind, owner_id=owner_id, name=name, content=content, is_photo=is_photo)


@command(Permission.ITEM_VIEW)
def remove_attachment(uow: UnitOfWork, *, attachment_id: int) -> None:
    """Remove an attached file.

    Raises NotFound, and NotAllowed without the right to change the record it belongs to.
    """
    row = uow.sql.execute(select(Attachment.owner_kind).where(Attachment.id == attachment_id)).first()
    if row is None:
        raise NotFound(_("The file is not there any more."))
    require_owner_right(uow, row.owner_kind)
    uow.sql.execute(delete(Attachment).where(Attachment.id == attachment_id))


@command(None)
def record_printed(uow: UnitOfWork, *, paper: NewPrint, content: bytes) -> int:
    """Keep what was printed.

    The PDF is kept once however often it is printed, and for as many days as the site's settings say; older ones go
    with this. The line in the list of printed papers stays. Answers its id. Raises InvalidInput for what is no PDF or
    has over 50 MB.
    """
    return keep_printed(uow, paper, content)
