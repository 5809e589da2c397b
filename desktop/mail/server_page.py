"""The mail server's settings, and a test e-mail that says what the server answered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from core import mail
from core.errors import Conflict, CoreError, InvalidInput
from core.i18n import _
from core.mail import USUAL_PORT, Delivery, MailServer, MailServerEdit
from desktop.context import AppContext
from desktop.jobs import Job
from desktop.mail.server_form import make_server_form, server_values, typed_server
from desktop.theme import Meaning
from desktop.widgets import Button, Form, Label, Notice, PageBase, TextEdit, scrolled

BESIDE_FROM = 1000
MEANINGS = {"sent": Meaning.GOOD, "unsure": Meaning.SOON}


class ServerPage(PageBase):
    """One form and a trial beside it; Save (F2) keeps the settings for the site, the password for this PC."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            _("E-mail server"), _("How orders leave by e-mail. Every PC that sends needs the password once.")
        )
        self._context = context
        self.server: MailServer | None = None
        self._asked: Job | None = None
        self.notice = Notice()
        self.notice.hide()
        self.known = Label("", "small", wrap=True)
        self.form = make_server_form(self.known)
        self.trial = Form()
        self.to = self.trial.add("to", _("Recipient"), TextEdit(most=320), required=True, span=True)
        self.answer = Notice()
        self.answer.hide()
        self.try_button = Button(_("Send test e-mail"), self.try_out, icon_name="mail")
        self.set_content(self._laid_out())
        self.set_primary(_("Save"), self.save, "save")
        self.form.editor("security").changed.connect(self._on_security)
        self.trial.submitted.connect(self.try_out)
        context.hub.watch(self, ("mail_server",), self._on_news)
        self.reload()

    def _laid_out(self) -> QWidget:
        words = _("Sends a real e-mail with the settings as they stand in the form, kept or not.")
        settings = _card(self.notice, self.form)
        trial = _card(
            Label(_("Try it"), "heading"), Label(words, "muted", wrap=True), self.trial, self.answer, self.try_button
        )
        room = QWidget()
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom, room)
        self._cards.setContentsMargins(16, 4, 16, 16)
        self._cards.setSpacing(16)
        self._cards.addWidget(settings, 3, Qt.AlignmentFlag.AlignTop)
        self._cards.addWidget(trial, 2, Qt.AlignmentFlag.AlignTop)
        return scrolled(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= BESIDE_FROM
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def reload(self) -> None:
        """Ask for the settings again."""
        self.start_loading()
        self._context.ops.ask(self, mail.get_mail_server, then=self._take, failed=self.show_error)

    def has_unsaved(self) -> bool:
        """Whether something typed is not saved."""
        return self.form.is_changed()

    def save(self) -> None:
        """Keep the settings for the site, then the password on this PC."""
        typed = self._typed()
        if typed is None or self.server is None:
            return
        edit, password = typed
        self._context.ops.do(
            self,
            mail.save_mail_server,
            new=edit,
            version=self.server.version,
            seen=self.server.edit if self.server.is_set else None,
            then=lambda _version: self._saved(password),
            failed=self._refused,
        )

    def try_out(self) -> None:
        """Send a test e-mail and say what the server answered."""
        typed, to = self._typed(), self.trial.read()
        if typed is None or to is None:
            return
        edit, password = typed
        office, language = self._context.office, self._context.language
        self.try_button.setEnabled(False)
        self.answer.say(_("Speaking to {host} …", host=edit.host), Meaning.ACCENT)
        self._context.ops.run(
            self,
            lambda: mail.send_test_mail(office, server=edit, password=password, to=to["to"], language=language),
            then=self._tried,
            failed=self._not_tried,
            lane="mail",
        )

    # -- inside

    def _typed(self) -> tuple[MailServerEdit, str] | None:
        try:
            return typed_server(self.form)
        except InvalidInput as fault:
            self.form.show_error(fault)
            return None

    def _tried(self, delivery: Delivery) -> None:
        self.try_button.setEnabled(True)
        self.answer.say(delivery.why, MEANINGS.get(delivery.outcome, Meaning.DANGER))

    def _not_tried(self, error: CoreError) -> None:
        self.try_button.setEnabled(True)
        self.answer.hide()
        if error.field is not None and error.field != "to":
            self.form.show_error(error)
        else:
            self.trial.show_error(error)

    def _saved(self, password: str) -> None:
        self.notice.hide()
        self.form.mark_unchanged()
        self._context.ops.ask(self, mail.get_mail_server, then=lambda fresh: self._keep(fresh, password))

    def _keep(self, fresh: MailServer, password: str) -> None:
        self._take(fresh)
        if not password:
            self._context.shell.say(_("Saved."))
            return
        self._context.ops.run(self, lambda: mail.keep_mail_password(fresh.edit, password), then=self._kept, lane="mail")

    def _kept(self, is_safe: bool) -> None:
        if is_safe:
            self._context.shell.say(_("Saved."))
        else:
            words = _("Saved. This PC has no safe place for passwords: it is known only until the program ends.")
            self.notice.say(words, Meaning.SOON)
        self._ask_known()

    def _refused(self, error: CoreError) -> None:
        if not isinstance(error, Conflict):
            self.form.show_error(error)
            return
        self.notice.say(
            _(
                "Somebody else saved these settings meanwhile. Your fields stay as typed; save again to put them on top."
            ),
            Meaning.SOON,
        )
        self._context.ops.ask(self, mail.get_mail_server, then=self._lie_under)

    def _lie_under(self, fresh: MailServer) -> None:
        """What was typed here goes on top of what somebody else saved."""
        self.server = fresh

    def _on_news(self) -> None:
        if not self.has_unsaved():
            self.reload()

    def _take(self, server: MailServer) -> None:
        self.server = server
        self.form.set_values({**server_values(server.edit), "password": None})
        if not self.trial.is_changed():
            self.trial.set_values({"to": server.edit.address})
        self._ask_known()
        self.show_content()

    def _ask_known(self) -> None:
        """Only the latest answer counts: a keyring may take its time."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        server = self.server
        if server is None or not server.is_set or not server.edit.user:
            self.known.set_words("")
            return
        edit = server.edit
        self._asked = self._context.ops.run(
            self, lambda: mail.find_mail_password(edit) is not None, then=self._say_known, lane="mail"
        )

    def _say_known(self, is_known: bool) -> None:
        if is_known:
            self.known.set_words(_("This PC knows the password."))
        else:
            self.known.set_words(_("This PC does not know the password yet: nothing is sent from here."))

    def _on_security(self) -> None:
        """The usual port comes along, unless another one was typed."""
        port: Any = self.form.editor("port")
        security = self.form.editor("security").value()
        if security in USUAL_PORT and port.text().strip() in ("", *map(str, USUAL_PORT.values())):
            port.set_value(str(USUAL_PORT[security]))


def _card(*parts: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    inner = QVBoxLayout(card)
    inner.setContentsMargins(24, 20, 24, 24)
    inner.setSpacing(16)
    for part in parts:
        inner.addWidget(part)
    return card
