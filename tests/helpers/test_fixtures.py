"""The fixtures give what CONTRIBUTING.md says."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from pathlib import Path

import keyring
import pytest

from core.clock import FixedClock
from core.office import Office
from core.sites import save_site, saved_sites
from tests.helpers.sites import ADMIN


def test_the_office_is_open_and_the_administrator_signed_in(office: Office) -> None:
    actor = office.actor
    assert actor is not None
    assert actor.name == ADMIN


def test_every_test_has_a_site_of_its_own(site_url: str, sqlite_template: Path, postgres_template: str) -> None:
    assert site_url != str(sqlite_template)
    assert not site_url.endswith("/" + postgres_template)


def test_the_clock_moves_only_when_told(clock: FixedClock) -> None:
    before = clock.now()
    assert clock.now() == before
    clock.advance(hours=1)
    assert clock.now() == before + timedelta(hours=1)


@pytest.mark.parametrize("turn", [1, 2])
def test_nothing_is_remembered_from_another_test(home: Path, turn: int) -> None:
    assert os.environ["STEWARD_HOME"] == str(home)
    assert saved_sites() == {}
    assert keyring.get_password("steward", "shop") is None
    save_site("shop", f"shop{turn}.db")
    keyring.set_password("steward", "shop", "secret")
    assert keyring.get_password("steward", "shop") == "secret"


@pytest.mark.log_warnings_expected
def test_a_marked_test_may_log_a_warning() -> None:
    logging.getLogger("steward.test").warning("meant")
