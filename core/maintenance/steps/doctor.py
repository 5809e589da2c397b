"""The doctor: what this PC, its database and the site are like, a row and a sentence each."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from core import paths, secrets
from core.i18n import Text, _, verbatim
from core.maintenance.rules import health as rules
from core.maintenance.steps.newest import newest_backup
from core.maintenance.steps.version import program_version
from core.maintenance.types import Check, Level
from core.uow import UnitOfWork
from db.columns import micros
from db.guards import missing_guards
from db.health import Health, health
from db.migrate import latest_version
from db.schema import stored_version
from db.stock import StockPosting

MEGABYTE = 1_000_000


def examine_database(uow: UnitOfWork) -> tuple[Check, ...]:
    """All rows, this PC first, then the database, then the site."""
    found = health(uow.sql)
    return (*examine_pc(), *_database(uow, found), *_site(uow))


def examine_pc() -> Iterator[Check]:
    """What does not need a site: program, disk, keyring, fonts."""
    words = f"Steward {program_version()}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    yield Check(_("Program"), Level.OK, verbatim(words))
    for name, folder in ((_("Data folder"), paths.data_folder()), (_("Backup folder"), paths.backup_folder())):
        yield _folder(name, folder)
    yield _folder(_("Log folder"), paths.log_folder())
    if secrets.has_keyring():
        yield Check(_("Keyring"), Level.OK, _("Passwords of shared databases are kept in the system's keyring."))
    else:
        text = _("This PC has no keyring: the password of a shared database is asked at each start.")
        yield Check(_("Keyring"), Level.WARN, text)
    fonts = [*paths.resource("fonts").glob("*.[ot]t[fc]")]
    if fonts:
        yield Check(_("Fonts"), Level.OK, _("{n} font files for papers are there.", n=len(fonts)))
    else:
        text = _("The fonts of the papers are missing. Install the program again.")
        yield Check(_("Fonts"), Level.BAD, text)


def _folder(name: Text, folder: Path) -> Check:
    if not os.access(folder, os.W_OK):
        return Check(name, Level.BAD, _("{folder} cannot be written to.", folder=str(folder)))
    free = shutil.disk_usage(folder).free
    text = _("{folder}: {free} MB free.", folder=str(folder), free=free // MEGABYTE)
    return Check(name, rules.room_level(free), text)


def _database(uow: UnitOfWork, found: Health) -> Iterator[Check]:
    yield _engine_row(found)
    text = _("It answers within {ms} ms.", ms=f"{found.milliseconds:.1f}")
    yield Check(_("Answer of the database"), rules.latency_level(found.milliseconds), text)
    text = _(
        "{size} MB; {journal} MB of them wait in its journal.",
        size=found.size // MEGABYTE,
        journal=found.journal_size // MEGABYTE,
    )
    yield Check(_("Size"), Level.WARN if found.journal_size > rules.LONG_JOURNAL else Level.OK, text)
    if found.free is not None:
        text = _("{folder}: {free} MB free.", folder=found.folder, free=found.free // MEGABYTE)
        yield Check(_("Disk of the database"), rules.room_level(found.free), text)
    if found.most_connections:
        used = found.connections / found.most_connections
        text = _("{used} of {most} connections are in use.", used=found.connections, most=found.most_connections)
        yield Check(_("Connections"), Level.WARN if used > 0.8 else Level.OK, text)
    if found.faults:
        text = _("The database is damaged: {what}. Restore the newest backup.", what="; ".join(found.faults[:5]))
        yield Check(_("Structure"), Level.BAD, text)
    else:
        yield Check(_("Structure"), Level.OK, _("The database finds no fault in its own structure."))
    yield _clock_row(uow, found)


def _engine_row(found: Health) -> Check:
    is_old = found.kind == "PostgreSQL" and int(found.version.split(".")[0]) < rules.OLDEST_POSTGRES
    if is_old:
        text = _("{kind} {version} is too old; 15 or newer is needed.", kind=found.kind, version=found.version)
        return Check(_("Database"), Level.BAD, text)
    return Check(_("Database"), Level.OK, verbatim(f"{found.kind} {found.version}"))


def _clock_row(uow: UnitOfWork, found: Health) -> Check:
    """Against the database's clock; an embedded file has none, so against its newest posting."""
    if found.clock is None:
        newest = uow.sql.execute(select(func.max(StockPosting.posted_at))).scalar()
        if newest is not None and newest > uow.now:
            text = _("This PC's clock is behind the newest posting. Set the clock.")
            return Check(_("Clock"), Level.BAD, text)
        return Check(_("Clock"), Level.OK, _("The clock is not behind the newest posting."))
    seconds = (micros(uow.now) - found.clock) / 1_000_000
    text = _("The clocks of this PC and of the database are {seconds} s apart.", seconds=f"{abs(seconds):.1f}")
    return Check(_("Clock"), rules.clock_level(seconds), text)


def _site(uow: UnitOfWork) -> Iterator[Check]:
    version = stored_version(uow.sql)
    level = Level.OK if version == latest_version() else Level.BAD
    yield Check(_("Version of the data"), level, verbatim(str(version)))
    gone = missing_guards(uow.sql)
    if gone:
        text = _("Guards against changes of the ledger are missing: {names}. Run verify.", names=", ".join(gone))
        yield Check(_("Guards of the ledger"), Level.BAD, text)
    else:
        yield Check(_("Guards of the ledger"), Level.OK, _("The database refuses changes of the ledger."))
    newest = newest_backup(uow.sql, uow.now)
    if newest is None:
        has_postings = uow.sql.execute(select(StockPosting.id).limit(1)).first() is not None
        level = Level.BAD if has_postings else Level.WARN
        yield Check(_("Newest backup"), level, _("This site was never backed up. Make a backup now."))
        return
    text = _("{hours} hours old, on {station}: {file}", hours=newest.hours, station=newest.station, file=newest.file)
    yield Check(_("Newest backup"), rules.backup_level(newest.hours, newest.is_verified), text)
