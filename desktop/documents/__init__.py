"""What was printed, in the window: found by number, day and person, and printed again exactly as it was.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

__all__ = ["register"]

ROUTE = "settings.printed"


def register(registry: ShellRegistry) -> None:
    """Bring the list of printed papers to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Printed papers"),
            "settings",
            None,
            _printed,
            45,
            icon="print",
            variants=(Variant("empty", {"text": "nothing is called this"}),),
        )
    )
    registry.add_action(
        Action(
            "documents.printed",
            _("Printed papers"),
            None,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="print",
            words="打印记录 重印 reprint print history archive",
        )
    )


def _printed(context: AppContext, **args: Any) -> QWidget:
    from desktop.documents.printed_page import PrintedPage

    return PrintedPage(context, **args)
