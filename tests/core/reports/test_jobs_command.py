"""`steward jobs`: what the system's scheduler runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import reports
from core.cli import main
from core.office import Office
from tests.core.mail.makers import set_up
from tests.core.reports.schedules import by_mail, edit, files, save
from tests.helpers.smtp_server import MailServer, running

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def opened(sqlite_site: str) -> Office:
    office = Office.open(sqlite_site, station="test")
    office.sign_in_as_system()
    return office


@pytest.fixture
def steward(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], sqlite_site: str) -> Run:
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")

    def run(*arguments: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = main(["jobs", *map(str, arguments), "--site", sqlite_site, "--language", "en"])
        sys.stdout.flush()
        told = capfdbinary.readouterr()
        return code, told.out.decode(), told.err.decode()

    return run


def test_nothing_due_is_well(opened: Office, steward: Run) -> None:
    assert steward("run", "--once") == (0, "", "0 scheduled reports made.\n")
    assert steward("list") == (0, "", "There are no schedules yet.\n")


def test_what_is_due_is_made_and_sent_in_one_pass(opened: Office, steward: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with running(MailServer()) as server, opened:
        set_up(opened, server)
        for new in (edit(folder), by_mail(name="By mail")):
            opened.do(reports.run_schedule, schedule_id=save(opened, new))
        code, out, err = steward("run", "--json")
        assert code == 0, err
        told = json.loads(out)
        assert (told["made"], told["mails"]["sent"], told["waiting"]) == (2, 1, 0)
        assert len(files(folder)) == 1 and len(server.mails) == 1
        assert steward("run", "--once")[0] == 0
        assert len(files(folder)) == 1 and len(server.mails) == 1
    code, out, _err = steward("list", "--json")
    rows = json.loads(out)
    assert [row["name"] for row in rows] == ["By mail", "Stock"] and rows[1]["last"]["state"] == "done"
    assert rows[1]["last"]["path"].startswith(str(folder))
    assert steward("list")[1].count("\n") == 2


def test_what_goes_wrong_is_told_by_the_exit_code(opened: Office, steward: Run, tmp_path: Path) -> None:
    with opened:
        opened.do(reports.run_schedule, schedule_id=save(opened, edit(tmp_path / "gone")))
    code, _out, err = steward("run", "--once")
    assert code == 2 and "is not there" in err and "1 is tried again later." in err
    assert "is not there" in steward("list")[1]


def test_wrong_words_are_refused(steward: Run) -> None:
    assert steward("walk")[0] == 2
    assert steward("list", "--stay")[0] == 2
    assert steward("run", "--stay", "--once")[0] == 2


def test_a_schedule_due_by_the_pc_s_clock_is_made(steward: Run, sqlite_site: str, tmp_path: Path) -> None:
    from core.clock import FixedClock

    folder = tmp_path / "out"
    folder.mkdir()
    yesterday = FixedClock(datetime.now(UTC) - timedelta(days=3))
    with Office.open(sqlite_site, station="test", clock=yesterday) as office:
        office.sign_in_as_system()
        save(office, edit(folder))
    assert steward("run")[0] == 0
    assert len(files(folder)) == 1
