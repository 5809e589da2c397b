"""A program without its start, a small registry, and a frame on a fresh site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core import identity
from core.devices import Scan
from core.i18n import Text, _, verbatim
from core.words import Permission
from desktop.app import Program
from desktop.context import AppContext
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.shell import Action, Page, ShellRegistry
from desktop.shell.frame import Desk, Frame
from desktop.shell.places import standard_registry
from desktop.widgets import PageBase

if TYPE_CHECKING:
    from core.office import Office


class PlainPage(PageBase):
    """A page with one field, which counts how often it asked."""

    def __init__(self, context: AppContext, title: Text, detail: str = "") -> None:
        super().__init__(title)
        self.context = context
        self.detail = detail
        self.reloads = 0
        self.primary_count = 0
        self.scans: list[str] = []
        self.takes_scans = False
        self.field = QLineEdit()
        self.field.setAccessibleName("Field")
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.addWidget(self.field)
        self.set_content(inside)
        self.set_primary(_("New site"), self._on_primary)
        self.show_content()
        context.hub.watch(self, ["person"], self.reload)

    def reload(self) -> None:
        self.reloads += 1

    def detail_title(self) -> str:
        return self.detail

    def has_unsaved(self) -> bool:
        return bool(self.field.text())

    def scan(self, scan: Scan) -> bool:
        self.scans.append(scan.code)
        return self.takes_scans

    def _on_primary(self) -> None:
        self.primary_count += 1


def page_factory(title: Text) -> Callable[..., QWidget]:
    def make(context: AppContext, detail: str = "") -> QWidget:
        return PlainPage(context, title, detail)

    return make


@pytest.fixture
def ran() -> list[str]:
    """The actions that were run."""
    return []


@pytest.fixture
def registry(ran: list[str]) -> ShellRegistry:
    """Three pages at two places, and one action."""
    made = standard_registry()
    for route, title, place, permission in (
        ("today.home", _("Today"), "today", None),
        ("stock.on_hand", _("Stock"), "stock", Permission.STOCK_VIEW),
        ("stock.count", _("Orders"), "stock", Permission.COUNT_ENTER),
        ("settings.people", _("Settings"), "settings", Permission.PERSON_EDIT),
    ):
        made.add_page(Page(route, title, place, permission, page_factory(title)))
    made.add_action(
        Action(
            "stock.waste", verbatim("报损"), Permission.STOCK_WASTE, lambda _context: ran.append("waste"), key="Ctrl+W"
        )
    )
    made.set_undo(identity.deactivate_person)
    return made


@pytest.fixture
def frame(qtbot: QtBot, office_here: Office, ops: Ops, registry: ShellRegistry) -> Frame:
    actor = office_here.actor
    assert actor is not None
    hub = Hub()
    made = Frame(Desk(office_here, ops, hub, Settings(), registry, actor), "en")
    hub.setParent(made)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.start()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication) -> Iterator[Program]:
    made = Program(qapp)
    made.language = "en"
    made.settings.language = "en"
    made.speak_to("en")
    yield made
    made.window.close()
    made.shut_down()
    qapp.processEvents()
    made.window.deleteLater()
