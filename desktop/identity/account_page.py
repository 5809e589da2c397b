"""One's own account: who I am here, my language, my password, my PIN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from core import identity
from core.errors import CoreError
from core.i18n import _
from core.identity import PersonCard
from desktop.context import AppContext
from desktop.identity.columns import roles_words, ways_in
from desktop.identity.person_forms import LANGUAGES, check_same, secret_pair
from desktop.widgets import Button, Choice, Facts, Form, Label, PageBase, TextEdit, Words, scrolled

CARD_WIDTH = 400
BESIDE_FROM = 1120


class AccountPage(PageBase):
    """Three small forms side by side; each is saved by itself."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("My account"), _("Your language, password and PIN. Only you can change them here."))
        self._context = context
        self.language_form = Form()
        self.language_form.add("language", _("Language"), Choice(options=LANGUAGES, empty=_("as the site")))
        self.password_form = Form()
        self.password_form.add("old_password", _("Present password"), TextEdit(is_secret=True), required=True)
        secret_pair(
            self.password_form, "new_password", _("New password"), _("New password again"), _("At least 8 characters.")
        )
        self.pin_form = Form()
        self.pin_form.add("password", _("Password"), TextEdit(is_secret=True), required=True)
        secret_pair(
            self.pin_form, "new_pin", _("New PIN"), _("New PIN again"), _("Four to eight digits; not 1111 or 1234.")
        )
        self._facts = QVBoxLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self.set_content(self._laid_out())
        context.hub.watch(self, ["person"], self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask again who I am."""
        self.start_loading()
        self._context.ops.ask(self, identity.get_me, then=self._take)

    def has_unsaved(self) -> bool:
        """Whether something typed here is not saved."""
        return self.password_form.is_changed() or self.pin_form.is_changed()

    def save_language(self) -> None:
        """Take the language chosen; the window changes at the next sign-in, or at once by its menu."""
        values = self.language_form.read()
        if values is not None:
            self._do(self.language_form, identity.set_own_language, language=values["language"] or "")

    def save_password(self) -> None:
        """Change the password."""
        self._save_secret(self.password_form, "new_password", identity.set_own_password)

    def save_pin(self) -> None:
        """Change the PIN."""
        self._save_secret(self.pin_form, "new_pin", identity.set_own_pin)

    def _save_secret(self, form: Form, key: str, command: Callable[..., Any]) -> None:
        values = form.read()
        if values is None:
            return
        try:
            check_same(values, key)
        except CoreError as error:
            form.show_error(error)
            return
        self._do(form, command, **values)

    def _do(self, form: Form, command: Callable[..., Any], **args: Any) -> None:
        def then(_answer: object) -> None:
            if form is not self.language_form:
                form.clear()
            self._context.shell.say(_("Saved."))

        self._context.ops.do(self, command, then=then, failed=form.show_error, **args)

    def _take(self, card: PersonCard) -> None:
        while self._facts.count():
            item = self._facts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        facts: list[tuple[Words, Words | QWidget]] = [
            (_("Full name"), card.name),
            (_("Roles"), roles_words(card.roles) or _("No role yet: nothing can be seen or done.")),
            (_("Signs in with"), ways_in(card)),
        ]
        self._facts.addWidget(Facts(facts))
        self.language_form.set_values({"language": card.language or None})
        self.show_content()

    def _laid_out(self) -> QWidget:
        who, left = QWidget(), QWidget()
        who.setLayout(self._facts)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(_card(_("Who I am"), who))
        column.addWidget(_card(_("Language"), self.language_form, Button(_("Save"), self.save_language)))
        parts = (
            left,
            _card(_("Password"), self.password_form, Button(_("Change password"), self.save_password)),
            _card(_("PIN"), self.pin_form, Button(_("Change PIN"), self.save_pin)),
        )
        room = QWidget()
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom, room)
        self._cards.setContentsMargins(16, 4, 16, 16)
        self._cards.setSpacing(16)
        for part in parts:
            part.setMaximumWidth(CARD_WIDTH)
            self._cards.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self._cards.addStretch(1)
        return scrolled(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= BESIDE_FROM
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)


def _card(title: Words, content: QWidget, button: Button | None = None) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 16, 20, 20)
    column.setSpacing(12)
    column.addWidget(Label(title, "heading"))
    column.addWidget(content)
    if button is not None:
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card
