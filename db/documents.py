"""Numbers of documents, files attached to records, and what was printed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered
from db.columns import Instant, Key


class NumberSeries(Base):
    """The last number given to a kind of document in a year."""

    __tablename__ = "number_series"
    topic = "number"
    prefix: Mapped[str] = mapped_column(String(10), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Attachment(Base, Numbered):
    """A file or photo kept with a record."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_owner_kind_owner_id", "owner_kind", "owner_id"),)
    topic = "attachment"
    owner_kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[int] = mapped_column(Key)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    is_photo: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[str] = mapped_column(String(80))


class PaperFile(Base):
    """A finished paper as PDF, kept once however often it was printed; `last_at` is when it was printed last."""

    __tablename__ = "paper_file"
    topic = "paper"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)


class PrintedPaper(Base, Numbered):
    """A paper that was printed or saved as a file: what, by whom, when, where to. Its PDF is found by its SHA-256."""

    __tablename__ = "printed_paper"
    topic = "paper"
    kind: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(80), index=True)
    owner_kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[int] = mapped_column(Key)
    language: Mapped[str] = mapped_column(String(5))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    way: Mapped[str] = mapped_column(String(10))
    printer: Mapped[str] = mapped_column(String(200))
    pages: Mapped[str] = mapped_column(String(200))
    copies: Mapped[int]
    printed_at: Mapped[datetime] = mapped_column(Instant, index=True)
    person_id: Mapped[int] = mapped_column(Key, index=True)
    printed_by: Mapped[str] = mapped_column(String(80))
    station: Mapped[str] = mapped_column(String(80))
