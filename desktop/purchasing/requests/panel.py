"""One request beside the list: who asks for what, where it stands, what can happen to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from core.i18n import Text, _, join, verbatim
from core.purchasing import RequestCard, RequestLine, RequestRow
from core.words import RequestState, word
from desktop.purchasing.requests.lines import named
from desktop.shell.lines_form import TurnDownPanel, state_ways
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Column,
    DetailPanel,
    Kind,
    Label,
    RowTable,
    Words,
    date_words,
    instant_words,
    number_words,
    small_table,
)

MEANINGS = {
    RequestState.DRAFT: Meaning.PLAIN,
    RequestState.SUBMITTED: Meaning.SOON,
    RequestState.APPROVED: Meaning.ACCENT,
    RequestState.REJECTED: Meaning.DANGER,
    RequestState.ORDERED: Meaning.GOOD,
    RequestState.CANCELLED: Meaning.PLAIN,
}
WAYS: tuple[tuple[str, Text, str, str], ...] = (
    ("approve", _("Approve"), "check", "primary"),
    ("submit", _("Ask for approval"), "check", "primary"),
    ("reject", _("Turn down"), "close", "plain"),
    ("order", _("Order it"), "purchasing", "plain"),
    ("edit", _("Change"), "edit", "plain"),
    ("withdraw", _("Take back"), "undo", "plain"),
    ("reopen", _("Open again"), "undo", "plain"),
    ("cancel", _("Cancel the request"), "trash", "quiet"),
)


def look_of(row: RequestRow) -> BadgeLook:
    """Where a request stands."""
    if row.is_late:
        return BadgeLook(join([word(row.state), _("late")], " · "), Meaning.DANGER)
    return BadgeLook(word(row.state), MEANINGS[row.state])


def open_items(card: RequestCard) -> tuple[int, ...]:
    """The items of an approved request that stand in no order yet."""
    if card.row.state is not RequestState.APPROVED:
        return ()
    return tuple(dict.fromkeys(line.item_id for line in card.lines if line.order_line_id is None))


def told_of(way: str, number: str) -> Text:
    """What is said when something happened to a request."""
    told = {
        "submit": _("{number} waits for approval.", number=number),
        "approve": _("{number} is approved. Its lines stand in “Need to order”.", number=number),
        "withdraw": _("{number} is a draft again.", number=number),
        "reopen": _("{number} is a draft again.", number=number),
        "cancel": _("{number} is cancelled.", number=number),
        "reject": _("{number} is turned down.", number=number),
    }
    return told[way]


class RequestPanel(DetailPanel):
    """`asked(way)` with edit, submit, approve, reject, withdraw, cancel, reopen, order, or
    print."""

    asked = Signal(str)

    def __init__(
        self, card: RequestCard, *, unit: Callable[[str], str], open_order: Callable[[int], None] | None,
        may_order: bool = False,
    ) -> None:  # fmt: skip
        row = card.row
        super().__init__(row.number, row.department, look_of(row))
        self.card, self._unit = card, unit
        self.add_facts(self._facts())
        self.add_section(_("Lines"), self._lines(open_order))
        possible = card.can | ({"order"} if may_order and open_items(card) else set())
        state_ways(self, WAYS, possible, self.asked.emit)

    def _facts(self) -> list[tuple[Words, Words | Label]]:
        card, row = self.card, self.card.row
        facts: list[tuple[Words, Words | Label]] = [
            (_("Asked for by"), join([verbatim(row.by), verbatim(instant_words(row.created_at))], ", "))
        ]
        if row.place.zh:
            facts.append((_("For place"), named(row.place)))
        if row.needed_on is not None:
            facts.append((_("Needed on"), date_words(row.needed_on)))
        if row.note:
            facts.append((_("Note"), row.note))
        if card.decided_at is not None:
            who = join([verbatim(card.decided_by), verbatim(instant_words(card.decided_at))], ", ")
            facts.append((_("Turned down by") if row.state is RequestState.REJECTED else _("Approved by"), who))
        if card.decision_note:
            facts.append((_("Answer"), card.decision_note))
        return facts

    def _lines(self, open_order: Callable[[int], None] | None) -> RowTable:
        has_supplier = any(line.supplier_id for line in self.card.lines)
        has_order = any(line.order_number for line in self.card.lines)
        has_note = any(line.note for line in self.card.lines)
        columns = [
            Column("name", _("Item"), 118, stretch=True, value=lambda line: named(line.name), sortable=False),
            Column("qty", _("Quantity"), 80, value=self._qty, sortable=False),
            Column("on_hand", _("On hand"), 80, value=self._held, muted=True, sortable=False),
        ]
        if has_supplier:
            columns.append(
                Column("supplier", _("Supplier"), 90, value=lambda line: named(line.supplier), sortable=False)
            )
        if has_order:
            columns.append(Column("order_number", _("Purchase order"), 110, sortable=False))
        if has_note:
            columns.append(Column("note", _("Note"), 70, kind=Kind.TEXT, muted=True, sortable=False))
        table = small_table(columns, self.card.lines, _("Lines"), 12)
        if open_order is not None:
            table.row_activated.connect(lambda line: open_order(line.order_id) if line.order_id is not None else None)
        return table

    def _qty(self, line: RequestLine) -> str:
        return f"{number_words(line.qty)} {self._unit(line.unit)}"

    def _held(self, line: RequestLine) -> str:
        return f"{number_words(line.on_hand)} {self._unit(line.base_unit)}"


class RejectPanel(TurnDownPanel):
    """Why a request is turned down; its department reads it."""

    def __init__(self, card: RequestCard) -> None:
        super().__init__(card.row.number, card.row.department, _("The department reads it."))
