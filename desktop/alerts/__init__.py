"""Alerts in the window: the bell, the inbox it opens, what is watched and over which channels it is told, and the looking
and sending itself while somebody is signed in.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from desktop.context import AppContext
from desktop.shell.registry import Action, Bell, Chore, Page, ShellRegistry, Variant

__all__ = ["register"]

INBOX = "alerts.inbox"
INBOX_WORDS = "预警 提醒 通知 库存预警 临期 缺货 alerts inbox bell warnings notifications"


def register(registry: ShellRegistry) -> None:
    """Bring pages, bell, actions and what is done in the background."""
    registry.add_page(
        Page(
            INBOX, _("Alerts"), "today", None, _inbox, 20, icon="bell",
            variants=(
                Variant("one", find_args=some_alert), Variant("history", {"state": ""}),
                Variant("full", prepare=_example("fill_inbox")),
            ),
        )
    )  # fmt: skip
    registry.set_bell(Bell(frozenset({"alert", "alert_rule"}), _count, INBOX))
    registry.add_action(Action(INBOX, _("Alerts"), None, _going(INBOX), icon="bell", words=INBOX_WORDS))
    registry.add_chore(Chore("alerts.looking", _look))


def _going(route: str) -> Callable[..., None]:
    return lambda context, **args: context.shell.go(route, **args)


def _inbox(context: AppContext, **args: Any) -> QWidget:
    from desktop.alerts.inbox_page import InboxPage

    return InboxPage(context, **args)


def _example(name: str) -> Callable[[QWidget], None]:
    def prepare(page: QWidget) -> None:
        import desktop.alerts.examples as examples

        getattr(examples, name)(page)

    return prepare


def some_alert(office: Any) -> dict[str, object]:
    """The most urgent alert of the site that the person is told of, for a picture."""
    from core import alerts

    rows = office.ask(alerts.list_alerts, limit=1).rows
    return {"alert_id": rows[0].id} if rows else {}


def _count(context: AppContext, owner: QWidget, told: Callable[[int], None]) -> None:
    from core import alerts

    context.ops.ask(
        owner, alerts.count_alerts, then=lambda counts: told(counts.open), failed=lambda _error: None, key="bell"
    )


def _look(context: AppContext, owner: QWidget) -> None:
    from desktop.alerts.looking import Looking

    Looking(context, owner)
