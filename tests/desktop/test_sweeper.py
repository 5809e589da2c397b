"""Widgets in circles are taken apart on the window's thread, never on a worker's."""

from __future__ import annotations

import gc
import threading
from typing import ClassVar

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ops import Workers


class Circle(QObject):
    """An object that holds itself, and notes on which thread it goes."""

    gone_on: ClassVar[list[str]] = []

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        Circle.gone_on.append(threading.current_thread().name)


def _make_rubbish() -> None:
    kept = [[number] for number in range(200_000)]
    assert len(kept) == 200_000


def test_a_worker_that_makes_many_objects_sweeps_nothing(workers: Workers, qtbot: QtBot) -> None:
    Circle.gone_on.clear()
    Circle()
    done: list[bool] = []
    workers.submit("read", _make_rubbish, lambda: done.append(True))
    qtbot.waitUntil(lambda: done == [True])
    assert not gc.isenabled()
    assert Circle.gone_on in ([], ["MainThread"])
    gc.collect()
    assert Circle.gone_on == ["MainThread"]


def test_sweeping_is_handed_back_when_the_workers_stop(qtbot: QtBot) -> None:
    workers = Workers()
    workers.stop()
    assert gc.isenabled()
