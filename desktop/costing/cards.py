"""The six figures on top of the review."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from core.costing import SHORT_TITLES, TITLES, Review, change_of, share_of
from core.i18n import Text, _
from desktop.widgets import CardGrid, FigureCard, Words, money_words, percent_words, ui_text

SHOWN = ("opening", "receipts", "usage", "waste", "adjustments", "closing")
SHARED = ("waste", "adjustments")
ROOMY = 840


class FigureRow(CardGrid):
    """Opening, purchases, usage, waste, counts and adjustments, closing; a click tells `why(column)`."""

    def __init__(self, why: Callable[[str], object]) -> None:
        self.by_column = {key: FigureCard(TITLES[key], partial(why, key), brief=SHORT_TITLES[key]) for key in SHOWN}
        super().__init__(list(self.by_column.values()))

    def _set_low(self) -> bool:
        """The bridge and the lists below need the room more than the cards, but on a high screen."""
        is_low = self.window().height() < ROOMY
        for card in self.by_column.values():
            card.set_low(is_low)
        return is_low

    def show_review(self, review: Review, before: Review | None) -> None:
        """Say the figures; against the period before once that is known."""
        usage = review.total.value("usage")
        for key, card in self.by_column.items():
            now = review.total.value(key)
            card.set_figure(money_words(now, sign=True))
            share = share_of(now, usage) if key in SHARED else None
            note, brief = _notes(now, None if before is None else before.total.value(key), share)
            card.set_note(note, brief=brief)
            card.setToolTip("" if before is None else ui_text(_compared(now, before.total.value(key))))


def _notes(now: Decimal, before: Decimal | None, share: Decimal | None) -> tuple[Words, Words]:
    """A share of usage, and how much more or less than before; and the same where there is little room."""
    change = None if before is None else change_words(now, before)
    against: Words = "" if change is None else _("{change} on last period", change=change)
    if share is None:
        return against, change or ""
    of_usage = _("{share} of usage", share=percent_words(share))
    return (_("{share}, {change}", share=of_usage, change=against) if against else of_usage), of_usage


def _compared(now: Decimal, before: Decimal) -> Text:
    """The same in full."""
    return _(
        "Last period: {before}. Now: {now} ({change}).",
        before=money_words(before, sign=True),
        now=money_words(now, sign=True),
        change=change_words(now, before),
    )


def change_words(now: Decimal, before: Decimal) -> str:
    """How much more or less than before, in percent where that means something, else in money."""
    change = change_of(now, before)
    sign = "+" if change.amount > 0 else ""
    if change.ratio is None:
        return sign + money_words(change.amount)
    return sign + percent_words(change.ratio)
