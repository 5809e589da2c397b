"""Alerts in the window: the bell, the inbox it opens, what is watched and over which channels it is told, and the looking
and sending itself while somebody is signed in.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Bell, Chore, Page, ShellRegistry, Variant

__all__ = ["register"]

INBOX = "alerts.inbox"
RULES, CHANNELS, MESSAGES, CONTACTS = (
    "settings.alerts", "settings.channels", "settings.alert_messages", "settings.alert_contacts",
)  # fmt: skip
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
    _add_settings(registry)
    registry.set_bell(Bell(frozenset({"alert", "alert_rule"}), _count, INBOX))
    registry.add_action(Action(INBOX, _("Alerts"), None, _going(INBOX), icon="bell", words=INBOX_WORDS))
    registry.add_chore(Chore("alerts.looking", _look))
    registry.add_chore(Chore("alerts.tray", _tell))


def _add_settings(registry: ShellRegistry) -> None:
    rights = Permission.ALERT_EDIT
    rules = (Variant("new", {"is_adding": True}), Variant("quiet", {"is_quiet": True}))
    channels = (
        Variant("new", {"is_adding": True}), Variant("sms", {"is_adding": True, "kind": "sms"}),
        Variant("full", prepare=_example("fill_channels")), Variant("trouble", prepare=_example("open_trouble")),
    )  # fmt: skip
    messages, contacts = (Variant("full", prepare=_example("fill_messages")),), (Variant("all"),)
    watched, told = _("What is watched"), _("Where people are told")
    registry.add_page(Page(RULES, watched, "settings", rights, _rules, 56, icon="bell", variants=rules))
    registry.add_page(Page(CHANNELS, _("Channels"), "settings", rights, _channels, 57, icon="link", variants=channels))
    registry.add_page(
        Page(MESSAGES, _("Messages of alerts"), "settings", rights, _messages, 58, False, "mail", messages)
    )
    registry.add_page(Page(CONTACTS, told, "settings", None, _contacts, 59, False, "user", contacts))
    for route, title, right, words in (
        (RULES, watched, rights, "预警规则 阈值 安静时间 免打扰 alert rules thresholds quiet hours"),
        (CHANNELS, _("Channels"), rights, "通知渠道 钉钉 企业微信 短信 dingtalk wecom slack webhook sms channels"),
        (MESSAGES, _("Messages of alerts"), rights, "预警通知 重发 alert messages resend"),
        (CONTACTS, told, None, "通知 手机 邮箱 contacts phone e-mail alerts"),
    ):
        registry.add_action(Action(route, title, right, _going(route), icon="bell", words=words))


def _going(route: str) -> Callable[..., None]:
    return lambda context, **args: context.shell.go(route, **args)


def _inbox(context: AppContext, **args: Any) -> QWidget:
    from desktop.alerts.inbox_page import InboxPage

    return InboxPage(context, **args)


def _rules(context: AppContext, **args: Any) -> QWidget:
    from desktop.alerts.rules_page import RulesPage

    return RulesPage(context, **args)


def _channels(context: AppContext, **args: Any) -> QWidget:
    from desktop.alerts.channels_page import ChannelsPage

    return ChannelsPage(context, **args)


def _messages(context: AppContext, **_args: Any) -> QWidget:
    from desktop.alerts.messages_page import MessagesPage

    return MessagesPage(context)


def _contacts(context: AppContext, **_args: Any) -> QWidget:
    from desktop.alerts.contacts_page import ContactsPage

    return ContactsPage(context)


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
    from desktop.alerts.looking import Looking, SendingAlerts

    Looking(context, owner)
    SendingAlerts(context, owner)


def _tell(context: AppContext, owner: QWidget) -> None:
    from desktop.alerts.tray import start_tray

    start_tray(context, owner)
