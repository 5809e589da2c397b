"""A page on a real office with a small stock room of two months, and a shell that only takes notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core import identity
from core.clock import FixedClock
from core.errors import CoreError
from core.i18n import Text
from core.identity import NewPerson, RoleGrant
from core.office import Office
from core.stock import NewLine
from core.words import Permission
from db.enums import PostingKind as K
from desktop.context import AppContext, Paper, Posted
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import PageBase, set_place
from tests.core.costing.house import Room, make_room
from tests.helpers.sites import PASSWORD

D = Decimal
Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


class NotingShell:
    """Keeps what pages tell the frame; `closed` are routes that this program does not have."""

    def __init__(self) -> None:
        self.office: Office | None = None
        self.said: list[str] = []
        self.errors: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []
        self.papers: list[Paper] = []
        self.closed: set[str] = set()

    def go(self, route: str, **args: object) -> None:
        self.went.append((route, args))

    def back(self) -> None: ...

    def can_go(self, route: str) -> bool:
        return route not in self.closed

    def may(self, permission: Any) -> bool:
        actor = self.office.actor if self.office is not None else None
        return actor is not None and actor.may(permission)

    def posted(self, posted: Posted) -> None: ...

    def say(self, text: Text) -> None:
        self.said.append(str(text))

    def show_error(self, error: CoreError | Text) -> None:
        self.errors.append(str(error.text if isinstance(error, CoreError) else error))

    def preview(self, paper: Paper) -> None:
        self.papers.append(paper)

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None:
        self.papers.append(maker())

    def run_action(self, action_id: str, **args: object) -> None: ...


@pytest.fixture
def shell(office_here: Office) -> NotingShell:
    shell = NotingShell()
    shell.office = office_here
    return shell


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
def shown(qtbot: QtBot, ops: Ops) -> Shown:
    """Show a page and wait until everything it asked for has been answered."""

    def show(page: PageBase) -> PageBase:
        qtbot.addWidget(page)
        page.resize(1320, 680)
        page.show()
        qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
        return page

    return show


@pytest.fixture
def settled(qtbot: QtBot, ops: Ops) -> Settled:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: ops.is_idle)


@pytest.fixture
def room(office_here: Office, clock: FixedClock) -> Room:
    """February and the first days of March: bought, used, lost, counted."""
    now = clock.now()
    room = make_room(office_here)
    tomato, cucumber, milk, gloves = room.items
    for days, kind, line in (
        (40, K.RECEIPT, NewLine(tomato, D(100), value=D(500))),
        (20, K.RECEIPT, NewLine(cucumber, D(10), value=D(80))),
        (15, K.ISSUE, NewLine(tomato, D(20))),
        (12, K.WASTE, NewLine(tomato, D(4), reason="spoiled")),
        (3, K.RECEIPT, NewLine(milk, D(10), value=D("33.30"))),
        (2, K.RECEIPT, NewLine(gloves, D(5), value=D(50), lot="G1")),
        (2, K.ISSUE, NewLine(tomato, D(30))),
        (1, K.WASTE, NewLine(tomato, D(2), reason="expired")),
        (1, K.WASTE, NewLine(cucumber, D(1), reason="spoiled")),
        (0, K.COUNT, NewLine(tomato, D(41))),
        (0, K.COUNT, NewLine(cucumber, D(10))),
    ):
        clock.at = now - timedelta(days=days)
        room.post(kind, line)
    clock.at = now
    return room


@pytest.fixture
def sign_in_without_costs(office_here: Office) -> Callable[[], None]:
    """Go on as somebody who may see stock but no costs."""

    def sign_in() -> None:
        roles = office_here.ask(identity.list_roles)
        blind = next(
            role
            for role in roles
            if Permission.COST_VIEW not in role.permissions and Permission.STOCK_VIEW in role.permissions
        )
        office_here.do(identity.add_person, new=NewPerson("厨师", password=PASSWORD, roles=(RoleGrant(blind.role_id),)))
        office_here.sign_in("厨师", PASSWORD)

    return sign_in
