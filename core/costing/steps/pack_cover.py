"""The first page of a month's pack: head figures, the written summary, and the bridge from the month compared with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.costing.rules.bridge import PARTS
from core.costing.rules.figures import change_of, share_of
from core.costing.steps.pack_words import AGAINST_TITLES, PART_TITLES
from core.costing.steps.words import TITLES
from core.costing.types.figures import Against
from core.costing.types.month_review import MonthReview
from core.documents import (
    Bar,
    Notation,
    Tile,
    Tiles,
    Waterfall,
    Words,
    format_money,
    format_percent,
)
from core.i18n import Text, _, join, verbatim

COST_OF_MONTH = _("Cost of the month")
DEFINITION = _(
    "Cost of the month = usage + waste + count losses less gains + other adjustments. Opening + purchases + other in − usage − "
    "waste + counts and adjustments − other out = closing. Steps above zero made the month dearer."
)


def cover(review: MonthReview, notation: Notation) -> Iterator[Tiles | Words | Waterfall]:
    """What a manager reads first."""
    yield Tiles(tuple(_tiles(review, notation)))
    if review.summary:
        lines = [join([verbatim("•"), sentence.text], " ") for sentence in review.summary]
        yield Words(join(lines, "\n"), _("Summary"))
    if review.bridge.start_minor or review.bridge.end_minor or any(review.bridge.steps):
        yield bridge_chart(review)
    yield Words(DEFINITION)


def _tiles(review: MonthReview, notation: Notation) -> Iterator[Tile]:
    total, before, bridge = review.review.total, review.before.total, review.bridge
    yield Tile(COST_OF_MONTH, bridge.end, note=_against(review.against, bridge.ratio, bridge.start, notation))
    for key in ("usage", "receipts", "waste"):
        now, was = total.value(key), before.value(key)
        note = _of_cost(now, bridge.end) if key == "waste" else _compared(review, _ratio(now, was), was, notation)
        yield Tile(TITLES[key], now, note=note)
    counts = review.review.count_gain - review.review.count_loss
    yield Tile(_("Count gains less losses"), counts)
    yield Tile(_("Closing stock"), total.value("closing"), note=_opening(total.value("opening"), notation))
    yield Tile(_("Not invoiced"), review.accruals.total, note=_receipts(review.accruals.receipts))
    if review.budget:
        line = review.budget[0]
        yield Tile(_("Budget"), line.budget, note=_used(share_of(line.cost, line.budget)))
    else:
        yield Tile(
            _("Goods that do not move"), review.dead.value, note=_of_stock(review.dead.value, total.value("closing"))
        )


def _ratio(now: Decimal, was: Decimal) -> Decimal | None:
    return change_of(now, was).ratio


def _against(against: Against, ratio: Decimal | None, was: Decimal, notation: Notation) -> Text:
    money = format_money(was, notation)
    if ratio is None:
        return _("{what}: {amount}", what=AGAINST_TITLES[against], amount=money)
    sign = "+" if ratio > 0 else ""
    return _(
        "{what}: {amount} ({change})", what=AGAINST_TITLES[against], amount=money, change=sign + format_percent(ratio)
    )


def _compared(review: MonthReview, ratio: Decimal | None, was: Decimal, notation: Notation) -> Text:
    """Columns of the review are never budgeted: against a budget they stand beside the month before."""
    against = Against.PREVIOUS if review.against is Against.BUDGET else review.against
    return _against(against, ratio, was, notation)


def _of_cost(part: Decimal, whole: Decimal) -> Text | str:
    share = share_of(part, whole)
    return "" if share is None else _("{share} of the cost", share=format_percent(share))


def _of_stock(part: Decimal, whole: Decimal) -> Text | str:
    share = share_of(part, whole)
    return "" if share is None else _("{share} of the stock", share=format_percent(share))


def _opening(amount: Decimal, notation: Notation) -> Text:
    return _("Opening: {amount}", amount=format_money(amount, notation))


def _receipts(count: int) -> Text:
    return _("{n} receipts", n=count)


def _used(share: Decimal | None) -> Text | str:
    return "" if share is None else _("{share} of it used", share=format_percent(share))


def bridge_chart(review: MonthReview) -> Waterfall:
    """From the cost compared with to that of the month; steps without any amount are left out."""
    bridge = review.bridge
    steps = tuple(Bar(PART_TITLES[part], bridge.amount(part)) for part in PARTS if bridge.amount(part))
    start = _("Budget") if review.against is Against.BUDGET else verbatim(review.compared)
    return Waterfall(
        _("What changed against {what}", what=start),
        Bar(start, bridge.start),
        steps,
        Bar(verbatim(review.month), bridge.end),
    )
