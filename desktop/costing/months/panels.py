"""Beside the list of months: one month with its proof and its papers, reopening it, what became different."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.costing import (
    CHECK_TITLES,
    CheckKind,
    CheckLevel,
    ClosingCard,
    DifferenceRow,
    Differences,
    LateEntry,
    MonthRow,
    MonthState,
    StoredCheck,
)
from core.i18n import Text, _, _n
from desktop.costing.explain.rows import ListTable
from desktop.costing.months.columns import LOOKS, closing_columns, difference_columns, entry_columns
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    Column,
    DetailPanel,
    Form,
    FormPanel,
    Kind,
    Label,
    NoteEdit,
    Notice,
    Words,
    instant_words,
    money_words,
    small_table,
)

HASH_SHOWN = 16
Acts = Sequence[tuple[Words, Callable[[], object]]]


class MonthPanel(DetailPanel):
    """One month: what its closing stored and proves; its papers can be made again. `chosen(closing)`: of a month that was
    closed several times, the one whose differences are asked for."""

    chosen = Signal(object)

    def __init__(self, row: MonthRow, card: ClosingCard | None, acts: Acts) -> None:
        super().__init__(_("Month {month}", month=row.month), row.closing_number, LOOKS[row.state])
        self.row = row
        self.add_facts(_facts(row, card))
        if card is not None:
            self.add_section(_("Checks when it was closed"), _checks(card.checks))
            if len(card.history) > 1:
                self.closings = ListTable(closing_columns(), name=_("Every closing of the month"))
                self.closings.setMinimumHeight(130)
                self.closings.show_list(card.history)
                self.closings.row_activated.connect(self.chosen)
                self.add_section(_("Every closing; Enter shows what became different"), self.closings)
            self.add_section(_("Proof"), Label(_proof(card), "muted", wrap=True))
        for words, do in acts:
            self.add_action(Button(words, do))


def _facts(row: MonthRow, card: ClosingCard | None) -> list[tuple[Words, Words]]:
    found: list[tuple[Words, Words]] = [(_("Period"), f"{row.first.isoformat()} – {row.last.isoformat()}")]
    if row.closed_at is not None:
        found.append((_("Month closed"), _("{at} by {name}", at=instant_words(row.closed_at), name=row.closed_by)))
    if row.state is MonthState.REOPENED and row.reopened_at is not None:
        found.append((_("Reopened"), _("{at} by {name}", at=instant_words(row.reopened_at), name=row.reopened_by)))
        found.append((_("Reason"), row.reason))
    if row.closing_value is not None:
        found.append((_("Value of the stock"), money_words(row.closing_value, sign=True)))
    if row.usage is not None:
        found.append((_("Usage"), money_words(row.usage, sign=True)))
    if card is not None:
        found.append((_("Items stored"), f"{card.items:,}"))
    return found


def _proof(card: ClosingCard) -> Text:
    return _(
        "Rows {rows}…, ledger until posting {posting}, {ledger}…: whoever changes anything changes these.",
        rows=card.rows_hash[:HASH_SHOWN], posting=card.ledger_posting_id, ledger=card.ledger_hash[:HASH_SHOWN],
    )  # fmt: skip


def _checks(checks: Sequence[StoredCheck]) -> QWidget:
    opened = [one for one in checks if one.level != CheckLevel.GOOD and one.kind in tuple(CheckKind)]
    if not opened:
        return Label(_("All in order."), "muted")
    columns = [
        Column(
            "kind", _("Check"), 150, stretch=True, value=lambda one: CHECK_TITLES[CheckKind(one.kind)], sortable=False
        ),
        Column("count", _("Cases"), 64, kind=Kind.QTY, sortable=False),
        Column("amount", _("At stake"), 104, kind=Kind.MONEY, sortable=False),
    ]
    return small_table(columns, opened, _("Checks when it was closed"))


class ReopenPanel(FormPanel):
    """Asks why; the reason stays in the trail."""

    def __init__(self, row: MonthRow, send: Callable[[str], object]) -> None:
        form = Form()
        form.add("reason", _("Why it is reopened"), NoteEdit())
        super().__init__(
            _("Reopen {month}", month=row.month), form, lambda values: send(values["reason"] or ""), verb=_("Reopen"),
            subtitle=_(
                "Its figures can change again. What was stored stays, so that everybody sees what became different. The papers "
                "that were handed over do not hold any more."
            ),
        )  # fmt: skip
        self.row = row


class DifferencesPanel(DetailPanel):
    """What a closing stored against what the ledger says now; a figure narrows the entries to its item. `opened(entry)`."""

    opened = Signal(object)

    def __init__(self, found: Differences) -> None:
        until = f"{found.number} → {found.following}" if found.following else found.number
        super().__init__(_("What became different in {month}", month=found.month), until)
        self.found = found
        self.add_widget(_told(found))
        self.rows = ListTable(difference_columns(), name=_("Figures that are different"))
        self.entries = ListTable(entry_columns(), name=_("Entries that came afterwards"))
        self.entries.set_empty(_("No entry came afterwards."))
        self.rows.setMinimumHeight(200)
        self.entries.setMinimumHeight(200)
        self.rows.show_list(found.rows)
        self.entries.show_list(found.entries)
        if found.rows:
            self.add_section(_("Figures that are different"), self.rows)
        self.add_section(_("Entries that came afterwards"), self.entries)
        self.rows.current_changed.connect(self._narrow)
        self.entries.row_activated.connect(self.opened)

    def _narrow(self, row: DifferenceRow | None) -> None:
        entries: Sequence[LateEntry] = self.found.entries
        if row is not None:
            entries = [one for one in entries if one.item_code == row.code] or entries
        self.entries.show_list(entries)


def _told(found: Differences) -> Notice:
    if found.is_same:
        return Notice(_("Everything is as it was stored."), Meaning.GOOD)
    words = _n("{n} figure is different.", "{n} figures are different.", len(found.rows))
    return Notice(words, Meaning.WATCH)
