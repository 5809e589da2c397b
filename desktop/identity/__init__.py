"""People and roles, the operation log, the site's settings, one's own account: pages of the place Settings.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.identity.scanned import register_scans
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

__all__ = ["register"]


def register(registry: ShellRegistry) -> None:
    """Bring the pages of this domain to the shell."""
    for page in _pages():
        registry.add_page(page)
    registry.add_action(
        Action(
            "identity.add_person",
            _("Add a person"),
            Permission.PERSON_EDIT,
            lambda context, **_args: context.shell.go("settings.people", is_adding=True),
            icon="user",
            words="people staff 人员 员工",
        )
    )
    registry.add_action(
        Action(
            "identity.account",
            _("My account"),
            None,
            lambda context, **_args: context.shell.go("settings.account"),
            icon="user",
            words="password pin language 密码 语言",
        )
    )
    register_scans(registry)


def _pages() -> tuple[Page, ...]:
    return (
        Page("settings.people", _("People"), "settings", Permission.PERSON_EDIT, _people, 10, icon="user"),
        Page("settings.roles", _("Roles"), "settings", Permission.PERSON_EDIT, _roles, 20, icon="lock"),
        Page("settings.site", _("Site"), "settings", Permission.SITE_EDIT, _site, 30, icon="settings"),
        Page(
            "settings.audit",
            _("Operation log"),
            "settings",
            Permission.AUDIT_VIEW,
            _audit,
            40,
            icon="history",
            variants=(Variant("empty", {"text": "nothing is called this"}),),
        ),
        Page("settings.account", _("My account"), "settings", None, _account, 90, icon="user"),
    )


def _people(context: AppContext, **args: Any) -> QWidget:
    from desktop.identity.people_page import PeoplePage

    return PeoplePage(context, **args)


def _roles(context: AppContext, **args: Any) -> QWidget:
    from desktop.identity.roles_page import RolesPage

    return RolesPage(context, **args)


def _site(context: AppContext, **_args: object) -> QWidget:
    from desktop.identity.site_page import SitePage

    return SitePage(context)


def _audit(context: AppContext, **args: Any) -> QWidget:
    from desktop.identity.audit_page import AuditPage

    return AuditPage(context, **args)


def _account(context: AppContext, **_args: object) -> QWidget:
    from desktop.identity.account_page import AccountPage

    return AccountPage(context)
