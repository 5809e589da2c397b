"""A full disk, a file that another program keeps locked, a newer database: a sentence, and nothing half-saved."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import event

import core.office
import db.engine
from core import maintenance
from core.errors import NotFound, Refused, Unavailable
from core.office import Office
from db.engine import open_engine, url_of
from db.schema import stored_version
from tests.helpers.stock import issue, make_items, receive

FULL = """
create function no_room() returns trigger language plpgsql as
$$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
create trigger no_room before insert on {table} for each row execute function no_room();
"""


@contextmanager
def full_disk(office: Office, site: str, table: str) -> Iterator[None]:
    """While inside there is no room for another page (SQLite) or for another row of a table (PostgreSQL)."""
    if "://" in site:
        engine = open_engine(url_of(site))
        with engine.begin() as sql:
            sql.exec_driver_sql(FULL.format(table=table))
        yield
        with engine.begin() as sql:
            sql.exec_driver_sql("drop function no_room() cascade")
        engine.dispose()
        return

    def limit(connection: Any, *_args: object) -> None:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count={pages}")

    office._writer.dispose()
    event.listen(office._writer, "connect", limit)
    yield
    event.remove(office._writer, "connect", limit)
    office._writer.dispose()


@pytest.mark.log_warnings_expected  # the driver tells of the statements it did not send any more
@pytest.mark.parametrize("table", ["stock_posting", "stock_entry", "cost_layer", "journal"])
def test_a_full_disk_is_said_and_nothing_is_half_saved(office: Office, site_url: str, table: str) -> None:
    items = make_items(site_url, 200)
    receive(office, items)
    before = office.ask(maintenance.verify_ledger)
    with full_disk(office, site_url, table), pytest.raises(Unavailable) as caught:
        for _try in range(50):
            receive(office, items)
    assert "disk of the database is full" in str(caught.value)
    assert "磁盘已满" in caught.value.text.render("zh")
    after = office.ask(maintenance.verify_ledger)
    assert after.findings == ()
    assert receive(office, items).posting_id == after.postings + 1 > before.postings
    assert office.ask(maintenance.verify_ledger).findings == ()


@pytest.mark.log_warnings_expected
def test_the_same_request_goes_through_when_there_is_room_again(office: Office, site_url: str) -> None:
    items = make_items(site_url, 200)
    receive(office, items)
    with full_disk(office, site_url, "stock_entry"), pytest.raises(Unavailable):
        for number in range(50):
            issue(office, items, qty="0.01", request_id=f"full-{number}")
    last = office.ask(maintenance.verify_ledger).postings
    for number in range(50):
        issue(office, items, qty="0.01", request_id=f"full-{number}")
    report = office.ask(maintenance.verify_ledger)
    assert report.findings == () and report.postings == 51 and last < 51


def test_a_file_kept_locked_by_another_program_is_said(sqlite_site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.engine, "BUSY_MILLISECONDS", 100)
    monkeypatch.setattr(core.office, "MOST_SECONDS", 0.3)
    items = make_items(sqlite_site)
    with Office.open(sqlite_site, station="test") as office, closing(sqlite3.connect(sqlite_site)) as other:
        office.sign_in_as_system()
        receive(office, items)
        other.execute("begin immediate")
        started = time.monotonic()
        with pytest.raises(Unavailable, match="database is busy") as caught:
            issue(office, items, request_id="kept")
        assert time.monotonic() - started < 5
        assert "数据库正忙" in caught.value.text.render("zh")
        assert office.ask(maintenance.verify_ledger).postings == 1  # who only reads is not kept waiting
        other.execute("rollback")
        assert issue(office, items, request_id="kept").posting_id == 2


def test_a_row_kept_locked_by_another_program_is_said(postgres_site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.engine, "BUSY_MILLISECONDS", 100)
    monkeypatch.setattr(core.office, "MOST_SECONDS", 0.3)
    items = make_items(postgres_site)
    other = open_engine(url_of(postgres_site))
    with Office.open(postgres_site, station="test") as office:
        office.sign_in_as_system()
        receive(office, items)
        with other.begin() as sql:
            sql.exec_driver_sql("select * from ledger_head for update")
            with pytest.raises(Unavailable, match="database is busy"):
                issue(office, items, request_id="kept")
        assert issue(office, items, request_id="kept").posting_id == 2
    other.dispose()


def set_version(site: str, version: str) -> str:
    """Write another version into a site; answers the one it had."""
    engine = open_engine(url_of(site))
    with engine.begin() as sql:
        known = stored_version(sql)
        sql.exec_driver_sql(f"update alembic_version set version_num = '{version}'")
    engine.dispose()
    return str(known)


def test_an_older_program_does_not_open_a_newer_database(site_url: str) -> None:
    set_version(site_url, "9999")
    for opened in (Office.open, maintenance.is_outdated, maintenance.upgrade_site, maintenance.backup_site):
        with pytest.raises(Refused, match="newer Steward") as caught:
            opened(site_url)
        assert "更新版本的后台管家" in caught.value.text.render("zh")


def test_a_program_that_was_open_during_the_upgrade_saves_nothing_more(office: Office, site_url: str) -> None:
    items = make_items(site_url)
    receive(office, items)
    known = set_version(site_url, "9999")
    with pytest.raises(Refused, match="was upgraded meanwhile"):
        issue(office, items)
    set_version(site_url, known)
    assert issue(office, items).posting_id == 2


def test_an_older_database_is_not_opened_but_upgraded(site_url: str) -> None:
    set_version(site_url, "0000")
    with pytest.raises(Refused, match="Upgrade it first"):
        Office.open(site_url)
    assert maintenance.is_outdated(site_url)


def test_a_file_that_is_no_database_is_said(tmp_path: Any) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Sir, " * 500)
    with pytest.raises(Refused, match="no database of a site"):
        Office.open(str(file))


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        Office.open("postgresql://steward@127.0.0.1:9/nothing")


def test_a_site_whose_file_is_gone_is_said(tmp_path: Any) -> None:
    with pytest.raises(NotFound):
        Office.open(str(tmp_path / "gone.db"))
