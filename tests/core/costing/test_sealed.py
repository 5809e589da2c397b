"""The sealed file of a month proves that it is whole, and shows that it is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import costing
from core.clock import FixedClock
from core.errors import InvalidInput, NotAllowed, NotFound, Refused
from core.office import Office
from tests.core.costing.books import MARCH, busy_month, close

UNGUARDED = "DROP TRIGGER {trigger}"


def sealed(office: Office, clock: FixedClock, folder: Path) -> Path:
    busy_month(office)
    clock.advance(days=40)
    with pytest.raises(Refused, match="not closed"):
        office.ask(costing.seal_month, month=MARCH)
    close(office)
    path = folder / "march.db"
    path.write_bytes(office.ask(costing.seal_month, month=MARCH))
    return path


def change(path: Path, table: str, statement: str) -> None:
    with closing(sqlite3.connect(path)) as sql:
        for event in ("insert", "update", "delete"):
            sql.execute(UNGUARDED.format(trigger=f'"sealed_{table}_{event}"'))
        sql.execute(statement)
        sql.commit()


def test_a_sealed_month_is_whole_and_says_what_the_review_says(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    path = sealed(office, clock, tmp_path)
    found = costing.check_sealed(path)
    total = office.ask(costing.get_month_review, month=MARCH).review.total
    assert (found.is_whole, found.faults, found.month) == (True, (), MARCH)
    assert (found.usage, found.closing) == (total.value("usage"), total.value("closing"))
    assert {"review_item", "waste", "not_invoiced", "journal_line", "posting", "entry"} <= {
        name for name, _n in found.tables
    }
    assert path.read_bytes() == office.ask(costing.seal_month, month=MARCH)
    with closing(sqlite3.connect(path)) as sql:
        views = [row[0] for row in sql.execute("select name from sqlite_master where type = 'view'")]
        assert len(views) == len(found.tables)
        for view in views:
            sql.execute(f'select * from "{view}"').fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="sealed"):
            sql.execute("delete from waste")


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        ("entry", "update entry set value = '1.00' where rowid = 2", "entry"),
        ("review_item", "delete from review_item where rowid = 1", "review_item"),
        ("waste", "update waste set value = '0.01'", "waste"),
        ("meta", "update meta set value = '别家' where key = 'site'", "itself"),
        ("meta", "update meta set value = 'x' where key = 'seal'", "itself"),
    ],
)
def test_whoever_changes_a_sealed_month_is_found_out(
    office: Office, clock: FixedClock, tmp_path: Path, table: str, statement: str, said: str
) -> None:
    path = sealed(office, clock, tmp_path)
    change(path, table, statement)
    found = costing.check_sealed(path)
    assert not found.is_whole
    assert any(said in str(fault) for fault in found.faults)


def test_what_is_no_sealed_month_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        costing.check_sealed(tmp_path / "nothing.db")
    other = tmp_path / "other.db"
    for content in (b"", b"not a database", b"SQLite format 3\0 broken"):
        other.write_bytes(content)
        with pytest.raises(InvalidInput):
            costing.check_sealed(other)
    other.unlink()
    with closing(sqlite3.connect(other)) as sql:
        sql.execute("create table meta (key text, value text)")
        sql.commit()
    with pytest.raises(InvalidInput):
        costing.check_sealed(other)
    office.sign_out()
    with pytest.raises(NotAllowed):
        office.ask(costing.seal_month, month=MARCH)
