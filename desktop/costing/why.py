"""The panel that says why a figure of the review is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.costing import ReviewEntry
from core.i18n import Text, _, _n
from core.words import word
from desktop.widgets import WhyEntry, WhyFigure, WhyPanel, Words, language

SENTENCES: dict[str, Text] = {
    "opening": _("Everything that happened before the period began."),
    "receipts": _("Goods received at the price paid, with freight added later."),
    "other_in": _("Opening stock, goods returned by customers, and what production made."),
    "usage": _("Goods issued at their cost, and goods that were used before they came (settled when they arrived)."),
    "waste": _("Goods written off, at their cost."),
    "adjustments": _("What counts found more or less, adjustments, and changes of cost."),
    "other_out": _("Goods returned to suppliers, and what production used."),
    "closing": _("Everything that happened until the period's end."),
    "counts": _("What counts found more, less what they found less."),
    "gain": _("What counts found more than the book, at its cost."),
    "loss": _("What counts found less than the book, at its cost."),
    "variance": _("What was paid beyond standard cost; it is not in the value of the stock."),
}


def why_panel(figure: WhyFigure, entries: Sequence[ReviewEntry], *, of_item: bool) -> WhyPanel:
    """The panel of a figure: entries with what each adds, newest first; the rest beyond the limit in one line. Of one item
    each says what happened, of several what item it was."""
    return WhyPanel(figure, [_why_entry(entry, figure, of_item) for entry in entries])


def entry_rows(entries: Sequence[ReviewEntry], *, of_item: bool) -> list[WhyEntry]:
    """The entries behind a figure in money, as rows of such a panel."""
    figure = WhyFigure("", Decimal(0), "", True)
    return [_why_entry(entry, figure, of_item) for entry in entries]


def figure_of(column: str, title: Words, amount: Decimal, unit: str | None) -> WhyFigure:
    """The figure asked about; with a unit it is a quantity, else money."""
    return WhyFigure(title, amount, unit or "", unit is None, SENTENCES[column])


def _why_entry(entry: ReviewEntry, figure: WhyFigure, of_item: bool) -> WhyEntry:
    amount = entry.amount if figure.is_money else entry.qty
    if entry.kind is None:
        words = _n("{n} older entry", "{n} older entries", entry.count)
        return WhyEntry(0, words, amount, unit=figure.unit, count=entry.count)
    what: Words = word(entry.kind) if of_item else entry.title(language())
    if entry.is_reversal:
        what = _("Reversal: {kind}", kind=what)
    return WhyEntry(entry.entry_id, what, amount, entry.at, entry.number, figure.unit, data=entry.posting_id)
