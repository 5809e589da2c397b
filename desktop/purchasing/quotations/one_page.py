"""One request for quotation: who was asked, what they answered side by side, and who gets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import catalog, purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _, _n
from core.purchasing import AskedSupplier, Award, RfqCard, RfqLineRow
from core.words import RfqState, SendWay, word
from desktop.context import AppContext
from desktop.printing.source import PaperSource
from desktop.purchasing.quotations.answer_panel import AnswerPanel
from desktop.purchasing.quotations.asked import AskedRow
from desktop.purchasing.quotations.columns import SUPPLIER, comparison
from desktop.theme import Meaning
from desktop.widgets import Button, Label, Notice, PageBase, RowTable, date_words, language

HINT = _(
    "Cost of one unit with freight, without tax that is refunded. "
    "A click chooses the supplier of a line; F9 makes the orders."
)


class QuotationPage(PageBase):
    """A click on an offer chooses its supplier for that line; F9 makes the draft orders of what is chosen."""

    def __init__(self, context: AppContext, *, rfq_id: int) -> None:
        super().__init__(_("Request for quotation"), _("Answers side by side by what one unit costs at the door."))
        self._context, self._rfq_id = context, rfq_id
        self.card: RfqCard | None = None
        self._chosen: dict[int, int] = {}
        self._units: dict[str, str] = {}
        self._said = Notice()
        self._said.hide()
        self._asked = QVBoxLayout()
        self._asked.setContentsMargins(0, 0, 0, 0)
        self._asked.setSpacing(4)
        self.table: RowTable | None = None
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self._hint = Label("", "muted", wrap=True)
        self.set_content(self._lay_out())
        self.one_button = self.head.add_button(Button(_("All to the cheapest"), self.choose_one))
        self.each_button = self.head.add_button(Button(_("Each line to its cheapest"), self.choose_each))
        self.add_more(_("Print"), self.print_page, "print", key="F8")
        self.add_more(_("Send by e-mail"), lambda: self.send(SendWay.MAIL), "mail")
        self.add_more(_("Sent on paper or by phone"), lambda: self.send(SendWay.PHONE))
        self.add_more(_("Open it again"), lambda: self._do(purchasing.reopen_rfq))
        self.add_more(_("Close the request"), lambda: self._do(purchasing.close_rfq))
        context.hub.watch(self, ("rfq", "order", "supplier"), self.reload)
        context.ops.ask(self, catalog.list_units, then=self._on_units)
        self.reload()

    def _lay_out(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 0, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(Label(_("Suppliers asked"), "strong"))
        column.addLayout(self._asked)
        column.addWidget(self._hint)
        column.addLayout(self._place, 1)
        return content

    def reload(self) -> None:
        """Ask again for the request and its answers."""
        self.start_loading()
        self._context.ops.ask(
            self, purchasing.get_rfq, rfq_id=self._rfq_id, key="one", then=self._take, failed=self.show_error
        )

    def detail_title(self) -> str:
        return self.card.row.number if self.card is not None else ""

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, AnswerPanel) and panel.is_changed()

    def post(self) -> None:
        """Save the answer being typed, or award what is chosen (F9)."""
        panel = self.panel()
        if isinstance(panel, AnswerPanel):
            panel.save()
        else:
            self.award()

    def print_page(self) -> None:
        """The paper for the first supplier asked (F8)."""
        if self.card is not None and self.card.suppliers:
            self.print_for(self.card.suppliers[0].supplier_id)

    def print_for(self, supplier_id: int) -> None:
        """The paper as one supplier gets it."""
        office, rfq_id = self._context.office, self._rfq_id

        def ask(said: str) -> Any:
            return office.ask(purchasing.get_rfq_paper, rfq_id=rfq_id, supplier_id=supplier_id, language=said)

        self._context.shell.make_paper(self, PaperSource("rfq", self._context.language, ask, "rfq", "rfq", rfq_id))

    def send(self, way: SendWay, supplier_ids: tuple[int, ...] = ()) -> None:
        """Send it to those who do not have it yet, or again to some."""
        self._do(purchasing.send_rfq, way=way, supplier_ids=supplier_ids)

    def enter_answer(self, supplier_id: int) -> None:
        """Type what a supplier answered."""
        card = self.card
        asked = next((one for one in card.suppliers if one.supplier_id == supplier_id), None) if card else None
        if card is None or asked is None:
            return
        panel = AnswerPanel(self._context, card, asked, self._units)
        panel.saved.connect(lambda _version: self.close_panel())
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, 560)
        panel.begin()

    def choose_one(self) -> None:
        """Everything to the supplier who offers all of it for the least."""
        self._choose(self.card.one_supplier if self.card else ())

    def choose_each(self) -> None:
        """Every line to its cheapest offer."""
        self._choose(self.card.cheapest if self.card else ())

    def choose(self, line: RfqLineRow, supplier_id: int) -> None:
        """This line to this supplier; again takes the choice back."""
        card = self.card
        if card is None or not any(o.line_id == line.id and o.supplier_id == supplier_id for o in card.offers):
            return
        if self._chosen.get(line.id) == supplier_id:
            del self._chosen[line.id]
        else:
            self._chosen[line.id] = supplier_id
        self._show_table()

    def award(self) -> None:
        """Make the draft orders of what is chosen (F9)."""
        card = self.card
        if card is None:
            return
        awards = tuple(
            Award(line.id, self._chosen[line.id], line.qty) for line in card.lines if line.id in self._chosen
        )
        self._do(purchasing.award_rfq, then=self._awarded, awards=awards)

    def show_error(self, error: CoreError | Any) -> None:
        """Say why it was refused; the request stays on screen."""
        if self.card is None:
            super().show_error(error)
        elif isinstance(error, CoreError) and not isinstance(error, NeedsConfirmation):
            self._said.say(error.text, Meaning.DANGER)
            self._said.show()

    def _do(self, command: Any, then: Any = None, **args: Any) -> None:
        card = self.card
        if card is not None:
            self._said.hide()
            self._context.ops.do(
                self, command, then=then or (lambda _answer: None), failed=self.show_error, rfq_id=card.row.id,
                version=card.row.version, **args,
            )  # fmt: skip

    def _awarded(self, orders: Sequence[int]) -> None:
        self._context.shell.say(_n("{n} draft order made.", "{n} draft orders made.", len(orders)))
        if len(orders) == 1 and self._context.shell.can_go("purchasing.order"):
            self._context.shell.go("purchasing.order", order_id=orders[0])

    def _on_units(self, rows: list[catalog.UnitRow]) -> None:
        said = self._context.language
        self._units = {
            row.code: row.code if row.dimension and row.code.isascii() else row.title(said) or row.code for row in rows
        }
        if self.card is not None:
            self._show_table()

    def _choose(self, awards: Sequence[Award]) -> None:
        self._chosen = {award.line_id: award.supplier_id for award in awards}
        self._show_table()

    def _take(self, card: RfqCard) -> None:
        is_first = self.card is None
        self.card = card
        if is_first and card.row.state is RfqState.ANSWERED:
            self._chosen = {award.line_id: award.supplier_id for award in card.one_supplier or card.cheapest}
        if card.row.state is RfqState.AWARDED:
            self._chosen = {one.line_id: one.supplier_id for one in card.offers if one.is_chosen}
        self._show_head(card)
        self._show_asked(card)
        self._show_table()
        self.show_content()
        self.title_changed.emit(card.row.number)

    def _show_head(self, card: RfqCard) -> None:
        row = card.row
        title = _("{number}: {title}", number=row.number, title=row.title) if row.title else row.number
        words = _(
            "{state}. Answer by {day}.", state=word(row.state), day=date_words(row.answer_by) if row.answer_by else "–"
        )
        self.set_title(title, words)
        if row.state is RfqState.DRAFT:
            self.set_primary(_("Send by e-mail"), lambda: self.send(SendWay.MAIL), "mail")
        else:
            self.set_primary(_("Award and make orders"), self.award, "check")
        can_choose = row.state is RfqState.ANSWERED
        self.one_button.setVisible(can_choose and bool(card.one_supplier))
        self.each_button.setVisible(can_choose and bool(card.cheapest))

    def _show_asked(self, card: RfqCard) -> None:
        while self._asked.count():
            item = self._asked.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for one in card.suppliers:
            self._asked.addWidget(self._asked_row(card, one))

    def _asked_row(self, card: RfqCard, one: AskedSupplier) -> AskedRow:
        row = AskedRow(one, card.row.state, len(card.lines))
        row.answer_wanted.connect(self.enter_answer)
        row.paper_wanted.connect(self.print_for)
        row.mail_wanted.connect(lambda key: self.send(SendWay.MAIL, (key,)))
        return row

    def _show_table(self) -> None:
        card = self.card
        if card is None:
            return
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.deleteLater()
        columns = comparison(card, self._chosen, self._units)
        self.table = RowTable(columns, name=_("Answers side by side"))
        self.table.set_rows(card.lines)
        self.table.why_requested.connect(self._on_cell)
        self._place.addWidget(self.table, 1)
        if card.orders:
            numbers = ", ".join(number for _key, number in card.orders)
            self._hint.set_words(_("Orders made: {numbers}", numbers=numbers))
        elif card.offers:
            self._hint.set_words(HINT)
        else:
            self._hint.set_words(_("No answer was entered yet."))

    def _on_cell(self, line: RfqLineRow, key: str) -> None:
        if self.card is not None and self.card.row.state is RfqState.ANSWERED:
            self.choose(line, int(key.removeprefix(SUPPLIER)))

    def subject_item(self) -> tuple[int, str] | None:
        row = self.table.current_row() if self.table is not None else None
        return (row.item_id, row.item.render(language())) if row is not None else None
