"""Fixtures of the windows: threads that end with the test, and an office on a fresh SQLite site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.i18n import Text
from desktop.ops import Ops, Workers
from desktop.widgets import set_language

if TYPE_CHECKING:
    from core.clock import FixedClock
    from core.office import Office


class Questions:
    """Answers questions instead of a person: `answer` is what is said, `asked` what was asked."""

    def __init__(self) -> None:
        self.answer = True
        self.asked: list[str] = []

    def ask(self, _owner: QObject, text: Text, answered: Callable[[bool], object]) -> None:
        self.asked.append(str(text))
        answered(self.answer)


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    """Tests read English unless they say otherwise."""
    set_language("en")
    yield
    set_language("en")


@pytest.fixture
def office_here(sqlite_site: str, clock: FixedClock) -> Iterator[Office]:
    """One office on SQLite, signed in as its administrator."""
    from core.office import Office
    from tests.helpers.sites import ADMIN, PASSWORD

    opened = Office.open(sqlite_site, station="test", clock=clock)
    opened.sign_in(ADMIN, PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Workers]:
    made = Workers()
    yield made
    made.stop()


@pytest.fixture
def questions() -> Questions:
    return Questions()


@pytest.fixture
def ops(workers: Workers, office_here: Office, questions: Questions) -> Ops:
    return Ops(workers, office_here, questions.ask)
