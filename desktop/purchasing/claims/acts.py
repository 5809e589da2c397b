"""What a person does with a claim: send it, enter the credit, give it up, open it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from core import purchasing
from core.errors import CoreError
from core.i18n import Text, _
from core.purchasing import ClaimCard
from core.values import CURRENCY_SIGNS
from core.words import SendWay, word
from desktop.context import AppContext
from desktop.widgets import CheckEdit, Choice, Form, FormPanel, MoneyEdit, NoteEdit, TextEdit


class ClaimsHome(Protocol):
    """What these acts need of the page."""

    def open_panel(self, panel: QWidget, width: int = 400) -> None:
        """Show a panel at the right."""

    def open(self, claim_id: int) -> None:
        """Show a claim beside the list."""

    def reload(self) -> None:
        """Ask again."""

    def show_error(self, error: CoreError) -> None:
        """Say what went wrong."""


class ClaimActs:
    """Forms where something is to be said, else at once; the claim is shown again afterwards."""

    def __init__(self, context: AppContext, owner: QWidget, home: ClaimsHome) -> None:
        self._context, self._owner, self._home = context, owner, home

    def send(self, card: ClaimCard) -> None:
        """By e-mail with the slip, on paper or by telephone."""
        ways = [way for way in SendWay if way is not SendWay.MAIL or card.emails]
        form = Form()
        form.add("way", _("How"), Choice(_("How"), [(way, word(way)) for way in ways], search=False), required=True)
        form.add("note", _("Words to the supplier"), NoteEdit(_("Words to the supplier"), lines=4, most=1000))
        form.set_values({"way": ways[0]})
        told = ", ".join(card.emails)
        subtitle = _("To {emails}", emails=told) if told else _("The supplier has no e-mail address for claims.")
        self._ask(card, _("Send {number}", number=card.row.number), form, purchasing.send_claim, _("Send"), subtitle)

    def settle(self, card: ClaimCard) -> None:
        """What was credited without a credit note among the invoices."""
        row = card.row
        form = Form()
        amount = MoneyEdit(_("Amount credited"))
        amount.set_sign(CURRENCY_SIGNS.get(row.currency, row.currency))
        form.add("amount", _("Amount credited"), amount, required=True)
        form.add("is_final", "", CheckEdit(_("That is all we get"))).set_name(_("That is all we get"))
        form.add("note", _("Note"), TextEdit(_("Note"), most=200))
        form.set_values({"amount": row.expected})
        subtitle = _("A credit note entered with the invoices does this by itself.")
        title = _("Credit for {number}", number=row.number)
        self._ask(card, title, form, purchasing.settle_claim, _("Enter"), subtitle)

    def write_off(self, card: ClaimCard) -> None:
        """Give it up, with a word why."""
        form = Form()
        form.add("note", _("Reason"), NoteEdit(_("Reason"), lines=3, most=200), required=True)
        title = _("Give up {number}", number=card.row.number)
        self._ask(card, title, form, purchasing.write_off_claim, _("Give up"))

    def reopen(self, card: ClaimCard) -> None:
        """It was given up too early."""
        self._do(card, purchasing.reopen_claim)

    def unsettle(self, card: ClaimCard) -> None:
        """The credit was entered by mistake."""
        self._do(card, purchasing.unsettle_claim)

    # --- inside

    def _ask(
        self, card: ClaimCard, title: Text, form: Form, command: Callable[..., Any], verb: Text, subtitle: Any = ""
    ) -> None:
        def do(values: dict[str, Any]) -> None:
            given = {key: value if value is not None else "" for key, value in values.items()}
            self._context.ops.do(
                self._owner, command, claim_id=card.row.id, version=card.row.version, **given,
                then=panel.done, failed=panel.show_error,
            )  # fmt: skip

        panel = FormPanel(title, form, do, subtitle=subtitle, verb=verb)
        panel.saved.connect(lambda _answer: self._shown_again(card))
        panel.cancelled.connect(lambda: self._home.open(card.row.id))
        self._home.open_panel(panel, 420)
        panel.focus_field()

    def _do(self, card: ClaimCard, command: Callable[..., Any]) -> None:
        self._context.ops.do(
            self._owner, command, claim_id=card.row.id, version=card.row.version,
            then=lambda _answer: self._shown_again(card), failed=self._home.show_error,
        )  # fmt: skip

    def _shown_again(self, card: ClaimCard) -> None:
        self._context.shell.say(_("{number} is changed.", number=card.row.number))
        self._home.reload()
        self._home.open(card.row.id)
