"""Bringing a site of an older version to this program's, after a backup."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from core.errors import Refused
from core.i18n import _
from core.maintenance.steps.backup import write_backup
from core.maintenance.types import BackupMade, Progress
from db.migrate import latest_version, upgrade
from db.schema import stored_version


def needs_upgrade(engine: Engine) -> bool:
    """Whether the site is of an older version. Raises Refused when there is no site or it is of a newer Steward."""
    with engine.connect() as sql:
        stored = stored_version(sql)
    newest = latest_version()
    if stored is None:
        raise Refused(_("This database holds no site. Make one first."))
    if stored > newest:
        raise Refused(
            _(
                "This site was made by a newer Steward (version {stored}; this program knows {newest}). Update this program.",
                stored=stored,
                newest=newest,
            )
        )
    return stored < newest


def upgrade_with_backup(writer: Engine, reader: Engine, now: datetime, progress: Progress | None) -> BackupMade | None:
    """Back the site up, then run the missing steps in one transaction. Answers the backup, None when nothing was to do.

    Raises Refused as `needs_upgrade` does, and when the backup cannot be written: then nothing is upgraded.
    """
    if not needs_upgrade(writer):
        return None
    with reader.begin() as sql:
        made = write_backup(sql, to=None, now=now, is_proved=False, progress=progress)
    upgrade(writer)
    return made
