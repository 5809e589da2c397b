"""What can be done with an order as it stands: approve, send, confirm, receive, close, cancel, copy, print."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _, _n, join
from core.purchasing import OrderCard, OrderCopied, OrderSent, OrderStanding
from core.words import OrderState, SendWay
from desktop.purchasing.orders.looks import named
from desktop.purchasing.orders.papers import order_paper
from desktop.purchasing.orders.send_panel import SendPanel, sent_words
from desktop.purchasing.orders.state_panels import (
    ConfirmPanel,
    TemplateForm,
    cancel_panel,
    close_line_panel,
    close_panel,
    withdraw_panel,
)
from desktop.purchasing.orders.story import StoryPanel
from desktop.theme import Meaning
from desktop.widgets import FormPanel, Words

if TYPE_CHECKING:
    from desktop.purchasing.orders.order_page import OrderPage

WIDE, STORY = 440, 400
S = OrderState
Do = Callable[[], object]


class Ways:
    """Every way saves first what was typed."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page

    # --- which

    def next_step(self) -> tuple[Words, Do, str]:
        """What usually comes next."""
        card = self._page.desk.card
        can = card.can if card is not None else frozenset({"send"})
        state = card.row.state if card is not None else S.DRAFT
        steps: dict[S, tuple[tuple[str, Words, Do, str], ...]] = {
            S.DRAFT: (("send", _("Send"), self.send, "mail"), ("approve", _("Approve"), self.approve, "check")),
            S.APPROVED: (("send", _("Send"), self.send, "mail"),),
            S.SENT: (("confirm", _("Confirmation"), self.confirm, "check"),),
            S.CONFIRMED: (("receive", _("Receive"), self.receive, "receive"),),
            S.PART_RECEIVED: (("receive", _("Receive"), self.receive, "receive"),),
        }
        for name, words, do, icon in steps.get(state, ()):
            if name in can:
                return words, do, icon
        return (_("Copy"), self.copy, "copy") if "copy" in can else (_("Print"), self.print_it, "print")

    def entries(self) -> list[tuple[Words, Do, str, str]]:
        """What stands behind the dots, only what is possible now."""
        card = self._page.desk.card
        can = card.can if card is not None else frozenset({"edit"})
        found: list[tuple[Words, Do, str, str]] = []
        if "edit" in can:
            found.append((_("Save"), self._page.saving.save, "save", "Ctrl+S"))
            if card is not None and card.row.revision:
                found.append((_("Change or add lines"), self._page.focus_search, "edit", ""))
            found.append((_("Remove the line"), self._page.lines.remove, "trash", "Del"))
        if card is None:
            return found
        named_ways: tuple[tuple[str, Words, Do, str], ...] = (
            ("approve", _("Approve"), self.approve, "check"),
            ("withdraw", _("Take the approval back"), self.withdraw, "undo"),
            ("send", _("Send"), self.send, "mail"),
            ("confirm", _("Enter the confirmation"), self.confirm, "check"),
            ("receive", _("Receive"), self.receive, "receive"),
            ("close_line", _("Close the line, or wait for it again"), self.close_line, "minus"),
            ("close", _("Close the order"), self.close, "close"),
            ("reopen", _("Open it again"), self.reopen, "undo"),
            ("cancel", _("Cancel the order"), self.cancel, "trash"),
            ("copy", _("Copy to a new order"), self.copy, "copy"),
        )
        found += [(words, do, icon, "") for name, words, do, icon in named_ways if name in can]
        if "copy" in can:
            found.append((_("Save as template"), self.keep_template, "save", ""))
        found.append((_("Print"), self.print_it, "print", ""))
        found.append((_("What happened to it"), self.story, "history", "F6"))
        return found

    # --- doing

    def approve(self) -> None:
        """Approve it; the amount may need another role, who stands in with a PIN."""
        self._saved(lambda card: self._do(purchasing.approve_order, card, _("{number} is approved.", number=_no(card))))

    def send(self, message: str = "") -> None:
        """The form that sends it."""
        self._saved(lambda card: self._open_send(card, message))

    def _open_send(self, card: OrderCard, message: str) -> None:
        way = card.versions[0].way if card.versions and not message else SendWay.MAIL
        panel = SendPanel(
            self._page.context, card, lambda: order_paper(self._page.context, self._page, card.row.id), way=way,
            message=message,
        )  # fmt: skip
        panel.saved.connect(lambda sent: self._on_sent(sent, panel.way()))
        self._open(panel, "message" if message else "way")

    def _on_sent(self, sent: OrderSent, way: SendWay) -> None:
        self._page.context.shell.say(sent_words(sent, way))
        self._after()

    def confirm(self) -> None:
        """The supplier's answer."""
        self._saved(
            lambda card: self._form(
                ConfirmPanel(self._page.context, card, self._page.finder.today),
                _("The confirmation of {number} is entered.", number=_no(card)),
            )
        )

    def withdraw(self) -> None:
        """Take the approval back."""
        said = _("The approval was taken back.")
        self._saved(lambda card: self._form(withdraw_panel(self._page.context, card), said))

    def close(self) -> None:
        """Nobody waits for the rest."""
        self._saved(
            lambda card: self._form(
                close_panel(self._page.context, card), _("{number} is closed.", number=_no(card))
            )
        )  # fmt: skip

    def cancel(self) -> None:
        """The goods are not to come."""
        self._saved(
            lambda card: self._form(
                cancel_panel(self._page.context, card), _("{number} is cancelled.", number=_no(card))
            )
        )  # fmt: skip

    def reopen(self) -> None:
        """Wait for it after all."""
        said = _("The order is open again.")
        self._saved(lambda card: self._do(purchasing.reopen_order, card, said))

    def close_line(self) -> None:
        """Nobody waits for the rest of the chosen line; a closed one is waited for again."""
        line = self._page.current_line()
        if line is None or line.stored is None:
            self._page.say(_("Choose a line first."), Meaning.SOON)
            return
        line_id = line.stored.id
        if line.is_closed:
            said = _("The line is awaited again.")
            self._saved(lambda card: self._do(purchasing.reopen_line, card, said, line_id=line_id))
        else:
            said = _("The line is closed.")
            self._saved(lambda card: self._form(close_line_panel(self._page.context, card, line_id), said))

    def copy(self) -> None:
        """A new draft of the same goods, at the prices of today."""
        page = self._page

        def copied(made: OrderCopied) -> None:
            if made.left_out:
                left = join([named(one) for one in made.left_out], ", ")
                page.context.shell.say(_("Left out, because they are retired: {items}", items=left))
            page.context.shell.go("purchasing.order", order_id=made.order_id)

        self._saved(
            lambda card: page.context.ops.do(
                page, purchasing.copy_order, order_id=card.row.id, then=copied, failed=self._refused
            )
        )  # fmt: skip

    def receive(self) -> None:
        """The goods are here."""
        self._saved(lambda card: self._page.context.shell.go("purchasing.receive", order_ids=(card.row.id,)))

    def keep_template(self) -> None:
        """Keep it as a template."""
        said = _("The template is saved.")
        self._saved(lambda card: self._form(TemplateForm(self._page.context, card), said))

    def print_it(self) -> None:
        """F8: on paper, as it is saved."""
        self._saved(lambda card: order_paper(self._page.context, self._page, card.row.id))

    def story(self) -> None:
        """F6: what happened to it; again: away."""
        card = self._page.desk.card
        if isinstance(self._page.panel(), StoryPanel):
            self._page.close_panel()
        elif card is not None:
            self._page.open_panel(StoryPanel(self._page.context, card), STORY)

    # --- inside

    def _saved(self, do: Callable[[OrderCard], object]) -> None:
        """Save first; then with the order as it is saved."""

        def go_on() -> None:
            card = self._page.desk.card
            if card is not None:
                do(card)

        self._page.saving.save(go_on)

    def _do(self, command: Callable[..., Any], card: OrderCard, said: Text, **more: Any) -> None:
        def then(_standing: OrderStanding) -> None:
            self._page.context.shell.say(said)
            self._page.show_again()

        self._page.context.ops.do(
            self._page, command, order_id=card.row.id, version=card.row.version, then=then, failed=self._refused, **more
        )  # fmt: skip

    def _refused(self, error: CoreError) -> None:
        if not isinstance(error, NeedsConfirmation):
            self._page.say(error.text, Meaning.DANGER)

    def _form(self, panel: FormPanel, said: Text) -> None:
        def saved(_answer: object) -> None:
            self._page.context.shell.say(said)
            self._after()

        panel.saved.connect(saved)
        self._open(panel)

    def _open(self, panel: FormPanel, field: str = "") -> None:
        panel.cancelled.connect(self._page.close_panel)
        self._page.open_panel(panel, WIDE)
        panel.focus_field(field)

    def _after(self) -> None:
        self._page.close_panel()
        self._page.show_again()


def _no(card: OrderCard) -> str:
    return card.row.number


def lines_words(card: OrderCard) -> Text:
    """How many lines there are, and how many still wait."""
    count = _n("{n} line", "{n} lines", len(card.lines))
    if not card.row.open_lines or card.row.state in (S.DRAFT, S.APPROVED):
        return count
    return join([count, _n("{n} awaited", "{n} awaited", card.row.open_lines)], ", ")
