"""Sites of this PC: making one, finding one by path, address or saved name, and whether its version fits the program."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from core import alerts, catalog, identity, purchasing, secrets, stock
from core.clock import Clock
from core.errors import InvalidInput, NotFound, Outdated, Refused
from core.i18n import _
from core.identity import NewSite
from core.paths import config_folder, data_folder
from db.engine import is_sqlite, open_engine, url_of
from db.enums import CostMethod
from db.migrate import latest_version
from db.schema import stored_version


def create_site(site: str, new: NewSite, *, clock: Clock | None = None) -> None:
    """Make the tables and first rows of a site in an empty database. Raises Refused when there is a site already,
    InvalidInput for a wrong currency, zone or password."""
    _check_new(new)
    url = url_of(site)
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        if path.exists() and path.stat().st_size:
            raise Refused(_("{path} is there already. Choose another name.", path=path.name), field="site")
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(url)
    try:
        _create(engine, new, (clock or Clock()).now())
    finally:
        engine.dispose()


def _create(engine: Engine, new: NewSite, now: datetime) -> None:
    from db.migrate import upgrade

    with engine.connect() as connection:
        if stored_version(connection) is not None:
            raise Refused(_("This database holds a site already. Open it instead."), field="site")
    upgrade(engine)
    with engine.begin() as sql:
        identity.seed_identity(sql, new, now)
        catalog.seed_catalog(sql)
        stock.seed_stock(sql, new)
        purchasing.seed_purchasing(sql, new, now)
        alerts.seed_alerts(sql)


def _check_new(new: NewSite) -> None:
    if not new.name.strip() or not new.admin.strip():
        raise InvalidInput(_("The site and its administrator need a name."), field="name")
    identity.clean_name(new.admin, field="admin")
    identity.check_password(new.password)
    if len(new.currency) != 3 or not (new.currency.isalpha() and new.currency.isupper()):
        raise InvalidInput(
            _("{currency} is not a currency. Write three letters such as CNY.", currency=new.currency), field="currency"
        )
    if new.zone not in available_timezones():
        raise InvalidInput(
            _("{zone} is not a time zone. Write one such as Asia/Shanghai.", zone=new.zone), field="zone"
        )
    if new.cost_method not in tuple(CostMethod):
        raise InvalidInput(_("The cost method is fifo, average, standard or lot."), field="cost_method")


def locate(site: str) -> URL:
    """The address of a site named by path, `postgresql://` address or saved name. Raises NotFound."""
    if "://" in site:
        return url_of(secrets.with_password(site))
    saved = saved_sites().get(site)
    if saved is not None:
        return locate(saved)
    for path in (Path(site).expanduser(), data_folder() / site, data_folder() / f"{site}.steward"):
        if path.is_file():
            return url_of(str(path))
    raise NotFound(
        _("There is no site {site}. Name a file, a postgresql:// address or a saved site.", site=site), field="site"
    )


def check_version(engine: Engine) -> None:
    """Refuse a database that this program must not touch. Raises Refused."""
    if is_sqlite(engine) and not Path(str(engine.url.database)).is_file():
        raise NotFound(_("The site's file is gone: {path}", path=engine.url.database))
    with engine.connect() as connection:
        stored = stored_version(connection)
    newest = latest_version()
    if stored is None:
        raise Refused(_("This database holds no site. Make one first."))
    if stored > newest:
        raise Refused(
            _(
                "This site was made by a newer Steward (version {stored}; this program knows {newest}). Update this program.",
                stored=stored,
                newest=newest,
            )
        )
    if stored < newest:
        raise Outdated(
            _(
                "This site is of an older version ({stored}; this program needs {newest}). Upgrade it first.",
                stored=stored,
                newest=newest,
            )
        )


def saved_sites() -> dict[str, str]:
    """Names of saved sites and where they are."""
    file = config_folder() / "sites.json"
    if not file.is_file():
        return {}
    stored = json.loads(file.read_text(encoding="utf-8"))
    return {str(name): str(place) for name, place in stored.items()}


def save_site(name: str, place: str) -> None:
    """Remember a site by name on this PC."""
    _write_sites({**saved_sites(), name: place})


def forget_site(name: str) -> None:
    """Take a site off this PC's list; its data stays."""
    _write_sites({known: place for known, place in saved_sites().items() if known != name})


def _write_sites(sites: dict[str, str]) -> None:
    file = config_folder() / "sites.json"
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(sites, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(file)
