"""The written summary says nothing that its figures do not carry, in either language."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.costing import (
    Accruals,
    AccrualSupplier,
    Against,
    Bridge,
    BridgePart,
    BudgetLine,
    DeadBand,
    DeadRow,
    DeadStock,
    Estimate,
    Figure,
    Mover,
    Movers,
    Sentence,
)
from core.costing.rules.summary import MOST, WHY, Topic, topics
from core.costing.steps.summary import Driver, SummaryFacts, sentences
from core.costing.steps.summary.facts import KEYS
from core.documents import Notation
from core.i18n import LANGUAGES, Name

MONTH, BEFORE = "2026-03", "2026-02"
MINOR = st.integers(-(10**9), 10**9)
MONEY = MINOR.map(lambda minor: Decimal(minor).scaleb(-2))
NAMES = st.sampled_from([Name("番茄", "Tomato"), Name("牛肉", "Beef"), Name("无名")])
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def _driver(part: BridgePart, name: Name, amount: Decimal) -> Driver:
    return Driver(name, Figure(KEYS[part], MONTH, item_id=1, amount=amount))


@st.composite
def bridges(draw: st.DrawFn) -> Bridge:
    start = draw(st.integers(0, 10**9))
    plan = draw(st.just(0) | MINOR | st.just(-start))
    steps = (plan, *draw(st.tuples(MINOR, MINOR, MINOR, MINOR, MINOR, MINOR)))
    return Bridge(start, steps, start + sum(steps), 2)


MOVERS = st.builds(
    Mover, st.just(3), st.just("X"), NAMES, st.just(""), st.just("kg"), MONEY, MONEY,
    st.integers(-9999, 9999).map(lambda tenths: Decimal(tenths).scaleb(-1)), MONEY, MONEY, st.booleans(), st.just(5), NAMES,
)  # fmt: skip
DEAD_ROWS = st.builds(
    DeadRow, st.just(4), st.just("Y"), NAMES, st.just(""), st.just("kg"), MONEY, MONEY, st.none(), st.just(400)
)
DEAD = st.builds(
    lambda values, rows: DeadStock(
        tuple(DeadBand(days, 1, value) for days, value in zip((365, 180, 90), values, strict=True)), tuple(rows)
    ),
    st.tuples(MONEY, MONEY, MONEY),
    st.lists(DEAD_ROWS, max_size=2),
)
ACCRUALS = st.builds(
    lambda total, rows: Accruals(date(2026, 3, 31), total, Decimal(0), 2, tuple(rows)),
    MONEY,
    st.lists(st.builds(AccrualSupplier, st.just(5), NAMES, st.just(2), MONEY), max_size=2),
)
ESTIMATES = st.builds(
    lambda cost, low, high: Estimate(
        date(2026, 3, 9), 22, 8, cost, cost, cost, cost, cost, cost, cost, low, low if low is None else high
    ),
    MONEY, st.none() | MONEY, MONEY,
)  # fmt: skip
BUDGETS = st.lists(st.builds(BudgetLine, st.integers(0, 2), st.just("食品"), st.just("Food"), st.just(""), MINOR, MINOR,
                             st.just(2)), max_size=3)  # fmt: skip
FACTS = st.builds(
    SummaryFacts,
    month=st.just(MONTH),
    compared=st.just(BEFORE),
    against=st.sampled_from(Against),
    is_running=st.booleans(),
    bridge=bridges(),
    drivers=st.fixed_dictionaries(
        {part: st.lists(st.builds(_driver, st.just(part), NAMES, MONEY), max_size=2).map(tuple) for part in KEYS}
    ),
    budget=BUDGETS.map(tuple),
    movers=st.builds(Movers, st.just(1), st.just(1), MONEY, MONEY, st.lists(MOVERS, max_size=2).map(tuple)),
    dead=DEAD,
    accruals=ACCRUALS,
    estimate=st.none() | ESTIMATES,
    notation=st.just(Notation("CNY", 2, "Asia/Shanghai")),
)


def _carried(sentence: Sentence) -> set[Decimal]:
    """Every number that the figures of a sentence carry."""
    found: set[Decimal] = set()
    for figure in sentence.figures:
        found |= {abs(one) for one in (figure.amount, figure.percent) if one is not None}
        found |= set() if figure.days is None else {Decimal(figure.days)}
    return found


@given(FACTS)
def test_every_number_in_a_sentence_is_one_of_its_figures(facts: SummaryFacts) -> None:
    for sentence in sentences(facts):
        for language in LANGUAGES:
            said = sentence.text.render(language).replace(MONTH, "").replace(BEFORE, "")
            numbers = {Decimal(number.replace(",", "")) for number in NUMBER.findall(said)}
            assert numbers <= _carried(sentence), (said, numbers, sentence.figures)
            assert "{" not in said


@given(FACTS)
def test_there_are_at_most_eight_sentences_and_each_is_said_once(facts: SummaryFacts) -> None:
    found = sentences(facts)
    assert len(found) <= MOST
    assert len({one.text.render("en") for one in found}) == len(found)


def test_words_say_which_way_it_goes() -> None:
    quiet = Movers(0, 0, Decimal(0), Decimal(0), ())
    dearer = Bridge(100_000, (0, 30_000, 0, 0, -5_000, 0, 0), 125_000, 2)
    facts = SummaryFacts(
        MONTH, BEFORE, Against.PREVIOUS, False, dearer,
        {BridgePart.PRICE: (_driver(BridgePart.PRICE, Name("牛肉", "Beef"), Decimal("210.00")),)},
        (), quiet, DeadStock((DeadBand(365, 0, Decimal(0)),), ()), Accruals(date(2026, 3, 31), Decimal(0), Decimal(0), 0, ()),
        None, Notation("CNY", 2, "Asia/Shanghai"),
    )  # fmt: skip
    assert [one.text.render("en") for one in sentences(facts)] == [
        "2026-03 cost ¥1,250.00: ¥250.00 (25.0%) more than 2026-02 (¥1,000.00).",
        "Higher prices added ¥300.00, most for Beef (¥210.00): compare other offers.",
        "Waste: the cost fell by ¥50.00.",
    ]
    assert [one.text.render("zh") for one in sentences(facts)] == [
        "2026-03 的成本为 ¥1,250.00，比 2026-02 的 ¥1,000.00 增加 ¥250.00（25.0%）。",
        "单价上涨使成本增加 ¥300.00，影响最大的是牛肉（¥210.00），可比较其他供应商的报价。",
        "报损：成本减少 ¥50.00。",
    ]


@given(st.dictionaries(st.sampled_from(Topic), st.integers(0, 10**9)), st.integers(0, 10**10))
def test_the_whole_comes_first_then_why_then_what_is_most_money(weights: dict[Topic, int], cost: int) -> None:
    found = topics(weights, cost)
    assert len(found) <= MOST and set(found) <= set(weights)
    rest = [topic for topic in found if topic not in (Topic.TOTAL, Topic.ESTIMATE, Topic.BUDGET)]
    if rest and rest[0] in WHY:
        assert weights[rest[0]] == max(weights[topic] for topic in rest if topic in WHY)
        rest = rest[1:]
    assert [weights[topic] for topic in rest] == sorted((weights[topic] for topic in rest), reverse=True)
    assert Topic.TOTAL not in weights or found[0] is Topic.TOTAL


QUIET = Movers(0, 0, Decimal(0), Decimal(0), ())
NOTHING = DeadStock((DeadBand(365, 0, Decimal(0)),), ())
INVOICED = Accruals(date(2026, 3, 31), Decimal(0), Decimal(0), 0, ())
BASS = Mover(
    3, "SEA-1", Name("鲈鱼", "Sea bass"), "", "kg", Decimal(40), Decimal(46), Decimal("15.0"), Decimal(50), Decimal("300.00"),
    False, 5, Name("海汇", "Haihui"),
)  # fmt: skip


def _facts(bridge: Bridge, **other: Any) -> SummaryFacts:
    quiet: dict[str, Any] = {
        "month": MONTH, "compared": BEFORE, "against": Against.PREVIOUS, "is_running": False, "bridge": bridge, "drivers": {},
        "budget": (), "movers": QUIET, "dead": NOTHING, "accruals": INVOICED, "estimate": None,
        "notation": Notation("CNY", 2, "Asia/Shanghai"),
    }  # fmt: skip
    return SummaryFacts(**(quiet | other))


def _said(facts: SummaryFacts) -> list[str]:
    return [one.text.render("en") for one in sentences(facts)]


def test_without_a_month_before_nothing_is_said_to_have_changed() -> None:
    """Not even against a budget, where the bridge has a start of its own."""
    started = Bridge(0, (0, 0, 90_000, 0, 10_000, 0, 0), 100_000, 2)
    movers = Movers(1, 0, Decimal("300.00"), Decimal(0), (BASS,))
    alone = ["2026-03 cost ¥1,000.00; 2026-02 has nothing to compare with."]
    assert _said(_facts(started, movers=movers)) == alone
    planned = Bridge(120_000, (-120_000, 0, 90_000, 0, 10_000, 0, 0), 100_000, 2)
    budget = (BudgetLine(0, "", "", "", 120_000, 100_000, 2),)
    found = _said(_facts(planned, movers=movers, budget=budget, against=Against.BUDGET))
    assert found == [*alone, "The cost stayed ¥200.00 below the budget of ¥1,200.00."]


def test_against_a_budget_the_parts_explain_what_stands_beside_the_month_before() -> None:
    bridge = Bridge(120_000, (-20_000, 0, 30_000, 0, 0, 0, 0), 130_000, 2)
    budget = (BudgetLine(0, "", "", "", 120_000, 130_000, 2),)
    assert _said(_facts(bridge, budget=budget, against=Against.BUDGET)) == [
        "2026-03 cost ¥1,300.00: ¥300.00 (30.0%) more than 2026-02 (¥1,000.00).",
        "The budget of ¥1,200.00 is exceeded by ¥100.00.",
        "Usage quantity: the cost grew by ¥300.00.",
    ]


def test_a_running_month_is_warned_of_its_budget_by_the_trend() -> None:
    bridge = Bridge(100_000, (0, 0, -40_000, 0, 0, 0, 0), 60_000, 2)
    budget = (BudgetLine(0, "", "", "", 90_000, 60_000, 2),)
    zero = Decimal(0)
    for cost, said in (
        ("950.00", "¥300.00 of the budget of ¥900.00 is left, but at this pace the month will end ¥50.00 over it: buy and "
                   "use less."),
        ("900.00", "¥300.00 of the budget of ¥900.00 is left; at this pace it will do."),
    ):  # fmt: skip
        estimate = Estimate(date(2026, 3, 20), 12, 8, zero, zero, zero, zero, zero, zero, Decimal(cost), None, None)
        assert said in _said(_facts(bridge, budget=budget, estimate=estimate, is_running=True))


def test_an_item_named_for_its_price_is_not_named_again() -> None:
    bridge = Bridge(100_000, (0, 30_000, 0, 0, 0, 0, 0), 130_000, 2)
    movers = Movers(2, 1, Decimal("310.00"), Decimal("-20.00"), (BASS,))
    named = {
        BridgePart.PRICE: (Driver(BASS.name, Figure(KEYS[BridgePart.PRICE], MONTH, item_id=3, amount=Decimal(200))),)
    }
    assert len(_said(_facts(bridge, movers=movers, drivers=named))) == 2
    other = {
        BridgePart.PRICE: (
            Driver(Name("牛肉", "Beef"), Figure(KEYS[BridgePart.PRICE], MONTH, item_id=9, amount=Decimal(9))),
        )
    }
    assert _said(_facts(bridge, movers=movers, drivers=other))[2] == (
        "The price of Sea bass rose by 15.0% and cost ¥300.00 more: ask Haihui why. All price changes together cost ¥290.00 "
        "more."
    )
