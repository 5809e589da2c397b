"""The program sends what waits by itself while somebody is signed in; other programs may send too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.shell.passes import Passes, Stop

if TYPE_CHECKING:
    from core.mail import MailRun


class Sending(Passes):
    """Sends what may go, and looks again when an e-mail was queued."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(context, owner, _send_due, ("mail", "mail_server"), "mail")


def _send_due(office: Any, stop: Stop) -> MailRun:
    from core import mail  # on the thread that sends: it takes a moment when it is the first to need it

    return mail.send_due(office, stop=stop)
