"""The sentences about prices that moved, goods that do not move, and goods not invoiced."""

from __future__ import annotations

from decimal import Decimal

from core.costing.rules.bridge import BridgePart
from core.costing.rules.dead import BANDS
from core.costing.steps.summary.facts import SummaryFacts
from core.costing.steps.summary.voice import Voice
from core.costing.types.figures import FigureKey, Sentence
from core.i18n import Text, _


def mover_sentence(facts: SummaryFacts, voice: Voice) -> Sentence | None:
    """The price that moved most: who, how far, what it costs, from whom; and what all of them cost together. Nothing where
    no month before is known, or where the sentence about prices names the same item already."""
    movers = facts.movers
    if not movers.rows or not facts.before_minor or _is_named(facts):
        return None
    top = movers.rows[0]
    whole = voice.figure(FigureKey.MOVER, amount=movers.effect)
    figure = voice.figure(FigureKey.MOVER, item_id=top.item_id, amount=top.effect, percent=top.percent)
    words: dict[str, object] = {
        "item": top.name,
        "percent": voice.percent(top.percent),
        "effect": voice.size(top.effect),
        "supplier": top.supplier,
    }
    if top.effect > 0 and (top.supplier.zh or top.supplier.en):
        text = _("The price of {item} rose by {percent} and cost {effect} more: ask {supplier} why.", **words)
    elif top.effect > 0:
        text = _("The price of {item} rose by {percent} and cost {effect} more.", **words)
    else:
        text = _("The price of {item} fell by {percent} and saved {effect}.", **words)
    figures = (whole, figure) if movers.up + movers.down > 1 else (figure,)
    if len(figures) > 1:
        text = _("{sentence} {more}", sentence=text, more=_together(movers.effect, voice.size(movers.effect)))
    return Sentence(text, figures, max(voice.minor(top.effect), voice.minor(movers.effect)))


def _is_named(facts: SummaryFacts) -> bool:
    """Whether the item whose price moved most is named by the sentence about prices, going the same way."""
    top, named = facts.movers.rows[0], facts.drivers.get(BridgePart.PRICE, ())
    return any(one.figure.item_id == top.item_id and (one.figure.amount or 0) * top.effect > 0 for one in named)


def _together(effect: Decimal, size: str) -> Text:
    if effect > 0:
        return _("All price changes together cost {whole} more.", whole=size)
    if effect < 0:
        return _("All price changes together saved {whole}.", whole=size)
    return _("All price changes together came to nothing.")


def dead_sentence(facts: SummaryFacts, voice: Voice) -> Sentence | None:
    """Goods that do not move: what they are worth, how much of it for a year, and the largest."""
    dead = facts.dead
    if not dead.rows or dead.value <= 0:
        return None
    top, longest = dead.rows[0], dead.bands[0]
    figures = [
        voice.figure(FigureKey.DEAD, days=BANDS[-1], amount=dead.value),
        voice.figure(FigureKey.DEAD, item_id=top.item_id, amount=top.value),
    ]
    words: dict[str, object] = {
        "value": voice.money(dead.value),
        "days": BANDS[-1],
        "item": top.name,
        "largest": voice.money(top.value),
    }
    if longest.value > 0:
        figures.append(voice.figure(FigureKey.DEAD, days=longest.days, amount=longest.value))
        words |= {"long": voice.money(longest.value), "longest": longest.days}
        text = _(
            "Goods worth {value} were not used for {days} days or more, {long} of it for {longest} or more; the largest is "
            "{item} ({largest}). Use them up, send them back or sell them off.",
            **words,
        )
    else:
        text = _(
            "Goods worth {value} were not used for {days} days or more; the largest is {item} ({largest}). Use them up, "
            "send them back or sell them off.",
            **words,
        )
    return Sentence(text, tuple(figures), voice.minor(dead.value))


def accrual_sentence(facts: SummaryFacts, voice: Voice) -> Sentence | None:
    """Goods received and not invoiced, and the supplier most of it is from."""
    accruals = facts.accruals
    top = next((one for one in accruals.suppliers if one.amount > 0), None)
    if top is None or accruals.total <= 0:
        return None
    figures = (
        voice.figure(FigureKey.ACCRUAL, amount=accruals.total),
        voice.figure(FigureKey.ACCRUAL, supplier_id=top.supplier_id, amount=top.amount),
    )
    text = _(
        "Goods for {total} are received and not invoiced, most from {supplier} ({most}): ask for the invoices.",
        total=voice.money(accruals.total),
        supplier=top.supplier,
        most=voice.money(top.amount),
    )
    return Sentence(text, figures, voice.minor(accruals.total))
