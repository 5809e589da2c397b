"""The connections a program writes with: kept from one transaction to the next, so that none is fetched from the pool."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

MOST_KEPT = 2


class Writer:
    """Makes transactions. Each has its connection to itself; threads that write at the same moment have one each.

    A connection is kept only after a transaction that was ended well: otherwise it goes back to the pool, which resets
    it, or drops it when it is broken. Disposing of the engine closes those kept; a fork does not touch its parent's.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._free: list[Connection] = []
        self._inherited: list[Connection] = []
        self._disposed = 0
        self._pid = os.getpid()
        event.listen(engine, "engine_disposed", self._let_go)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction for the block to commit; what it does not commit is taken back."""
        connection, disposed = self._take(), self._disposed
        try:
            connection.begin()
            yield connection
        except BaseException:
            connection.close()
            raise
        if disposed != self._disposed:
            _close(connection)
        elif len(self._free) < MOST_KEPT and not connection.in_transaction():
            self._free.append(connection)
        else:
            connection.close()

    def _take(self) -> Connection:
        if self._pid != os.getpid():
            self._leave_to_parent()
        try:
            return self._free.pop()
        except IndexError:
            return self._engine.connect()

    def _leave_to_parent(self) -> None:
        """In a fork: its parent's connections are neither used nor closed."""
        self._pid = os.getpid()
        self._inherited, self._free = self._free, []
        self._engine.dispose(close=False)

    def _let_go(self, _engine: Engine) -> None:
        self._disposed += 1
        while self._free and self._pid == os.getpid():
            _close(self._free.pop())


def _close(connection: Connection) -> None:
    """For good: the pool it came from is gone."""
    connection.invalidate()
    connection.close()
