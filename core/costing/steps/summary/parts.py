"""The words for the parts of a bridge: how much, because of whom, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.costing.rules.bridge import BridgePart
from core.costing.steps.summary.facts import Driver, SummaryFacts
from core.costing.steps.summary.voice import Voice
from core.costing.steps.words import PART_TITLES
from core.i18n import Text, _


def part_words(part: BridgePart, amount: Decimal, drivers: Sequence[Driver], facts: SummaryFacts, voice: Voice) -> Text:
    """The sentence of one part: `amount` above zero made the month dearer."""
    words = {"amount": voice.size(amount), "most": _named(drivers, voice)}
    if not drivers:
        return _alone(part, amount, words)
    return _dearer(part, words) if amount > 0 else _cheaper(part, words)


def _named(drivers: Sequence[Driver], voice: Voice) -> Text:
    """One or two names with their amounts."""
    said = [(one.title, voice.size(one.figure.amount or Decimal(0))) for one in drivers]
    if not said:
        return Text("")
    if len(said) == 1:
        return _("{name} ({amount})", name=said[0][0], amount=said[0][1])
    first, second = said
    return _(
        "{name} ({amount}) and {name2} ({amount2})",
        name=first[0], amount=first[1], name2=second[0], amount2=second[1],
    )  # fmt: skip


def _dearer(part: BridgePart, words: dict[str, object]) -> Text:
    match part:
        case BridgePart.PRICE:
            return _("Higher prices added {amount}, most for {most}: compare other offers.", **words)
        case BridgePart.QUANTITY:
            return _("Using more added {amount}, most in {most}: check that it was needed.", **words)
        case BridgePart.MIX:
            return _(
                "Using dearer goods instead of cheaper ones added {amount}, most in {most}: check that selling prices still "
                "fit.",
                **words,
            )
        case BridgePart.WASTE:
            return _("Waste grew by {amount}, most for {most}: look at its reasons.", **words)
        case BridgePart.COUNTS:
            return _("Count losses grew by {amount}, most for {most}: count again and look for the cause.", **words)
        case _:
            return _("Adjustments added {amount}, most for {most}: check their notes.", **words)


def _cheaper(part: BridgePart, words: dict[str, object]) -> Text:
    match part:
        case BridgePart.PRICE:
            return _("Lower prices saved {amount}, most for {most}.", **words)
        case BridgePart.QUANTITY:
            return _("Using less saved {amount}, most in {most}.", **words)
        case BridgePart.MIX:
            return _("Using cheaper goods instead of dearer ones saved {amount}, most in {most}.", **words)
        case BridgePart.WASTE:
            return _("Waste fell by {amount}, most for {most}.", **words)
        case BridgePart.COUNTS:
            return _("Count losses fell by {amount}, most for {most}.", **words)
        case _:
            return _("Adjustments lowered the cost by {amount}, most for {most}.", **words)


def _alone(part: BridgePart, amount: Decimal, words: dict[str, object]) -> Text:
    if amount > 0:
        return _("{part}: the cost grew by {amount}.", part=PART_TITLES[part], **words)
    return _("{part}: the cost fell by {amount}.", part=PART_TITLES[part], **words)
