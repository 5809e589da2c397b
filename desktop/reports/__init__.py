"""Reports: while somebody is signed in the program makes the scheduled reports that are due, whichever page is on show."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.shell.registry import Chore, ShellRegistry

__all__ = ["register"]


def register(registry: ShellRegistry) -> None:
    """Bring the chore to the shell."""
    registry.add_chore(Chore("reports.schedules", _make_due))


def _make_due(context: AppContext, owner: QWidget) -> None:
    from desktop.reports.chores import DueReports

    DueReports(context, owner)
