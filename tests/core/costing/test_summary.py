"""The written summary says nothing that its figures do not carry, in either language."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

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
from core.costing.rules.summary import MOST, Topic, topics
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
    steps = (0, *draw(st.tuples(MINOR, MINOR, MINOR, MINOR, MINOR, MINOR)))
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
        "2026-03 cost ¥1,250.00, ¥250.00 (25.0%) more than 2026-02 with ¥1,000.00.",
        "Higher prices cost ¥300.00 more, most for Beef (¥210.00): compare other offers.",
        "Waste cost ¥50.00 less.",
    ]
    assert [one.text.render("zh") for one in sentences(facts)] == [
        "2026-03 的成本为 ¥1,250.00，比 2026-02 的 ¥1,000.00 增加 ¥250.00（25.0%）。",
        "单价上涨使成本增加 ¥300.00，影响最大的是牛肉（¥210.00）。可比较其他供应商的报价。",
        "报损：成本减少 ¥50.00。",
    ]


@given(st.dictionaries(st.sampled_from(Topic), st.integers(0, 10**9)), st.integers(0, 10**10))
def test_the_whole_comes_first_then_what_is_most_money(weights: dict[Topic, int], cost: int) -> None:
    found = topics(weights, cost)
    assert len(found) <= MOST and set(found) <= set(weights)
    rest = [weights[topic] for topic in found if topic not in (Topic.TOTAL, Topic.ESTIMATE, Topic.BUDGET)]
    assert rest == sorted(rest, reverse=True)
    assert Topic.TOTAL not in weights or found[0] is Topic.TOTAL
