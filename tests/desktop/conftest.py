"""Fixtures of the windows: threads that end with the test, and an office on a fresh SQLite site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.i18n import Text
from desktop.context import AppContext
from desktop.hub import Hub
from desktop.ops import Ops, Workers
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import PageBase, set_language, set_place
from tests.desktop.noting import NotingShell

if TYPE_CHECKING:
    from core.clock import FixedClock
    from core.office import Office

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]
PATIENCE_MS = 30_000


class Questions:
    """Answers questions instead of a person: `answer` is what is said, `asked` what was asked."""

    def __init__(self) -> None:
        self.answer = True
        self.asked: list[str] = []

    def ask(self, _owner: QObject, text: Text, answered: Callable[[bool], object]) -> None:
        self.asked.append(str(text))
        answered(self.answer)


class PatientBot(QtBot):
    """Waits for its condition as long as a busy machine may take; only a test that fails notices."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's own, with more patience."""
    return PatientBot(request)


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


@pytest.fixture
def shell() -> NotingShell:
    """The frame of a page under test."""
    return NotingShell()


@pytest.fixture
def context(qapp: QApplication, office_here: Office, ops: Ops, shell: NotingShell) -> Iterator[AppContext]:
    """What a page is handed; a bug inside a page fails the test."""
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    set_place("Asia/Shanghai", "CNY")
    crashes: list[BaseException] = []
    ops.crashed.connect(crashes.append)
    hub = Hub()
    hub.listen(office_here)
    yield AppContext(office_here, ops, hub, Settings(), "en", shell)
    hub.stop()
    assert not crashes, crashes


@pytest.fixture
def settled(qtbot: QtBot, ops: Ops) -> Settled:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: ops.is_idle)


@pytest.fixture
def shown(qtbot: QtBot, ops: Ops) -> Shown:
    """Show a page as large as it is in the window of a small screen, and wait for its answers."""

    def show(page: PageBase) -> Any:
        qtbot.addWidget(page)
        page.resize(1278, 640)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
        return page

    return show
