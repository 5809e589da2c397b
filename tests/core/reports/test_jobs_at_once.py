"""Two programs at once, and programs that end half way: one file, one e-mail, whatever happens in between."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core import mail, reports
from core.clock import FixedClock
from core.errors import Refused, Unavailable
from core.i18n import _, tr
from core.office import Office
from core.reports import JobsRun, run_due
from core.reports.sending import files as writing
from core.reports.types.schedules import MadeFile, TakenRun
from db.enums import RunState
from tests.core.mail.makers import set_up
from tests.core.reports.schedules import by_mail, edit, files, runs, save

LONG = timedelta(minutes=31)


class Killed(BaseException):
    """The program ends here, as by kill -9: nothing after it runs."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


@pytest.fixture
def other(site_url: str, clock: FixedClock) -> Iterator[Office]:
    """Another program on the same site."""
    with Office.open(site_url, station="other", clock=clock) as opened:
        opened.sign_in_as_system()
        yield opened


class Dying:
    """An office of a program that is killed when it comes to a command or query, before or after it."""

    def __init__(self, office: Office, at: Any, *, is_after: bool = False) -> None:
        self.office, self.at, self.is_after = office, at, is_after

    def do(self, command: Any, **arguments: Any) -> Any:
        return self._call(self.office.do, command, arguments)

    def ask(self, query: Any, **arguments: Any) -> Any:
        return self._call(self.office.ask, query, arguments)

    def _call(self, way: Any, what: Any, arguments: dict[str, Any]) -> Any:
        if what is self.at and not self.is_after:
            raise Killed
        answer = way(what, **arguments)
        if what is self.at:
            raise Killed
        return answer


def at_once(*offices: Office) -> list[JobsRun]:
    start, found = threading.Barrier(len(offices)), list[JobsRun]()

    def run(office: Office) -> None:
        start.wait()
        found.append(run_due(office))

    threads = [threading.Thread(target=run, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_programs_at_once_make_each_report_once(
    office: Office, other: Office, clock: FixedClock, place: Path
) -> None:
    set_up(office)
    for number in range(4):
        save(office, edit(place, name=f"S{number}"))
        save(office, by_mail(name=f"M{number}"))
    clock.advance(hours=1)
    found = at_once(office, other)
    assert sum(one.made for one in found) == 8 and not any(one.failed or one.later for one in found)
    assert len(files(place)) == 4 and office.ask(mail.list_mails).total == 4
    assert [run.state for run in runs(office)] == [RunState.DONE] * 8
    assert len({run.schedule_id for run in runs(office)}) == 8


@pytest.mark.parametrize(
    ("at", "is_after"),
    [
        (reports.plan_runs, False),
        (reports.plan_runs, True),
        (reports.take_run, True),
        (reports.get_taken_run, True),
        (reports.write_run, True),
        (reports.finish_run, False),
        (reports.finish_run, True),
    ],
)
def test_a_program_killed_anywhere_leaves_one_whole_file_and_one_e_mail(
    office: Office, other: Office, clock: FixedClock, place: Path, at: Any, is_after: bool
) -> None:
    set_up(office)
    save(office, edit(place)), save(office, by_mail(name="Mail"))
    clock.advance(hours=1)
    with pytest.raises(Killed):
        run_due(Dying(office, at, is_after=is_after))
    for _pass in range(3):
        run_due(other)
        clock.advance(minutes=31)
    assert files(place) == ["Stock 2026-03-04 1230.csv"]
    assert office.ask(mail.list_mails).total == 1
    assert [run.state for run in runs(office)] == [RunState.DONE] * 2


def test_nobody_takes_what_another_holds_until_it_must_have_ended(
    office: Office, other: Office, clock: FixedClock, place: Path
) -> None:
    save(office, edit(place))
    clock.advance(hours=1)
    with pytest.raises(Killed):
        run_due(Dying(office, reports.get_taken_run))
    assert run_due(other) == JobsRun() and runs(office)[0].state is RunState.RUNNING
    clock.advance(minutes=29)
    assert run_due(other) == JobsRun()
    clock.advance(minutes=2)
    assert run_due(other).later == 0
    clock.advance(minutes=1)
    run_due(other)
    assert files(place) == ["Stock 2026-03-04 1230.csv"] and runs(office)[0].attempts == 2


def test_who_was_given_up_changes_nothing_more(office: Office, clock: FixedClock) -> None:
    set_up(office)
    save(office, by_mail())
    clock.advance(hours=1)
    office.do(reports.plan_runs)
    run_id = office.do(reports.take_run, holder="first")
    assert office.do(reports.take_run, holder="second") == 0
    clock.at += LONG
    office.do(reports.plan_runs)
    clock.advance(minutes=2)
    assert office.do(reports.take_run, holder="second") == run_id
    made = MadeFile("a.csv", 1, content=b"x")
    assert not office.do(reports.finish_run, run_id=run_id, holder="first", made=made)
    state = office.do(reports.put_off_run, run_id=run_id, holder="first", why=_("The schedule was removed."))
    assert state is RunState.RUNNING and office.ask(mail.list_mails).total == 0
    with pytest.raises(Refused):
        office.ask(reports.get_taken_run, run_id=run_id, holder="first")
    assert office.do(reports.finish_run, run_id=run_id, holder="second", made=made)
    assert not office.do(reports.finish_run, run_id=run_id, holder="second", made=made)
    assert office.ask(mail.list_mails).total == 1


def test_a_database_away_at_the_end_makes_no_second_e_mail(office: Office, clock: FixedClock) -> None:
    """The answer to the last command is lost: the same request is asked again and was kept already."""
    set_up(office)
    save(office, by_mail())
    clock.advance(hours=1)
    lost: list[str] = []

    class Losing(Dying):
        def do(self, command: Any, **arguments: Any) -> Any:
            answer = self.office.do(command, **arguments)
            if command is reports.finish_run and not lost:
                lost.append("once")
                raise Unavailable(_("The schedule was removed."))
            return answer

    assert run_due(Losing(office, None)).made == 1
    assert lost and office.ask(mail.list_mails).total == 1


def test_a_full_disk_leaves_no_half_file(place: Path) -> None:
    def write(target: Any) -> None:
        target.write(b"half")
        raise OSError(28, os.strerror(28))

    with pytest.raises(Refused) as caught:
        writing.write_file(TakenRun(7, str(place), "a.csv"), "f" * 32, write)
    assert "is full" in tr(caught.value.text, "en") and files(place) == []


def test_a_file_that_may_not_be_written_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "a.csv").write_bytes(b"old")

    def refuse(self: Path, _target: Path) -> None:
        raise PermissionError(13, "open in another program", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Refused) as caught:
        writing.write_file(TakenRun(7, str(place), "a.csv"), "f" * 32, lambda target: target.write(b"new") and None)
    assert "another program" in tr(caught.value.text, "en")
    assert files(place) == ["a.csv"] and (place / "a.csv").read_bytes() == b"old"


def test_what_a_killed_program_left_half_written_is_cleared_away(place: Path) -> None:
    (place / ".a.csv.7.eeeeeeee.part").write_bytes(b"half")
    (place / ".a.csv.8.eeeeeeee.part").write_bytes(b"of another run")
    path, size = writing.write_file(
        TakenRun(7, str(place), "a.csv"), "f" * 32, lambda target: target.write(b"whole") and None
    )
    assert (Path(path).read_bytes(), size) == (b"whole", 5)
    assert files(place) == [".a.csv.8.eeeeeeee.part", "a.csv"]


def test_a_reading_begun_anew_leaves_nothing_of_the_first(office: Office, clock: FixedClock, place: Path) -> None:
    """The office asks again by itself when a connection was lost while rows were read."""
    save(office, edit(place))
    clock.advance(hours=1)

    class Twice(Dying):
        def ask(self, query: Any, **arguments: Any) -> Any:
            if query is reports.write_run:
                self.office.ask(query, **arguments)
            return self.office.ask(query, **arguments)

    assert run_due(Twice(office, None)).made == 1
    assert (place / files(place)[0]).read_text(encoding="utf-8-sig").count("Item code") == 1
