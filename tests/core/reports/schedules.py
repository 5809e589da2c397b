"""Short ways to what tests of schedules need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core import reports
from core.office import Office
from core.reports import RunRow, ScheduleEdit, ScheduleRow, When
from db.enums import Rhythm, ScheduleTarget

DAILY = When(Rhythm.DAILY, "12:30")


def edit(folder: Path | str = "", **over: Any) -> ScheduleEdit:
    facts: dict[str, Any] = {
        "name": "Stock",
        "report": "stock-on-hand",
        "when": DAILY,
        "form": "csv",
        "language": "en",
        "folder": str(folder),
        **over,
    }
    return ScheduleEdit(**facts)


def by_mail(**over: Any) -> ScheduleEdit:
    return edit(target=ScheduleTarget.MAIL, recipients="owner@example.com; chef@example.com", **over)


def save(office: Office, new: ScheduleEdit, **over: Any) -> int:
    return office.do(reports.save_schedule, new=new, **over)


def rows(office: Office) -> tuple[ScheduleRow, ...]:
    return office.ask(reports.list_schedules)


def runs(office: Office) -> tuple[RunRow, ...]:
    return office.ask(reports.list_runs)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
