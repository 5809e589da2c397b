"""News: each once, to the visible at once, to the hidden when they are shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import identity
from core.changes import Changes
from core.identity import NewPerson
from core.office import Office
from desktop.hub import Hub


def change(number: int, *topics: str) -> Changes:
    return Changes(frozenset(topics), number, "here")


def test_a_visible_page_asks_again_once_for_several_changes(qtbot: QtBot) -> None:
    hub = Hub()
    page = QWidget()
    asked: list[int] = []
    qtbot.addWidget(page)
    page.show()
    hub.watch(page, ["stock"], lambda: asked.append(1))
    for number in range(5):
        hub.changed.emit(change(number, "stock"))
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [1]


def test_other_topics_leave_a_page_alone(qtbot: QtBot) -> None:
    hub = Hub()
    page = QWidget()
    asked: list[int] = []
    qtbot.addWidget(page)
    page.show()
    watch = hub.watch(page, ["stock"], lambda: asked.append(1))
    hub.changed.emit(change(1, "item"))
    assert not watch.is_stale


def test_a_hidden_page_asks_when_it_is_shown(qtbot: QtBot) -> None:
    hub = Hub()
    page = QWidget()
    asked: list[int] = []
    qtbot.addWidget(page)
    watch = hub.watch(page, ["stock"], lambda: asked.append(1))
    hub.changed.emit(change(1, "stock"))
    qtbot.waitUntil(lambda: not watch._timer.isActive())
    assert watch.is_stale
    assert asked == []
    page.show()
    qtbot.waitUntil(lambda: bool(asked))
    assert not watch.is_stale


def test_our_own_command_is_heard_once(qtbot: QtBot, office_here: Office) -> None:
    hub = Hub()
    heard: list[int] = []
    hub.changed.connect(lambda changes: heard.append(changes.journal_id))
    hub.listen(office_here)
    office_here.do(identity.add_person, new=NewPerson("Lin"))
    qtbot.waitUntil(lambda: len(heard) == 1)
    office_here.do(identity.add_person, new=NewPerson("Wang"))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert len(set(heard)) == 2
    hub.stop()


def test_another_program_is_heard(qtbot: QtBot, office_here: Office, sqlite_site: str) -> None:
    from tests.helpers.sites import ADMIN, PASSWORD

    hub = Hub()
    heard: list[Changes] = []
    hub.changed.connect(heard.append)
    hub.listen(office_here)
    with Office.open(sqlite_site, station="other PC", clock=office_here.clock) as other:
        other.sign_in(ADMIN, PASSWORD)
        other.do(identity.add_person, new=NewPerson("Lin"))
        qtbot.waitUntil(lambda: any(changes.touches("person") for changes in heard))
    hub.stop()
