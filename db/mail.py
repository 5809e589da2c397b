"""The mail server of a site, and every e-mail it sends: finished, waiting, sent or given up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Instant, Json, Key


class MailServer(Base, Versioned):
    """How the site sends e-mail: one row, with id 1. Its password is kept by each PC, never here."""

    __tablename__ = "mail_server"
    topic = "mail_server"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    host: Mapped[str] = mapped_column(String(253))
    port: Mapped[int]
    security: Mapped[str] = mapped_column(String(10))
    user_name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(100))
    reply_to: Mapped[str] = mapped_column(String(320))
    is_copied: Mapped[bool]
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class MailOutbox(Base, Numbered):
    """One e-mail as it goes out, to the byte, and where it stands.

    `owner_kind` and `owner_id` name the record it belongs to; `holder` is the run that sends it, `taken_by` that run's PC,
    `why` what happened last as a text in both languages. One request queues each of its lines once.
    """

    __tablename__ = "mail_outbox"
    __table_args__ = (
        UniqueConstraint("request_id", "line"),
        Index("ix_mail_outbox_state", "state", "next_at"),
        Index("ix_mail_outbox_owner_kind", "owner_kind", "owner_id"),
    )
    topic = "mail"
    owner_kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[int] = mapped_column(Key)
    recipients: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(String(200))
    message: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12))
    queued_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by: Mapped[str] = mapped_column(String(80), default="")
    holder: Mapped[str] = mapped_column(String(32), default="")
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    why: Mapped[Any] = mapped_column(Json, nullable=True)
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    request_id: Mapped[str] = mapped_column(String(40))
    line: Mapped[int]
