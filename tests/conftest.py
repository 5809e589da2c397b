"""Fixtures of every floor. A test that takes `office` or `site_url` runs twice: on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported, or the whole run aborts
os.environ["PYTHON_KEYRING_BACKEND"] = "tests.helpers.memory_keyring.MemoryKeyring"
os.environ["STEWARD_TEST_HASHES"] = "1"
os.environ.pop("STEWARD_HOME", None)

if TYPE_CHECKING:
    from core.clock import FixedClock
    from core.office import Office
    from tests.helpers.sites import Postgres

settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

_homes = itertools.count(1)


@pytest.fixture(scope="session")
def home_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def home(home_base: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every test has a PC of its own: settings, saved sites, logs and secrets of no other test or person."""
    folder = home_base / str(next(_homes))
    monkeypatch.setenv("STEWARD_HOME", str(folder))
    yield folder
    memory_keyring = sys.modules.get("tests.helpers.memory_keyring")
    if memory_keyring is not None:
        memory_keyring.kept.clear()


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_log_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or an error in the log fails the test, unless it is marked `log_warnings_expected`."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.lines and request.node.get_closest_marker("log_warnings_expected") is None:
        pytest.fail("Logged during this test:\n" + "\n".join(handler.lines), pytrace=False)


@pytest.fixture
def clock() -> FixedClock:
    """A Wednesday noon at the site; `clock.advance(hours=1)` or `clock.at = ...` moves it."""
    from core.clock import FixedClock

    return FixedClock(datetime(2026, 3, 4, 4, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server for the whole run: `create()` and `drop(url)` databases on it."""
    from tests.helpers.sites import postgres_server

    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.helpers.sites import make_site

    path = tmp_path_factory.mktemp("template") / "site.db"
    make_site(str(path))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> Iterator[str]:
    from tests.helpers.sites import make_site, prepared_postgres

    with prepared_postgres(postgres, make_site) as database:
        yield database


@pytest.fixture
def sqlite_site(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh site in a SQLite file."""
    from tests.helpers.sites import copy_sqlite

    return copy_sqlite(sqlite_template, tmp_path / "site.db")


@pytest.fixture
def postgres_site(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    """A fresh site on PostgreSQL."""
    url = postgres.create(postgres_template)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def site_url(request: pytest.FixtureRequest) -> str:
    """A fresh site, once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_site")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, once of each kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "empty.db")
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture
def office(site_url: str, clock: FixedClock) -> Iterator[Office]:
    """The way in for callers of commands and queries: open on a fresh site, signed in as its administrator."""
    from core.office import Office
    from tests.helpers.sites import ADMIN, PASSWORD

    opened = Office.open(site_url, station="test", clock=clock)
    opened.sign_in(ADMIN, PASSWORD)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, made once: read it, or take `sample_site`, a copy."""
    from tests.helpers.sample_site import make_sample

    return make_sample(tmp_path_factory.mktemp("sample") / "sample.db")


@pytest.fixture
def sample_site(sample_template: Path, tmp_path: Path) -> str:
    """A copy of the sample site in a SQLite file of the test's own; its history ends at the `clock` fixture's noon."""
    from tests.helpers.sites import copy_sqlite

    return copy_sqlite(sample_template, tmp_path / "sample.db")


@pytest.fixture
def sample_office(sample_site: str, clock: FixedClock) -> Iterator[Office]:
    """The sample site, open, its administrator signed in."""
    from core.office import Office
    from core.sample import ADMIN_NAME, ADMIN_PASSWORD

    with Office.open(sample_site, station="test", clock=clock) as opened:
        opened.sign_in(ADMIN_NAME, ADMIN_PASSWORD)
        yield opened
