"""Runs of bringing a file in: kept with what they made, and found again when the same file comes twice."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from core.importing.rules.ranges import ids_of, ranges_of
from core.importing.steps.masters import Made
from core.importing.types import ImportFile
from core.uow import UnitOfWork
from db.enums import ImportKind
from db.importing import ImportRun

CHANGED = "changed"
TRACES = "prices"
"""What a run leaves beside its records: taken back with them, not counted as one."""


def earlier_run(uow: UnitOfWork, kind: ImportKind, file: ImportFile) -> datetime | None:
    """When this very file was brought in and not undone; None when it never was."""
    newest = select(func.max(ImportRun.at)).where(
        ImportRun.sha256 == mark_of(file), ImportRun.kind == str(kind), ImportRun.undone_at.is_(None)
    )
    found: datetime | None = uow.sql.execute(newest).scalar()
    return found


def mark_of(file: ImportFile) -> str:
    """What tells this file from every other."""
    return hashlib.sha256(file.content + file.sheet.encode()).hexdigest()


def record_run(uow: UnitOfWork, kind: ImportKind, file: ImportFile, rows: int, made: Made) -> int:
    """Keep a run and what it made; answers its id."""
    return int(
        uow.sql.execute(
            insert(ImportRun)
            .values(
                kind=str(kind),
                file_name=file.name[-200:],
                sha256=mark_of(file),
                at=uow.now,
                person_id=uow.actor.person_id,
                rows=rows,
                made=_kept(made),
            )
            .returning(ImportRun.id)
        ).scalar_one()
    )


def _kept(made: Made) -> dict[str, Any]:
    kept: dict[str, Any] = {name: ranges_of(ids) for name, ids in made.ids.items() if ids}
    if made.changed:
        kept[CHANGED] = {
            name: [[key, facts] for key, facts in records.items()] for name, records in made.before.items()
        }
    return kept


def made_by(stored: Any) -> dict[str, list[int]]:
    """What a run made: ids by kind of record."""
    return {str(name): ids_of(ranges) for name, ranges in (stored or {}).items() if name != CHANGED}


def count_made(stored: Any) -> int:
    """How many records a run made."""
    return sum(len(ids) for name, ids in made_by(stored).items() if name != TRACES)


def changed_by(stored: Any) -> dict[str, dict[int, dict[str, Any]]]:
    """What a run changed: by kind of record and id, fact by fact, what was and what was written."""
    changed = (stored or {}).get(CHANGED, {})
    return {str(name): {int(key): facts for key, facts in records} for name, records in changed.items()}
