"""What a person can see of the machine: backups, verify, the doctor."""

from __future__ import annotations

from pathlib import Path

from core.maintenance.steps.backup import write_backup
from core.maintenance.steps.doctor import examine_database
from core.maintenance.steps.newest import newest_backup
from core.maintenance.steps.verify import verify
from core.maintenance.types import BackupMade, Check, NewestBackup, Progress, VerifyReport
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(None)
def find_newest_backup(uow: UnitOfWork) -> NewestBackup | None:
    """The newest backup this site knows of, and its age; None when it was never backed up."""
    return newest_backup(uow.sql, uow.now)


@query(Permission.SITE_MAINTAIN)
def copy_site(
    uow: UnitOfWork, *, to: Path | None = None, is_proved: bool = True, progress: Progress | None = None
) -> BackupMade:
    """A copy of the whole site in a file: a backup.

    It holds what this moment's snapshot holds; others go on working. Raises Refused, WrongLedger.
    """
    return write_backup(uow.sql, to=to, now=uow.now, is_proved=is_proved, progress=progress)


@query(Permission.SITE_MAINTAIN)
def verify_ledger(uow: UnitOfWork, *, progress: Progress | None = None) -> VerifyReport:
    """Check chain, balances, costs, lots, reservations and numbers; changes nothing."""
    return verify(uow.sql, progress)


@query(Permission.SITE_MAINTAIN)
def list_checks(uow: UnitOfWork) -> tuple[Check, ...]:
    """How this PC, its database and the site are: the doctor's rows."""
    return examine_database(uow)
