"""One claim beside the list: what is asked for what, how far it is, and what can be done next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.i18n import _
from core.purchasing import ClaimCard
from core.words import ClaimState, Permission
from desktop.context import AppContext
from desktop.purchasing.claims.columns import amount_words, claim_look, line_columns
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.papers import claim_slip
from desktop.shell.attachments import FilesOf
from desktop.widgets import Button, DetailPanel, Words, instant_words, small_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.purchasing.claims.acts import ClaimActs

ENDED = (ClaimState.CREDITED, ClaimState.WRITTEN_OFF)


class ClaimPanel(DetailPanel):
    """Buttons only for what can happen to it now."""

    def __init__(self, context: AppContext, finder: Finder, card: ClaimCard, acts: ClaimActs) -> None:
        row = card.row
        super().__init__(row.number, row.supplier_title(context.language), claim_look(row))
        self._context, self._card, self._acts = context, card, acts
        self.add_facts(self._facts())
        sees_cost = context.shell.may(Permission.COST_VIEW) or context.shell.may(Permission.CLAIM_EDIT)
        self.add_section(_("Lines"), small_table(line_columns(finder, sees_cost=sees_cost), card.lines, _("Lines")))
        may_edit = context.shell.may(Permission.CLAIM_EDIT)
        self.add_section(_("Files"), FilesOf(context, "claim", row.id, may_add=may_edit))
        self.add_action(
            Button(_("Claim slip"), partial(claim_slip, context, self, row.id), icon_name="print", key="F8")
        )
        if may_edit:
            self._add_actions()

    def _facts(self) -> list[tuple[Words, Words | QWidget]]:
        card, row = self._card, self._card.row
        facts: list[tuple[Words, Words | QWidget]] = [(_("Opened"), instant_words(row.created_at)), (_("By"), row.by)]
        told: list[tuple[Words, str]] = [
            (_("Asked"), amount_words(row, row.asked)),
            (_("Credited"), amount_words(row, row.credited or None)),
            (_("Still expected"), amount_words(row, row.expected or None)),
            (_("Sent"), "" if row.sent_at is None else instant_words(row.sent_at)),
            (_("Ended"), "" if row.ended_at is None else instant_words(row.ended_at)),
            (_("Credit note"), row.credit_note),
            (_("E-mail"), ", ".join(card.emails)),
            (_("Phone"), card.phone),
            (_("Note"), row.note),
            (_("How it ended"), row.end_note),
        ]
        facts += [(name, words) for name, words in told if words]
        go = self._context.shell.go
        if row.receipt_id is not None:
            show = partial(go, "purchasing.receipts", receipt_id=row.receipt_id)
            facts.append((_("Receipt"), Button(row.receipt_number, show, kind="link")))
        if row.return_id is not None:
            show = partial(go, "stock.posting", posting_id=row.return_id)
            facts.append((_("Return"), Button(row.return_number, show, kind="link")))
        return facts

    def _add_actions(self) -> None:
        row, acts, card = self._card.row, self._acts, self._card
        if row.state not in ENDED:
            send = _("Send") if row.state is ClaimState.OPEN else _("Send again")
            if row.state is ClaimState.OPEN:
                self.add_action(Button(send, partial(acts.send, card), icon_name="export", kind="primary"))
            self.add_action(Button(_("Enter credit"), partial(acts.settle, card), icon_name="money"))
            self.add_action(Button(_("Give up"), partial(acts.write_off, card), icon_name="close"))
        if row.state is ClaimState.WRITTEN_OFF:
            self.add_action(Button(_("Open again"), partial(acts.reopen, card), icon_name="undo"))
        if row.credited and row.credit_note_id is None:
            self.add_action(Button(_("Take the credit back"), partial(acts.unsettle, card), icon_name="undo"))
