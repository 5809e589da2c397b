"""What the start window does with sites, beside it: list, open, make, join, sample. Loads the database layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import CoreError, NotFound, Refused, Unavailable
from core.i18n import Text, _
from core.paths import data_folder
from desktop.shell.start import KnownSite
from desktop.shell.start_forms import JoinFacts, NewSiteFacts

if TYPE_CHECKING:
    from core.identity import PersonTile
    from core.office import Office
    from core.uow import SiteFacts

SAMPLE_NAME = "Sample"
SUFFIX = ".steward"


@dataclass(frozen=True)
class OpenSite:
    """A site that is open but has nobody signed in. `key` is what the PC's settings know it by."""

    office: Office
    facts: SiteFacts
    people: tuple[PersonTile, ...]
    key: str


class PasswordNeeded(CoreError):
    """The shared database wants a password: this PC does not remember one, or the one given is wrong."""

    def __init__(self, place: str, *, is_wrong: bool) -> None:
        wrong = _("The database does not take this user and password. Check both.")
        missing = _("Type the password of the database. This PC does not remember it.")
        super().__init__(wrong if is_wrong else missing, field="password")
        self.place = place


class Outdated(CoreError):
    """The site is of an older program; it may be upgraded."""

    def __init__(self, site: str) -> None:
        super().__init__(
            _(
                "This site was made by an older Steward. Upgrade it now? A backup is made first; other PCs must be closed."
            )
        )
        self.site = site


def known_sites() -> list[KnownSite]:
    """The sites on this PC's list, by name."""
    from core.sites import saved_sites

    return [KnownSite(name, place) for name, place in sorted(saved_sites().items())]


def forget_site(name: str) -> list[KnownSite]:
    """Take a site off the list, and its password out of the keyring; the data stays. Answers what is left."""
    from core import secrets, sites

    place = sites.saved_sites().get(name, "")
    if "://" in place:
        secrets.forget_password(place)
    sites.forget_site(name)
    return known_sites()


def open_site(site: str, password: str = "") -> OpenSite:
    """Open a site by saved name, path or address. Raises CoreError; PasswordNeeded when the database wants one."""
    from core import secrets
    from core.office import Office
    from core.sites import saved_sites

    place = saved_sites().get(site, site)
    address = secrets.with_password(place, password or None)
    try:
        office = Office.open(address)
    except Unavailable as error:
        raise _reason(error, place, had_password=address != place) from error
    except Refused as error:
        raise _outdated(error, site, address) from error
    try:
        return OpenSite(office, office.site, office.people(), secrets.without_password(site))
    except BaseException:
        office.close()
        raise


def create_site(facts: NewSiteFacts) -> OpenSite:
    """Make a new site, put it on the list and open it. Raises CoreError."""
    from core import sites
    from core.identity import NewSite
    from core.words import CostMethod

    new = NewSite(
        name=facts.name, currency=facts.currency.upper(), zone=facts.zone, language=facts.language,
        cost_method=CostMethod(facts.cost_method), admin=facts.admin, password=facts.password,
    )  # fmt: skip
    if facts.database is not None:
        sites.create_site(_address_of(facts.database), new)
        return join_site(facts.database)
    place = str(free_file(facts.name))
    sites.create_site(place, new)
    return open_site(save(facts.name, place))


def join_site(facts: JoinFacts) -> OpenSite:
    """Open a shared database, then put it on the list under the site's own name. Raises CoreError."""
    from core import secrets

    place = secrets.postgres_address(facts.host, facts.port, facts.database, facts.user)
    opened = open_site(place, facts.password)
    if facts.remember and facts.password:
        secrets.remember_password(place, facts.password)
    name = save(opened.facts.name, place)
    return OpenSite(opened.office, opened.facts, opened.people, name)


def has_keyring() -> bool:
    """Whether this PC can remember a database password."""
    from core import secrets

    return secrets.has_keyring()


def save(name: str, place: str) -> str:
    """Put a site on the list, without its password; a name that is taken by another place gets a number."""
    from core import secrets
    from core.sites import save_site, saved_sites

    shown = secrets.without_password(place)
    known, chosen, number = saved_sites(), name, 2
    while chosen in known and known[chosen] != shown:
        chosen, number = f"{name} ({number})", number + 1
    save_site(chosen, shown)
    return chosen


def free_file(name: str) -> Path:
    """A file for a new site of this name that is not there yet."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in name).strip() or "site"
    path, number = data_folder() / f"{kept[:60]}{SUFFIX}", 2
    while path.exists():
        path, number = data_folder() / f"{kept[:60]} {number}{SUFFIX}", number + 1
    return path


def upgrade_site(site: str, report: Callable[[float, Text | str], None]) -> OpenSite:
    """Back a site up, upgrade it, and open it. Raises CoreError: nothing was upgraded then."""
    from core import maintenance

    maintenance.upgrade_site(site, progress=report)
    return open_site(site)


def create_sample(report: Callable[[float, Text | str], None]) -> str:
    """Make the sample site, unless it is there already; answers its name on the list. Raises CoreError."""
    from core.sites import saved_sites

    place = saved_sites().get(SAMPLE_NAME)
    if place is not None and Path(place).is_file():
        return SAMPLE_NAME
    try:
        from core.sample import create_sample_site
    except ModuleNotFoundError as error:
        raise NotFound(_("The sample site did not come with this program.")) from error
    path = free_file(SAMPLE_NAME)
    try:
        create_sample_site(str(path), progress=report)
    except BaseException:
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        raise
    return save(SAMPLE_NAME, str(path))


def _reason(error: Unavailable, place: str, *, had_password: bool) -> CoreError:
    """What kept a database from being opened, as far as its own words tell."""
    said = str(error.__cause__).casefold()
    if "password" in said or "authentication" in said:
        return PasswordNeeded(place, is_wrong=had_password)
    if "does not exist" in said:
        return NotFound(_("The server is there, but this database or user is not. Check both names."), field="database")
    if "://" in place:
        return Unavailable(_("The server does not answer. Check its name, the port and the network."), field="host")
    return error


def _outdated(error: Refused, site: str, address: str) -> CoreError:
    from core import maintenance

    try:
        return Outdated(site) if maintenance.is_outdated(address) else error
    except CoreError:
        return error


def _address_of(facts: JoinFacts) -> str:
    from core import secrets

    return secrets.with_password(
        secrets.postgres_address(facts.host, facts.port, facts.database, facts.user), facts.password
    )
