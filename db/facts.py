"""The few facts of a site that are read from databases of any version, by plain SQL."""

from __future__ import annotations

from sqlalchemy import Connection, inspect


def site_name(connection: Connection) -> str:
    """The site's name; empty where there is no site yet."""
    if not inspect(connection).has_table("site"):
        return ""
    return str(connection.exec_driver_sql("SELECT name FROM site").scalar() or "")


def chain_head(connection: Connection) -> tuple[int, str]:
    """The last posting and its hash, as noted; nothing where the version has no ledger yet."""
    if not inspect(connection).has_table("ledger_head"):
        return (0, "")
    row = connection.exec_driver_sql("SELECT posting_id, hash FROM ledger_head WHERE id = 1").first()
    return (0, "") if row is None else (int(row[0]), str(row[1]))
