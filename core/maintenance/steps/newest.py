"""The newest backup that the operation log knows of."""

from __future__ import annotations

from datetime import datetime
from pathlib import PureWindowsPath

from sqlalchemy import Connection, select

from core.maintenance.steps.verify import BACKUP_COMMAND
from core.maintenance.types import NewestBackup
from db.journal import Journal


def newest_backup(sql: Connection, now: datetime) -> NewestBackup | None:
    """The newest backup and its age at `now`; None when the site was never backed up."""
    row = sql.execute(
        select(Journal.at, Journal.station, Journal.facts)
        .where(Journal.command == BACKUP_COMMAND)
        .order_by(Journal.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    hours = max(int((now - row.at).total_seconds() // 3600), 0)
    name = PureWindowsPath(str(row.facts["file"])).name  # takes both kinds of slashes, for PCs of both kinds
    return NewestBackup(row.at, hours, name, row.station, int(row.facts["size"]), bool(row.facts["is_verified"]))
