"""The base of all tables, with names for every constraint so that migrations can name them too."""

from __future__ import annotations

from typing import cast

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.columns import Key

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table class says its topic: what a change of it is announced as."""

    metadata = MetaData(naming_convention=NAMES)
    topic: str = ""


class Numbered:
    """A table with an id of its own."""

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)


class Versioned:
    """A record that people edit; the version tells a stale form from a fresh one."""

    version: Mapped[int] = mapped_column(default=1)


def table_of(mapped: type[Base]) -> Table:
    """The table of a class, for statements on plain rows."""
    return cast(Table, mapped.__table__)


def topics_by_table() -> dict[str, str]:
    """Topic of every mapped table, by table name."""
    return {
        str(mapper.local_table.name): mapper.class_.topic  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }
