"""The bare SQL of a command: its statements recorded, then sent again by the driver alone to a copy of the database.

The driver gets plain words and numbers over a connection with the program's own settings and has nothing to do besides:
what a careful author of SQL would send for the same rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from db.engine import open_engine, url_of

Statement = tuple[str, Any, bool]
Sender = Callable[[Sequence[Statement]], float]
COMMIT: Statement = ("COMMIT", (), False)


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """Every statement sent while the block runs, with its parameters; COMMIT included."""
    found: list[Statement] = []

    def _sent(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        found.append((statement, [_plain(row) for row in parameters] if many else _plain(parameters), many))

    def _committed(_connection: Any) -> None:
        found.append(COMMIT)

    event.listen(engine, "before_cursor_execute", _sent)
    event.listen(engine, "commit", _committed)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", _sent)
        event.remove(engine, "commit", _committed)


def _plain(parameters: Any) -> Any:
    """The same values without the program's own kinds of words, which cost a driver time."""
    if isinstance(parameters, dict):
        return {name: _plain_value(value) for name, value in parameters.items()}
    return tuple([_plain_value(value) for value in parameters])


def _plain_value(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


@contextmanager
def driver_alone(site: str) -> Iterator[Sender]:
    """A function that sends statements to a site by the driver alone and says how many milliseconds that took."""
    engine = open_engine(url_of(site))
    opened = engine.raw_connection()
    connection: Any = opened.driver_connection

    def send(statements: Sequence[Statement]) -> float:
        cursor = connection.cursor()
        started = time.perf_counter()
        for statement, parameters, many in statements:
            if statement == "COMMIT":
                connection.commit()
            elif many:
                cursor.executemany(statement, parameters)
            else:
                cursor.execute(statement, parameters)
                if cursor.description:
                    cursor.fetchall()
        return (time.perf_counter() - started) * 1000

    try:
        yield send
    finally:
        opened.close()
        engine.dispose()
