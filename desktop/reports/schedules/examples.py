"""What the pictures of schedules show."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.reports import RunRow, ScheduleEdit, ScheduleRow, When
from core.words import Period, Rhythm, RunState, ScheduleTarget
from desktop.reports.schedules.page import SchedulesPage


def show_examples(page: QWidget) -> None:
    """Three schedules: one well, one in trouble, one paused."""
    if not isinstance(page, SchedulesPage):
        return
    now = page._context.office.clock.now()
    gone = _(
        "The folder {folder} is not there. Make it, connect its drive, or choose another in the schedule.",
        folder="E:\\Reports",
    )
    titles = {
        "stock-value": _("Stock value"),
        "fill-rate": _("Fill rate of suppliers"),
        "month-review": _("Month review"),
    }
    edits = (
        ScheduleEdit("库存金额", "stock-value", 0, When(Rhythm.DAILY), folder="/srv/reports"),
        ScheduleEdit("供应商满足率", "fill-rate", 0, When(Rhythm.WEEKLY, "07:00", 1), Period.LAST_WEEK, folder="E:\\Reports"),
        ScheduleEdit("月度回顾", "month-review", 0, When(Rhythm.MONTH_CLOSED), Period.LAST_MONTH, "pdf",
                     target=ScheduleTarget.MAIL, recipients="boss@example.com", is_on=False),
    )  # fmt: skip
    states = (RunState.DONE, RunState.FAILED, None)
    rows = []
    for number, (edit, state) in enumerate(zip(edits, states, strict=True), start=1):
        run = None if state is None else RunRow(
            number, number, edit.name, now - timedelta(hours=3), state, 1, 0, now, "PC-1", now, "", None, 0,
            gone if state is RunState.FAILED else None,
        )  # fmt: skip
        following = now + timedelta(hours=21) if edit.is_on and edit.when.rhythm is not Rhythm.MONTH_CLOSED else None
        rows.append(ScheduleRow(number, 1, edit, titles[edit.report], "陈思远", now, following, None, run))
    page.table.set_rows(rows)
    page._rows = rows
    page._show_panel(rows[1], [row.last for row in rows[1:2] if row.last is not None])
