"""Bringing a database to the version this program needs. Alembic is loaded only here, because it is slow to load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from db.schema import metadata

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


def latest_version() -> str:
    """The newest version this program knows, read from the names of the steps."""
    return max(file.name[:4] for file in (SCRIPTS / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def upgrade(engine: Engine, version: str = "head") -> None:
    """Run all missing steps in one transaction."""
    from alembic import command

    with engine.begin() as connection:
        _wait_for_others(connection)
        command.upgrade(_config(connection), version)


def upgrade_within(connection: Connection, version: str = "head") -> None:
    """The same within a transaction that somebody else began."""
    from alembic import command

    command.upgrade(_config(connection), version)


def downgrade(engine: Engine, version: str) -> None:
    """Go back to an older version, in one transaction."""
    from alembic import command

    with engine.begin() as connection:
        command.downgrade(_config(connection), version)


def differences(engine: Engine) -> list[object]:
    """Where the database's tables differ from the tables the program knows; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def _wait_for_others(connection: Connection) -> None:
    """Two programs that upgrade at once do it one after the other; the second then finds nothing left to do."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7150210)")


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config
