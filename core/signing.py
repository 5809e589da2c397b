"""Who somebody is, by password, PIN or badge: for signing in, and for standing in for one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from sqlalchemy import Connection

from core import identity
from core.clock import Clock
from core.errors import SignInFailed
from core.registry import UseCase
from core.uow import UnitOfWork

T = TypeVar("T")


class Read(Protocol):
    """Runs something on a snapshot."""

    def __call__(self, run: Callable[[Connection], T]) -> T: ...


class Transact(Protocol):
    """Runs something in a transaction, once for its request id."""

    def __call__(
        self, case: UseCase, run: Callable[[UnitOfWork], T], *, person_id: int, request_id: str, facts: dict[str, Any]
    ) -> T: ...


class Secrets:
    """Checks secrets with the office's own reading and writing."""

    def __init__(self, read: Read, transact: Transact, clock: Clock) -> None:
        self._read, self._transact, self._clock = read, transact, clock

    def person_with(
        self, case: UseCase, how: str, find: Callable[[Connection], identity.SignInFacts | None], secret: str
    ) -> int:
        """Who it is. An unknown name takes the same steps as a known one, so that the time tells nothing."""
        facts = self._read(find)
        if facts is not None:
            self._check_lock(facts)
        stored = "" if facts is None else facts.password_hash if how == "password" else facts.pin_hash
        succeeded = identity.verify_secret(stored, secret)
        person_id = None if facts is None else facts.person_id

        def record(uow: UnitOfWork) -> int:
            return identity.record_sign_in(uow, person_id, succeeded=succeeded)

        kept: dict[str, Any] = {"how": how, "succeeded": succeeded} | ({"known": False} if facts is None else {})
        named = self._read(identity.program_id) if person_id is None else person_id
        tries = self._transact(case, record, person_id=named, request_id=uuid4().hex, facts=kept)
        if person_id is None or not succeeded:
            raise SignInFailed(identity.wrong_secret(tries))
        return person_id

    def _check_lock(self, facts: identity.SignInFacts) -> None:
        now, until, person_id = self._clock.now(), facts.locked_until, facts.person_id
        if until is not None and until > identity.longest_lock(now):
            self._transact(
                identity.SIGN_IN,
                lambda uow: identity.shorten_lock(uow, person_id),
                person_id=person_id,
                request_id=uuid4().hex,
                facts={"succeeded": False, "clock_set_back": True},
            )
        identity.check_not_locked_out(until, now)
