"""Short ways to what tests of e-mail need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from core import mail
from core.mail import Mailbox, MailCard, MailServerEdit, NewMail
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork
from tests.helpers.smtp_server import MailServer

T = TypeVar("T")
NEW = NewMail(
    to=(Mailbox("orders@farm.example", "绿源农场"),),
    subject="转角餐厅 采购订单 PO-9",
    body="你好\n\n附件是订单。",
    owner_kind="order",
    owner_id=9,
    attachments=(("采购订单 PO-9.pdf", "application/pdf", b"%PDF-1.7\n1"),),
)


@command(None)
def run_mail_step_for_test(uow: UnitOfWork, *, step: Callable[[UnitOfWork], Any]) -> Any:
    """Run a step for a test."""
    return step(uow)


def run_step(office: Office, step: Callable[[UnitOfWork], T], request_id: str | None = None) -> T:
    answer: T = office.do(run_mail_step_for_test, step=step, request_id=request_id)
    return answer


def queue(office: Office, new: NewMail = NEW, *, request_id: str | None = None, **over: Any) -> int:
    return run_step(office, lambda uow: mail.queue_mail(uow, replace(new, **over)), request_id)


def server_edit(server: MailServer | None = None, **over: Any) -> MailServerEdit:
    edit = MailServerEdit("127.0.0.1", server.port if server else 2525, "none", "", "kitchen@example.com", "后厨")
    return replace(edit, **over)


def set_up(office: Office, server: MailServer | None = None, **over: Any) -> None:
    """The site's mail server; an earlier one is replaced."""
    kept = office.ask(mail.get_mail_server)
    office.do(mail.save_mail_server, new=server_edit(server, **over), version=kept.version)


def card(office: Office, mail_id: int) -> MailCard:
    return office.ask(mail.get_mail, mail_id=mail_id)
