"""The command line, as scheduled jobs and administrators use it: data on standard output, sentences on standard error."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.cli.app import make_app
from core.importing import MOST_BYTES
from core.office import Office
from core.sites import locate, save_site
from db import migrate
from db.engine import open_engine
from tests.helpers.sites import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
ITEMS = "code,name,unit\nA,番茄,kg\nB,牛奶,L\n"
MOVES = "at,type,item,qty,value,document\n2026-01-05T10:00,receipt,A,2,10.00,R1\n2026-01-06T10:00,issue,A,1,,\n"


@dataclass(frozen=True)
class Ran:
    """What one run of the command did."""

    code: int
    out: bytes
    err: str

    @property
    def data(self) -> Any:
        """Its standard output as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def steward(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command in this process."""
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")

    def run(*arguments: object, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        told = capfdbinary.readouterr()
        return Ran(code, told.out, told.err.decode())

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files to bring in."""
    for name, text in (
        ("items.csv", ITEMS),
        ("moves.csv", MOVES),
        ("bad.csv", MOVES.replace("issue,A", "issue,X")),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_site_is_made_filled_and_reported(steward: Run, folder: Path, empty_database: str) -> None:
    site = empty_database
    made = steward(
        "init", site, "--name", "小店", "--currency", "CNY", "--zone", "Asia/Shanghai", "--language", "zh", "--cost-method", "average",
        "--admin", "老板", stdin=PASSWORD + "\n",
    )  # fmt: skip
    assert (made.code, made.out) == (0, b"") and "小店" in made.err
    brought = steward("import", "items", folder / "items.csv", "--site", site, "--json")
    assert (brought.code, brought.data) == (0, {"rows": 2, "posted": 2, "errors": []})
    assert steward("import", "movements", folder / "moves.csv", "--site", site).data == {
        "rows": 2,
        "posted": 2,
        "errors": [],
    }
    value = steward("report", "stock-value", "--site", site, "--format", "json")
    assert value.data == [{"item": "A", "qty": "1", "value": "5.00", "unit_cost": "5", "unit": "kg"}]
    assert steward("verify", "--site", site).code == 0
    with Office.open(site) as office:
        assert office.sign_in("老板", PASSWORD).name == "老板"


def test_a_wrong_row_is_said_in_both_places_and_nothing_is_posted(steward: Run, folder: Path, site_url: str) -> None:
    steward("import", "items", folder / "items.csv", "--site", site_url)
    told = steward("import", "movements", folder / "bad.csv", "--site", site_url, "--json", "--language", "en")
    message = "There is no item X. Check the code, or bring the item in first."
    assert told.code == 2
    assert told.data == {"rows": 2, "posted": 0, "errors": [{"row": 2, "field": "item", "message": message}]}
    assert told.err == f"Row 2, item: {message}\n1 row is wrong. Nothing was saved.\n"
    assert steward("report", "stock-ledger", "--site", site_url, "--json").data == []


def test_sentences_are_in_the_language_of_the_site_or_the_one_chosen(
    steward: Run, folder: Path, sqlite_site: str
) -> None:
    steward("import", "items", folder / "items.csv", "--site", sqlite_site)
    assert "没有物料 X" in steward("import", "movements", folder / "bad.csv", "--site", sqlite_site).err
    assert (
        "There is no item X"
        in steward("import", "movements", folder / "bad.csv", "--site", sqlite_site, "--language", "en").err
    )


def test_a_rehearsal_posts_nothing(steward: Run, folder: Path, sqlite_site: str) -> None:
    told = steward("import", "items", folder / "items.csv", "--site", sqlite_site, "--dry-run", "--language", "en")
    assert (told.code, told.data, told.err) == (
        0,
        {"rows": 2, "posted": 0, "errors": []},
        "2 rows are right. Nothing was saved.\n",
    )
    assert steward("import", "items", folder / "items.csv", "--site", sqlite_site).data["posted"] == 2


def test_a_rehearsal_ends_with_the_question_that_bringing_it_in_asks(
    steward: Run, folder: Path, sqlite_site: str
) -> None:
    steward("import", "items", folder / "items.csv", "--site", sqlite_site)
    (folder / "sellers.csv").write_text("code,name\nS1,Green\n", encoding="utf-8")
    assert steward("import", "suppliers", folder / "sellers.csv", "--site", sqlite_site).code == 0
    item = (folder / "items.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    for price in ("3", "300"):
        (folder / f"{price}.csv").write_text(f"supplier,item,price\nS1,{item},{price}\n", encoding="utf-8")
    bring = ("import", "supplier-prices", folder / "300.csv", "--site", sqlite_site, "--language", "en")
    assert steward("import", "supplier-prices", folder / "3.csv", "--site", sqlite_site).code == 0
    told, real = steward(*bring, "--dry-run"), steward(*bring)
    assert (told.code, told.data["errors"]) == (2, real.data["errors"]) and "Add --again if so" in told.err
    assert "“3” becomes “300”" in told.err
    assert steward(*bring, "--dry-run", "--again").code == 0


def test_the_same_movements_twice_need_a_word(steward: Run, folder: Path, sqlite_site: str) -> None:
    steward("import", "items", folder / "items.csv", "--site", sqlite_site)
    steward("import", "movements", folder / "moves.csv", "--site", sqlite_site)
    again = steward("import", "movements", folder / "moves.csv", "--site", sqlite_site, "--language", "en")
    assert again.code == 2 and "Add --again if so" in again.err
    assert steward("import", "movements", folder / "moves.csv", "--site", sqlite_site, "--again").code == 0


def test_columns_that_mean_nothing_are_named(steward: Run, folder: Path, sqlite_site: str) -> None:
    (folder / "odd.csv").write_text("code,name,unit,colour\nA,a,kg,red\n", encoding="utf-8")
    told = steward("import", "items", folder / "odd.csv", "--site", sqlite_site, "--language", "en")
    assert told.code == 0 and "The column colour means nothing here" in told.err


def test_a_saved_site_goes_by_its_name(steward: Run, sqlite_site: str) -> None:
    save_site("店", sqlite_site)
    assert steward("report", "stock-on-hand", "--site", "店", "--json").data == []
    assert steward("verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "recipes", "items.csv", "--site", "SITE"], "“recipes” is nothing to bring in"),
        (["import", "items", "gone.csv", "--site", "SITE"], "There is no file"),
        (["import", "items", ".", "--site", "SITE"], "cannot be read"),
        (["import", "items", "items.csv", "--site", "nowhere"], "There is no site nowhere"),
        (["import", "items", "items.csv", "--site", "SITE", "--language", "fr"], "is not a language"),
        (["import", "movements", "items.csv", "--site", "SITE"], "has no column type"),
        (["import", "items", "items.csv", "--site", "SITE", "--nonsense"], "No such option"),
        (["import", "items", "items.csv"], "Missing option"),
        (["report", "nope", "--site", "SITE"], "There is no report nope"),
        (["report", "stock-value", "--site", "SITE", "--format", "docx"], "is no form of a report"),
        (["report", "stock-value", "--site", "SITE", "--as-of", "soon"], "is not a date"),
        (["report", "stock-value", "--site", "SITE", "--from", "2026-01-01"], "about one moment"),
        (["report", "stock-value", "--site", "SITE", "--out", "nowhere/x.csv"], "cannot be written"),
        (["verify"], "Which site"),
        (["restore", "items.csv", "--site", "new.db"], ""),
        (["backup", "x.backup", "--site", "nowhere"], "There is no site nowhere"),
        (["dance"], "No such command"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(
    steward: Run, folder: Path, sqlite_site: str, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(folder)
    told = steward(*[sqlite_site if argument == "SITE" else argument for argument in arguments], *_english(arguments))
    assert told.code == 2, told
    assert words in told.err and "Traceback" not in told.err and told.err.strip()


def _english(arguments: list[str]) -> list[str]:
    return [] if "--language" in arguments or arguments == ["dance"] else ["--language", "en"]


def test_what_stands_in_a_file_does_not_steer_the_terminal(steward: Run, tmp_path: Path, sqlite_site: str) -> None:
    (tmp_path / "a.csv").write_text("code,name,unit\nA\x1b[2J,a,kg\n", encoding="utf-8")
    told = steward("import", "items", tmp_path / "a.csv", "--site", sqlite_site)
    assert told.code == 2 and "\x1b" not in told.err and "\ufffd[2J" in told.err


def test_an_unreachable_server_keeps_nothing_for_later(steward: Run, folder: Path) -> None:
    told = steward("import", "items", folder / "items.csv", "--site", "postgresql://x@127.0.0.1:1/none")
    words = "The database cannot be reached. Nothing was saved. Check that it runs and try again."
    assert (told.code, told.err, told.data["errors"][0]["message"]) == (2, words + "\n", words)


def test_a_site_of_an_older_version_is_upgraded_with_a_backup(steward: Run, folder: Path, sqlite_site: str) -> None:
    assert steward("upgrade", sqlite_site, "--json").data == {"upgraded": False, "backup": None}
    engine = open_engine(locate(sqlite_site))
    migrate.downgrade(engine, f"{int(migrate.latest_version()) - 1:04d}")
    engine.dispose()
    told = steward("report", "stock-value", "--site", sqlite_site, "--language", "en")
    assert told.code == 2 and told.err.endswith("On the command line: steward upgrade --site SITE\n")
    done = steward("upgrade", sqlite_site, "--json", "--language", "en")
    assert done.code == 0 and done.data["upgraded"] and Path(done.data["backup"]).is_file()
    assert steward("verify", sqlite_site).code == 0


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--currency", "yuan", "is not a currency"),
        ("--zone", "Mars/Base", "is not a time zone"),
        ("--language", "fr", "is not a language"),
        ("--cost-method", "lifo", "The cost method is fifo"),
        ("--name", " ", "need a name"),
    ],
)
def test_a_site_is_not_made_from_wrong_facts(steward: Run, tmp_path: Path, option: str, value: str, words: str) -> None:
    options = {"--name": "x", "--admin": "y", option: value}
    told = steward("init", tmp_path / "new.db", *[part for pair in options.items() for part in pair], stdin=PASSWORD)
    assert told.code == 2 and words in told.err
    assert not (tmp_path / "new.db").exists()


def test_a_weak_password_or_a_second_site_is_refused(steward: Run, tmp_path: Path) -> None:
    arguments = ["init", tmp_path / "new.db", "--name", "x", "--admin", "y"]
    assert steward(*arguments, stdin="1\n").code == 2
    assert steward(*arguments, stdin=PASSWORD).code == 0
    again = steward(*arguments, stdin=PASSWORD)
    assert again.code == 2 and "is there already" in again.err


def test_a_picture_of_200_mb_is_not_even_read(steward: Run, tmp_path: Path, sqlite_site: str) -> None:
    with (tmp_path / "photo.png").open("wb") as file:
        file.truncate(4 * MOST_BYTES)
    told = steward("import", "items", tmp_path / "photo.png", "--site", sqlite_site, "--language", "en")
    assert told.code == 2 and "too large: 200 MB" in told.err


def test_reports_go_to_files_by_their_ending(steward: Run, folder: Path, sqlite_site: str) -> None:
    for ending, start in (
        ("csv", b"\xef\xbb\xbf"),
        ("json", b"[]"),
        ("xlsx", b"PK"),
        ("pdf", b"%PDF"),
        ("txt", b"Item code"),
    ):
        out = folder / f"value.{ending}"
        told = steward("report", "stock-value", "--site", sqlite_site, "--out", out, "--language", "en")
        assert (told.code, told.out) == (0, b"") and out.read_bytes().startswith(start)
    assert steward("report", "stock-value", "--site", sqlite_site, "--format", "pdf").out.startswith(b"%PDF")


def test_a_backup_is_made_and_restored(steward: Run, folder: Path, sqlite_site: str) -> None:
    steward("import", "items", folder / "items.csv", "--site", sqlite_site)
    made = steward("backup", folder / "b.backup", "--site", sqlite_site, "--json")
    assert made.code == 0 and made.data["verified"] is True
    assert (
        steward("restore", made.data["path"], "--site", folder / "back.db", "--json").data["rows"] == made.data["rows"]
    )
    refused = steward("restore", made.data["path"], "--site", folder / "back.db", "--language", "en")
    assert refused.code == 2 and "Add --replace if so" in refused.err
    assert steward("restore", made.data["path"], "--site", folder / "back.db", "--replace").code == 0
    assert steward("verify", folder / "back.db").code == 0


def test_the_doctor_says_what_is_well_and_what_is_not(steward: Run, folder: Path, sqlite_site: str) -> None:
    told = steward("doctor", "--site", sqlite_site, "--json")
    bad = [one["message"] for one in told.data if one["level"] == "bad"]
    assert told.code == (2 if bad else 0) and all(message in told.err for message in bad)
    assert steward("doctor", "--language", "en").out.startswith(b"[ok] Program")


def test_a_changed_ledger_is_found(steward: Run, folder: Path, sqlite_site: str) -> None:
    steward("import", "items", folder / "items.csv", "--site", sqlite_site)
    steward("import", "movements", folder / "moves.csv", "--site", sqlite_site)
    with sqlite3.connect(sqlite_site) as sql:
        for (name,) in sql.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            sql.execute(f"drop trigger {name}")
        sql.execute("update stock_entry set qty = qty + 1000000 where id = 1")
    sql.close()
    told = steward("verify", "--site", sqlite_site, "--json", "--language", "en")
    assert told.code == 2 and told.data["clean"] is False and told.data["findings"] and "ask for help" in told.err


@pytest.mark.log_warnings_expected
def test_a_bug_is_a_report_with_an_id_and_never_a_traceback(
    steward: Run, home: Path, sqlite_site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("core.reports.queries.catalogue.write_to", broken)
    told = steward("report", "stock-value", "--site", sqlite_site)
    assert told.code == 1 and "Traceback" not in told.err
    (report,) = (home / "log").glob("crash-*.txt")
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8") and report.stem.rsplit("-", 1)[1] in told.err


@pytest.mark.parametrize(("size", "code"), [("small", 0), ("large", 0), ("huge", 2)])
def test_a_sample_site_is_made_in_the_size_asked_for(
    steward: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: str, code: int
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr("core.sample.create_sample_site", lambda site, *, size, progress: asked.append((site, size)))
    told = steward("demo", tmp_path / "demo.db", "--size", size)
    assert told.code == code and told.err
    assert asked == ([] if code else [(str(tmp_path / "demo.db"), size)])


def test_every_command_explains_itself_in_both_languages(steward: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [command.name for command in make_app().registered_commands]
    assert {"init", "import", "report", "verify", "backup", "restore", "doctor", "demo"} <= set(names)
    for language, word in (("en", "the"), ("zh_CN.UTF-8", "。")):
        monkeypatch.setenv("STEWARD_LANGUAGE", language)
        for name in names:
            told = steward(name, "--help")
            assert told.code == 0 and word in told.out.decode(), name


def test_the_program_itself_speaks_utf8_wherever_it_runs(folder: Path, sqlite_site: str, home: Path) -> None:
    code = "import sys\nfrom core.cli import main\nsys.exit(main())"
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "STEWARD_HOME": str(home),
    }

    def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, input=b"", timeout=120)

    done = run("import", "items", folder / "items.csv", "--site", sqlite_site)
    assert done.returncode == 0, done.stderr.decode()
    assert "已导入 2 行" in done.stderr.decode("utf-8")
    refused = run("import", "movements", folder / "bad.csv", "--site", sqlite_site)
    assert refused.returncode == 2 and json.loads(refused.stdout)["errors"][0]["row"] == 2
    assert run("--help").returncode == 0 and run().returncode == 2
