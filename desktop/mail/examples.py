"""States of the pages of e-mail worth a picture, for the tour: nothing is sent and nothing is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from PySide6.QtWidgets import QWidget

from core.errors import InvalidInput
from core.i18n import Text, _
from core.mail import MailCard, MailRow, unsure_question
from core.words import MailState
from desktop.mail.mail_panel import MailPanel
from desktop.mail.outbox_page import PANEL, OutboxPage
from desktop.mail.server_page import ServerPage
from desktop.theme import Meaning

BODY = "你好：\n\n附件是我们的采购订单 PO-2026-0107，请确认到货日期。\n\nPlease find our purchase order attached."
GREEN, FISH = "绿源农场 <orders@greenfield.example>", "Nordsee Fisch GmbH <bestellung@nordsee.example>"


def fill_server(page: QWidget) -> None:
    """Settings and a test e-mail that went well."""
    shown = cast(ServerPage, page)
    shown.form.set_values(
        {"host": "smtp.example.com", "security": "starttls", "port": "587", "user": "orders@corner.example",
         "address": "orders@corner.example", "name": "转角餐厅 Corner", "is_copied": True}
    )  # fmt: skip
    shown.trial.set_values({"to": "chen@corner.example"})
    shown.known.set_words(_("This PC knows the password."))
    shown.answer.say(_("The mail server has the e-mail: {answer}", answer="2.0.0 Ok: queued as 4Zq1x7"), Meaning.GOOD)


def refuse_server(page: QWidget) -> None:
    """A wrong address and a refused test e-mail."""
    shown = cast(ServerPage, page)
    fill_server(page)
    words = _("The mail server does not take the user name or password: {answer}", answer="5.7.8 bad credentials")
    shown.answer.say(words, Meaning.DANGER)
    shown.known.set_words(_("This PC does not know the password yet: nothing is sent from here."))
    shown.form.show_error(InvalidInput(_("A port is a number from 1 to 65535; usual are 465 and 587."), field="port"))


def fill_outbox(page: QWidget) -> None:
    """An e-mail in every state."""
    shown = cast(OutboxPage, page)
    shown.table.set_rows(_rows(shown.context.office.clock.now()))
    shown.show_content()


def open_unsure(page: QWidget) -> None:
    """The one of which nobody knows whether it arrived."""
    _open(page, MailState.UNSURE)


def open_failed(page: QWidget) -> None:
    """The one that was refused."""
    _open(page, MailState.FAILED)


def _open(page: QWidget, state: MailState) -> None:
    shown = cast(OutboxPage, page)
    fill_outbox(page)
    row = next(one for one in _rows(shown.context.office.clock.now()) if one.state is state)
    question = unsure_question(row.recipients) if state is MailState.UNSURE else None
    files = (("采购订单 PO-2026-0107.pdf", 48_211),)
    card = MailCard(row, "转角餐厅 <orders@corner.example>", "", "chen@corner.example", BODY, files, "PC-1", question)
    shown.open_panel(MailPanel(shown.context, row, card), PANEL)


def _rows(now: datetime) -> list[MailRow]:
    taken = _("The mail server has the e-mail: {answer}", answer="2.0.0 Ok: queued as 4Zq1x7")
    away = _("The mail server {host} cannot be reached at port {port}.", host="smtp.example.com", port=587)
    broke = _("The connection broke off before the mail server confirmed the e-mail.")
    wrong = _("The mail server does not take the address {address}: {answer}", address="bestellung@nordsee.example",
              answer="5.1.1 no such mailbox")  # fmt: skip
    return [
        _row(7, now, GREEN, MailState.QUEUED, None),
        _row(6, now - timedelta(minutes=9), FISH, MailState.QUEUED, away, 3),
        _row(5, now - timedelta(minutes=12), GREEN, MailState.SENDING, None),
        _row(4, now - timedelta(hours=2), FISH, MailState.FAILED, wrong),
        _row(3, now - timedelta(hours=3), GREEN, MailState.UNSURE, broke),
        _row(2, now - timedelta(days=1), GREEN, MailState.SENT, taken),
        _row(1, now - timedelta(days=2), FISH, MailState.WITHDRAWN, None),
    ]


def _row(number: int, at: datetime, to: str, state: MailState, why: Text | None, attempts: int = 1) -> MailRow:
    by = "陈思远" if state is MailState.WITHDRAWN else ""
    sent_at = at + timedelta(seconds=8) if state is MailState.SENT else None
    tried = 0 if state is MailState.QUEUED and why is None else attempts
    return MailRow(
        number, "order", number, to, f"转角餐厅 采购订单 PO-2026-010{number}", 52_400, state, at, at,
        at + timedelta(minutes=13), tried, sent_at, why, "陈思远", by,
    )  # fmt: skip
