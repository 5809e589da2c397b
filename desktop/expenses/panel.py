"""One claim beside the list: what was paid, its receipts, what looks doubtful, what can happen to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from core.expenses import ExpenseCard, ExpenseLineRow, ExpenseRow
from core.i18n import Text, _, join, verbatim
from core.words import ExpenseState, RepayWay, word
from desktop.expenses.lines import named
from desktop.expenses.receipts import Thumbs
from desktop.shell.lines_form import TurnDownPanel, state_ways
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Button,
    Choice,
    Column,
    DateEdit,
    DetailPanel,
    Form,
    Kind,
    Label,
    Notice,
    RowTable,
    Words,
    date_words,
    instant_words,
    money_words,
    small_table,
)

MEANINGS = {
    ExpenseState.DRAFT: Meaning.PLAIN,
    ExpenseState.SUBMITTED: Meaning.SOON,
    ExpenseState.APPROVED: Meaning.ACCENT,
    ExpenseState.REFUSED: Meaning.DANGER,
    ExpenseState.PAID: Meaning.GOOD,
    ExpenseState.WITHDRAWN: Meaning.PLAIN,
}
WAYS: tuple[tuple[str, Text, str, str], ...] = (
    ("approve", _("Approve"), "check", "primary"),
    ("submit", _("Submit"), "check", "primary"),
    ("pay", _("Book as paid back"), "money", "primary"),
    ("refuse", _("Turn down"), "close", "plain"),
    ("edit", _("Change"), "edit", "plain"),
    ("recall", _("Take back to change it"), "undo", "plain"),
    ("reopen", _("Open again"), "undo", "plain"),
    ("take_back", _("Take back the decision"), "undo", "plain"),
    ("unpay", _("Take back the payment"), "undo", "plain"),
    ("withdraw", _("Withdraw"), "trash", "quiet"),
)


def look_of(row: ExpenseRow) -> BadgeLook:
    """Where a claim stands."""
    return BadgeLook(word(row.state), MEANINGS[row.state])


def told_of(way: str, number: str) -> Text:
    """What is said when something happened to a claim."""
    told = {
        "submit": _("{number} waits for approval.", number=number),
        "approve": _("{number} is approved.", number=number),
        "refuse": _("{number} is turned down.", number=number),
        "pay": _("{number} is paid back.", number=number),
        "recall": _("{number} is a draft again.", number=number),
        "reopen": _("{number} is a draft again.", number=number),
        "take_back": _("{number} waits for approval again.", number=number),
        "unpay": _("{number} is approved and not paid back.", number=number),
        "withdraw": _("{number} is withdrawn.", number=number),
    }
    return told[way]


class ExpensePanel(DetailPanel):
    """`asked(way)` with one of WAYS or print; `receipt_opened(ReceiptRow)`."""

    asked = Signal(str)
    receipt_opened = Signal(object)

    def __init__(self, card: ExpenseCard) -> None:
        row = card.row
        super().__init__(row.number, row.purpose or row.by, look_of(row))
        self.card = card
        if card.doubts:
            doubts = Notice()
            doubts.say(join(list(dict.fromkeys(card.doubts)), " "), Meaning.SOON)
            self.add_widget(doubts)
        self.add_facts(self._facts())
        self.add_section(_("Lines"), self._lines())
        receipts = [one for line in card.lines for one in line.receipts]
        if receipts:
            thumbs = Thumbs()
            thumbs.show_receipts(receipts)
            thumbs.opened.connect(self.receipt_opened)
            self.add_section(_("Receipt pictures"), thumbs)
        state_ways(self, WAYS, card.can, self.asked.emit)

    def _facts(self) -> list[tuple[Words, Words | Label]]:
        card, row = self.card, self.card.row
        facts: list[tuple[Words, Words | Label]] = [
            (_("Claimed by"), _who(row.by, row.submitted_at or row.created_at)),
            (_("Total"), money_words(row.total, sign=True)),
        ]
        if row.tax:
            facts.append((_("Tax in it"), money_words(row.tax, sign=True)))
        if card.decided_at is not None:
            name = _("Turned down by") if row.state is ExpenseState.REFUSED else _("Approved by")
            facts.append((name, _who(card.decided_by, card.decided_at)))
        if card.decision_note:
            facts.append((_("Answer"), card.decision_note))
        if row.paid_on is not None:
            paid = [verbatim(date_words(row.paid_on)), word(RepayWay(card.paid_way)), verbatim(card.paid_by)]
            facts.append((_("Paid back"), join(paid, ", ")))
        return facts

    def _lines(self) -> RowTable:
        lines = self.card.lines
        columns = [
            Column("day", _("Day"), 92, kind=Kind.DATE, sortable=False),
            Column("kind", _("Kind of expense"), 90, stretch=True, value=lambda line: named(line.kind), sortable=False),
            Column("supplier", _("Paid to"), 90, stretch=True, value=_shop, sortable=False),
        ]
        if any(line.is_moved for line in lines):
            columns.append(Column("booked_on", _("Booked on"), 92, kind=Kind.DATE, sortable=False))
        columns.append(Column("receipts", _("Bills"), 60, kind=Kind.QTY, value=_count, sortable=False, meaning=_none))
        columns.append(Column("amount", _("Amount"), 88, kind=Kind.MONEY, sortable=False))
        return small_table(columns, lines, _("Lines"), 12)


def _who(name: str, at: object) -> Text:
    return join([verbatim(name), verbatim(instant_words(at))], ", ")  # type: ignore[arg-type]


def _shop(line: ExpenseLineRow) -> str:
    return " · ".join(part for part in (line.supplier, line.note) if part)


def _count(line: ExpenseLineRow) -> int:
    return len(line.receipts)


def _none(line: ExpenseLineRow) -> Meaning | None:
    return None if line.receipts else Meaning.SOON


class RefusePanel(TurnDownPanel):
    """Why a claim is turned down; its person reads it."""

    def __init__(self, card: ExpenseCard) -> None:
        by = card.row.by
        super().__init__(card.row.number, by, _("{person} reads it.", person=by))


class PayPanel(DetailPanel):
    """When and how a claim was paid back. `decided(day, way)`."""

    decided = Signal(object, object)

    def __init__(self, card: ExpenseCard, today: Callable[[], date]) -> None:
        super().__init__(_("Pay back {number}", number=card.row.number), card.row.by)
        self.card = card
        self.form = Form()
        self.form.add("paid_on", _("Paid back on"), DateEdit(today=today, is_past=True), required=True)
        self.form.add(
            "way", _("How"), Choice(_("How"), [(way, word(way)) for way in RepayWay], search=False), required=True
        )
        self.form.set_values({"paid_on": today(), "way": RepayWay.CASH})
        self.form.mark_unchanged()
        self.add_facts([(_("Total"), money_words(card.row.total, sign=True))])
        self.add_widget(self.form)
        self.add_action(Button(_("Book as paid back"), self.send, kind="primary", key="Ctrl+Return"))
        self.add_action(Button(_("Back"), self.close_requested.emit))
        self.form.submitted.connect(self.send)

    def begin(self) -> None:
        """The keyboard goes to the way of payment."""
        self.form.editor("way").field().setFocus()

    def send(self) -> None:
        """Book it."""
        values = self.form.read()
        if values is not None:
            self.form.mark_unchanged()
            self.decided.emit(values["paid_on"], values["way"])
