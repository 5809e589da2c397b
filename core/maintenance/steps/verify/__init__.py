"""Verify: everything that is kept twice is compared, everything that follows from the ledger is reckoned anew.

It reads in one transaction, changes nothing, and needs memory for a part of the items only.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from core.i18n import _
from core.maintenance.steps.verify.around import check_around, count_entries
from core.maintenance.steps.verify.chain import check_chain
from core.maintenance.steps.verify.findings import Findings
from core.maintenance.steps.verify.invoices import check_invoices
from core.maintenance.steps.verify.items import check_items
from core.maintenance.types import Progress, VerifyReport
from db.identity import Site
from db.journal import Journal

BACKUP_COMMAND = "maintenance.record_backup"

__all__ = ["BACKUP_COMMAND", "verify"]


def verify(sql: Connection, progress: Progress | None = None) -> VerifyReport:
    """Check the whole site as this transaction sees it: chain, guards, balances, values, layers, lots, reservations,
    numbers, invoices. `progress` is told the share done."""
    findings = Findings()
    every = max(count_entries(sql), 1)

    def along_chain(done: int) -> None:
        if progress is not None:
            progress(0.4 * min(done / every, 1), _("Checking the chain"))

    def along_items(done: int) -> None:
        if progress is not None:
            progress(0.4 + 0.6 * min(done / every, 1), _("Reckoning balances and costs anew"))

    walk = check_chain(sql, findings, _anchors(sql), along_chain)
    check_around(sql, findings)
    check_invoices(sql, findings)
    digits = sql.execute(select(Site.digits)).scalar_one()
    items = check_items(sql, findings, digits, along_items)
    return VerifyReport(
        tuple(findings.listed), findings.hidden, walk.postings, walk.entries, items, walk.posting_id, walk.hash
    )


def _anchors(sql: Connection) -> dict[int, str]:
    """Hashes of postings that backups noted when they were made."""
    rows = sql.execute(select(Journal.facts).where(Journal.command == BACKUP_COMMAND)).scalars()
    return {int(facts["head_id"]): str(facts["head_hash"]) for facts in rows if facts.get("head_id")}
