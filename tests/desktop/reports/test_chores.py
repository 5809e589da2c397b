"""While somebody is signed in the program makes what is due, by itself and once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from core import reports
from core.clock import FixedClock
from core.office import Office
from core.words import RunState
from desktop.context import AppContext
from desktop.ops import Ops
from desktop.reports.chores import DueReports
from tests.core.reports.schedules import edit, files, runs, save


def test_what_comes_due_is_made_while_the_window_is_open(
    office_here: Office, context: AppContext, ops: Ops, qtbot: Any, clock: FixedClock, tmp_path: Path
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    folder = tmp_path / "reports"
    folder.mkdir()
    schedule_id = save(office_here, edit(folder))
    chore = DueReports(context, owner)
    qtbot.waitUntil(lambda: ops.is_idle and not chore.is_running)
    assert files(folder) == []
    clock.advance(hours=1)
    chore.look()
    qtbot.waitUntil(lambda: files(folder) == ["Stock 2026-03-04 1230.csv"])
    qtbot.waitUntil(lambda: ops.is_idle and not chore.is_running)
    office_here.do(reports.run_schedule, schedule_id=schedule_id)
    qtbot.waitUntil(lambda: len(files(folder)) == 2)
    qtbot.waitUntil(lambda: ops.is_idle and not chore.is_running)
    assert [run.state for run in runs(office_here)] == [RunState.DONE] * 2
