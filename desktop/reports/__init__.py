"""Reports in the window: the catalogue, a report with its chart, saved views and schedules. Each room brings what it has
by a `register` of its own. While somebody is signed in the scheduled reports that are due are made, whichever page is on
show."""

from __future__ import annotations

import importlib
import importlib.util

from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.shell.registry import Chore, ShellRegistry

__all__ = ["register"]

ROOMS = ("catalogue", "report", "pivot", "schedules")


def register(registry: ShellRegistry) -> None:
    """Bring everything of reports."""
    registry.add_chore(Chore("reports.schedules", _make_due))
    for room in ROOMS:
        name = f"{__name__}.{room}"
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            importlib.import_module(name).register(registry)


def _make_due(context: AppContext, owner: QWidget) -> None:
    from desktop.reports.chores import DueReports

    DueReports(context, owner)
