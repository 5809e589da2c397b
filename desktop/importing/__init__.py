"""Bringing files in: a page of the place Settings that other pages lead to.

The page is imported when it is first opened, so that starting the program does not wait for it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

__all__ = ["register"]

ROUTE = "settings.import"


def register(registry: ShellRegistry) -> None:
    """Bring the page to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Import files"),
            "settings",
            Permission.IMPORT_RUN,
            _page,
            50,
            icon="import",
            variants=(Variant("file", prepare=_show_example), Variant("earlier", {"part": "earlier"})),
        )
    )
    registry.add_action(
        Action(
            "importing.open",
            _("Import a file"),
            Permission.IMPORT_RUN,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="import",
            words="import excel csv xlsx 导入 表格",
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.importing.page import ImportPage

    return ImportPage(context, **args)


def _show_example(page: QWidget) -> None:
    from desktop.importing.example import show_example

    show_example(page)
