"""Restoring is exact in every direction, verified before it counts, and leaves the target as it was when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import maintenance
from core.errors import NeedsConfirmation, Refused
from core.maintenance import WrongLedger
from core.office import Office
from db.engine import open_engine, url_of
from db.schema import stored_version
from db.transfer import Digest, digests
from tests.core.maintenance.test_verify import behind_the_back
from tests.helpers.sites import ADMIN, PASSWORD, Postgres
from tests.helpers.stock import issue, make_items, receive


def contents(site: str, *, without: str = "journal") -> dict[str, Digest]:
    """What every table holds; the log is left out, because restoring is noted there."""
    engine = open_engine(url_of(site), read_only=True)
    with engine.begin() as sql:
        found = digests(sql)
    engine.dispose()
    found.pop(without)
    return found


@pytest.fixture
def worked(office: Office, site_url: str) -> Office:
    items = make_items(site_url)
    receive(office, items)
    issue(office, items)
    return office


@pytest.fixture
def made(worked: Office, tmp_path: Path) -> Path:
    return Path(maintenance.back_up(worked, tmp_path / "one.stewardbackup").path)


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where to restore to: a new file, an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "restored.db")
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create()
    yield url
    postgres.drop(url)


def test_a_backup_is_restored_exactly_whichever_database_it_came_from(made: Path, site_url: str, target: str) -> None:
    before = contents(site_url)
    facts = maintenance.restore_site(made, target)
    assert contents(target) == before
    assert facts.rows > 50
    assert maintenance.verify_site(target).is_clean


def test_work_goes_on_in_the_restored_site(made: Path, target: str) -> None:
    maintenance.restore_site(made, target)
    with Office.open(target) as office:
        office.sign_in(ADMIN, PASSWORD)
        assert receive(office, [1]).number == "RC-2026-000002"
        assert make_items(target, 1, code="NEW") == [4]  # the database goes on numbering where it stood
        assert issue(office, [1], qty="1").posting_id == 4
    assert maintenance.verify_site(target).is_clean


def test_restoring_is_noted_in_the_log(made: Path, target: str) -> None:
    maintenance.restore_site(made, target)
    engine = open_engine(url_of(target), read_only=True)
    with engine.begin() as sql:
        newest = sql.exec_driver_sql("select command from journal order by id desc limit 1").scalar()
    engine.dispose()
    assert newest == f"maintenance.{maintenance.record_restore.__name__}"


def test_a_site_is_replaced_only_when_said_and_is_backed_up_first(
    worked: Office, made: Path, site_url: str, home: Path
) -> None:
    before = contents(site_url)
    later = issue(worked, [1], qty="1")
    with pytest.raises(NeedsConfirmation):
        maintenance.restore_site(made, site_url)
    assert contents(site_url) != before

    maintenance.restore_site(made, site_url, replace=True)
    assert contents(site_url) == before
    [(safety, facts)] = maintenance.list_backups(home / "backup")
    assert facts.head_id == later.posting_id
    assert maintenance.check_backup(safety)[1].is_clean


def test_a_program_that_has_the_site_open_sees_the_restored_one(worked: Office, made: Path, site_url: str) -> None:
    issue(worked, [1], qty="1")
    maintenance.restore_site(made, site_url, replace=True)
    assert worked.ask(maintenance.verify_ledger).head_id == 2
    assert issue(worked, [1], qty="1").posting_id == 3


def test_a_backup_of_wrong_data_is_not_restored(worked: Office, site_url: str, target: str, tmp_path: Path) -> None:
    behind_the_back(site_url, "update stock_entry set value = value + 1 where id = 2")
    file = tmp_path / "wrong.stewardbackup"
    maintenance.back_up(worked, file, verify=False)
    with pytest.raises(WrongLedger, match="Entry 2"):
        maintenance.restore_site(file, target)
    if "://" in target:
        engine = open_engine(url_of(target))
        with engine.connect() as sql:
            assert stored_version(sql) is None
        engine.dispose()
    else:
        assert not Path(target).exists()


def test_a_failed_replacement_leaves_the_site_as_it_was(worked: Office, site_url: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.stewardbackup"
    behind_the_back(site_url, "update stock_balance set qty = qty + 1")
    maintenance.back_up(worked, file, verify=False)
    behind_the_back(site_url, "update stock_balance set qty = qty - 1")
    before = contents(site_url)
    with pytest.raises(WrongLedger):
        maintenance.restore_site(file, site_url, replace=True)
    assert contents(site_url) == before


def test_a_database_with_other_things_in_it_is_not_touched(made: Path, postgres: Postgres) -> None:
    url = postgres.create()
    engine = open_engine(url_of(url))
    with engine.begin() as sql:
        sql.exec_driver_sql("create table diary (words text)")
    engine.dispose()
    with pytest.raises(Refused, match="something that is no site"):
        maintenance.restore_site(made, url, replace=True)
    postgres.drop(url)
