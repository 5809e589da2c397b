"""The triggers that keep the ledger and the journal append-only, and whether they are still there."""

from __future__ import annotations

from sqlalchemy import Connection

SQLITE_GUARDS = frozenset(
    {
        "stock_posting_no_update",
        "stock_posting_no_delete",
        "stock_entry_no_update",
        "stock_entry_no_delete",
        "journal_no_update",
        "journal_no_delete",
    }
)
POSTGRES_GUARDS = frozenset(
    {
        "stock_posting_guard",
        "stock_entry_no_delete",
        "stock_entry_no_update",
        "journal_guard",
        "stock_posting_no_truncate",
        "stock_entry_no_truncate",
        "journal_no_truncate",
    }
)


def missing_guards(connection: Connection) -> list[str]:
    """Names of guards that are gone or switched off."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
        return sorted(SQLITE_GUARDS - set(found))
    rows = connection.exec_driver_sql("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
    return sorted(POSTGRES_GUARDS - set(rows.scalars()))
