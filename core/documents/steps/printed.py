"""Building blocks: papers that left by a printer, a file or an e-mail, kept as they were."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, update

from core.documents.types import NewPrint
from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork
from db.documents import PaperFile, PrintedPaper
from db.enums import PaperWay

MOST_PAPER_BYTES = 50 * 1024 * 1024


def keep_printed(uow: UnitOfWork, paper: NewPrint, content: bytes) -> int:
    """Keep a finished paper: the PDF once however often it leaves, and a line for each time; answers the line's id.

    Raises InvalidInput for what is no PDF or has over 50 MB.
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
