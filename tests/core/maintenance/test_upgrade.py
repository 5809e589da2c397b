"""An older site is backed up and brought to this version; an older program never touches a newer one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import db.migrate
from core import maintenance
from core.errors import Refused
from core.i18n import verbatim
from core.maintenance.steps import upgrade as steps
from core.office import Office
from db.engine import open_engine, url_of
from db.migrate import latest_version
from db.schema import stored_version
from tests.helpers.stock import issue, make_items, receive

NEWER = '''"""A step of a Steward still to come."""

import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{last}"


def upgrade() -> None:
    op.add_column("item", sa.Column("colour", sa.String(20), nullable=False, server_default="green"))
    {then}


def downgrade() -> None:
    op.drop_column("item", "colour")
'''


@pytest.fixture
def worked(office: Office, site_url: str) -> str:
    items = make_items(site_url)
    receive(office, items)
    issue(office, items)
    office.close()
    return site_url


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """From here on the program is one that knows a further version."""
    scripts = tmp_path / "newer" / "migrations"
    shutil.copytree(db.migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    file = scripts / "versions" / "9000_item_colour.py"
    file.write_text(NEWER.format(last=latest_version(), then=""))
    monkeypatch.setattr(db.migrate, "SCRIPTS", scripts)
    yield file
    monkeypatch.undo()


def version_of(site: str) -> str | None:
    engine = open_engine(url_of(site))
    with engine.connect() as sql:
        found = stored_version(sql)
    engine.dispose()
    return found


def test_a_newer_program_offers_the_upgrade_and_backs_up_first(
    worked: str, newer_program: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = version_of(worked)
    assert maintenance.is_outdated(worked)
    with pytest.raises(Refused, match="Upgrade it first"):
        Office.open(worked)
    made = maintenance.upgrade_site(worked)
    assert made is not None and version_of(worked) == "9000"
    assert made.facts.schema == older and made.facts.head_id == 2
    assert Path(made.path).parent == home / "backup"
    assert maintenance.verify_site(worked).findings == ()
    with Office.open(worked) as office:
        office.sign_in_as_system()
        newest = office.ask(maintenance.find_newest_backup)
    assert newest is not None and newest.file == Path(made.path).name
    assert not maintenance.is_outdated(worked) and maintenance.upgrade_site(worked) is None

    monkeypatch.undo()  # and back to the older program
    with pytest.raises(Refused, match="newer Steward"):
        Office.open(worked)


def test_the_backup_before_an_upgrade_can_be_restored_by_both_programs(
    worked: str, newer_program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = maintenance.upgrade_site(worked)
    assert made is not None
    maintenance.restore_site(made.path, str(tmp_path / "newer.db"))
    assert version_of(str(tmp_path / "newer.db")) == "9000"
    monkeypatch.undo()
    maintenance.restore_site(made.path, str(tmp_path / "older.db"))
    assert version_of(str(tmp_path / "older.db")) == made.facts.schema


def test_a_backup_of_a_newer_program_is_refused_by_the_older(
    worked: str, newer_program: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maintenance.upgrade_site(worked)
    newer = maintenance.backup_site(worked, tmp_path / "newer.stewardbackup")
    monkeypatch.setattr(db.migrate, "SCRIPTS", Path(db.migrate.__file__).resolve().parent.parent / "migrations")
    with pytest.raises(Refused, match="backup is of a newer Steward"):
        maintenance.restore_site(newer.path, str(tmp_path / "older.db"))


def test_without_a_backup_nothing_is_upgraded(
    worked: str, newer_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_args: object, **_named: object) -> None:
        raise Refused(verbatim("There is no room."))

    older = version_of(worked)
    monkeypatch.setattr(steps, "write_backup", no_room)
    with pytest.raises(Refused):
        maintenance.upgrade_site(worked)
    assert version_of(worked) == older


def test_an_upgrade_that_fails_leaves_the_site_as_it_was(worked: str, newer_program: Path) -> None:
    older = version_of(worked)
    newer_program.write_text(newer_program.read_text().replace('"green"))\n', '"green"))\n    raise RuntimeError\n'))
    with pytest.raises(RuntimeError):
        maintenance.upgrade_site(worked)
    assert version_of(worked) == older
