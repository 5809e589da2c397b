"""Before the frame a scan is a badge, wherever the keyboard is; in the frame it is a scan; after the site it is typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import identity
from core.devices import OwnKind, own_code
from core.identity import NewPerson
from desktop.app import Program
from desktop.shell import ShellRegistry
from tests.desktop.devices.typing import Keyboard
from tests.desktop.shell.test_session import page_of, sign_in, sign_in_stage

if TYPE_CHECKING:
    from core.office import Office


def test_a_badge_signs_in_with_the_keyboard_in_the_password(
    qtbot: QtBot, program: Program, sqlite_site: str, office_here: Office, registry: ShellRegistry
) -> None:
    office_here.do(identity.add_person, new=NewPerson("Lin Mei", pin="2468", badge="B-0077"))
    program.start(sqlite_site)
    stage = sign_in_stage(qtbot, program)
    session = program.session
    assert session is not None
    session._registry = registry
    qtbot.waitUntil(lambda: any(tile.tile.name == "Lin Mei" for tile in stage._tiles))
    stage.choose("Administrator" if stage._name == "" else stage._name)
    stage._secret.setEnabled(True)
    stage._secret.setFocus()
    keyboard = Keyboard(program.window)
    keyboard.scan("B-0077")
    qtbot.waitUntil(lambda: stage._kind == "badge")
    assert stage._secret.text() == ""
    keyboard.type("2468", 120)
    keyboard.key("\r", 120)
    qtbot.waitUntil(lambda: program.window.stage() is session.frame)
    assert session._actor is not None
    assert session._actor.name == "Lin Mei"
    assert program.devices is not None
    assert not program.devices.log, "badges are not written down"


def test_behind_the_lock_a_scan_is_a_badge_and_never_the_pages(
    qtbot: QtBot, program: Program, sqlite_site: str, registry: ShellRegistry
) -> None:
    program.start(sqlite_site)
    sign_in_stage(qtbot, program)
    assert program.session is not None
    program.session._registry = registry
    session = sign_in(qtbot, program)
    page = page_of(session)
    page.takes_scans = True
    keyboard = Keyboard(program.window)
    keyboard.scan("6901234567892")
    qtbot.waitUntil(lambda: page.scans == ["6901234567892"])
    session.lock()
    keyboard.scan(own_code(OwnKind.PERSON, "B-0077"))
    stage = session.sign_in_stage
    assert stage is not None
    qtbot.waitUntil(lambda: stage._badge == "B-0077")
    assert page.scans == ["6901234567892"]


def test_when_the_site_is_left_nobody_listens_any_more(
    qtbot: QtBot, program: Program, sqlite_site: str, registry: ShellRegistry
) -> None:
    program.start(sqlite_site)
    stage = sign_in_stage(qtbot, program)
    assert program.devices is not None
    wedge = program.devices.wedge
    assert wedge._is_installed
    QTest.keyClick(stage._find, Qt.Key.Key_Escape)
    program.leave_site()
    assert program.devices is None
    assert not wedge._is_installed
