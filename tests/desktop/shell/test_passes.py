"""Work done again and again beside the window: one pass at a time, after a change at once or after a pause."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.errors import Unavailable
from core.i18n import Text
from core.office import Office
from desktop.context import AppContext
from desktop.shell.passes import SPREAD, Pace, Passes, Stop
from tests.desktop.conftest import Settled
from tests.factories import make_item


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


class Held:
    """A pass that lasts until the test lets it go."""

    def __init__(self) -> None:
        self.count = 0
        self.go_on = threading.Event()

    def work(self, _office: Any, _stop: Stop) -> None:
        self.count += 1
        assert self.go_on.wait(30)


def soon(passes: Passes) -> list[QTimer]:
    """Timers that wait for their one time."""
    return [timer for timer in passes.findChildren(QTimer) if timer.isSingleShot() and timer.isActive()]


def test_one_pass_at_a_time_and_once_more_for_all_that_changed_meanwhile(
    context: AppContext, owner: QWidget, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    held = Held()
    passes = Passes(context, owner, held.work, ("item",), "jobs")
    qtbot.waitUntil(lambda: held.count == 1)
    for code in ("A", "B", "C"):
        make_item(office_here, code)
    qtbot.waitUntil(lambda: passes._is_wanted)
    assert held.count == 1 and passes.is_running
    held.go_on.set()
    qtbot.waitUntil(lambda: held.count == 2 and not passes.is_running)
    settled()
    assert soon(passes) == []


def test_what_costs_much_waits_after_a_change_longer_the_longer_it_took(
    context: AppContext, owner: QWidget, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    held = Held()
    held.go_on.set()
    passes = Passes(context, owner, held.work, ("item",), "jobs", Pace(pause_s=60, rest=50))
    qtbot.waitUntil(lambda: held.count == 1 and not passes.is_running)
    assert passes.pause_s == 60
    make_item(office_here, "A")
    qtbot.waitUntil(lambda: len(soon(passes)) == 1)
    assert 60_000 <= soon(passes)[0].interval() <= 60_000 * (1 + SPREAD) and held.count == 1
    before = soon(passes)[0].interval()
    make_item(office_here, "B")
    settled()
    assert [timer.interval() for timer in soon(passes)] == [before], "the first change counts"
    passes._ended(seconds=4.0)
    assert passes.pause_s == 200


def test_a_pass_another_program_had_just_done_leaves_the_pause_as_long_as_it_is(
    context: AppContext, owner: QWidget, qtbot: QtBot
) -> None:
    answers = iter((True, False))
    passes = Passes(context, owner, lambda _office, _stop: next(answers), (), "jobs", Pace(pause_s=60, rest=1e12))
    qtbot.waitUntil(lambda: not passes.is_running)
    long = passes.pause_s
    assert long > 60
    passes.look()
    qtbot.waitUntil(lambda: not passes.is_running)
    assert passes.pause_s == long


def test_a_pass_that_fails_is_left_to_the_timer(
    context: AppContext, owner: QWidget, settled: Settled, qtbot: QtBot
) -> None:
    def work(_office: Any, _stop: Stop) -> None:
        raise Unavailable(Text("away"))

    passes = Passes(context, owner, work, (), "jobs")
    settled()
    assert not passes.is_running


def test_a_pass_is_told_to_stop_when_its_window_is_gone(context: AppContext, settled: Settled, qtbot: QtBot) -> None:
    owner = QWidget()
    begun, told = threading.Event(), []

    def work(_office: Any, stop: Stop) -> None:
        told.append(stop())
        begun.set()
        while not stop():
            pass
        told.append(True)

    Passes(context, owner, work, (), "jobs")
    qtbot.waitUntil(begun.is_set)
    owner.deleteLater()
    qtbot.waitUntil(lambda: told == [False, True])
    settled()
