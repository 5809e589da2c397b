"""What of maintenance is written into the site: that a backup was made, and that one was put back."""

from __future__ import annotations

from core.alerts import doubt_messages
from core.mail import doubt_unsent
from core.registry import command
from core.reports import doubt_runs
from core.uow import UnitOfWork
from db.enums import Permission


@command(Permission.SITE_MAINTAIN)
def record_backup(uow: UnitOfWork, *, file: str, size: int, is_verified: bool, head_id: int, head_hash: str) -> int:
    """Note a backup.

    The operation log keeps where it is, whether it was proved, and the end of the ledger's chain as it was: verify
    compares it later. Answers the size in bytes.
    """
    uow.topics.add("backup")
    return size


@command(Permission.SITE_MAINTAIN)
def record_restore(uow: UnitOfWork, *, file: str, made_at: str) -> None:
    """Note that a backup was put back.

    E-mails and messages of alerts that waited when it was made may have left since: a person is asked about each, none is
    sent by itself.
    """
    uow.note(mails_in_doubt=doubt_unsent(uow), alerts_in_doubt=doubt_messages(uow), reports_in_doubt=doubt_runs(uow))
