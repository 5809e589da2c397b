"""One statement: the two balances, every invoice that disagrees, and whether it is settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _, _n
from core.purchasing import Standing, StatementCard
from core.words import Permission
from desktop.context import AppContext
from desktop.purchasing.payables.columns import FINDINGS, said, statement_look
from desktop.theme import Meaning
from desktop.widgets import Button, DetailPanel, Label, Notice, Words, date_words, language, small_table

MOST_SHOWN = 14


class StatementPanel(DetailPanel):
    """`gone()` follows when the statement was removed."""

    def __init__(self, context: AppContext, card: StatementCard, gone: Callable[[], object]) -> None:
        row = card.row
        until = _("Until {day}", day=date_words(row.until))
        super().__init__(row.supplier.render(language()), until, statement_look(row))
        self._context, self.card, self._gone = context, card, gone
        self._said = Notice(meaning=Meaning.DANGER)
        self._said.hide()
        self.add_widget(self._said)
        facts: list[tuple[Words, Words]] = [
            (_("Balance of the statement"), said(row.balance, row.currency)),
            (_("Balance of the books"), said(row.ours, row.currency)),
            (_("Difference"), said(row.difference, row.currency)),
        ]
        self.add_facts(facts)
        wrong = [finding for finding in card.findings if finding.standing is not Standing.AGREES]
        words = _n("{n} invoice disagrees", "{n} invoices disagree", len(wrong)) if wrong else _("Every invoice agrees")
        self.table = small_table(FINDINGS, card.findings, _("Invoices"), MOST_SHOWN)
        self.why = Label("", "muted", wrap=True)
        self.add_section(words, self.table)
        self.add_widget(self.why)
        self.table.current_changed.connect(lambda finding: self.why.set_words(finding.text if finding else ""))
        if card.note:
            self.add_widget(Label(card.note, "muted", wrap=True))
        if context.shell.may(Permission.INVOICE_EDIT):
            settle = _("Open it again") if row.is_settled else _("Settled")
            self.add_action(Button(settle, self.settle, kind="plain" if row.is_settled else "primary"))
            self.add_action(Button(_("Remove the statement"), self._remove, kind="danger"))

    def settle(self) -> None:
        """Its differences are cleared up, or not after all."""
        self._do(purchasing.settle_statement, is_settled=not self.card.row.is_settled)

    def show_error(self, error: CoreError) -> None:
        """Say why it was refused."""
        if not isinstance(error, NeedsConfirmation):
            self._said.say(error.text, Meaning.DANGER)
            self._said.show()

    def _remove(self) -> None:
        self._do(purchasing.remove_statement, then=lambda _answer: self._gone())

    def _do(self, command: Any, then: Callable[[Any], object] | None = None, **args: Any) -> None:
        row = self.card.row
        self._context.ops.do(
            self, command, then=then or (lambda _answer: None), failed=self.show_error, statement_id=row.id,
            version=row.version, **args,
        )  # fmt: skip
