"""The journal: one row a command, the audit trail and the memory of requests already answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered
from db.columns import Instant, Json, Key


class Journal(Base, Numbered):
    """Who did what, when, from which PC, with which result; never changed."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_person_id_at", "person_id", "at"), Index("ix_journal_at", "at"))
    topic = "journal"
    request_id: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key)
    person_name: Mapped[str] = mapped_column(String(80))
    station: Mapped[str] = mapped_column(String(80))
    command: Mapped[str] = mapped_column(String(80), index=True)
    facts: Mapped[Any] = mapped_column(Json)
    result: Mapped[Any] = mapped_column(Json)
    topics: Mapped[str] = mapped_column(String(400))
