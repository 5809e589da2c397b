"""The office: opens a site, signs people in, and runs every use case.

`do` runs a command in one transaction: begin, right, request known?, command, journal, announce, commit. It is the only
place that commits. `ask` runs a query on a read-only snapshot.
"""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable
from secrets import token_hex
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.exc import DBAPIError

from core import identity
from core.answers import from_json, journal_facts, to_json
from core.changes import Changes
from core.clock import Clock
from core.errors import CoreError, NotAllowed, Refused, Unavailable, Unreachable
from core.i18n import Text, _
from core.registry import UseCase, use_case
from core.signing import Secrets
from core.sites import check_version, locate
from core.uow import Actor, SiteFacts, UnitOfWork, not_allowed
from db.base import table_of, topics_by_table
from db.columns import as_json, micros
from db.engine import is_collision, is_damaged, is_full, is_lost, may_be_retried, open_engine, watch_tables
from db.enums import Permission
from db.journal import Journal
from db.migrate import latest_version
from db.notify import Listener, tell
from db.prepared import Prepared, insert_into
from db.schema import VERSION
from db.writer import Writer

T = TypeVar("T")
_KNOWN = Prepared(  # one question for both: is the request answered already, and is the database still ours to write
    select(VERSION.c.version_num.label("version"), Journal.result, Journal.id).select_from(
        VERSION.outerjoin(table_of(Journal), Journal.request_id == bindparam("request_id"))
    )
)
_JOURNAL = Prepared(insert_into(Journal, as_stored=True).returning(Journal.id))
MOST_ATTEMPTS = 8
MOST_COLLISIONS = 2
MOST_SECONDS = 12.0


class Office:
    """One open site and the person signed in to it."""

    def __init__(self, writer: Engine, reader: Engine, *, station: str, clock: Clock) -> None:
        self._writer, self._reader = writer, reader
        self._writing = Writer(writer)
        self.station, self.clock = station, clock
        self._person_id: int | None = None
        self._listener: Listener | None = None
        self._subscribers: list[Callable[[Changes], None]] = []
        self._reach_watchers: list[Callable[[bool], None]] = []
        self._topics = topics_by_table()
        self._version = latest_version()
        self._secrets = Secrets(self._read, self._transact, clock)
        watch_tables(writer)

    @classmethod
    def open(cls, site: str, *, station: str | None = None, clock: Clock | None = None) -> Office:
        """Open a site by path, `postgresql://` address or saved name. Raises NotFound, Unavailable, or Refused when its
        version does not fit this program."""
        url = locate(site)
        writer, reader = open_engine(url), open_engine(url, read_only=True)
        try:
            check_version(writer)
        except BaseException as fault:
            writer.dispose()
            reader.dispose()
            raise _as_sentence(fault) from fault
        return cls(writer, reader, station=station or socket.gethostname(), clock=clock or Clock())

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening and let go of the database."""
        if self._listener is not None:
            self._listener.stop()
            self._listener = None
        self._writer.dispose()
        self._reader.dispose()

    # signing in

    def sign_in(self, name: str, password: str) -> Actor:
        """Sign in with a password. Raises SignInFailed."""
        return self._sign_in("password", lambda sql: identity.find_sign_in(sql, name=name), password)

    def sign_in_with_pin(self, name: str, pin: str) -> Actor:
        """Switch to a person quickly by PIN. Raises SignInFailed."""
        return self._sign_in("pin", lambda sql: identity.find_sign_in(sql, name=name), pin)

    def sign_in_with_badge(self, badge: str, pin: str) -> Actor:
        """Switch by a scanned badge and the PIN that belongs to it. Raises SignInFailed."""
        return self._sign_in("badge", lambda sql: identity.find_sign_in(sql, badge=badge), pin)

    def sign_in_as_system(self) -> Actor:
        """Act as the site's first administrator: for the command line and schedules, which may open the database anyway."""
        actor = self._read(identity.system_actor)
        self._person_id = actor.person_id
        return actor

    def sign_out(self) -> None:
        """Nobody is signed in any more."""
        self._person_id = None

    @property
    def actor(self) -> Actor | None:
        """Who is signed in, with the rights of this moment."""
        person_id = self._person_id
        return None if person_id is None else self._read(lambda sql: identity.load_actor(sql, person_id))

    @property
    def site(self) -> SiteFacts:
        """The rules of the site; nobody need be signed in."""
        return self._read(identity.load_site)

    def people(self) -> tuple[identity.PersonTile, ...]:
        """Who may sign in, for the tiles of the sign-in window."""
        return self._read(identity.sign_in_tiles)

    def _sign_in(self, how: str, find: Callable[[Connection], identity.SignInFacts | None], secret: str) -> Actor:
        person_id = self._secrets.person_with(identity.SIGN_IN, how, find, secret)
        actor = self._read(lambda sql: identity.load_actor(sql, person_id))
        self._person_id = person_id
        return actor

    # doing and asking

    def do(
        self,
        command: Callable[..., T],
        *,
        request_id: str | None = None,
        confirmed: frozenset[str] = frozenset(),
        stand_in: tuple[str, str] | None = None,
        **arguments: Any,
    ) -> T:
        """Run a command exactly once for its request id and answer what it answered.

        `confirmed` holds the keys of questions already answered; `stand_in` the name and PIN of who allows this one
        action. Raises CoreError: nothing was saved then; Unavailable: the same request id may be sent again.
        """
        case = use_case(command)
        if not case.is_command:
            raise TypeError(f"{case.name} is a query")
        approver_id = None if stand_in is None else self._check_stand_in(*stand_in)

        def run(uow: UnitOfWork) -> T:
            uow.confirmed = confirmed
            if approver_id is not None:
                uow.approver = identity.load_actor(uow.sql, approver_id)
                uow.note(stand_in=uow.approver.name)
            _check_right(uow, case.permission)
            return command(uow, **arguments)

        return self._transact(
            case,
            run,
            person_id=self._signed_in(),
            request_id=request_id or token_hex(16),
            facts=journal_facts(arguments),
        )

    def ask(self, query: Callable[..., T], **arguments: Any) -> T:
        """Run a query on a snapshot of the database. Raises CoreError."""
        case = use_case(query)
        if case.is_command:
            raise TypeError(f"{case.name} is a command")
        person_id = self._signed_in()

        def run(sql: Connection) -> T:
            uow = self._unit_of_work(sql, person_id, request_id="")
            _check_right(uow, case.permission)
            return query(uow, **arguments)

        return self._read(run)

    def subscribe(self, heard: Callable[[Changes], None], reached: Callable[[bool], None] | None = None) -> None:
        """Call `heard` (on another thread) with every change, ours and those of other programs; `reached` with whether the
        database answers."""
        self._subscribers.append(heard)
        if reached is not None:
            self._reach_watchers.append(reached)
        if self._listener is None:
            self._listener = Listener(self._writer, self._hear, self._hear_reach)
            self._listener.start()

    def ping(self) -> float:
        """Milliseconds the database takes to answer. Raises Unavailable."""
        started = time.perf_counter()
        self._read(lambda sql: sql.exec_driver_sql("SELECT 1").scalar_one())
        return (time.perf_counter() - started) * 1000

    # inside

    def _signed_in(self) -> int:
        if self._person_id is None:
            raise NotAllowed(_("Sign in first."))
        return self._person_id

    def _check_stand_in(self, name: str, pin: str) -> int:
        self._signed_in()
        return self._secrets.person_with(
            identity.STAND_IN, "pin", lambda sql: identity.find_sign_in(sql, name=name), pin
        )

    def _unit_of_work(self, sql: Connection, person_id: int, *, request_id: str) -> UnitOfWork:
        return UnitOfWork(
            sql=sql,
            actor=identity.load_actor(sql, person_id),
            site=identity.load_site(sql),
            now=self.clock.now(),
            station=self.station,
            request_id=request_id,
        )

    def _transact(
        self, case: UseCase, run: Callable[[UnitOfWork], T], *, person_id: int, request_id: str, facts: dict[str, Any]
    ) -> T:
        last = time.monotonic() + MOST_SECONDS
        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                answer, changes = self._attempt(case, run, person_id, request_id, facts)
            except DBAPIError as fault:
                if is_lost(fault):
                    self._writer.dispose()
                if not _may_go_again(fault, attempt) or time.monotonic() > last:
                    raise _as_sentence(fault) from fault
                time.sleep(random.uniform(0.01, 0.05) * 2**attempt)
                continue
            if changes is not None:
                self._publish(changes)
            return answer
        raise AssertionError("unreachable")

    def _attempt(
        self, case: UseCase, run: Callable[[UnitOfWork], T], person_id: int, request_id: str, facts: dict[str, Any]
    ) -> tuple[T, Changes | None]:
        with self._writing.transaction() as sql:
            known = _KNOWN.rows(sql, request_id=request_id)
            _check_still_ours(known, self._version)
            if known[0].id is not None:
                sql.rollback()
                return from_json(known[0].result), None
            tables = sql.info["tables"] = set[str]()
            uow = self._unit_of_work(sql, person_id, request_id=request_id)
            answer = run(uow)
            topics = {self._topics[table] for table in tables if table in self._topics} | uow.topics
            row = {
                "request_id": request_id,
                "at": micros(uow.now),
                "person_id": person_id,
                "person_name": uow.actor.name,
                "station": self.station,
                "command": case.name,
                "facts": as_json({**facts, **journal_facts(uow.facts)} if uow.facts else facts),
                "result": as_json(to_json(answer)),
                "topics": " ".join(sorted(topics)),
            }
            journal_id = _JOURNAL.rows(sql, **row)[0].id
            topics = topics | {"journal"}
            tell(sql, topics, journal_id, self.station)
            sql.commit()
        return answer, Changes(frozenset(topics), journal_id, self.station)

    def _read(self, run: Callable[[Connection], T]) -> T:
        for attempt in (1, 2, 3):
            try:
                with self._reader.connect() as sql, sql.begin():
                    return run(sql)
            except DBAPIError as fault:
                if attempt == 3 or not is_lost(fault):
                    raise _as_sentence(fault) from fault
                self._reader.dispose()
        raise AssertionError("unreachable")

    def _publish(self, changes: Changes) -> None:
        for heard in self._subscribers:
            heard(changes)

    def _hear(self, topics: frozenset[str], journal_id: int, station: str) -> None:
        self._publish(Changes(topics | {"journal"}, journal_id, station))

    def _hear_reach(self, answers: bool) -> None:
        for reached in self._reach_watchers:
            reached(answers)


def _check_right(uow: UnitOfWork, permission: Permission | None) -> None:
    """The person, or who stands in, holds the right of a use case. Raises NotAllowed."""
    if not uow.may(permission):
        raise not_allowed(permission) if permission else NotAllowed(_("Sign in first."))


def _may_go_again(fault: DBAPIError, attempt: int) -> bool:
    """Whether a transaction that failed is run once more."""
    is_worth_it = is_lost(fault) or may_be_retried(fault) or (attempt <= MOST_COLLISIONS and is_collision(fault))
    return is_worth_it and attempt < MOST_ATTEMPTS


def _check_still_ours(known: list[Any], version: str) -> None:
    """The database is still of this program's version. Raises Refused."""
    if not known or known[0].version != version:
        raise Refused(
            _("This site was upgraded meanwhile. Close this program and start the new version; nothing was saved.")
        )


def _as_sentence(fault: BaseException) -> BaseException:
    """A fault of the database as a sentence; a fault that is a bug stays what it is."""
    if isinstance(fault, CoreError) or not isinstance(fault, Exception):
        return fault
    sentence: Text | None = None
    if is_damaged(fault):
        return Refused(_("This is no database of a site, or it is damaged. Restore the newest backup."))
    if is_full(fault):
        sentence = _("The disk of the database is full. Nothing was saved. Make room, then try again.")
    elif may_be_retried(fault):
        sentence = _("The database is busy. Nothing was saved. Try again in a moment.")
    elif is_lost(fault) or isinstance(getattr(fault, "orig", None), OSError):
        return Unreachable(
            _("The database cannot be reached. What you typed stays here; it is sent once when the database is back.")
        )
    return fault if sentence is None else Unavailable(sentence)
