"""Entry pages on a real office, with a shell that takes notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.errors import CoreError
from core.i18n import Text
from core.office import Office
from desktop.context import AppContext, Paper, Posted
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import PageBase, set_place
from tests.desktop.stock.entry.larder import Larder, fill_larder

P = TypeVar("P", bound=PageBase)


class NotingShell:
    """Keeps what pages tell the frame."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.errors: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []
        self.postings: list[Posted] = []
        self.makers: list[Callable[[], Paper]] = []
        self.forbidden: set[object] = set()

    def go(self, route: str, **args: object) -> None:
        self.went.append((route, args))

    def can_go(self, route: str) -> bool:
        return True

    def back(self) -> None: ...

    def may(self, permission: object | None) -> bool:
        return permission not in self.forbidden

    def posted(self, posted: Posted) -> None:
        self.postings.append(posted)

    def say(self, text: Text) -> None:
        self.said.append(str(text))

    def show_error(self, error: CoreError | Text) -> None:
        self.errors.append(str(error.text if isinstance(error, CoreError) else error))

    def preview(self, paper: Paper) -> None: ...

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None:
        self.makers.append(maker)

    def run_action(self, action_id: str, **args: object) -> None: ...


@pytest.fixture
def shell() -> NotingShell:
    return NotingShell()


@pytest.fixture
def larder(office_here: Office) -> Larder:
    """A site with something in stock."""
    return fill_larder(office_here)


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
def settled(qtbot: QtBot, ops: Ops) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: ops.is_idle)


@pytest.fixture
def shown(qtbot: QtBot, ops: Ops) -> Callable[[P], P]:
    """Show a page as large as it is in the window of a small screen, and wait for its answers."""

    def show(page: P) -> P:
        qtbot.addWidget(page)
        page.resize(1270, 640)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
        return page

    return show
