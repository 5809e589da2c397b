"""The three verbs: answers on the window's thread, in order, once, and to nobody who is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core import identity
from core.errors import CoreError, InvalidInput, NeedsConfirmation, NotAllowed, Unavailable
from core.i18n import _
from core.identity import NewPerson, PersonEdit
from core.office import Office
from desktop.errors import ProgramFault
from desktop.jobs import Cancelled
from desktop.ops import Ops, Workers
from tests.desktop.conftest import Questions


class ShakyOffice:
    """The real office behind a bad line: each call first raises what is put into `faults`."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.faults: list[BaseException] = []
        self.calls: list[dict[str, Any]] = []

    def _stumble(self, given: dict[str, Any]) -> None:
        self.calls.append(given)
        if self.faults:
            raise self.faults.pop(0)

    def do(self, command: Callable[..., Any], **given: Any) -> Any:
        self._stumble(given)
        return self._office.do(command, **given)

    def ask(self, query: Callable[..., Any], **given: Any) -> Any:
        self._stumble(given)
        return self._office.ask(query, **given)

    def ping(self) -> float:
        self._stumble({})
        return self._office.ping()


class Owner(QObject):
    """Somebody who asks and shows what comes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: list[CoreError] = []

    def show_error(self, error: CoreError) -> None:
        self.shown.append(error)


@pytest.fixture
def shaky(office_here: Office) -> ShakyOffice:
    return ShakyOffice(office_here)


@pytest.fixture
def shaky_ops(workers: Workers, shaky: ShakyOffice, questions: Questions) -> Ops:
    return Ops(workers, shaky, questions.ask)  # type: ignore[arg-type]


def _add(answers: list[Any], answer: object, _told: object) -> None:
    answers.append(answer)


def _has_tried(shaky: ShakyOffice, ops: Ops, times: int) -> bool:
    return len(shaky.calls) >= times and not ops._under_way


def away() -> Unavailable:
    return Unavailable(_("Database not reached"))


def test_a_query_is_answered_on_the_windows_thread(qtbot: QtBot, ops: Ops) -> None:
    owner = Owner()
    answers: list[Any] = []
    ops.ask(owner, identity.get_me, then=lambda me: answers.append((me.name, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("Admin", threading.main_thread())]
    assert ops.is_idle


def test_only_the_latest_answer_of_a_question_is_told(qtbot: QtBot, ops: Ops) -> None:
    owner = Owner()
    answers: list[Any] = []
    for number in range(20):
        ops.ask(owner, identity.list_people, then=partial(_add, answers, number))
    qtbot.waitUntil(lambda: ops.is_idle)
    assert answers == [19]


def test_questions_with_different_keys_do_not_disturb_each_other(qtbot: QtBot, ops: Ops) -> None:
    owner = Owner()
    answers: list[Any] = []
    for key in ("one", "two"):
        ops.ask(owner, identity.get_me, key=key, then=partial(_add, answers, key))
    qtbot.waitUntil(lambda: ops.is_idle)
    assert sorted(answers) == ["one", "two"]


def test_nobody_is_told_after_the_owner_is_gone(qtbot: QtBot, ops: Ops) -> None:
    owner = Owner()
    answers: list[Any] = []
    ops.ask(owner, identity.get_me, then=answers.append)
    ops.do(owner, identity.add_person, then=answers.append, new=NewPerson("Lin"))
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: ops.is_idle)
    assert answers == []
    found = ops._need_office().ask(identity.list_people)
    assert "Lin" in [row.name for row in found], "what was confirmed is saved although the page was closed"


def test_commands_keep_their_order(qtbot: QtBot, ops: Ops) -> None:
    owner = Owner()
    done: list[Any] = []
    for number in range(8):
        ops.do(owner, identity.add_person, then=done.append, new=NewPerson(f"Person {number}"))
    assert ops.unsaved == 8
    qtbot.waitUntil(lambda: ops.is_idle)
    assert done == sorted(done)
    assert len(done) == 8


def test_a_lost_database_is_tried_again_with_the_same_request(qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice) -> None:
    owner = Owner()
    done: list[Any] = []
    health: list[Any] = []
    shaky_ops.unavailable.connect(lambda _error: health.append("down"))
    shaky_ops.available.connect(lambda: health.append("up"))
    shaky.faults = [away()]
    shaky_ops.do(owner, identity.add_person, then=done.append, new=NewPerson("Lin"))
    qtbot.waitUntil(lambda: bool(done))
    assert len({call["request_id"] for call in shaky.calls}) == 1
    assert len(shaky.calls) == 2
    assert health == ["down", "up"]
    assert owner.shown == []


def test_try_now_does_not_wait(qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice) -> None:
    owner = Owner()
    done: list[Any] = []
    shaky.faults = [away() for _unused in range(4)]
    shaky_ops.do(owner, identity.add_person, then=done.append, new=NewPerson("Lin"))
    for tries in range(1, 5):
        qtbot.waitUntil(partial(_has_tried, shaky, shaky_ops, tries))
        shaky.faults = []
        shaky_ops.retry_now()
    qtbot.waitUntil(lambda: bool(done))


def test_a_query_is_asked_again_while_somebody_waits(qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice) -> None:
    owner = Owner()
    answers: list[Any] = []
    shaky.faults = [away()]
    shaky_ops.ask(owner, identity.get_me, then=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert len(shaky.calls) == 2


def test_a_command_of_a_closed_page_is_given_up_and_said(qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice) -> None:
    owner = Owner()
    dropped: list[Any] = []
    shaky_ops.dropped.connect(dropped.append)
    shaky.faults = [away()]
    shaky_ops.do(owner, identity.add_person, new=NewPerson("Lin"))
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: bool(dropped))
    assert shaky_ops.unsaved == 0


def test_a_question_is_asked_and_the_same_call_sent_again(
    qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice, questions: Questions
) -> None:
    owner = Owner()
    done: list[Any] = []
    shaky.faults = [NeedsConfirmation(_("Go on"), key="twice")]
    shaky_ops.do(owner, identity.add_person, then=done.append, new=NewPerson("Lin"))
    qtbot.waitUntil(lambda: bool(done))
    assert questions.asked == ["Go on"]
    assert [call["confirmed"] for call in shaky.calls] == [frozenset(), frozenset({"twice"})]


def test_a_refused_question_tells_the_page_and_shows_nothing(
    qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice, questions: Questions
) -> None:
    owner = Owner()
    told: list[Any] = []
    questions.answer = False
    shaky.faults = [NeedsConfirmation(_("Go on"), key="twice") for _unused in range(2)]
    shaky_ops.do(owner, identity.add_person, failed=told.append, new=NewPerson("Lin"))
    shaky_ops.do(owner, identity.add_person, new=NewPerson("Lin"))
    qtbot.waitUntil(lambda: shaky_ops.is_idle)
    assert [type(error) for error in told] == [NeedsConfirmation]
    assert owner.shown == []


def test_a_missing_right_is_lent_by_a_pin(
    qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice, office_here: Office
) -> None:
    office_here.do(identity.add_person, new=NewPerson("Boss", pin="2468"))
    owner = Owner()
    done: list[Any] = []
    asked: list[Any] = []

    def lend(_owner: QObject, why: object, answered: Callable[[tuple[str, str] | None], object]) -> None:
        asked.append(str(why))
        answered(("Boss", "1111") if len(asked) == 1 else ("Boss", "2468"))

    shaky_ops.lend_rights(lend)
    shaky.faults = [NotAllowed(_("Settings"))]
    shaky_ops.do(owner, identity.add_person, then=done.append, new=NewPerson("Lin"))
    qtbot.waitUntil(lambda: bool(done))
    assert asked[0] == "Settings"
    assert "wrong" in asked[1]
    assert shaky.calls[-1]["stand_in"] == ("Boss", "2468")


def test_nobody_lends_a_right_and_the_page_says_so(qtbot: QtBot, shaky_ops: Ops, shaky: ShakyOffice) -> None:
    owner = Owner()
    shaky_ops.lend_rights(lambda _owner, _why, answered: answered(None))
    shaky.faults = [NotAllowed(_("Settings"))]
    shaky_ops.do(owner, identity.add_person, new=NewPerson("Lin"))
    qtbot.waitUntil(lambda: bool(owner.shown))
    assert isinstance(owner.shown[0], NotAllowed)


def test_an_error_goes_to_the_nearest_place_that_shows_errors(qtbot: QtBot, ops: Ops) -> None:
    page = Owner()
    button = QObject(page)
    ops.do(button, identity.add_person, new=NewPerson(""))
    qtbot.waitUntil(lambda: bool(page.shown))
    assert isinstance(page.shown[0], InvalidInput)


def test_an_error_without_a_place_is_not_lost(qtbot: QtBot, ops: Ops) -> None:
    owner = QObject()
    unheard: list[Any] = []
    ops.unheard.connect(unheard.append)
    ops.do(owner, identity.update_person, person_id=999, version=1, person=PersonEdit("Nobody"))
    qtbot.waitUntil(lambda: bool(unheard))
    assert isinstance(unheard[0], CoreError)


def test_a_bug_is_reported_and_the_page_does_not_wait_for_ever(qtbot: QtBot, ops: Ops) -> None:
    owner = Owner()
    bugs: list[Any] = []
    ops.crashed.connect(bugs.append)
    ops.run(owner, lambda: 1 // 0)
    qtbot.waitUntil(lambda: bool(owner.shown))
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]
    assert isinstance(owner.shown[0], ProgramFault)


def test_longer_work_tells_how_far_it_is_and_can_be_cancelled(qtbot: QtBot, ops: Ops) -> None:
    owner = Owner()
    steps: list[Any] = []
    ended = threading.Event()
    go_on = threading.Event()

    def work(report: Callable[[float, str], None]) -> int:
        try:
            report(0.25, "first")
            go_on.wait(5)
            report(0.5, "second")
        except Cancelled:
            ended.set()
            raise
        return 1

    job = ops.run(owner, work, then=steps.append, progress=lambda share, words: steps.append((share, words)))
    qtbot.waitUntil(lambda: steps == [(0.25, "first")])
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: ops.is_idle)
    assert ended.is_set()
    assert steps == [(0.25, "first")]
    assert owner.shown == []


def test_a_ping_tells_the_time_it_took(qtbot: QtBot, ops: Ops) -> None:
    with qtbot.waitSignal(ops.timed) as heard:
        ops.ping()
    assert heard.args[0] > 0
