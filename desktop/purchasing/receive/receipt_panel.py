"""One delivery as it was received: facts, lines, temperatures, claims, files, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import Text, _, join
from core.purchasing import CheckRow, ReceiptCard, ReceiptLine
from core.words import ClaimKind, InspectionState, Permission, word
from desktop.context import AppContext
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.papers import claim_slip, delivery_slip, put_away_list
from desktop.shell.attachments import FilesOf
from desktop.theme import Meaning
from desktop.widgets import (
    Badge,
    BadgeLook,
    Button,
    Column,
    DetailPanel,
    Kind,
    Words,
    date_words,
    instant_words,
    money_words,
    number_words,
    small_table,
)

P = Permission


class ReceiptPanel(DetailPanel):
    """`reverse` asks why, then takes it back."""

    def __init__(self, context: AppContext, finder: Finder, card: ReceiptCard, reverse: Callable[[], object]) -> None:
        row = card.row
        who = row.supplier_title(context.language) or context.words(_("Without supplier"))
        super().__init__(row.number, who, _look(card))
        self._context, self._finder, self._card, self._reverse = context, finder, card, reverse
        self.add_facts(self._facts())
        self.add_section(_("Lines"), small_table(self._columns(), card.lines, _("Lines")))
        if card.checks:
            self.add_section(_("Temperatures"), self._checks())
        if card.claims:
            self.add_section(_("Claims"), self._claims())
        self.add_section(_("Files"), self._files())
        self._add_actions()

    def _facts(self) -> list[tuple[Words, Words | QWidget]]:
        row = self._card.row
        facts: list[tuple[Words, Words | QWidget]] = [(_("Received on"), instant_words(row.at)), (_("By"), row.by)]
        told: list[tuple[Words, str]] = [
            (_("Delivery note"), row.document), (_("Orders"), ", ".join(row.orders)), (_("Note"), row.note),
        ]  # fmt: skip
        facts += [(name, words) for name, words in told if words]
        if row.value is not None:
            facts.append((_("Value"), money_words(row.value, sign=True)))
        return facts

    def _columns(self) -> list[Column]:
        language, finder = self._context.language, self._finder
        columns = [
            Column("item", _("Item"), 120, stretch=True, value=lambda line: line.title(language), sortable=False),
            Column("qty", _("Taken in"), 68, kind=Kind.QTY, sortable=False),
            Column("unit", "", 48, kind=Kind.UNIT, value=lambda line: finder.unit_word(line.unit), sortable=False),
            Column("lot", _("Lot"), 96, value=_lot_words, sortable=False, wide_only=True),
            Column("state", _("State"), 120, kind=Kind.BADGE, value=_line_look, sortable=False),
        ]
        if self._context.shell.may(P.COST_VIEW):
            columns.insert(3, Column("accrued", _("Value"), 84, kind=Kind.MONEY, sortable=False))
        return columns

    def _checks(self) -> QWidget:
        return _stack([Badge(_check_look(check)) for check in self._card.checks])

    def _claims(self) -> QWidget:
        go = self._context.shell.go
        return _stack(
            [
                Button(number, partial(go, "purchasing.claims", claim_id=claim_id), kind="link")
                for claim_id, number in self._card.claims
            ]
        )

    def _files(self) -> QWidget:
        row = self._card.row
        of = ("posting", row.posting_id) if row.posting_id is not None else ("receipt", row.id)
        return FilesOf(self._context, of[0], int(of[1] or 0), may_add=self._context.shell.may(P.STOCK_RECEIVE))

    # --- what can be done

    def _add_actions(self) -> None:
        context, row = self._context, self._card.row
        may, shell = context.shell.may, context.shell
        self.add_action(Button(_("Print the slip"), partial(delivery_slip, context, self, row.id), icon_name="print"))
        if self._card.claims:
            slip = partial(claim_slip, context, self, self._card.claims[0][0])
            self.add_action(Button(_("Claim slip"), slip, icon_name="print"))
        if row.posting_id is None or row.is_reversed:
            return
        put_away = partial(put_away_list, context, self, row.id)
        self.add_action(Button(_("Put-away list"), put_away, icon_name="location"))
        if shell.can_go("labels"):
            labels = partial(shell.go, "labels", posting_id=row.posting_id)
            self.add_action(Button(_("Labels"), labels, icon_name="barcode"))
        if row.quarantine_lines and may(P.LOT_EDIT):
            look = partial(shell.go, "purchasing.quarantine")
            self.add_action(Button(_("Inspect"), look, icon_name="search"))
        if may(P.STOCK_RETURN):
            back = partial(shell.go, "purchasing.return", receipt_id=row.id)
            self.add_action(Button(_("Return goods"), back, icon_name="return"))
        if may(P.STOCK_REVERSE):
            self.add_action(Button(_("Reverse"), self._reverse, icon_name="undo", kind="danger"))


def _check_look(check: CheckRow) -> BadgeLook:
    """A reading with the limit that held."""
    kind, reading = word(check.storage_kind), f"{number_words(check.reading)} °C"
    words: Text = _("{kind}: {reading}", kind=kind, reading=reading)
    if check.highest is not None:
        words = _(
            "{kind}: {reading}, limit {highest} °C", kind=kind, reading=reading, highest=number_words(check.highest)
        )
    return BadgeLook(words, Meaning.GOOD if check.is_ok else Meaning.DANGER)


def _look(card: ReceiptCard) -> BadgeLook | None:
    return BadgeLook(_("Reversed"), Meaning.DANGER) if card.row.is_reversed else None


def _lot_words(line: ReceiptLine) -> str:
    told = [line.lot, date_words(line.expires_on) if line.expires_on is not None else ""]
    return " · ".join(one for one in told if one)


def _line_look(line: ReceiptLine) -> BadgeLook | None:
    """Quarantine first, then what was refused, returned, free or in place of something else."""
    if line.inspection is InspectionState.QUARANTINE:
        return BadgeLook(word(line.inspection), Meaning.WATCH)
    told: list[Text] = []
    if line.rejected_qty:
        reason = word(ClaimKind(line.reject_reason)) if line.reject_reason else _("Refused")
        told.append(_("{qty} refused: {reason}", qty=number_words(line.rejected_qty), reason=reason))
    if line.returned:
        told.append(_("{qty} sent back", qty=number_words(line.returned)))
    if told:
        return BadgeLook(join(told), Meaning.SOON)
    if line.is_free:
        return BadgeLook(_("Free goods"), Meaning.ACCENT)
    return BadgeLook(_("Substitute"), Meaning.ACCENT) if line.instead_of else None


def _stack(widgets: Sequence[QWidget]) -> QWidget:
    """One under the other."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    return box
