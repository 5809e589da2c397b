"""`steward month`, as an accountant's script runs it."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.cli import main
from core.clock import FixedClock
from core.office import Office
from tests.core.costing.books import MARCH, busy_month
from tests.helpers.sites import ADMIN, PASSWORD


@pytest.fixture
def site(sqlite_site: str) -> str:
    """A site with a busy March 2026; the command runs on the clock of the PC, long after it."""
    with Office.open(sqlite_site, station="test", clock=FixedClock(datetime(2026, 3, 4, 4, tzinfo=UTC))) as office:
        office.sign_in(ADMIN, PASSWORD)
        busy_month(office)
    return sqlite_site


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")


def test_a_month_is_looked_through_closed_and_handed_over(
    site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on = ("--site", site, "--language", "en")
    assert main(["month", "list", *on]) == 0
    assert f"{MARCH}  Not closed" in capsys.readouterr().out
    assert main(["month", "checks", MARCH, *on]) == 1
    assert main(["month", "checks", MARCH, "--json", *on]) == 1
    assert "counts_missing" in capsys.readouterr().out
    assert main(["month", "seal", MARCH, "--out", str(tmp_path / "m.db"), *on]) == 2
    assert main(["month", "journal", MARCH, "--out", str(tmp_path / "early.csv"), *on]) == 0
    assert "provisional" in capsys.readouterr().err
    assert main(["month", "close", MARCH, *on]) == 2
    assert main(["month", "close", "2026-02", "--yes", *on]) == 0
    assert main(["month", "close", MARCH, *on]) == 2
    assert "--yes" in capsys.readouterr().err
    assert main(["month", "close", MARCH, "--yes", "--json", *on]) == 0
    assert json.loads(capsys.readouterr().out)["month"] == MARCH
    pack, book, sealed = (tmp_path / name for name in ("pack.pdf", "book.xlsx", "march.db"))
    assert main(["month", "pack", MARCH, "--out", str(pack), "--against", "last_year", *on]) == 0
    assert main(["month", "book", MARCH, "--out", str(book), *on]) == 0
    assert main(["month", "seal", MARCH, "--out", str(sealed), *on]) == 0
    assert (pack.read_bytes()[:5], book.read_bytes()[:2]) == (b"%PDF-", b"PK")
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o444
    capsys.readouterr()
    assert main(["month", "check", str(sealed)]) == 0
    assert "is whole" in capsys.readouterr().err
    broken = tmp_path / "broken.db"
    broken.write_bytes(sealed.read_bytes().replace("大米".encode(), "小米".encode()).replace(b"5.00", b"6.00"))
    assert main(["month", "check", str(broken), "--json"]) == 1
    assert main(["month", "reopen", MARCH, *on]) == 2
    assert main(["month", "reopen", MARCH, "--reason", "missing invoice", *on]) == 0


def test_all_months_up_to_one_are_closed_with_one_command(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    on = ("--site", site, "--language", "en")
    assert main(["month", "close", "--up-to", MARCH, *on]) == 1
    assert "Stopped at 2026-02: " in capsys.readouterr().err
    assert main(["month", "close", MARCH, "--up-to", MARCH, *on]) == 2
    assert main(["month", "list", "--up-to", MARCH, *on]) == 2
    capsys.readouterr()
    assert main(["month", "close", "--up-to", MARCH, "--yes", "--json", *on]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["month"] for one in told["closed"]] == ["2026-02", MARCH]
    assert (told["stopped_at"], told["why"]) == (None, None)
    assert main(["month", "close", "--up-to", MARCH, *on]) == 0
    assert "0 months are closed." in capsys.readouterr().err
    assert main(["month", "close", "--up-to", "2099-01", *on]) == 2


@pytest.mark.parametrize("layout", ["general", "kingdee", "yonyou", "xero", "quickbooks"])
def test_a_journal_is_kept_before_it_is_handed_over(
    site: str, tmp_path: Path, layout: str, capsys: pytest.CaptureFixture[str]
) -> None:
    on = ("--site", site, "--language", "en")
    out = tmp_path / "journal"
    for month in ("2026-02", MARCH):
        assert main(["month", "close", month, "--yes", *on]) == 0
    asked = ["month", "journal", MARCH, "--layout", layout, "--out", str(out), *on]
    assert main(asked) == 2
    assert "Nobody has set the accounts" in capsys.readouterr().err
    assert main([*asked, "--yes"]) == 0
    first = out.read_bytes()
    assert main(asked) == 0
    if layout != "kingdee":  # a workbook holds the time it was written
        assert out.read_bytes() == first


@pytest.mark.parametrize(
    "arguments",
    [
        ("dance", MARCH),
        ("pack", "2026-3x"),
        ("pack",),
        ("check",),
        ("check", "nothing.db"),
        ("journal", MARCH, "--layout", "sap"),
        ("pack", MARCH, "--against", "moon"),
        ("reopen", MARCH),
    ],
)
def test_what_cannot_be_done_is_said(site: str, arguments: tuple[str, ...]) -> None:
    assert main(["month", *arguments, "--site", site]) == 2
    assert main(["month", "list"]) == 2
