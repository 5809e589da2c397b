"""The database goes away at every step of a posting, or for a while: one request is one posting, never none, never two."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

import core.office
from core import maintenance
from core.changes import Changes
from core.errors import Unavailable
from core.office import Office
from tests.helpers.posters import watch_steps
from tests.helpers.postgres import PostgresServer
from tests.helpers.processes import until
from tests.helpers.sites import Postgres, make_site
from tests.helpers.stock import issue, make_items, receive

pytestmark = pytest.mark.log_warnings_expected  # the driver warns of every connection that breaks under it


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of our own, that may be killed."""
    running = PostgresServer()
    yield running
    running.close()


@pytest.fixture
def own_site(server: PostgresServer) -> Iterator[str]:
    own = Postgres(server.url())
    url = own.create()
    make_site(url)
    yield url
    own.drop(url)


@pytest.fixture
def own_office(own_site: str) -> Iterator[Office]:
    with Office.open(own_site, station="test") as opened:
        opened.sign_in_as_system()
        yield opened


def lost_answer() -> None:
    raise psycopg.OperationalError("server closed the connection unexpectedly")


class Trouble:
    """Makes trouble once, at one step of the office's next command: before a statement reaches the driver, before COMMIT,
    or after it before its answer arrives."""

    def __init__(self, office: Office, make: Callable[[], object]) -> None:
        self.at, self.step, self._make = 0, 0, make
        engine = office._writer
        commit = engine.dialect.do_commit
        engine.dispose()
        event.listen(engine, "connect", self._watch)

        def commit_in_trouble(connection: Any) -> None:
            self.tick()
            commit(connection)
            if self.tick():
                lost_answer()

        engine.dialect.do_commit = commit_in_trouble  # type: ignore[method-assign, assignment]

    def arm(self, at: int) -> None:
        self.at, self.step = at, 0

    def tick(self) -> bool:
        self.step += 1
        if self.step != self.at:
            return False
        self.at = 0
        self._make()
        return True

    def _watch(self, connection: psycopg.Connection[Any], _record: object) -> None:
        trouble = self

        class Watched(psycopg.Cursor[Any]):
            def execute(self, *given: Any, **named: Any) -> Any:
                trouble.tick()
                return super().execute(*given, **named)

            def executemany(self, *given: Any, **named: Any) -> None:
                trouble.tick()
                super().executemany(*given, **named)

        connection.cursor_factory = Watched


def check_one_posting_each_step(office: Office, items: list[int], make_trouble: Callable[[], object]) -> int:
    """Make trouble at every step of a posting, the office goes on by itself; answers how many steps there were."""
    trouble = Trouble(office, make_trouble)
    receive(office, items, qty="1000", value="3000")
    trouble.arm(-1)
    first = issue(office, items, qty="1")
    steps = trouble.step
    for step in range(1, steps + 1):
        trouble.arm(step)
        posted = issue(office, items, qty="1", request_id=f"step-{step}")
        assert trouble.at == 0, "no trouble was made"
        assert posted.posting_id == first.posting_id + step
        assert issue(office, items, qty="1", request_id=f"step-{step}") == posted
    report = office.ask(maintenance.verify_ledger)
    assert report.findings == ()
    assert report.postings == steps + 2
    return steps


def test_the_server_is_killed_at_every_step_of_a_posting(
    own_office: Office, own_site: str, server: PostgresServer
) -> None:
    def kill_and_start() -> None:
        server.kill()
        server.start()

    steps = check_one_posting_each_step(own_office, make_items(own_site, 2), kill_and_start)
    assert steps > 8


def test_the_connection_is_cut_at_every_step_of_a_posting(postgres_site: str, postgres: Postgres) -> None:
    with Office.open(postgres_site, station="test") as office:
        office.sign_in_as_system()
        items = make_items(postgres_site, 2)
        assert check_one_posting_each_step(office, items, lambda: postgres.cut(postgres_site)) > 8


@pytest.mark.parametrize("step", ["first", "middle", "at commit", "after commit"])
def test_a_server_that_stays_away_is_said_and_the_same_request_goes_through_later(
    own_office: Office, own_site: str, server: PostgresServer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(core.office, "MOST_ATTEMPTS", 2)
    items = make_items(own_site, 2)
    trouble = Trouble(own_office, server.kill)
    receive(own_office, items)
    trouble.arm(-1)
    issue(own_office, items, qty="1")
    steps = trouble.step
    trouble.arm({"first": 1, "middle": steps // 2, "at commit": steps - 1, "after commit": steps}[step])
    with pytest.raises(Unavailable, match="cannot be reached"):
        issue(own_office, items, qty="1", request_id="kept")
    with pytest.raises(Unavailable):
        own_office.ask(maintenance.find_newest_backup)
    server.start()
    posted = issue(own_office, items, qty="1", request_id="kept")
    assert posted.posting_id == 3
    assert issue(own_office, items, qty="1", request_id="kept") == posted
    assert own_office.ask(maintenance.verify_ledger).findings == ()


class Ear:
    """Keeps what an office hears."""

    def __init__(self, office: Office) -> None:
        self.changes: list[Changes] = []
        self.reached: list[bool] = []
        self._lock = threading.Lock()
        office.subscribe(self._hear, self.reached.append)

    def _hear(self, changes: Changes) -> None:
        with self._lock:
            self.changes.append(changes)

    def has_heard(self, journal_id: int) -> bool:
        with self._lock:
            return any(one.journal_id == journal_id and one.touches("stock") for one in self.changes)


def newest(office: Office) -> int:
    return office._read(lambda sql: int(sql.exec_driver_sql("select max(id) from journal").scalar_one()))


def test_two_programs_hear_of_each_others_postings_within_a_second(office: Office, site_url: str) -> None:
    items = make_items(site_url, 2)
    with Office.open(site_url, station="other", clock=office.clock) as other:
        other.sign_in_as_system()
        ears = {office: Ear(office), other: Ear(other)}
        receive(office, items)
        for giver, taker in ((office, other), (other, office)):
            issue(giver, items, qty="1")
            journal_id = newest(giver)
            until(lambda ear=ears[taker], row=journal_id: ear.has_heard(row), seconds=1, what="the news")  # type: ignore[misc]


def test_they_hear_again_after_the_server_was_restarted_and_what_they_missed(
    own_office: Office, own_site: str, server: PostgresServer
) -> None:
    items = make_items(own_site, 2)
    receive(own_office, items)
    with Office.open(own_site, station="other") as other:
        other.sign_in_as_system()
        ear = Ear(other)
        until(lambda: ear.reached == [True], what="listening")
        server.kill()
        until(lambda: ear.reached[-1] is False, what="noticing that the server is gone")
        server.start()
        issue(own_office, items, qty="1")
        missed = newest(own_office)
        until(lambda: ear.has_heard(missed), seconds=5, what="the news of the time without connection")
        assert ear.reached[-1] is True
        issue(own_office, items, qty="1")
        heard = newest(own_office)
        until(lambda: ear.has_heard(heard), seconds=1, what="the news")


def test_steps_are_counted_to_the_commit_and_beyond(office: Office, site_url: str) -> None:
    items = make_items(site_url, 1)
    receive(office, items)
    seen: list[int] = []
    count = watch_steps(office._writer, seen.append)
    issue(office, items)
    assert seen == list(range(1, count[0] + 1)) and count[0] > 8
