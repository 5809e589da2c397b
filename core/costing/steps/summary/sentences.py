"""The sentences of the summary. Every number in one is the amount, the percentage, the days or the month of one of its
figures, so nothing is said that the figures do not carry."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.costing.rules.bridge import BridgePart
from core.costing.rules.summary import Topic, topics
from core.costing.steps.summary.facts import KEYS, SummaryFacts
from core.costing.steps.summary.parts import part_words
from core.costing.steps.summary.standing import accrual_sentence, dead_sentence, mover_sentence
from core.costing.steps.summary.voice import Voice
from core.costing.types.figures import Against, Figure, FigureKey, Sentence
from core.i18n import Text, _
from core.values import from_minor, round_decimal

Maker = Callable[[SummaryFacts, Voice], Sentence | None]
HUNDRED = Decimal(100)
PART_TOPICS = {
    Topic.PRICE: BridgePart.PRICE,
    Topic.QUANTITY: BridgePart.QUANTITY,
    Topic.MIX: BridgePart.MIX,
    Topic.WASTE: BridgePart.WASTE,
    Topic.COUNTS: BridgePart.COUNTS,
    Topic.OTHER: BridgePart.OTHER,
}


def sentences(facts: SummaryFacts) -> tuple[Sentence, ...]:
    """The summary: what changed, by how much, why, and what to do; the whole first, at most eight sentences."""
    voice = Voice(facts.notation, facts.month, facts.against)
    made: dict[Topic, Sentence] = {}
    for topic, make in _MAKERS.items():
        sentence = make(facts, voice)
        if sentence is not None:
            made[topic] = sentence
    for topic, part in PART_TOPICS.items():
        sentence = _part(facts, voice, part)
        if sentence is not None:
            made[topic] = sentence
    weights = {topic: sentence.weight for topic, sentence in made.items()}
    return tuple(made[topic] for topic in topics(weights, facts.bridge.end_minor))


def _total(facts: SummaryFacts, voice: Voice) -> Sentence | None:
    bridge, before = facts.bridge, facts.before_minor
    if bridge.end_minor == 0 and before == 0:
        return None
    cost = voice.figure(FigureKey.COST, amount=bridge.end)
    words: dict[str, object] = {"month": facts.month, "cost": voice.money(bridge.end), "compared": facts.compared}
    if before == 0:
        return Sentence(_total_alone(words, facts.is_running), (cost,), abs(bridge.end_minor))
    was = from_minor(before, bridge.digits)
    percent = round_decimal(abs((bridge.end - was) / was) * HUNDRED, 1)
    against = Against.PREVIOUS if facts.is_against_budget else facts.against
    figures = (
        cost,
        Figure(FigureKey.BEFORE, facts.month, against, amount=was),
        Figure(FigureKey.CHANGE, facts.month, against, amount=bridge.end - was, percent=percent),
    )
    words |= {"before": voice.money(was), "change": voice.size(bridge.end - was), "percent": voice.percent(percent)}
    return Sentence(_total_words(bridge.end - was, words, facts.is_running), figures, abs(bridge.end_minor))


def _total_alone(words: dict[str, object], is_running: bool) -> Text:
    if is_running:
        return _("{month} has cost {cost} until now; {compared} has nothing to compare with.", **words)
    return _("{month} cost {cost}; {compared} has nothing to compare with.", **words)


def _total_words(change: Decimal, words: dict[str, object], is_running: bool) -> Text:
    if is_running:
        return _running_words(change, words)
    if change > 0:
        return _("{month} cost {cost}: {change} ({percent}) more than {compared} ({before}).", **words)
    if change < 0:
        return _("{month} cost {cost}: {change} ({percent}) less than {compared} ({before}).", **words)
    return _("{month} cost {cost}, as much as {compared}.", **words)


def _running_words(change: Decimal, words: dict[str, object]) -> Text:
    if change > 0:
        return _(
            "{month} has cost {cost} until now: {change} ({percent}) more than {compared} until the same day ({before}).",
            **words,
        )
    if change < 0:
        return _(
            "{month} has cost {cost} until now: {change} ({percent}) less than {compared} until the same day ({before}).",
            **words,
        )
    return _("{month} has cost {cost} until now, as much as {compared} until the same day.", **words)


def _budget(facts: SummaryFacts, voice: Voice) -> Sentence | None:
    whole = next((line for line in facts.budget if line.category_id == 0), None)
    if whole is None:
        return None
    words: dict[str, object] = {"budget": voice.money(whole.budget), "over": voice.size(whole.over)}
    figures = [
        voice.figure(FigureKey.BUDGET, amount=whole.budget),
        voice.figure(FigureKey.COST, amount=whole.cost),
        Figure(FigureKey.CHANGE, facts.month, Against.BUDGET, amount=whole.over),
    ]
    if whole.over > 0:
        text = _exceeded(facts, voice, words, figures)
    elif whole.over == 0:
        text = _("The budget of {budget} is spent exactly.", **words)
    elif facts.is_running:
        text = _at_this_pace(facts, voice, words, figures)
    else:
        text = _("The cost stayed {over} below the budget of {budget}.", **words)
    return Sentence(text, tuple(figures), abs(whole.cost_minor - whole.budget_minor))


def _exceeded(facts: SummaryFacts, voice: Voice, words: dict[str, object], figures: list[Figure]) -> Text:
    """By how much, and in which category most."""
    worst = max((line for line in facts.budget if line.category_id), key=lambda line: line.over, default=None)
    if worst is None or worst.over <= 0:
        return _("The budget of {budget} is exceeded by {over}.", **words)
    figures.append(
        Figure(FigureKey.CHANGE, facts.month, Against.BUDGET, category_id=worst.category_id, amount=worst.over)
    )
    words |= {"category": voice.category(worst.name, worst.name_en), "most": voice.size(worst.over)}
    return _("The budget of {budget} is exceeded by {over}, most in {category} with {most}: look there first.", **words)


def _at_this_pace(facts: SummaryFacts, voice: Voice, words: dict[str, object], figures: list[Figure]) -> Text:
    """What is left in a month that is not over, and whether it will do: the warning comes with the trend."""
    one, budget = facts.estimate, figures[0].amount
    if one is None or budget is None:
        return _("{over} of the budget of {budget} is left.", **words)
    if one.cost <= budget:
        return _("{over} of the budget of {budget} is left; at this pace it will do.", **words)
    figures.append(Figure(FigureKey.ESTIMATE, facts.month, Against.BUDGET, amount=one.cost - budget))
    return _(
        "{over} of the budget of {budget} is left, but at this pace the month will end {more} over it: buy and use less.",
        more=voice.money(one.cost - budget), **words,
    )  # fmt: skip


def _estimate(facts: SummaryFacts, voice: Voice) -> Sentence | None:
    one = facts.estimate
    if one is None:
        return None
    figures = [voice.figure(FigureKey.ESTIMATE, amount=one.cost)]
    words: dict[str, object] = {"cost": voice.money(one.cost)}
    if one.low is None or one.high is None:
        text = _("If the days left go as usual, the month will cost about {cost}.", **words)
    else:
        figures += [voice.figure(FigureKey.ESTIMATE, amount=amount) for amount in (one.low, one.high)]
        words |= {"low": voice.money(one.low), "high": voice.money(one.high)}
        text = _("If the days left go as usual, the month will cost about {cost}, likely {low} to {high}.", **words)
    return Sentence(text, tuple(figures), voice.minor(one.cost))


def _part(facts: SummaryFacts, voice: Voice, part: BridgePart) -> Sentence | None:
    amount = facts.bridge.amount(part)
    if not amount or not facts.before_minor:
        return None
    drivers = facts.drivers.get(part, ())
    figure = voice.figure(KEYS[part], amount=amount)
    text = part_words(part, amount, drivers, facts, voice)
    return Sentence(text, (figure, *(one.figure for one in drivers)), voice.minor(amount))


_MAKERS: dict[Topic, Maker] = {
    Topic.TOTAL: _total,
    Topic.BUDGET: _budget,
    Topic.ESTIMATE: _estimate,
    Topic.MOVERS: mover_sentence,
    Topic.DEAD: dead_sentence,
    Topic.ACCRUALS: accrual_sentence,
}
