"""The people of the sample site, each at a PC of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from desktop.ops import Workers
from desktop.widgets import set_language
from tests.helpers.seats import Seat

if TYPE_CHECKING:
    from core.clock import FixedClock


@pytest.fixture
def seat(qtbot: QtBot, sample_site: str, clock: FixedClock) -> Iterator[Callable[[str], Seat]]:
    """`seat("王建国")`: the person signed in at their PC."""
    set_language("en")
    workers = Workers()
    taken: list[Seat] = []

    def sit_down(name: str) -> Seat:
        taken.append(Seat(qtbot, workers, sample_site, name, clock))
        return taken[-1]

    yield sit_down
    for one in taken:
        one.leave()
    workers.stop()
