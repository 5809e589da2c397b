"""The sentences about prices that moved, goods that do not move, and goods not invoiced."""

from __future__ import annotations

from core.costing.rules.dead import BANDS
from core.costing.steps.summary.facts import SummaryFacts
from core.costing.steps.summary.voice import Voice
from core.costing.types.figures import FigureKey, Sentence
from core.i18n import _


def mover_sentence(facts: SummaryFacts, voice: Voice) -> Sentence | None:
    """The price that moved most: who, how far, what it costs, from whom; and what all of them cost together."""
    movers = facts.movers
    if not movers.rows:
        return None
    top = movers.rows[0]
    whole = voice.figure(FigureKey.MOVER, amount=movers.effect)
    figure = voice.figure(FigureKey.MOVER, item_id=top.item_id, amount=top.effect, percent=top.percent)
    words: dict[str, object] = {
        "item": top.name,
        "percent": voice.percent(top.percent),
        "effect": voice.size(top.effect),
        "supplier": top.supplier,
        "whole": voice.money(movers.effect),
    }
    named = bool(top.supplier.zh or top.supplier.en)
    if top.effect > 0 and named:
        text = _(
            "Receipts of {item} became {percent} dearer ({effect}); ask {supplier} why. All price moves together: {whole}.",
            **words,
        )
    elif top.effect > 0:
        text = _("Receipts of {item} became {percent} dearer ({effect}). All price moves together: {whole}.", **words)
    else:
        text = _("Receipts of {item} became {percent} cheaper ({effect}). All price moves together: {whole}.", **words)
    return Sentence(text, (whole, figure), max(voice.minor(top.effect), voice.minor(movers.effect)))


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
