"""Whole sites, named as on the command line: open, do the work, note it, close. What windows and the CLI call."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy.engine import URL

from core.clock import Clock
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.maintenance.commands import record_backup, record_restore
from core.maintenance.queries import copy_site, list_checks, verify_ledger
from core.maintenance.steps.backup import drop_old_backups, facts_to_record
from core.maintenance.steps.doctor import examine_pc
from core.maintenance.steps.restore import restore
from core.maintenance.steps.upgrade import needs_upgrade, upgrade_with_backup
from core.maintenance.types import BackupFacts, BackupMade, Check, Progress, VerifyReport
from core.office import Office
from core.paths import data_folder
from core.sites import locate, save_site, saved_sites
from db.engine import open_engine, url_of


def verify_site(site: str, progress: Progress | None = None) -> VerifyReport:
    """Check a site from end to end; changes nothing. Raises what opening it raises."""
    with Office.open(site) as office:
        office.sign_in_as_system()
        return office.ask(verify_ledger, progress=progress)


def backup_site(
    site: str, to: str | Path | None = None, verify: bool = True, progress: Progress | None = None
) -> BackupMade:
    """Write a backup of a site to a file or folder (None: the folder for backups, where old ones then are dropped).

    With `verify` it is proved by restoring it into a temporary file. Raises Refused without room, WrongLedger when the
    data is wrong (the backup stays).
    """
    with Office.open(site) as office:
        office.sign_in_as_system()
        return back_up(office, None if to is None else Path(to).expanduser().resolve(), verify, progress)


def back_up(
    office: Office, to: Path | None = None, verify: bool = True, progress: Progress | None = None
) -> BackupMade:
    """The same for an open office, as the person signed in."""
    made = office.ask(copy_site, to=to, is_proved=verify, progress=progress)
    office.do(record_backup, **facts_to_record(made))
    if to is None:
        drop_old_backups(Path(made.path).parent, made.facts.site)
    return made


def restore_site(
    file: str | Path, site: str, *, replace: bool = False, progress: Progress | None = None
) -> BackupFacts:
    """Restore a backup to a new file, an empty database or, with `replace`, over a site (which is backed up first).

    Exact in every direction: a backup of PostgreSQL into a file and the other way. Raises NotFound, DamagedBackup,
    Refused for a newer backup, WrongLedger, NeedsConfirmation without `replace`; the target is then as it was.
    """
    try:
        url = locate(site)
    except NotFound:
        url = url_of(site)
    path = Path(file).expanduser().resolve()
    facts = restore(path, url, replace=replace, now=Clock().now(), progress=progress)
    with Office.open(_name_of(url)) as office:
        office.sign_in_as_system()
        office.do(record_restore, file=str(path), made_at=facts.made_at.isoformat())
    return facts


def restore_as_new(file: str | Path, name: str, progress: Progress | None = None) -> str:
    """Restore a backup as a further site of this PC, beside those that are there; answers where it is.

    The site is put on the list of saved sites under `name`. Raises InvalidInput when the name is taken, and as
    `restore_site` does.
    """
    kept = name.strip()
    if not kept:
        raise InvalidInput(_("How shall the restored site be called on this PC?"), field="name")
    file_name = re.sub(r"[^-\w ]+", "_", kept)[:60]
    path = data_folder() / f"{file_name}.steward"
    if kept in saved_sites() or path.exists():
        raise InvalidInput(
            _("There is a site {name} on this PC already. Choose another name.", name=kept), field="name"
        )
    restore_site(file, str(path), progress=progress)
    save_site(kept, str(path))
    return str(path)


def _name_of(url: URL) -> str:
    is_file = url.get_backend_name() == "sqlite"
    return str(url.database) if is_file else url.render_as_string(hide_password=False)


def upgrade_site(site: str, progress: Progress | None = None) -> BackupMade | None:
    """Back a site of an older version up, then bring it to this program's. Answers the backup; None: it was new enough.

    Raises Refused for a site of a newer Steward, and when the backup cannot be written (nothing is upgraded then).
    """
    url = locate(site)
    writer, reader = open_engine(url), open_engine(url, read_only=True)
    try:
        made = upgrade_with_backup(writer, reader, Clock().now(), progress)
    finally:
        writer.dispose()
        reader.dispose()
    if made is not None:
        with Office.open(site) as office:
            office.sign_in_as_system()
            office.do(record_backup, **facts_to_record(made))
    return made


def is_outdated(site: str) -> bool:
    """Whether a site must be upgraded before it can be opened. Raises NotFound, Refused."""
    engine = open_engine(locate(site))
    try:
        return needs_upgrade(engine)
    finally:
        engine.dispose()


def examine(site: str | None = None) -> tuple[Check, ...]:
    """The doctor's rows of this PC and, when one is named, of a site."""
    if site is None:
        return tuple(examine_pc())
    with Office.open(site) as office:
        office.sign_in_as_system()
        return office.ask(list_checks)
