"""A page on a real office with two people more, and a shell that only takes notes."""

from __future__ import annotations

import pytest

from core.office import Office
from tests.core.expenses.helping import add_person
from tests.desktop.noting import NotingShell

COOK, BOSS = "Li Cook", "Wang Boss"


@pytest.fixture
def shell(office_here: Office) -> NotingShell:
    """Rights are those of whoever is signed in."""
    return NotingShell(office_here)


@pytest.fixture(autouse=True)
def people(office_here: Office) -> None:
    add_person(office_here, COOK, "Kitchen manager")
    add_person(office_here, BOSS, "Manager")
