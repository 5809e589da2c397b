"""A page of identity on a real office, with a shell that only takes notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core import identity
from core.errors import CoreError
from core.i18n import Text
from core.identity import NewPerson, RoleGrant
from core.office import Office
from desktop.context import AppContext, Paper, Posted
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import PageBase, set_place

PASSWORD = "一只安静的猫 42"
PIN = "2580"

MakePerson = Callable[..., int]


class NotingShell:
    """Keeps what pages tell the frame."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.errors: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []

    def go(self, route: str, **args: object) -> None:
        self.went.append((route, args))

    def back(self) -> None: ...

    def can_go(self, route: str) -> bool:
        return True

    def may(self, permission: object | None) -> bool:
        return True

    def posted(self, posted: Posted) -> None: ...

    def say(self, text: Text) -> None:
        self.said.append(str(text))

    def show_error(self, error: CoreError | Text) -> None:
        self.errors.append(str(error.text if isinstance(error, CoreError) else error))

    def preview(self, paper: Paper) -> None: ...

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None: ...

    def run_action(self, action_id: str, **args: object) -> None: ...


@pytest.fixture
def shell() -> NotingShell:
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
def shown(qtbot: QtBot, ops: Ops) -> Callable[[PageBase], PageBase]:
    """Show a page and wait until everything it asked for has been answered."""

    def show(page: PageBase) -> PageBase:
        qtbot.addWidget(page)
        page.resize(1320, 680)
        page.show()
        qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
        return page

    return show


@pytest.fixture
def settled(qtbot: QtBot, ops: Ops) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: ops.is_idle)


@pytest.fixture
def make_person(office_here: Office) -> MakePerson:
    """Add a person with roles named in English."""

    def make(name: str, *roles: str, pin: str = PIN, badge: str = "", note: str = "") -> int:
        known = {role.name_en: role.role_id for role in office_here.ask(identity.list_roles)}
        grants = tuple(RoleGrant(known[role]) for role in roles)
        new = NewPerson(name, password=PASSWORD, pin=pin, badge=badge, note=note, roles=grants)
        return office_here.do(identity.add_person, new=new)

    return make
