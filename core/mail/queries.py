"""What a person sees of the outbox and the mail server, and what a run that sends asks."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from core.errors import Refused
from core.i18n import _
from core.mail.rules.message import message_bytes
from core.mail.rules.outbox import LONGEST_SENDING, unsure_question
from core.mail.rules.server import checked_server
from core.mail.steps.rows import MAIL, find_server, mail_row, mails, no_such_mail, not_set_up
from core.mail.types import (
    Mailbox,
    MailCard,
    MailCounts,
    MailDraft,
    MailFilter,
    MailList,
    MailsDue,
    MailServer,
    MailServerEdit,
    TakenMail,
)
from core.registry import query
from core.uow import UnitOfWork
from db.enums import MailState, Permission

MOST_ROWS = 1_000


@query(Permission.SITE_EDIT)
def get_mail_server(uow: UnitOfWork) -> MailServer:
    """The mail server as it is set up; with version 0 while there is none."""
    return find_server(uow)


@query(Permission.MAIL_SEND)
def list_mails(uow: UnitOfWork, *, wanted: MailFilter | None = None, offset: int = 0, limit: int = 200) -> MailList:
    """The outbox, newest first."""
    where = _conditions(wanted or MailFilter())
    count = uow.sql.execute(select(func.count()).select_from(MAIL).where(*where)).scalar_one()
    most = max(1, min(limit, MOST_ROWS))
    page = mails().where(*where).order_by(MAIL.c.id.desc()).offset(max(0, offset)).limit(most)
    return MailList(tuple(mail_row(row) for row in uow.sql.execute(page)), int(count))


@query(Permission.MAIL_SEND)
def get_mail(uow: UnitOfWork, *, mail_id: int) -> MailCard:
    """One e-mail with its words and the names of its files. Raises NotFound."""
    row = uow.sql.execute(mails(MAIL.c.message).where(MAIL.c.id == mail_id)).first()
    if row is None:
        raise no_such_mail()
    mail = message_from_bytes(row.message, policy=default)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    files = [part for part in parts if part.get_filename()]
    body = next((part for part in parts if not part.get_filename()), None)
    question = unsure_question(row.recipients) if row.state == MailState.UNSURE else None
    return MailCard(
        row=mail_row(row),
        sender=str(mail["From"] or ""),
        copies=str(mail["Cc"] or ""),
        answer_to=str(mail["Reply-To"] or ""),
        body="" if body is None else str(body.get_content()).replace("\r\n", "\n").rstrip(),
        attachments=tuple((str(part.get_filename()), len(_content(part))) for part in files),
        taken_by=row.taken_by,
        question=question,
        is_kept=bool(row.message),
    )


@query(None)
def count_mails(uow: UnitOfWork) -> MailCounts:
    """How many e-mails wait, and about how many a person must say something. Everybody may know that much."""
    rows = uow.sql.execute(
        select(MAIL.c.state, func.count(), func.min(MAIL.c.queued_at))
        .where(MAIL.c.state.not_in((MailState.SENT, MailState.WITHDRAWN)))
        .group_by(MAIL.c.state)
    ).all()
    counts = {MailState(row[0]): int(row[1]) for row in rows}
    since = {MailState(row[0]): row[2] for row in rows}
    return MailCounts(
        counts.get(MailState.QUEUED, 0),
        counts.get(MailState.SENDING, 0),
        counts.get(MailState.FAILED, 0),
        counts.get(MailState.UNSURE, 0),
        since.get(MailState.QUEUED),
        find_server(uow).is_set,
    )


@query(None)
def get_mails_due(uow: UnitOfWork) -> MailsDue:
    """What waits to be sent now, for the run that sends it."""
    is_queued = MAIL.c.state == MailState.QUEUED
    is_stranded = (MAIL.c.state == MailState.SENDING) & (MAIL.c.taken_at <= uow.now - LONGEST_SENDING)
    row = uow.sql.execute(
        select(
            func.count().filter(is_queued & (MAIL.c.next_at <= uow.now)),
            func.count().filter(is_stranded),
            func.min(MAIL.c.next_at).filter(is_queued),
        ).where(MAIL.c.state.in_((MailState.QUEUED, MailState.SENDING)))
    ).one()
    return MailsDue(int(row[0]), int(row[1]), row[2], find_server(uow))


@query(None)
def get_taken_mail(uow: UnitOfWork, *, mail_id: int, holder: str) -> TakenMail:
    """The bytes of an e-mail that a run holds, to be handed over now. Raises Refused when it does not hold it."""
    row = uow.sql.execute(
        select(MAIL.c.message).where(MAIL.c.id == mail_id, MAIL.c.holder == holder, MAIL.c.state == MailState.SENDING)
    ).first()
    if row is None or not holder:
        raise Refused(_("This e-mail is being sent from another place now."))
    server = find_server(uow)
    if not server.is_set:
        raise not_set_up()
    return TakenMail(mail_id, row.message, (server.edit.address,) if server.edit.is_copied else ())


@query(Permission.SITE_EDIT)
def get_test_mail(uow: UnitOfWork, *, server: MailServerEdit, to: str, language: str, request_id: str) -> bytes:
    """A short e-mail to try the server's settings with, in a language. Raises InvalidInput for settings or an address that
    cannot be right."""
    edit = checked_server(server)
    site = uow.site.title(language)
    words = _(
        "This is a test e-mail from {site}. If you read it, orders can be sent by e-mail from this PC.", site=site
    )
    return message_bytes(
        MailDraft(
            request_id=request_id,
            made_at=uow.now,
            sender=Mailbox(edit.address, edit.name or site),
            to=(Mailbox(to),),
            subject=_("Test e-mail from {site}", site=site).render(language),
            body=words.render(language),
            answer_to=Mailbox(edit.reply_to) if edit.reply_to else None,
        )
    )


def _content(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _conditions(wanted: MailFilter) -> list[ColumnElement[bool]]:
    where: list[Any] = []
    if wanted.states:
        where.append(MAIL.c.state.in_([str(state) for state in wanted.states]))
    if wanted.owner_kind:
        where.append(MAIL.c.owner_kind == wanted.owner_kind)
    if wanted.owner_id is not None:
        where.append(MAIL.c.owner_id == wanted.owner_id)
    text = wanted.text.strip()
    if text:
        where.append(or_(*(column.icontains(text, autoescape=True) for column in (MAIL.c.recipients, MAIL.c.subject))))
    return where
