"""What a person decides on an invoice: accept, claim, match by hand, take back, approve, withdraw, cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _, _n
from core.purchasing import ClaimFilter, ClaimRow, InvoiceCard
from core.words import ClaimState, InvoiceLineKind, InvoiceState, MatchDecision, Permission
from desktop.context import AppContext
from desktop.purchasing.invoices.card_rows import OPEN_STATES, CardRow
from desktop.purchasing.invoices.choosing import ByHandPanel, ClaimsPanel, SpreadPanel
from desktop.theme import Meaning
from desktop.widgets import CheckEdit, Choice, Form, FormPanel, TextEdit, money_words

if TYPE_CHECKING:
    from desktop.purchasing.invoices.card_page import CardPage

P = Permission
WIDE, WIDER = 400, 530
LONGEST_REASON = 300


class Acts:
    """Serves one page; whatever cannot be done says why."""

    def __init__(self, context: AppContext, page: CardPage) -> None:
        self._context, self._page = context, page

    # --- what may be done

    def may_match(self) -> bool:
        """Whether the invoice may still be matched."""
        card = self._page.card
        return card is not None and card.row.state in OPEN_STATES

    def may_accept(self, row: CardRow) -> bool:
        """Whether its difference may be accepted by this person."""
        return row.is_open and self.may_match() and self._may(P.INVOICE_APPROVE)

    def may_claim(self, row: CardRow) -> bool:
        """Whether it may be claimed: what is dearer, or what never came."""
        one = row.match
        is_dear = row.is_open and one is not None and one.difference > 0
        return (is_dear or self._never_came(row)) and self.may_match() and self._may(P.CLAIM_EDIT)

    def may_choose(self, row: CardRow) -> bool:
        """Whether a receipt can be chosen for what is open of the line."""
        line = row.line
        is_price_credit = line.kind is InvoiceLineKind.GOODS and not line.qty and bool(row.findings)
        return line.kind is InvoiceLineKind.GOODS and (bool(line.open_qty) or is_price_credit) and self.may_match()

    def may_take_back(self, row: CardRow) -> bool:
        """Whether the match or the spread charge can be taken back."""
        return (row.match is not None or bool(row.line.charges)) and self.may_match()

    def _never_came(self, row: CardRow) -> bool:
        return row.line.kind is InvoiceLineKind.GOODS and row.line.open_qty > 0 and row.part == 0

    def _may(self, permission: Permission) -> bool:
        return self._context.shell.may(permission)

    def _refuse(self, why: Text) -> None:
        self._page.say(why, Meaning.SOON)

    # --- lines

    def do_next(self) -> None:
        """Enter: what comes next on this line."""
        row = self._page.current()
        if row is None:
            return
        if self.may_accept(row):
            self.accept()
        elif self.may_choose(row) or (row.line.kind is InvoiceLineKind.CHARGE and not row.line.charges):
            self.choose()
        else:
            self._page.show_facts()

    def accept(self) -> None:
        """F6: accept the difference of the line, with a reason."""
        row, card = self._page.current(), self._page.card
        if row is None or card is None or row.match is None or not self.may_accept(row):
            self._refuse(_("There is no open difference on this line that you may accept."))
            return
        every = tuple(one.id for line in card.lines for one in line.matches if one.decision is MatchDecision.OPEN)
        form = Form()
        form.add("reason", _("Reason"), TextEdit(placeholder=_("Season, agreed by phone…"), most=LONGEST_REASON),
                 required=True)  # fmt: skip
        if len(every) > 1:
            box = CheckEdit(_n("All {n} of this invoice", "All {n} of this invoice", len(every)))
            form.add("is_all", "", box)
            box.set_name(_("All of this invoice"))
        match_id = row.match.id

        def send(values: dict[str, Any]) -> None:
            chosen = every if values.get("is_all") else (match_id,)
            self._send(panel, purchasing.accept_difference, match_ids=chosen, reason=values["reason"] or "")

        words = _(
            "{amount} are booked onto the cost of these goods.", amount=money_words(row.match.difference, sign=True)
        )
        panel = FormPanel(_("Accept the difference"), form, send, verb=_("Accept"), subtitle=words)
        self._open(panel)

    def claim(self) -> None:
        """F7: claim what is asked too much, or what never came."""
        row, card = self._page.current(), self._page.card
        if row is None or card is None or not self.may_claim(row):
            self._refuse(_("On this line nothing is asked too much that could be claimed."))
            return
        form = Form()
        form.add("note", _("Note for the supplier"), TextEdit(most=LONGEST_REASON))
        under = Choice(_("Under"), empty=_("A new claim"), search=False)
        form.add("claim_id", _("Under"), under)
        args: dict[str, Any] = {"invoice_id": card.row.id}
        if row.is_open and row.match is not None:
            args["match_ids"] = (row.match.id,)
            words = _(
                "{amount} are claimed; the invoice may then be paid.",
                amount=money_words(row.match.difference, sign=True),
            )
        else:
            args["line_id"] = row.line.id
            words = _("What never came is claimed; the invoice may then be paid.")

        def send(values: dict[str, Any]) -> None:
            given = {"note": values["note"] or "", "claim_id": values["claim_id"]}
            self._send(panel, purchasing.claim_difference, **given, **args)

        panel = FormPanel(_("Claim it"), form, send, verb=_("Claim it"), subtitle=words)
        self._open(panel)
        self._context.ops.ask(
            panel, purchasing.list_claims, then=partial(_offer_claims, under), failed=lambda _error: None,
            filters=ClaimFilter(supplier_id=card.row.supplier_id, is_waiting=True),
        )  # fmt: skip

    def choose(self) -> None:
        """F4: match the line by hand; a charge is spread over receipts."""
        row, card = self._page.current(), self._page.card
        if row is None or card is None or not self.may_match():
            self._refuse(_("Take the approval back first: then lines can be matched."))
        elif row.line.kind is InvoiceLineKind.CHARGE:
            self._open(SpreadPanel(self._context, row.line, card.row.supplier_id, self._command), WIDER)
        elif self.may_choose(row):
            self._open(ByHandPanel(self._context, row.line, self._command), WIDER)
        else:
            self._refuse(_("Everything of this line is matched."))

    def credit(self) -> None:
        """Hold a credit note's line against a claim."""
        row, card = self._page.current(), self._page.card
        if row is None or card is None or row.line.amount >= 0 or not self.may_match():
            self._refuse(_("Only a credit note's line is held against a claim."))
            return
        self._open(ClaimsPanel(self._context, row.line, card.row.supplier_id, self._command), WIDER)

    def take_back(self) -> None:
        """Take back what the line is matched with, or its spreading."""
        row, card = self._page.current(), self._page.card
        if row is None or card is None or not self.may_take_back(row):
            self._refuse(_("On this line there is nothing to take back."))
        elif row.match is not None:
            self._command(purchasing.unmatch_invoice, invoice_id=card.row.id, match_ids=(row.match.id,))
        else:
            self._command(purchasing.take_charge_back, line_id=row.line.id)

    def match_again(self) -> None:
        """Hold everything that is open against the receipts once more."""
        if self._page.card is not None:
            self._command(purchasing.match_invoice, invoice_id=self._page.card.row.id)

    # --- the whole

    def approve(self) -> None:
        """F9: free it for payment."""
        card = self._page.card
        if card is None or not self._may(P.INVOICE_APPROVE):
            self._refuse(_("You have no right to approve invoices."))
            return
        self._context.ops.do(
            self._page, purchasing.approve_invoices, then=lambda _count: self._approved(card), failed=self.failed,
            invoice_ids=(card.row.id,),
        )  # fmt: skip

    def _approved(self, card: InvoiceCard) -> None:
        self._context.shell.say(_("{number} approved for payment.", number=card.row.own_number))
        self._page.reload()

    def withdraw(self) -> None:
        """Take the approval back, with a reason."""
        card = self._page.card
        if card is None or card.row.state is not InvoiceState.APPROVED:
            self._refuse(_("It is not approved."))
            return
        self._ask_words(_("Take the approval back"), _("Reason"), purchasing.withdraw_invoice, "reason", card)

    def cancel(self) -> None:
        """Cancel the invoice: its matches are taken back, its number may be entered again."""
        card = self._page.card
        if card is None or not self.may_match():
            self._refuse(_("It is approved or over: take the approval back first."))
            return
        self._ask_words(_("Cancel the invoice"), _("Note"), purchasing.cancel_invoice, "note", card)

    def _ask_words(self, title: Text, label: Text, command: Any, name: str, card: InvoiceCard) -> None:
        form = Form()
        form.add(name, label, TextEdit(most=LONGEST_REASON), required=name == "reason")

        def send(values: dict[str, Any]) -> None:
            given = {name: values[name] or "", "invoice_id": card.row.id, "version": card.row.version}
            self._send(panel, command, **given)

        panel = FormPanel(title, form, send, verb=title, subtitle=card.row.own_number)
        self._open(panel)

    # --- sending

    def _open(self, panel: Any, wide: int = WIDE) -> None:
        if isinstance(panel, FormPanel):
            panel.saved.connect(lambda _answer: self._page.done())
            panel.cancelled.connect(self._page.close_panel)
        self._page.notice.hide()
        self._page.open_panel(panel, wide)
        panel.focus_field()

    def _send(self, panel: FormPanel, command: Any, **args: Any) -> None:
        self._context.ops.do(panel, command, then=panel.done, failed=panel.show_error, **args)

    def _command(self, command: Callable[..., Any], **args: Any) -> None:
        self._context.ops.do(self._page, command, then=lambda _answer: self._page.done(), failed=self.failed, **args)

    def failed(self, error: CoreError) -> None:
        """Say why it was refused."""
        if not isinstance(error, NeedsConfirmation):
            self._page.say(error.text, Meaning.DANGER)


def _offer_claims(under: Choice, rows: Sequence[ClaimRow]) -> None:
    """The claims a difference can be put under: those the dock opened already."""
    waiting = [row for row in rows if row.state in (ClaimState.OPEN, ClaimState.SENT)]
    under.set_options([(row.id, f"{row.number} · {row.receipt_number}".rstrip(" ·")) for row in waiting])
