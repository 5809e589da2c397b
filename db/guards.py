"""The triggers that keep the ledger, the journal and closed months as they are, and whether they are still there."""

from __future__ import annotations

from sqlalchemy import Connection

APPEND_ONLY = (
    "month_closing",
    "month_reopening",
    "month_closing_item",
    "month_closing_category",
    "month_closing_unit",
    "month_closing_waste",
    "month_closing_count",
    "month_closing_accrual",
    "month_closing_check",
    "stock_closed_balance",
    "stock_closed_value",
)
OF_CLOSED_PERIODS = (
    "stock_posting_not_closed",
    "stock_entry_not_closed",
    "stock_entry_stays_closed",
    "stock_closed_no_update",
    "stock_closed_no_delete",
)
SQLITE_GUARDS = frozenset(
    {
        *OF_CLOSED_PERIODS,
        *(f"{table}_no_{word}" for table in APPEND_ONLY for word in ("update", "delete")),
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
        *OF_CLOSED_PERIODS,
        *(f"{table}_{word}" for table in APPEND_ONLY for word in ("guard", "no_truncate")),
        "stock_closed_no_truncate",
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
