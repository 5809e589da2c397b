"""The program makes scheduled reports by itself while somebody is signed in: each is made by one program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.shell.passes import Passes, Stop

if TYPE_CHECKING:
    from core.reports import JobsRun


class DueReports(Passes):
    """Makes what is due, and looks again when a schedule or a month changed."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(context, owner, _make_due, ("schedule", "month"), "jobs")


def _make_due(office: Any, stop: Stop) -> JobsRun:
    from core import reports  # on the thread that makes them: it takes a moment when it is the first to need it

    return reports.run_due(office, stop=stop)
