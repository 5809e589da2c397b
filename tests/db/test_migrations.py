"""Every step of the schema goes up and down on both databases, also with data, and the last one is what the models say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, inspect

from core import maintenance
from core.office import Office
from db.engine import open_engine, url_of
from db.guards import missing_guards
from db.migrate import SCRIPTS, differences, downgrade, latest_version, upgrade
from db.schema import stored_version
from db.transfer import Digest, digests
from tests.helpers.stock import issue, make_items, receive

VERSIONS = sorted(file.name[:4] for file in (SCRIPTS / "versions").glob("[0-9]*.py"))
DERIVED = {"item_search"}  # made anew from the items
PAIRS = list(zip([*VERSIONS[:-1]], VERSIONS[1:], strict=True))


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    opened = open_engine(url_of(empty_database))
    yield opened
    opened.dispose()


def picture(engine: Engine) -> dict[str, Any]:
    """Everything of the schema that a step may change: tables, columns, keys, indexes, guards."""
    looked = inspect(engine)
    found: dict[str, Any] = {}
    for table in looked.get_table_names():
        found[table] = (
            sorted((column["name"], str(column["type"]), column["nullable"]) for column in looked.get_columns(table)),
            sorted(looked.get_pk_constraint(table)["constrained_columns"]),
            sorted(str(key) for key in looked.get_foreign_keys(table)),
            sorted(str(key["column_names"]) for key in looked.get_unique_constraints(table)),
            sorted((str(index["name"]), bool(index["unique"])) for index in looked.get_indexes(table)),
        )
    with engine.connect() as sql:
        if sql.dialect.name == "sqlite":
            triggers = sql.exec_driver_sql("select name from sqlite_master where type = 'trigger'").scalars()
        else:
            triggers = sql.exec_driver_sql("select tgname from pg_trigger where not tgisinternal").scalars()
        found["triggers"] = sorted(triggers)
    return found


def test_versions_are_numbered_without_gaps() -> None:
    assert [f"{number:04d}" for number in range(1, len(VERSIONS) + 1)] == VERSIONS
    assert latest_version() == VERSIONS[-1]


def test_the_newest_schema_is_what_the_models_say(engine: Engine) -> None:
    upgrade(engine)
    assert differences(engine) == []
    with engine.connect() as sql:
        assert stored_version(sql) == latest_version()
        assert missing_guards(sql) == []


def test_every_step_goes_up_down_and_up_again_to_the_same(engine: Engine) -> None:
    before: dict[str, Any] = {}
    for version in VERSIONS:
        upgrade(engine, version)
        reached = picture(engine)
        downgrade(engine, "-1")
        gone = picture(engine)
        gone.pop("alembic_version", None)
        before.pop("alembic_version", None)
        assert gone == (before or {"triggers": []}), version
        upgrade(engine, version)
        assert picture(engine) == reached, version
        before = reached


def contents(engine: Engine) -> dict[str, Digest]:
    with engine.connect() as sql:
        return digests(sql)


def test_every_step_goes_down_and_up_with_a_worked_site(office: Office, site_url: str) -> None:
    items = make_items(site_url, 3)
    receive(office, items)
    issue(office, items)
    office.close()
    engine = open_engine(url_of(site_url))
    for lower, upper in reversed(PAIRS):
        whole = contents(engine)
        downgrade(engine, lower)
        kept = contents(engine)
        upgrade(engine, upper)
        again = contents(engine)
        assert again.keys() == whole.keys(), upper
        for table in kept.keys() - DERIVED:  # what the lower version has is neither lost nor doubled on the way
            assert again[table].rows == kept[table].rows == whole[table].rows, (upper, table)
        downgrade(engine, lower)
    downgrade(engine, "base")
    assert inspect(engine).get_table_names() in ([], ["alembic_version"])
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(engine, VERSIONS[3])
    before = picture(engine)
    if VERSIONS[4] != latest_version():
        from alembic.operations import Operations

        create = Operations.create_table
        made: list[str] = []

        def fail_later(self: Any, name: str, *columns: Any, **options: Any) -> Any:
            made.append(name)
            if len(made) == 2:
                raise RuntimeError("pulled the plug")
            return create(self, name, *columns, **options)

        monkeypatch.setattr(Operations, "create_table", fail_later)
        with pytest.raises(RuntimeError):
            upgrade(engine)
    assert picture(engine) == before
    with engine.connect() as sql:
        assert stored_version(sql) == VERSIONS[3]


def test_a_site_is_clean_after_the_way_down_one_step_and_up(office: Office, site_url: str) -> None:
    items = make_items(site_url, 3)
    receive(office, items)
    office.close()
    engine = open_engine(url_of(site_url))
    if len(VERSIONS) > 7:
        downgrade(engine, VERSIONS[6])
        upgrade(engine)
    engine.dispose()
    assert maintenance.verify_site(site_url).findings == ()
