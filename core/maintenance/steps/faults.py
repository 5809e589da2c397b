"""Faults of disks and databases on the way of a backup, as sentences."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from core.errors import CoreError, Refused, Unavailable
from core.i18n import _
from db.backup import Differs
from db.engine import is_full

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def told_as_sentences(folder: Path) -> Iterator[None]:
    """Whatever goes wrong inside is told as a CoreError where a person can do something about it."""
    try:
        yield
    except CoreError:
        raise
    except OSError as fault:
        if fault.errno in NO_ROOM:
            raise _no_room(folder) from fault
        raise Refused(
            _(
                "{folder} cannot be used: {why}. Choose another folder.",
                folder=str(folder),
                why=fault.strerror or str(fault),
            ),
            field="file",
        ) from fault
    except (sqlite3.Error, DBAPIError) as fault:
        if is_full(fault) or (isinstance(fault, sqlite3.Error) and "full" in str(fault)):
            raise _no_room(folder) from fault
        if "locked" in str(fault):
            raise Unavailable(_("The database is busy. Nothing was saved. Try again in a moment.")) from fault
        raise
    except Differs as fault:
        raise Refused(
            _(
                "What was written could not be read again the same (tables: {tables}). Nothing was changed.",
                tables=", ".join(fault.args),
            )
        ) from fault


def _no_room(folder: Path) -> Refused:
    return Refused(
        _(
            "There is no room left in {folder}. Nothing was written. Make room, or choose another folder.",
            folder=str(folder),
        ),
        field="file",
    )
