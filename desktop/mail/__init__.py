"""E-mail: the mail server and the outbox as pages of the place Settings, a light in the footer, and the sending itself.

While somebody is signed in the program sends what waits, whichever page is on show. The pages are imported when they are
first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Chore, Light, LightState, Page, ShellRegistry, Variant

__all__ = ["register"]

SERVER, OUTBOX = "settings.mail", "settings.outbox"


def register(registry: ShellRegistry) -> None:
    """Bring the pages, their actions, the light and the sending to the shell."""
    server = (Variant("full", prepare=_example("fill_server")), Variant("error", prepare=_example("refuse_server")))
    outbox = (
        Variant("full", prepare=_example("fill_outbox")), Variant("unsure", prepare=_example("open_unsure")),
        Variant("failed", prepare=_example("open_failed")),
    )  # fmt: skip
    registry.add_page(
        Page(SERVER, _("E-mail server"), "settings", Permission.SITE_EDIT, _page, 52, icon="mail", variants=server)
    )
    registry.add_page(
        Page(OUTBOX, _("Outbox"), "settings", Permission.MAIL_SEND, _outbox, 54, icon="mail", variants=outbox)
    )
    for key, title, permission, route, words in (
        ("mail.server", _("E-mail server"), Permission.SITE_EDIT, SERVER, "smtp mail password 邮件 邮箱 服务器"),
        ("mail.outbox", _("Outbox"), Permission.MAIL_SEND, OUTBOX, "mail sent order 邮件 发件箱 发送"),
    ):
        registry.add_action(Action(key, title, permission, _going(route), icon="mail", words=words))
    registry.add_chore(Chore("mail.sending", _send))
    registry.add_light(Light("mail", _light, OUTBOX))


def _going(route: str) -> Callable[..., None]:
    return lambda context, **_more: context.shell.go(route)


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.mail.server_page import ServerPage

    return ServerPage(context, **args)


def _outbox(context: AppContext, **args: Any) -> QWidget:
    from desktop.mail.outbox_page import OutboxPage

    return OutboxPage(context, **args)


def _example(name: str) -> Callable[[QWidget], None]:
    def prepare(page: QWidget) -> None:
        import desktop.mail.examples as examples

        getattr(examples, name)(page)

    return prepare


def _send(context: AppContext, owner: QWidget) -> None:
    from desktop.mail.sending import Sending

    Sending(context, owner)


def _light(context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
    from desktop.mail.light import watch_mails

    watch_mails(context, owner, tell)
