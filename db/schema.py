"""All tables in one place, the rules the database keeps by itself, and the version a program expects."""

from __future__ import annotations

from sqlalchemy import Connection, String, column, inspect, table

from db import (  # noqa: F401  every table is known after this
    alerts,
    catalog,
    costing,
    counting,
    devices,
    documents,
    expenses,
    identity,
    importing,
    journal,
    labels,
    mail,
    purchasing,
    reports,
    stock,
)
from db.base import Base

metadata = Base.metadata
VERSION = table("alembic_version", column("version_num", String))
"""Where the database keeps its version; for statements that ask it along with something else."""


def stored_version(connection: Connection) -> str | None:
    """The schema version a database says it has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])
