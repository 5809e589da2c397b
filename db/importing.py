"""Runs of importing a file, what they made, and the column mappings people chose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered
from db.columns import Instant, Json, Key


class ImportRun(Base, Numbered):
    """One file brought in: what it made, so that it can be undone."""

    __tablename__ = "import_run"
    topic = "import"
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key)
    rows: Mapped[int]
    made: Mapped[Any] = mapped_column(Json)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class ImportMapping(Base, Numbered):
    """Which column of a file means which field; found again by the file's header."""

    __tablename__ = "import_mapping"
    topic = "import"
    kind: Mapped[str] = mapped_column(String(20))
    header: Mapped[str] = mapped_column(String(64), unique=True)
    columns: Mapped[Any] = mapped_column(Json)
