"""Somebody of the sample site at their PC: their own office and rights, and pages that are shown to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.clock import Clock
from core.i18n import Text
from core.office import Office
from core.sample import SAMPLE_PIN
from desktop.context import AppContext
from desktop.hub import Hub
from desktop.ops import Ops, Workers
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import PageBase, set_place
from tests.desktop.noting import NotingShell

P = TypeVar("P", bound=PageBase)


def keyboard(page: QWidget) -> QWidget:
    """Where the keyboard is on a page."""
    focus: QWidget | None = page.focusWidget()
    return page if focus is None else focus


class _Shell(NotingShell):
    """Knows the rights of who is signed in."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._actor = office.actor

    def may(self, permission: object | None) -> bool:
        return self._actor is not None and self._actor.may(permission)  # type: ignore[arg-type]


class Seat:
    """One person. `show` a page, press `keys` where the keyboard is; `rest` waits until nothing is under way."""

    def __init__(self, qtbot: QtBot, workers: Workers, site: str, name: str, clock: Clock) -> None:
        self._qtbot = qtbot
        self.office = Office.open(site, station=name, clock=clock)
        self.office.sign_in_with_pin(name, SAMPLE_PIN)
        self.shell = _Shell(self.office)
        self.ops = Ops(workers, self.office, self._yes)
        self.crashes: list[BaseException] = []
        self.ops.crashed.connect(self.crashes.append)
        self.hub = Hub()
        self.hub.listen(self.office)
        self.context = AppContext(self.office, self.ops, self.hub, Settings(), "en", self.shell)
        self.questions: list[str] = []

    def show(self, make: Callable[[AppContext], P]) -> P:
        """Open a page in the room it has on a small screen."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and not app.styleSheet():
            apply_theme(app, "light")
        set_place("Asia/Shanghai", "CNY")
        page = make(self.context)
        self._qtbot.addWidget(page)
        page.resize(1270, 640)
        page.show()
        page.activateWindow()
        self._qtbot.waitUntil(lambda: page.is_loaded() and self.ops.is_idle)
        return page

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until it is so."""
        self._qtbot.waitUntil(condition)

    def rest(self) -> None:
        """Wait until nothing is under way any more."""
        self._qtbot.waitUntil(lambda: self.ops.is_idle)

    def keys(self, page: QWidget, *keys: Qt.Key | str) -> None:
        """Press keys and type words where the keyboard is."""
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(keyboard(page), key)
            else:
                QTest.keyClick(keyboard(page), key)

    def leave(self) -> None:
        """Go home."""
        self.hub.stop()
        self.office.close()
        assert not self.crashes, self.crashes

    def _yes(self, _owner: QObject, text: Text, answered: Callable[[bool], object]) -> None:
        self.questions.append(str(text))
        answered(True)
