"""Maintenance: verify, backup and restore, upgrade, the doctor, the log.

Promises: verify reads the whole ledger once and says in sentences what is wrong and where; a backup is a consistent
copy of one moment in one file, the same for both databases, written beside its place and moved there when it is whole,
and proved by restoring it; restoring is exact, verified before it counts, and leaves the target as it was when anything
goes wrong; nothing is upgraded that was not backed up before; a newer database or backup is refused.
"""

from core.maintenance.commands import record_backup, record_restore
from core.maintenance.queries import copy_site, find_newest_backup, list_checks, verify_ledger
from core.maintenance.rules.health import backup_level
from core.maintenance.site import (
    back_up,
    backup_site,
    examine,
    is_outdated,
    restore_as_new,
    restore_site,
    upgrade_site,
    verify_site,
)
from core.maintenance.steps.backup import check_backup, drop_old_backups, list_backups
from core.maintenance.steps.container import ENDING, read_facts
from core.maintenance.types import (
    Area,
    BackupFacts,
    BackupMade,
    Check,
    DamagedBackup,
    Finding,
    Level,
    NewestBackup,
    Progress,
    VerifyReport,
    WrongLedger,
)

__all__ = [
    "ENDING",
    "Area",
    "BackupFacts",
    "BackupMade",
    "Check",
    "DamagedBackup",
    "Finding",
    "Level",
    "NewestBackup",
    "Progress",
    "VerifyReport",
    "WrongLedger",
    "back_up",
    "backup_level",
    "backup_site",
    "check_backup",
    "copy_site",
    "drop_old_backups",
    "examine",
    "find_newest_backup",
    "is_outdated",
    "list_backups",
    "list_checks",
    "read_facts",
    "record_backup",
    "record_restore",
    "restore_as_new",
    "restore_site",
    "upgrade_site",
    "verify_ledger",
    "verify_site",
]
