"""Putting a backup back: into a new file, an empty database, or (after a safety backup) in the place of a site."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from core.errors import NeedsConfirmation, Refused
from core.i18n import _
from core.maintenance.steps.backup import unpack_checked, write_backup
from core.maintenance.steps.container import read_facts
from core.maintenance.steps.faults import told_as_sentences
from core.maintenance.types import BackupFacts, Progress
from db.backup import fill_database, is_empty, replace_file
from db.engine import open_engine
from db.guards import missing_guards
from db.schema import stored_version

REPLACE = "replace_site"


def restore(file: Path, url: URL, *, replace: bool, now: datetime, progress: Progress | None = None) -> BackupFacts:
    """Restore a backup into the database of an address, of either kind, and verify it there before it counts.

    Raises NotFound, DamagedBackup, Refused for a newer backup, WrongLedger; NeedsConfirmation when the database holds a
    site and `replace` does not say that it may go (a safety backup of it is written first). Whatever is raised, the
    database is as it was.
    """
    facts = read_facts(file)
    is_file = url.get_backend_name() == "sqlite"
    folder = Path(str(url.database)).parent if is_file else file.parent
    with told_as_sentences(folder):
        folder.mkdir(parents=True, exist_ok=True)
        is_there = _has_site(url)
        if is_there and not replace:
            raise NeedsConfirmation(
                _(
                    "There is a site already. Replace it by the backup of {site}? It is backed up first.",
                    site=facts.site,
                ),
                key=REPLACE,
            )
        with tempfile.TemporaryDirectory(prefix=".steward-", dir=folder) as work:
            copy = Path(work, "site.db")
            unpack_checked(file, facts, copy, progress)
            if is_there:
                _safety_backup(url, now)
            if is_file:
                _put_file(copy, Path(str(url.database)), is_there)
            else:
                _put_database(copy, url, is_there)
    return facts


def _has_site(url: URL) -> bool:
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        if not path.exists() or not path.stat().st_size:
            return False
    engine = open_engine(url)
    try:
        with engine.connect() as sql:
            if stored_version(sql) is not None:
                return True
        if not is_empty(engine):
            raise Refused(_("This database holds something that is no site. Choose an empty one."), field="site")
        return False
    finally:
        engine.dispose()


def _safety_backup(url: URL, now: datetime) -> None:
    engine = open_engine(url, read_only=True)
    try:
        with engine.begin() as sql:
            write_backup(sql, to=None, now=now, is_proved=False)
    finally:
        engine.dispose()


def _put_file(copy: Path, target: Path, is_there: bool) -> None:
    if is_there:
        replace_file(copy, target)
    else:
        copy.replace(target)


def _put_database(copy: Path, url: URL, is_there: bool) -> None:
    """The copy passed verify, and every table is compared with it by its hash before COMMIT; left are the guards."""

    def check(sql: Connection) -> None:
        missing = missing_guards(sql)
        if missing:
            raise Refused(_("The guards of the ledger could not be set up: {names}.", names=", ".join(missing)))

    engine = open_engine(url)
    try:
        fill_database(engine, copy, replace=is_there, check=check)
    finally:
        engine.dispose()
