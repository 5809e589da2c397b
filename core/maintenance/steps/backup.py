"""Writing a backup: a snapshot of the database as a SQLite file, packed with its facts, and proved by restoring it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from core.errors import Refused
from core.i18n import Text, _
from core.maintenance.rules.retention import backups_to_drop
from core.maintenance.steps.container import ENDING, read_facts, unpack, write_container
from core.maintenance.steps.faults import told_as_sentences
from core.maintenance.steps.verify import verify
from core.maintenance.steps.version import program_version
from core.maintenance.types import BackupFacts, BackupMade, DamagedBackup, Progress, VerifyReport, WrongLedger
from core.paths import backup_folder
from db.backup import digests_of_file, quick_check, write_snapshot
from db.engine import open_engine, url_of
from db.migrate import latest_version, upgrade
from db.schema import stored_version

KEPT_DAYS = 14
KEPT_WEEKS = 8


def write_backup(
    sql: Connection, *, to: Path | None, now: datetime, is_proved: bool, progress: Progress | None = None
) -> BackupMade:
    """Write a backup of all this transaction sees. `to` is a file or a folder; None is the folder for backups.

    With `is_proved` the backup is then restored into a temporary file, upgraded when it is old, and verified. Raises
    Refused when there is no room or no right to write (nothing is left then), WrongLedger when it does not verify.
    """
    site, head = _who(sql)
    target = _target(to, site, now)
    with told_as_sentences(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".steward-", dir=target.parent) as folder:
            copy = Path(folder, "site.db")
            found = write_snapshot(sql, copy, _rows_told(progress))
            facts = {
                "site": site,
                "made_at": now,
                "program": program_version(),
                "schema": stored_version(sql) or "",
                "database": sql.dialect.name,
                "tables": tuple((name, one.rows, one.sha256) for name, one in sorted(found.items())),
                "head_id": head[0],
                "head_hash": head[1],
            }
            size = max(copy.stat().st_size, 1)
            whole = write_container(target, copy, facts, _share_told(progress, size))
    if is_proved:
        _prove(target, progress)
    return BackupMade(str(target), target.stat().st_size, is_proved, whole)


def check_backup(file: Path, progress: Progress | None = None) -> tuple[BackupFacts, VerifyReport]:
    """Restore a backup into a temporary SQLite file and verify it. Raises DamagedBackup, Refused, WrongLedger."""
    facts = read_facts(file)
    with told_as_sentences(file.parent), tempfile.TemporaryDirectory(prefix=".steward-", dir=file.parent) as folder:
        copy = Path(folder, "site.db")
        return facts, unpack_checked(file, facts, copy, progress)


def unpack_checked(file: Path, facts: BackupFacts, copy: Path, progress: Progress | None = None) -> VerifyReport:
    """Write a backup's site to `copy`, brought to this program's version, and prove it: its hash, every table's rows and
    hash, its structure, and verify. Raises DamagedBackup, Refused for a newer one, WrongLedger."""
    check_restorable(facts)
    unpack(file, facts, copy)
    if quick_check(copy):
        raise DamagedBackup(
            _("{file} is damaged or is no backup. Nothing was changed. Take another backup.", file=file.name),
            field="file",
        )
    check_tables(file, facts, copy)
    engine = open_engine(url_of(str(copy)))
    try:
        if facts.schema < latest_version():
            upgrade(engine)
        with engine.connect() as sql:
            report = verify(sql, _verify_told(progress))
    finally:
        engine.dispose()
    check_report(report)
    return report


def check_restorable(facts: BackupFacts) -> None:
    """Refuse a backup of a newer Steward. Raises Refused."""
    if facts.schema > latest_version():
        raise Refused(
            _(
                "This backup is of a newer Steward (version {stored}; this program knows {newest}). Update this program.",
                stored=facts.schema,
                newest=latest_version(),
            ),
            field="file",
        )


def check_tables(file: Path, facts: BackupFacts, copy: Path) -> None:
    """Every table holds what was written down when the backup was made. Raises DamagedBackup naming the first."""
    found = {name: (one.rows, one.sha256) for name, one in digests_of_file(copy).items()}
    noted = {name: (rows, sha256) for name, rows, sha256 in facts.tables}
    wrong = sorted(name for name in found.keys() | noted.keys() if found.get(name) != noted.get(name))
    if wrong:
        raise DamagedBackup(
            _("{file} is not what was backed up: table {table} differs. Nothing was changed. Take another backup.",
              file=file.name, table=wrong[0]),
            field="file",
        )  # fmt: skip


def check_report(report: VerifyReport) -> None:
    """Raise WrongLedger with the first finding when verify found something wrong."""
    if report.is_clean:
        return
    first = next(finding for finding in report.findings if finding.level == "bad")
    raise WrongLedger(_("The data does not pass verify: {first}", first=first.text), report)


def list_backups(folder: Path) -> list[tuple[Path, BackupFacts]]:
    """The backups of a folder that can be read, newest first."""
    found = []
    for file in folder.glob(f"*{ENDING}"):
        try:
            found.append((file, read_facts(file)))
        except (DamagedBackup, Refused):
            continue
    return sorted(found, key=lambda one: one[1].made_at, reverse=True)


def drop_old_backups(folder: Path, site: str, *, days: int = KEPT_DAYS, weeks: int = KEPT_WEEKS) -> list[Path]:
    """Delete the site's backups in a folder beyond the newest of each of the last days and weeks; answers which."""
    ours = [(facts.made_at, file) for file, facts in list_backups(folder) if facts.site == site]
    gone = backups_to_drop(ours, days=days, weeks=weeks)
    for file in gone:
        file.unlink(missing_ok=True)
    return gone


def facts_to_record(made: BackupMade) -> dict[str, Any]:
    """What `record_backup` is told of a backup."""
    return {
        "file": made.path,
        "size": made.size,
        "is_verified": made.is_verified,
        "head_id": made.facts.head_id,
        "head_hash": made.facts.head_hash,
    }


def _who(sql: Connection) -> tuple[str, tuple[int, str]]:
    """Name of the site and the end of its chain, by plain SQL because the site may be of an older version."""
    from db.facts import chain_head, site_name

    return site_name(sql), chain_head(sql)


def _target(to: Path | None, site: str, now: datetime) -> Path:
    if to is not None and not to.is_dir():
        return to
    name = re.sub(r"[^\w-]+", "-", site).strip("-")[:40] or "site"
    return (to or backup_folder()) / f"{name}-{now.astimezone(UTC):%Y%m%d-%H%M%S}{ENDING}"


def _prove(target: Path, progress: Progress | None) -> None:
    """A backup of data that is wrong stays, because it is all there is; but it is said."""
    try:
        check_backup(target, progress)
    except WrongLedger as fault:
        raise WrongLedger(
            _("The backup {file} was written, but it does not prove right. {why}", file=target.name, why=fault.text),
            fault.report,
        ) from fault


def _rows_told(progress: Progress | None) -> Callable[[str, int], None] | None:
    """How many rows there will be is not known, so the share comes nearer and nearer to its end."""
    if progress is None:
        return None
    seen = {"": 0}
    whole = [0]

    def told(table: str, rows: int) -> None:
        whole[0] += rows - seen.get(table, 0) if rows > seen.get(table, 0) else rows
        seen[table] = rows
        progress(0.4 * (1 - 1 / (1 + whole[0] / 100_000)), _("Reading the database"))

    return told


def _share_told(progress: Progress | None, size: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if progress is not None:
            progress(0.4 + 0.2 * done / size, _("Packing"))

    return told


def _verify_told(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None

    def told(share: float, text: Text) -> None:
        progress(0.6 + 0.4 * share, text)

    return told
