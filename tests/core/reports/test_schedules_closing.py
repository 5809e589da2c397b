"""A schedule that follows the closing of a month: once for each closing, about that month."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import costing, mail, reports
from core.clock import FixedClock
from core.errors import Refused
from core.maintenance import record_restore
from core.office import Office
from core.reports import When, run_due
from db.enums import Rhythm, RunState
from tests.core.mail.makers import set_up
from tests.core.reports.schedules import by_mail, edit, files, rows, runs, save
from tests.helpers.stock import issue, make_items, receive

AFTER = When(Rhythm.MONTH_CLOSED)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def close(office: Office, month: str) -> None:
    office.do(costing.close_month, month=month, confirmed=frozenset({"open_checks"}))


def test_each_closing_makes_one_report_about_its_month(
    office: Office, clock: FixedClock, place: Path, site_url: str
) -> None:
    items = make_items(site_url, 1)
    clock.at = datetime(2026, 2, 10, 4, tzinfo=UTC)
    receive(office, items)
    clock.at = datetime(2026, 3, 20, 4, tzinfo=UTC)
    issue(office, items)
    clock.at = datetime(2026, 4, 2, 4, tzinfo=UTC)
    schedule_id = save(office, edit(place, report="stock-ledger", when=AFTER))
    with pytest.raises(Refused):
        office.do(reports.run_schedule, schedule_id=schedule_id)
    assert run_due(office) == reports.JobsRun() and rows(office)[0].next_at is None
    clock.advance(minutes=1)
    close(office, "2026-02")
    assert run_due(office).made == 1 and run_due(office) == reports.JobsRun()
    (name,) = files(place)
    assert name.startswith("Stock 2026-02 2026-04-02 1201")
    content = (place / name).read_text(encoding="utf-8-sig")
    assert "2026-02-10" in content and "2026-03-20" not in content
    clock.advance(hours=1)
    close(office, "2026-03")
    assert run_due(office).made == 1 and len(files(place)) == 2
    assert any(one.startswith("Stock 2026-03 ") for one in files(place))


def test_two_months_closed_while_no_program_ran_are_a_report_each(
    office: Office, clock: FixedClock, place: Path, site_url: str
) -> None:
    clock.at = datetime(2026, 2, 10, 4, tzinfo=UTC)
    receive(office, make_items(site_url, 1))
    clock.at = datetime(2026, 4, 2, 4, tzinfo=UTC)
    save(office, edit(place, when=AFTER))
    clock.advance(minutes=1)
    close(office, "2026-02")
    clock.advance(hours=1)
    close(office, "2026-03")
    assert run_due(office).made == 2
    assert [run.missed for run in runs(office)] == [0, 0]
    assert [name[:13] for name in files(place)] == ["Stock 2026-02", "Stock 2026-03"]


def test_a_closing_taken_back_before_it_was_seen_makes_nothing_and_the_next_one_does(
    office: Office, clock: FixedClock, place: Path, site_url: str
) -> None:
    clock.at = datetime(2026, 2, 10, 4, tzinfo=UTC)
    receive(office, make_items(site_url, 1))
    clock.at = datetime(2026, 4, 2, 4, tzinfo=UTC)
    save(office, edit(place, when=AFTER))
    clock.advance(minutes=1)
    close(office, "2026-02")
    office.do(costing.reopen_month, month="2026-02", reason="wrong count")
    assert run_due(office) == reports.JobsRun()
    clock.advance(hours=1)
    clock.advance(minutes=1)
    close(office, "2026-02")
    assert run_due(office).made == 1 and len(files(place)) == 1


def test_a_restored_site_sends_nothing_that_may_have_gone_and_makes_files_again(
    office: Office, clock: FixedClock, place: Path
) -> None:
    """What a backup of before knows nothing of: a file is made again under its name, an e-mail is left to a person."""
    save(office, edit(place))
    save(office, by_mail(name="Mail"))
    clock.advance(hours=1)
    run_due(office)
    assert office.ask(reports.count_runs).waiting == 1, "no mail server yet"
    clock.advance(days=1)
    office.do(record_restore, file="x", made_at="")
    set_up(office)
    assert run_due(office).made == 1 and len(files(place)) == 2
    by_name = {run.name: run for run in runs(office)}
    assert by_name["Mail"].state is RunState.FAILED and office.ask(mail.list_mails).total == 0
    office.do(reports.try_run_again, run_id=by_name["Mail"].id)
    assert run_due(office).made == 1 and office.ask(mail.list_mails).total == 1
