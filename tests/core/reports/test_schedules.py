"""Schedules: a report is made when it is due, once, and what goes wrong is told and tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from core import identity, mail, reports
from core.clock import FixedClock
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotAllowed, NotFound, Refused
from core.i18n import tr
from core.office import Office
from core.reports import Asked, ViewEdit, When, run_due
from db.enums import MailState, Period, Rhythm, RunState, ViewKind
from db.journal import Journal
from tests.core.mail.makers import set_up
from tests.core.reports.schedules import DAILY, by_mail, edit, files, rows, runs, save
from tests.helpers.stock import make_items, receive

HOUR = timedelta(hours=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder reports go to."""
    folder = tmp_path / "报表"
    folder.mkdir()
    return folder


def journal_rows(office: Office) -> int:
    with office._reader.begin() as sql:
        return sql.execute(select(func.count()).select_from(Journal)).scalar_one()


def test_a_report_is_written_when_it_is_due_and_once(
    office: Office, clock: FixedClock, place: Path, site_url: str
) -> None:
    receive(office, make_items(site_url, 2))
    save(office, edit(place))
    assert run_due(office).made == 0 and files(place) == []
    clock.advance(hours=1)
    assert run_due(office).made == 1
    assert files(place) == ["Stock 2026-03-04 1230.csv"]
    assert (place / files(place)[0]).read_text(encoding="utf-8-sig").count("I-fi-") == 2
    assert run_due(office) == reports.JobsRun()
    (run,) = runs(office)
    assert (run.state, run.attempts, run.path) == (RunState.DONE, 1, str(place / files(place)[0]))
    assert (
        run.due_at == datetime(2026, 3, 4, 4, 30, tzinfo=UTC) and run.size == (place / files(place)[0]).stat().st_size
    )


def test_nothing_is_written_in_the_journal_while_nothing_is_due(office: Office, place: Path) -> None:
    save(office, edit(place))
    before = journal_rows(office)
    run_due(office)
    assert journal_rows(office) == before


def test_what_was_missed_is_made_once_about_the_newest_moment(office: Office, clock: FixedClock, place: Path) -> None:
    save(office, edit(place))
    clock.advance(days=5)
    assert run_due(office).made == 1
    (run,) = runs(office)
    assert (run.missed, files(place)) == (4, ["Stock 2026-03-08 1230.csv"])


def test_a_clock_set_back_never_runs_twice(office: Office, clock: FixedClock, place: Path) -> None:
    save(office, edit(place))
    clock.advance(days=3, hours=1)
    run_due(office)
    for back in (HOUR, timedelta(days=2), timedelta(days=300)):
        now = clock.at
        clock.at = now - back
        assert run_due(office) == reports.JobsRun()
        clock.at = now
    assert run_due(office) == reports.JobsRun() and len(runs(office)) == 1


def test_a_clock_that_was_years_ahead_is_told_and_put_right_by_saving(
    office: Office, clock: FixedClock, place: Path
) -> None:
    schedule_id = save(office, edit(place))
    now = clock.at
    clock.advance(days=3650)
    run_due(office)
    clock.at = now + timedelta(days=1)
    assert run_due(office) == reports.JobsRun()
    (row,) = rows(office)
    assert row.warning is not None and "2036" in tr(row.warning, "en")
    save(office, row.edit, schedule_id=schedule_id, version=row.version, seen=row.edit)
    clock.advance(days=1)
    assert run_due(office).made == 1 and rows(office)[0].warning is None


def test_a_folder_that_is_gone_is_told_and_tried_again(office: Office, clock: FixedClock, place: Path) -> None:
    folder = place / "share"
    save(office, edit(folder))
    clock.advance(hours=1)
    first = run_due(office)
    assert (first.later, first.made) == (1, 0) and "is not there" in tr(first.troubles[0], "en")
    (run,) = runs(office)
    assert run.state is RunState.WAITING and run.why is not None and str(folder) in tr(run.why, "zh")
    assert run_due(office) == reports.JobsRun(), "it waits a minute first"
    folder.mkdir()
    clock.advance(minutes=2)
    assert run_due(office).made == 1 and files(folder) == ["Stock 2026-03-04 1230.csv"]
    assert runs(office)[0].why is None


def test_a_file_in_the_place_of_the_folder_is_told(office: Office, clock: FixedClock, place: Path) -> None:
    (place / "file").write_text("x")
    save(office, edit(place / "file"))
    clock.advance(hours=1)
    assert "is a file and no folder" in tr(run_due(office).troubles[0], "en")


def test_after_five_days_a_run_is_given_up_and_a_person_tries_again(
    office: Office, clock: FixedClock, place: Path
) -> None:
    folder = place / "share"
    save(office, edit(folder, when=When(Rhythm.MONTHLY, "12:30", month_day=4)))
    for _hour in range(6 * 8):
        clock.advance(hours=3)
        run_due(office)
    (run,) = runs(office)
    assert run.state is RunState.FAILED and run.attempts < 50
    assert office.ask(reports.count_runs).failed == 1
    folder.mkdir()
    office.do(reports.try_run_again, run_id=run.id)
    assert run_due(office).made == 1 and files(folder) == ["Stock 2026-03-04 1230.csv"]
    with pytest.raises(Refused):
        office.do(reports.try_run_again, run_id=run.id)


def test_the_next_day_takes_the_place_of_one_that_could_not_be_made(
    office: Office, clock: FixedClock, place: Path
) -> None:
    save(office, edit(place / "share"))
    clock.advance(hours=1)
    run_due(office)
    clock.advance(days=1)
    (place / "share").mkdir()
    assert run_due(office).made == 1
    newest, older = runs(office)
    assert (newest.state, older.state) == (RunState.DONE, RunState.FAILED)
    assert older.why is not None and "is not there" in tr(older.why, "en")


def test_an_e_mail_goes_into_the_outbox_with_the_report(office: Office, clock: FixedClock) -> None:
    set_up(office)
    save(office, by_mail(form="xlsx"))
    clock.advance(hours=1)
    assert run_due(office).made == 1
    (row,) = office.ask(mail.list_mails).rows
    card = office.ask(mail.get_mail, mail_id=row.id)
    assert row.state is MailState.QUEUED and row.recipients == "owner@example.com, chef@example.com"
    assert card.attachments[0][0] == "Stock 2026-03-04 1230.xlsx"
    assert runs(office)[0].mail_id == row.id


def test_without_a_mail_server_it_waits_until_there_is_one(office: Office, clock: FixedClock) -> None:
    save(office, by_mail())
    clock.advance(hours=1)
    found = run_due(office)
    assert found.later == 1 and "No mail server" in tr(found.troubles[0], "en")
    set_up(office)
    clock.advance(minutes=5)
    assert run_due(office).made == 1 and office.ask(mail.list_mails).total == 1


def test_a_report_that_is_gone_is_told_and_not_tried_again(
    office: Office, clock: FixedClock, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(office, edit(place))
    from core.reports.steps import catalogue

    monkeypatch.delitem(catalogue.CATALOGUE, "stock-on-hand")
    clock.advance(hours=1)
    found = run_due(office)
    assert found.failed == 1 and "There is no report stock-on-hand" in tr(found.troubles[0], "en")
    (row,) = rows(office)
    assert row.warning is not None and row.last is not None and row.last.state is RunState.FAILED
    clock.advance(minutes=10)
    assert run_due(office) == reports.JobsRun()


def test_a_fault_of_the_program_is_told_with_its_number_and_stops_no_other(
    office: Office, clock: FixedClock, place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from core.reports.steps.scheduled import write_scheduled as made

    def broken(uow: object, new: reports.ScheduleEdit, *more: object) -> None:
        if new.name == "Bad":
            raise ZeroDivisionError
        made(uow, new, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("core.reports.queries.schedules.write_scheduled", broken)
    monkeypatch.setattr("core.crashes._log.error", lambda *_words: None)
    save(office, edit(place, name="Bad")), save(office, edit(place))
    clock.advance(hours=1)
    found = run_due(office)
    assert (found.made, found.failed) == (1, 1) and "number" in tr(found.troubles[0], "en")


def saved_by_a_manager(office: Office, place: Path) -> tuple[int, dict[str, int]]:
    """A schedule saved by a manager: the manager's id, and the roles by name."""
    roles = {role.name_en: role.id for role in office.ask(identity.list_roles)}
    person = office.do(
        identity.add_person,
        new=identity.NewPerson("Li", password="a long enough password", roles=(identity.RoleGrant(roles["Manager"]),)),
    )
    office.sign_in("Li", "a long enough password")
    save(office, edit(place))
    office.sign_in_as_system()
    return person, roles


def test_a_schedule_is_made_with_the_rights_of_who_saved_it(office: Office, clock: FixedClock, place: Path) -> None:
    person, _roles = saved_by_a_manager(office, place)
    office.do(identity.deactivate_person, person_id=person)
    clock.advance(hours=1)
    found = run_due(office)
    assert found.failed == 1 and "no longer active" in tr(found.troubles[0], "en")
    (row,) = rows(office)
    assert row.warning is not None
    save(office, row.edit, schedule_id=row.id, version=row.version, seen=row.edit)
    clock.advance(days=1)
    assert run_due(office).made == 1


def test_who_lost_the_right_is_named_to_whoever_looks(office: Office, clock: FixedClock, place: Path) -> None:
    person, roles = saved_by_a_manager(office, place)
    office.do(identity.take_role, person_id=person, role_id=roles["Manager"])
    office.do(identity.give_role, person_id=person, role_id=roles["Technician"])
    clock.advance(hours=1)
    (why,) = run_due(office).troubles
    assert tr(why, "en").startswith("Li, who saved this schedule,") and "You" not in tr(why, "en")
    (row,) = rows(office)
    assert row.warning == why and list(place.iterdir()) == []


def test_a_folder_of_one_pc_is_written_by_that_pc_only(
    office: Office, clock: FixedClock, place: Path, site_url: str
) -> None:
    save(office, edit(place, station="kitchen"))
    clock.advance(hours=1)
    assert run_due(office) == reports.JobsRun() and runs(office)[0].state is RunState.WAITING
    with Office.open(site_url, station="kitchen", clock=clock) as other:
        other.sign_in_as_system()
        assert run_due(other).made == 1
    assert runs(office)[0].taken_by == "kitchen"


def test_a_schedule_switched_off_makes_nothing_more(office: Office, clock: FixedClock, place: Path) -> None:
    schedule_id = save(office, edit(place / "share"))
    clock.advance(hours=1)
    run_due(office)
    (row,) = rows(office)
    save(office, replace(row.edit, is_on=False), schedule_id=schedule_id, version=row.version, seen=row.edit)
    (place / "share").mkdir()
    clock.advance(days=2)
    assert run_due(office) == reports.JobsRun() and rows(office)[0].next_at is None
    assert runs(office)[0].state is RunState.FAILED


def test_it_runs_when_a_person_says_so_and_on_its_own_time_too(office: Office, clock: FixedClock, place: Path) -> None:
    schedule_id = save(office, edit(place))
    office.do(reports.run_schedule, schedule_id=schedule_id)
    assert run_due(office).made == 1
    clock.advance(hours=1)
    assert run_due(office).made == 1
    assert files(place) == ["Stock 2026-03-04 1200.csv", "Stock 2026-03-04 1230.csv"]


def test_a_saved_view_is_made_as_it_asks(office: Office, clock: FixedClock, place: Path, site_url: str) -> None:
    receive(office, make_items(site_url, 2))
    view = ViewEdit(ViewKind.REPORT, "stock-value", "Mine", Asked())
    view_id = office.do(reports.save_view, new=view)
    save(office, edit(place, report="", view_id=view_id, period=Period.LAST_MONTH))
    assert tr(rows(office)[0].title, "en") == "Mine"
    clock.advance(hours=1)
    assert run_due(office).made == 1
    with pytest.raises(NeedsConfirmation):
        office.do(reports.remove_view, view_id=view_id)
    office.do(reports.remove_view, view_id=view_id, confirmed=frozenset({"view_in_use"}))
    (row,) = rows(office)
    assert not row.edit.is_on and row.warning is not None
    with pytest.raises(NotFound):
        save(office, edit(place, name="Again", report="", view_id=view_id))


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "///..."}, None),
        ({"name": "x" * 61}, "name"),
        ({"report": "no-such"}, "report"),
        ({"form": "doc"}, "form"),
        ({"folder": "reports"}, "folder"),
        ({"folder": ""}, "folder"),
        ({"folder": "/" + "x" * 390}, "folder"),
        ({"when": When(Rhythm.DAILY, "24:00")}, "at_time"),
        ({"language": "fr"}, "language"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(
    office: Office, place: Path, over: dict[str, Any], field: str | None
) -> None:
    if field is None:
        assert save(office, edit(place, **over))
        return
    with pytest.raises((InvalidInput, NotFound)) as caught:
        save(office, edit(**{"folder": place, **over}))
    assert caught.value.field == field


def test_wrong_addresses_and_names_taken_are_refused(office: Office, place: Path) -> None:
    with pytest.raises(InvalidInput):
        save(office, replace(by_mail(), recipients="owner@"))
    with pytest.raises(InvalidInput):
        save(office, replace(by_mail(), recipients=" , "))
    save(office, edit(place, name="a/b"))
    with pytest.raises(InvalidInput):
        save(office, edit(place, name="A:B"))


def test_two_people_who_edit_one_schedule_are_asked(office: Office, place: Path) -> None:
    schedule_id = save(office, edit(place))
    (row,) = rows(office)
    save(office, replace(row.edit, form="pdf"), schedule_id=schedule_id, version=1, seen=row.edit)
    save(
        office,
        replace(row.edit, when=replace(DAILY, at_time="7:00")),
        schedule_id=schedule_id,
        version=1,
        seen=row.edit,
    )
    assert (rows(office)[0].edit.form, rows(office)[0].edit.when.at_time) == ("pdf", "07:00")
    with pytest.raises(Conflict):
        save(office, replace(row.edit, form="json"), schedule_id=schedule_id, version=1, seen=row.edit)


def test_a_removed_schedule_leaves_its_runs_and_its_name(office: Office, clock: FixedClock, place: Path) -> None:
    schedule_id = save(office, edit(place))
    clock.advance(hours=1)
    run_due(office)
    office.do(reports.remove_schedule, schedule_id=schedule_id)
    assert rows(office) == () and len(runs(office)) == 1
    assert save(office, edit(place)) != schedule_id
    with pytest.raises(NotFound):
        office.do(reports.run_schedule, schedule_id=schedule_id)


def test_who_may_not_set_up_schedules_is_refused(office: Office, place: Path) -> None:
    roles = {role.name_en: role.id for role in office.ask(identity.list_roles)}
    grants = (identity.RoleGrant(roles["Buyer"]),)
    office.do(identity.add_person, new=identity.NewPerson("Wu", password="a long enough password", roles=grants))
    office.sign_in("Wu", "a long enough password")
    with pytest.raises(NotAllowed):
        save(office, edit(place))
