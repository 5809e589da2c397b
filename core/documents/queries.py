"""What a person can see of attached files, and of what was printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from core.clock import day_ends_at, day_starts_at
from core.documents.steps.attached import WITH_DOORS_OF_THEIR_OWN
from core.documents.types import (
    AttachmentFile,
    AttachmentRow,
    PrintedFile,
    PrintedFilter,
    PrintedList,
    PrintedRow,
)
from core.errors import NotFound
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.documents import Attachment, PaperFile, PrintedPaper
from db.enums import PaperWay, Permission
from db.sql import chunks


@query(Permission.ITEM_VIEW)
def list_attachments(uow: UnitOfWork, *, owner_kind: str, owner_id: int) -> list[AttachmentRow]:
    """The files of a record, its photo first, without their content."""
    a = Attachment
    rows = uow.sql.execute(
        select(a.id, a.name, a.media_type, a.size, a.is_photo, a.thumbnail, a.added_at, a.added_by)
        .where(a.owner_kind == owner_kind, a.owner_id == owner_id, a.owner_kind.not_in(WITH_DOORS_OF_THEIR_OWN))
        .order_by(a.is_photo.desc(), a.id)
    )
    return [AttachmentRow(*row) for row in rows]


@query(Permission.ITEM_VIEW)
def get_attachment(uow: UnitOfWork, *, attachment_id: int) -> AttachmentFile:
    """One file with its content. Raises NotFound."""
    a = Attachment
    is_open = a.owner_kind.not_in(WITH_DOORS_OF_THEIR_OWN)
    row = uow.sql.execute(select(a.id, a.name, a.media_type, a.content).where(a.id == attachment_id, is_open)).first()
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
                a.owner_kind == owner_kind,
                a.owner_id.in_(part),
                a.is_photo,
                a.thumbnail.is_not(None),
                a.owner_kind.not_in(WITH_DOORS_OF_THEIR_OWN),
            )
        )
        found.update({row.owner_id: row.thumbnail for row in rows if row.thumbnail is not None})
    return found


MOST_ROWS = 1_000


@query(None)
def list_printed_papers(
    uow: UnitOfWork, *, wanted: PrintedFilter | None = None, offset: int = 0, limit: int = 200
) -> PrintedList:
    """What was printed, saved or e-mailed, newest first: everybody's for who may see the operation log, else one's own.

    The text is looked for in title, number, person and printer.
    """
    where = [*_conditions(uow, wanted or PrintedFilter()), *_own(uow)]
    total = uow.sql.execute(select(func.count()).select_from(PrintedPaper).where(*where)).scalar_one()
    most = max(1, min(limit, MOST_ROWS))
    page = _printed().where(*where).order_by(PrintedPaper.id.desc()).offset(max(0, offset)).limit(most)
    return PrintedList(tuple(_row(row) for row in uow.sql.execute(page)), int(total))


@query(None)
def list_print_people(uow: UnitOfWork) -> tuple[tuple[int, str], ...]:
    """The people who printed something that the person may see, to filter by."""
    p = PrintedPaper
    rows = uow.sql.execute(
        select(p.person_id, func.max(p.printed_by))
        .where(*_own(uow))
        .group_by(p.person_id)
        .order_by(func.max(p.printed_by))
    )
    return tuple((int(row[0]), str(row[1])) for row in rows)


@query(None)
def get_printed_paper(uow: UnitOfWork, *, printed_id: int) -> PrintedFile:
    """A printed paper exactly as it was. Raises NotFound, also when its days are over and only the line is kept.

    Who may not see the operation log finds only what they printed themselves.
    """
    row = uow.sql.execute(_printed().where(PrintedPaper.id == printed_id, *_own(uow))).first()
    if row is None:
        raise NotFound(_("There is no such printed paper."))
    content = uow.sql.execute(select(PaperFile.content).where(PaperFile.sha256 == row.sha256)).scalar_one_or_none()
    if content is None:
        raise NotFound(_("This paper is no longer kept. Print it again from its document."))
    return PrintedFile(_row(row), content)


def _printed() -> Any:
    p = PrintedPaper
    return select(
        p.id, p.kind, p.title, p.number, p.owner_kind, p.owner_id, p.language, p.size, p.way, p.printer, p.pages,
        p.copies, p.printed_at, p.person_id, p.printed_by, p.station, p.sha256,
        select(PaperFile.sha256).where(PaperFile.sha256 == p.sha256).exists().label("is_kept"),
    )  # fmt: skip


def _row(row: Any) -> PrintedRow:
    facts = {name: getattr(row, name) for name in PrintedRow.__dataclass_fields__}
    return PrintedRow(**{**facts, "way": PaperWay(row.way), "is_kept": bool(row.is_kept)})


def _own(uow: UnitOfWork) -> list[ColumnElement[bool]]:
    """Papers show amounts and names, so what others printed is for who may see what others did."""
    return [] if uow.may(Permission.AUDIT_VIEW) else [PrintedPaper.person_id == uow.actor.person_id]


def _conditions(uow: UnitOfWork, wanted: PrintedFilter) -> list[ColumnElement[bool]]:
    p = PrintedPaper
    where: list[ColumnElement[bool]] = []
    if wanted.kind:
        where.append(p.kind == wanted.kind)
    if wanted.person_id is not None:
        where.append(p.person_id == wanted.person_id)
    if wanted.from_on is not None:
        where.append(p.printed_at >= day_starts_at(wanted.from_on, uow.site.zone, 0))
    if wanted.to_on is not None:
        where.append(p.printed_at <= day_ends_at(wanted.to_on, uow.site.zone, 0))
    text = wanted.text.strip()
    if text:
        where.append(
            or_(*(words.icontains(text, autoescape=True) for words in (p.title, p.number, p.printed_by, p.printer)))
        )
    return where
