"""What a person can do with files: attach one to a record, take it off; and what was printed is written down."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select, update

from core.documents.steps.attached import attach_file, require_owner_right
from core.documents.types import NewPrint
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.documents import Attachment, PaperFile, PrintedPaper
from db.enums import PaperWay, Permission

MOST_PAPER_BYTES = 50 * 1024 * 1024


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
    if not content.startswith(b"%PDF-"):
        raise InvalidInput(_("Only finished papers (PDF) are kept as printed."), field="content")
    if len(content) > MOST_PAPER_BYTES:
        most = MOST_PAPER_BYTES // (1024 * 1024)
        raise InvalidInput(_("The paper is larger than {most} MB and is not kept as printed.", most=most))
    digest = sha256(content).hexdigest()
    _keep_file(uow, digest, content)
    uow.note(title=paper.title[:200], printer=paper.printer)
    return int(
        uow.sql.execute(
            insert(PrintedPaper)
            .values(
                kind=paper.kind[:30], title=paper.title[:200], number=paper.number[:80],
                owner_kind=paper.owner_kind[:20], owner_id=paper.owner_id, language=paper.language[:5],
                sha256=digest, size=len(content), way=PaperWay(paper.way), printer=paper.printer[-200:],
                pages=paper.pages[:200], copies=paper.copies, printed_at=uow.now, person_id=uow.actor.person_id,
                printed_by=uow.actor.name, station=uow.station,
            )
            .returning(PrintedPaper.id)
        ).scalar_one()
    )  # fmt: skip


def _keep_file(uow: UnitOfWork, digest: str, content: bytes) -> None:
    """The PDF once, its time moved on; and away with those nobody printed for longer than they are kept."""
    moved = uow.sql.execute(update(PaperFile).where(PaperFile.sha256 == digest).values(last_at=uow.now))
    if not moved.rowcount:
        uow.sql.execute(insert(PaperFile).values(sha256=digest, content=content, last_at=uow.now))
    oldest = uow.now - timedelta(days=uow.site.paper_days)
    uow.sql.execute(delete(PaperFile).where(PaperFile.last_at < oldest))
