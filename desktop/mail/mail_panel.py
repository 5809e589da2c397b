"""One e-mail: its words and files, where it stands, and the question when nobody knows whether it arrived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import mail
from core.errors import CoreError
from core.i18n import _
from core.mail import MailCard, MailRow
from core.words import MailState
from desktop.context import AppContext
from desktop.mail.columns import OWNERS, state_look, what_now
from desktop.widgets import Badge, Button, DetailPanel, Label, Words, instant_words

OUT = (MailState.QUEUED, MailState.FAILED, MailState.UNSURE)


class MailPanel(DetailPanel):
    """Opened for a row of the list; asks for the words of the e-mail by itself unless they are at hand."""

    def __init__(self, context: AppContext, row: MailRow, card: MailCard | None = None) -> None:
        super().__init__(row.subject, row.recipients)
        self._context = context
        self.row = row
        self.question = Label("", "strong", wrap=True)
        self.question.hide()
        self.add_widget(self.question)
        self._facts: Any = None
        self.words = Label("", wrap=True)
        self.arrived = self.add_action(Button(_("It arrived"), self.it_arrived, icon_name="check", kind="primary"))
        self.lost = self.add_action(Button(_("It did not: send again"), self.send_again, icon_name="refresh"))
        self.again = self.add_action(Button(_("Send again"), self.send_again, icon_name="refresh"))
        self.out = self.add_action(Button(_("Withdraw"), self.withdraw, icon_name="close"))
        self._show_buttons(row)
        if card is None:
            self.reload()
        else:
            self.show_card(card)

    def reload(self) -> None:
        """Ask for the e-mail again."""
        self._context.ops.ask(self, mail.get_mail, mail_id=self.row.id, then=self.show_card, failed=self.show_error)

    def send_again(self) -> None:
        """It did not arrive, or what was wrong is put right."""
        self._do(mail.send_again)

    def it_arrived(self) -> None:
        """A person asked there."""
        self._do(mail.it_arrived)

    def withdraw(self) -> None:
        """Never send it."""
        self._do(mail.withdraw_mail)

    def show_error(self, error: CoreError) -> None:
        """It did not go through."""
        self._context.shell.show_error(error.text)

    def show_card(self, card: MailCard) -> None:
        """Show everything of it."""
        self.row = card.row
        self.set_title(card.row.subject, card.row.recipients)
        self._show_facts(card)
        if card.question is not None:
            self.question.set_words(card.question)
            self.question.show()
        else:
            self.question.hide()
        self._show_buttons(card.row)

    # -- inside

    def _do(self, command: Callable[..., Any]) -> None:
        self._context.ops.do(
            self, command, mail_id=self.row.id, then=lambda _done: self.reload(), failed=self.show_error
        )

    def _show_facts(self, card: MailCard) -> None:
        is_new = self._facts is None
        if not is_new:
            self._facts.hide()
            self._facts.deleteLater()
        self._facts = self.add_facts(_facts(card))
        if is_new:
            self.add_section(_("Message"), self.words)
        else:
            self._body.removeWidget(self._facts)
            self._body.insertWidget(1, self._facts)
        self.words.set_words((card.body or "–") if card.is_kept else _("Its words are no longer kept."))

    def _show_buttons(self, row: MailRow) -> None:
        for button, states in (
            (self.arrived, (MailState.UNSURE,)), (self.lost, (MailState.UNSURE,)), (self.again, (MailState.FAILED,)),
            (self.out, OUT),
        ):  # fmt: skip
            button.setVisible(row.state in states)


def _facts(card: MailCard) -> list[tuple[Words, Words | Badge]]:
    row = card.row
    files = "\n".join(f"{name} ({-(-size // 1024):,} KB)" for name, size in card.attachments)
    by = _("{person} at {time}", person=row.made_by, time=instant_words(row.made_at))
    return [
        (_("State"), Badge(state_look(row))),
        *([(_("What happened"), what_now(row))] if what_now(row) else []),
        *([(_("Server"), row.why)] if row.why is not None and row.why != what_now(row) else []),
        *([(_("Sent"), instant_words(row.sent_at))] if row.sent_at is not None else []),
        *([(_("Belongs to"), OWNERS[row.owner_kind])] if row.owner_kind in OWNERS else []),
        (_("Sender"), card.sender),
        *([(_("PC"), card.taken_by)] if card.taken_by else []),
        *([(_("Copy to"), card.copies)] if card.copies else []),
        *([(_("Answers to"), card.answer_to)] if card.answer_to else []),
        (_("Files"), files or "–"),
        (_("Written"), by),
    ]
