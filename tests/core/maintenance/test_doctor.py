"""The doctor says how this PC, the database and the site are, a row and a sentence each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core import maintenance
from core.clock import Clock, FixedClock
from core.maintenance import Check, Level
from core.maintenance.rules import health as rules
from core.office import Office
from db.engine import open_engine, url_of
from tests.core.maintenance.test_verify import behind_the_back
from tests.helpers.stock import make_items, receive


def rows(office: Office) -> dict[str, Check]:
    return {str(row.name): row for row in office.ask(maintenance.list_checks)}


def test_a_sound_site_has_only_its_missing_backup_to_complain_of(
    office: Office, site_url: str, clock: FixedClock
) -> None:
    clock.at = Clock().now()
    assert rows(office)["Newest backup"].level is Level.WARN  # nothing is in it yet that could be lost
    receive(office, make_items(site_url, 1))
    found = rows(office)
    bad = {name for name, row in found.items() if row.level is Level.BAD}
    assert bad == {"Newest backup"}
    for row in found.values():
        assert row.text.render("zh") and "{" not in row.text.render("zh") and row.name.render("zh") != str(row.name)


def test_a_backup_pleases_it_until_it_is_old(office: Office, clock: FixedClock, tmp_path: Path) -> None:
    maintenance.back_up(office, tmp_path / "a.stewardbackup")
    assert rows(office)["Newest backup"].level is Level.OK
    clock.advance(hours=40)
    assert rows(office)["Newest backup"].level is Level.WARN
    clock.advance(hours=24 * 7)
    assert rows(office)["Newest backup"].level is Level.BAD


def test_a_clock_that_stands_wrong_is_said(office: Office, site_url: str, clock: FixedClock) -> None:
    receive(office, make_items(site_url, 1))
    clock.at -= timedelta(hours=2)
    assert rows(office)["Clock"].level is Level.BAD


def test_missing_guards_are_said(office: Office, site_url: str) -> None:
    engine: Engine = open_engine(url_of(site_url))
    with engine.begin() as sql:
        on = "" if sql.dialect.name == "sqlite" else " on stock_entry"
        sql.exec_driver_sql(f"drop trigger stock_entry_no_update{on}")
    engine.dispose()
    row = rows(office)["Guards of the ledger"]
    assert row.level is Level.BAD and "stock_entry_no_update" in str(row.text)


def test_broken_references_are_said(sqlite_site: str) -> None:
    behind_the_back(sqlite_site, "insert into item_unit (item_id, unit, factor) values (777, 'case', 1000000)")
    found = {str(row.name): row for row in maintenance.examine(sqlite_site)}
    assert found["Structure"].level is Level.BAD and "item_unit" in str(found["Structure"].text)


def test_a_pc_is_examined_without_a_site() -> None:
    names = {str(row.name) for row in maintenance.examine()}
    assert {"Program", "Keyring", "Fonts", "Log folder"} <= names


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (rules.latency_level(3), Level.OK),
        (rules.latency_level(80), Level.WARN),
        (rules.latency_level(800), Level.BAD),
        (rules.room_level(10_000_000_000), Level.OK),
        (rules.room_level(1_000_000_000), Level.WARN),
        (rules.room_level(1_000_000), Level.BAD),
        (rules.backup_level(None, True), Level.BAD),
        (rules.backup_level(3, True), Level.OK),
        (rules.backup_level(3, False), Level.WARN),
        (rules.clock_level(-60), Level.WARN),
        (rules.clock_level(3600), Level.BAD),
    ],
)
def test_limits(level: Level, expected: Level) -> None:
    assert level is expected
