"""Backup, verify and the doctor: a page of the place Settings, a light in the footer.

The page is imported when it is first opened, so that starting the program does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Light, LightState, Page, ShellRegistry, Variant

__all__ = ["register"]

ROUTE = "settings.maintenance"


def register(registry: ShellRegistry) -> None:
    """Bring the page and the light to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Backup and check"),
            "settings",
            Permission.SITE_MAINTAIN,
            _page,
            60,
            icon="database",
            variants=(Variant("verify", {"part": "verify"}), Variant("backups", {"part": "backups"})),
        )
    )
    registry.add_action(
        Action(
            "maintenance.open",
            _("Backup and check"),
            Permission.SITE_MAINTAIN,
            lambda context, **_args: context.shell.go(ROUTE),
            icon="database",
            words="backup restore verify doctor 备份 恢复 核对 体检",
        )
    )
    registry.add_light(Light("backup", _light, ROUTE))


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.maintenance.page import MaintenancePage

    return MaintenancePage(context, **args)


def _light(context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
    from desktop.maintenance.light import watch_backups

    watch_backups(context, owner, tell)
