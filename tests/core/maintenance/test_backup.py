"""A backup is one moment of the site in one file; half a backup, a damaged or a newer one is never taken for one."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core import maintenance
from core.clock import FixedClock
from core.errors import CoreError, NotAllowed, NotFound, Refused
from core.identity import add_person
from core.maintenance import DamagedBackup, WrongLedger
from core.maintenance.steps import container
from core.office import Office
from db.backup import write_snapshot
from tests.core.maintenance.test_verify import behind_the_back
from tests.helpers.stock import issue, make_items, receive


@pytest.fixture
def worked(office: Office, site_url: str) -> Office:
    items = make_items(site_url)
    receive(office, items)
    issue(office, items)
    return office


@pytest.fixture
def made(worked: Office, tmp_path: Path) -> Path:
    return Path(maintenance.back_up(worked, tmp_path / "one.stewardbackup").path)


def left_in(folder: Path) -> list[str]:
    """Files of a folder beside sites and their journals."""
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("site.db"))


def test_a_backup_says_what_it_holds_and_is_proved(worked: Office, tmp_path: Path) -> None:
    made = maintenance.back_up(worked, tmp_path / "one.stewardbackup")
    assert made.is_verified and made.size == Path(made.path).stat().st_size
    facts = maintenance.read_facts(Path(made.path))
    assert facts == made.facts
    assert (facts.site, facts.head_id) == ("测试餐厅", 2)
    assert {name: rows for name, rows, _sha in facts.tables}["stock_entry"] == 6
    assert left_in(tmp_path) == ["one.stewardbackup"]


def test_a_backup_holds_one_moment_though_others_go_on(
    worked: Office, site_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = write_snapshot

    def write_while_others_post(*args: Any) -> Any:
        with Office.open(site_url, station="other", clock=worked.clock) as other:
            other.sign_in_as_system()
            issue(other, [1], qty="1")
        return write(*args)

    monkeypatch.setattr("core.maintenance.steps.backup.write_snapshot", write_while_others_post)
    made = maintenance.back_up(worked, tmp_path / "one.stewardbackup")
    rows = {name: rows for name, rows, _sha in made.facts.tables}
    assert (made.facts.head_id, rows["stock_posting"], rows["stock_entry"]) == (2, 2, 6)


def test_nobody_else_may_read_a_backup(made: Path) -> None:
    is_windows = os.name == "nt"  # which keeps rights of files another way, by folder
    assert is_windows or made.stat().st_mode & 0o077 == 0


def test_the_newest_backup_and_its_age_are_known(worked: Office, clock: FixedClock, tmp_path: Path) -> None:
    assert worked.ask(maintenance.find_newest_backup) is None
    maintenance.back_up(worked, tmp_path / "one.stewardbackup")
    clock.advance(hours=49, minutes=30)
    newest = worked.ask(maintenance.find_newest_backup)
    assert newest is not None
    assert (newest.hours, newest.file, newest.station, newest.is_verified) == (49, "one.stewardbackup", "test", True)


def test_backups_need_the_right(worked: Office, tmp_path: Path) -> None:
    from core.identity import NewPerson

    worked.do(add_person, new=NewPerson(name="Bao", password="long enough words", roles=()))
    worked.sign_in("Bao", "long enough words")
    with pytest.raises(NotAllowed):
        maintenance.back_up(worked, tmp_path / "one.stewardbackup")
    assert left_in(tmp_path) == []


def test_a_disk_that_is_full_leaves_no_half_file(
    worked: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("core.maintenance.steps.container.os.fsync", no_room)
    with pytest.raises(Refused, match="no room left"):
        maintenance.back_up(worked, tmp_path / "one.stewardbackup")
    assert left_in(tmp_path) == []
    assert worked.ask(maintenance.find_newest_backup) is None


def test_an_interrupted_backup_leaves_the_one_before(
    worked: Office, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made.read_bytes()

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(container, "_write", stop)
    with pytest.raises(KeyboardInterrupt):
        maintenance.back_up(worked, made)
    assert made.read_bytes() == before
    assert left_in(made.parent) == ["one.stewardbackup"]


def test_a_folder_that_cannot_be_written_to_is_said(worked: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="cannot be used"):
        maintenance.back_up(worked, tmp_path / "file" / "one.stewardbackup")


def damage(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    if how == "cut":
        del content[len(content) * 2 // 3 :]
    elif how == "empty":
        content.clear()
    elif how == "other file":
        content = bytearray("这不是备份".encode() * 100)
    else:
        place = {"flipped early": 200, "flipped in the middle": len(content) // 2}[how]
        content[place] ^= 0xFF
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("how", ["cut", "empty", "other file", "flipped early", "flipped in the middle"])
def test_a_damaged_backup_is_said_to_be_one(made: Path, tmp_path: Path, how: str) -> None:
    damage(made, how)
    target = tmp_path / "new.db"
    with pytest.raises(DamagedBackup, match="is damaged or is no backup"):
        maintenance.restore_site(made, str(target))
    assert not target.exists()
    assert left_in(tmp_path) == ["one.stewardbackup"]


def change_manifest(file: Path, **said: object) -> None:
    with zipfile.ZipFile(file) as old:
        content = {name: old.read(name) for name in old.namelist()}
    facts = json.loads(content["manifest.json"])
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("site.db", content["site.db"])
        new.writestr("manifest.json", json.dumps(facts | said))


@pytest.mark.parametrize("said", [{"schema": "9999"}, {"format": 99}])
def test_a_backup_of_a_newer_steward_is_refused(made: Path, tmp_path: Path, said: dict[str, object]) -> None:
    change_manifest(made, **said)
    with pytest.raises(Refused, match="newer Steward"):
        maintenance.restore_site(made, str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_a_manifest_that_lies_about_a_table_is_found(made: Path, tmp_path: Path) -> None:
    tables = [list(one) for one in maintenance.read_facts(made).tables]
    next(one for one in tables if one[0] == "approval_rule")[1] = 77
    change_manifest(made, tables=tables)
    with pytest.raises(DamagedBackup, match="table approval_rule differs"):
        maintenance.restore_site(made, str(tmp_path / "new.db"))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no file"):
        maintenance.restore_site(tmp_path / "none.stewardbackup", str(tmp_path / "new.db"))


def test_wrong_data_is_backed_up_and_said(worked: Office, site_url: str, tmp_path: Path) -> None:
    behind_the_back(site_url, "update stock_balance set qty = 1")
    with pytest.raises(WrongLedger, match="was written, but it does not prove right") as caught:
        maintenance.back_up(worked, tmp_path / "one.stewardbackup")
    assert not caught.value.report.is_clean
    assert (tmp_path / "one.stewardbackup").exists()


def test_old_backups_are_dropped_where_no_file_is_named(worked: Office, clock: FixedClock, home: Path) -> None:
    for _number in range(4):
        maintenance.back_up(worked, verify=False)
        clock.advance(hours=10)
    kept = [facts.made_at for _file, facts in maintenance.list_backups(home / "backup")]
    assert kept == [clock.at - timedelta(hours=hours) for hours in (10, 30)]
    maintenance.drop_old_backups(home / "backup", "another site", days=1, weeks=1)
    assert len(maintenance.list_backups(home / "backup")) == 2
    maintenance.drop_old_backups(home / "backup", "测试餐厅", days=1, weeks=1)
    assert [facts.made_at for _file, facts in maintenance.list_backups(home / "backup")] == kept[:1]


def test_progress_is_told_and_rises(worked: Office, tmp_path: Path) -> None:
    told: list[float] = []
    maintenance.back_up(worked, tmp_path / "a.stewardbackup", progress=lambda share, _text: told.append(share))
    assert told == sorted(told) and told[-1] == pytest.approx(1)


def test_every_error_is_a_sentence_in_both_languages(made: Path, tmp_path: Path) -> None:
    damage(made, "cut")
    with pytest.raises(CoreError) as caught:
        maintenance.restore_site(made, str(tmp_path / "new.db"))
    assert "已损坏" in caught.value.text.render("zh")
