"""The first page after signing in: at most eight figures with their trend, and what waits for this person.

The page is imported when it is first opened, so that starting the program does not wait for it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from desktop.context import AppContext
from desktop.shell.registry import Page, ShellRegistry

__all__ = ["register"]


def register(registry: ShellRegistry) -> None:
    """Bring the page to the shell."""
    registry.add_page(Page("today", _("Today"), "today", None, _today, 10, icon="today"))


def _today(context: AppContext, **_args: Any) -> QWidget:
    from desktop.today.page import TodayPage

    return TodayPage(context)
