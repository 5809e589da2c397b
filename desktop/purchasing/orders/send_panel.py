"""Sending an order: by e-mail, on paper, by phone; to whom, with which words; what was sent before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import purchasing
from core.errors import CoreError, InvalidInput
from core.i18n import Text, _, join, verbatim
from core.purchasing import OrderCard, OrderMail, OrderSent
from core.words import OrderState, SendWay, word
from desktop.context import AppContext
from desktop.purchasing.orders.changes import changes_box
from desktop.purchasing.orders.looks import mail_look, named
from desktop.widgets import (
    Badge,
    Button,
    Choice,
    Form,
    FormPanel,
    Label,
    NoteEdit,
    TextEdit,
    instant_words,
)

PAUSE_MS = 250
LONGEST = 2000
MOST_ADDRESSES = 400


class SendPanel(FormPanel):
    """`saved(OrderSent)`. The text of the e-mail is shown as it will go; the PDF can be looked at first."""

    def __init__(
        self, context: AppContext, card: OrderCard, preview: Callable[[], object], *, way: SendWay = SendWay.MAIL,
        message: str = "",
    ) -> None:  # fmt: skip
        self._context, self._card = context, card
        is_again = card.row.revision > 0
        title = _("Send {number} again", number=card.row.number) if is_again else _(
            "Send {number}", number=card.row.number
        )  # fmt: skip
        super().__init__(title, self._fields(way, message), self._send_it, subtitle=named(card.row.supplier))
        self.set_verb(way)
        self.subject, self.text = Label("", "strong", wrap=True), Label("", wrap=True)
        self._mail = self._letter()
        if card.row.state is OrderState.DRAFT:
            self.add_widget(Label(_("Sending a draft approves it as well, where that is allowed."), "muted", wrap=True))
        if is_again and card.unsent:
            self.add_section(_("What changed since it was sent"), changes_box(card.unsent))
        self.add_widget(self._mail)
        if card.mails or card.versions:
            self.add_section(_("Sent before"), self._sent_before())
        self.add_action(Button(_("Look at the PDF"), preview, icon_name="print", key="F8"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_letter)
        self.form.editor("way").changed.connect(self._on_way)
        self.form.editor("message").changed.connect(self._pause.start)
        self._is_first = True
        self._ask_letter()
        self._on_way()

    def _fields(self, way: SendWay, message: str) -> Form:
        form = Form()
        choice = Choice(_("How"), [(one, word(one)) for one in SendWay])
        choice.set_value(way)
        form.add("way", _("How"), choice, required=True)
        form.add(
            "to",
            _("Recipients"),
            TextEdit(_("Recipients"), most=MOST_ADDRESSES),
            hint=_("Several addresses with a comma"),
        )
        note = NoteEdit(_("Words of our own"), lines=3, most=LONGEST)
        note.set_value(message)
        form.add("message", _("Words of our own"), note)
        if self._card.unsent:
            form.add("reason", _("Why it changed"), TextEdit(_("Why it changed"), most=200))
        form.mark_unchanged()
        return form

    def set_verb(self, way: SendWay) -> None:
        """The button says what it does."""
        verbs = {
            SendWay.MAIL: _("Send the e-mail"), SendWay.PAPER: _("Mark as handed over"),
            SendWay.PHONE: _("Mark as phoned"),
        }  # fmt: skip
        self.save_button.set_words(verbs[way])

    def way(self) -> SendWay:
        """How it goes."""
        try:
            return SendWay(self.form.editor("way").value() or SendWay.MAIL)
        except CoreError:
            return SendWay.MAIL

    # --- inside

    def _letter(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(_("The e-mail"), "strong"))
        column.addWidget(self.subject)
        column.addWidget(self.text)
        return box

    def _ask_letter(self) -> None:
        message = str(self.form.editor("message").value() or "")
        self._context.ops.ask(
            self, purchasing.get_order_mail, order_id=self._card.row.id, message=message, key="letter",
            then=self._show_letter, failed=lambda error: self.text.set_words(error.text),
        )  # fmt: skip

    def _show_letter(self, mail: OrderMail) -> None:
        if self._is_first:
            self._is_first = False
            self.form.set_values({"to": ", ".join(mail.to)})
            if not mail.to and self.way() is SendWay.MAIL and self._card.row.revision == 0:
                self.form.show_error(
                    InvalidInput(_("No address for orders is entered with this supplier."), field="to")
                )  # fmt: skip
        self.subject.set_words(mail.subject)
        self.text.set_words(mail.body)

    def _on_way(self) -> None:
        way = self.way()
        is_mail = way is SendWay.MAIL
        self.set_verb(way)
        self._mail.setVisible(is_mail)
        for key in ("to", "message"):
            self.form.editor(key).setEnabled(is_mail)
        if not is_mail:
            self.form.clear_errors()

    def _sent_before(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in self._card.versions[:3]:
            words = join([verbatim(instant_words(one.at)), word(one.way), verbatim(one.by)], " · ")
            column.addWidget(Label(words, wrap=True))
        for mail in self._card.mails[:3]:
            column.addWidget(Label(f"{instant_words(mail.made_at)} {mail.recipients}", "small", wrap=True))
            look = mail_look(mail.state)
            if look is not None:
                column.addWidget(Badge(look))
        return box

    def _send_it(self, values: dict[str, Any]) -> None:
        way = SendWay(values["way"])
        to = tuple(part.strip() for part in (values["to"] or "").replace(";", ",").split(",") if part.strip())
        row = self._card.row
        self._context.ops.do(
            self, purchasing.send_order, order_id=row.id, version=row.version, way=way,
            reason=values.get("reason") or "", message=(values["message"] or "") if way is SendWay.MAIL else "",
            to=to if way is SendWay.MAIL else (), then=self.done, failed=self.show_error,
        )  # fmt: skip


def sent_words(sent: OrderSent, way: SendWay) -> Text:
    """What to say after an order went."""
    if way is SendWay.MAIL:
        return _("{number} is on its way to {to}.", number=sent.number, to=", ".join(sent.recipients))
    return _("{number} is marked as sent ({way}).", number=sent.number, way=word(way))
