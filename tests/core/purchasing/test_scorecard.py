"""A supplier's scorecard, reckoned by its definitions."""

from __future__ import annotations

import statistics
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from core.purchasing.rules.scorecard import DEFINITIONS, price_index, score, spread_of
from core.purchasing.types.scorecard import Arrival, Ordered, Scorecard, Share

TODAY = date(2026, 11, 22)
DAY = st.dates(date(2026, 9, 1), TODAY)
QTY = st.decimals("0.1", "99", places=1)
ARRIVAL = st.builds(Arrival, DAY, QTY, st.just(D(0)) | QTY)
LINE = st.builds(
    Ordered, st.integers(1, 4), st.just(date(2026, 9, 1)), QTY, QTY,
    st.none() | DAY, st.none() | DAY, st.lists(ARRIVAL, max_size=3).map(tuple),
)  # fmt: skip
LINES = st.lists(LINE, max_size=10)


def line(qty: int, promise: int, *arrivals: tuple[int, int, int], last: int | None = None) -> Ordered:
    """Ordered on 1 November; days of November."""
    came = tuple(Arrival(date(2026, 11, day), D(number), D(bad)) for day, number, bad in arrivals)
    first = date(2026, 11, promise)
    return Ordered(1, date(2026, 11, 1), D(qty), D(2), first, first if last is None else date(2026, 11, last), came)


def test_figures_follow_their_definitions() -> None:
    lines = [
        line(10, 5, (5, 10, 0)),
        line(10, 5, (6, 10, 0), last=6),
        line(10, 5, (4, 6, 0), (5, 4, 1)),
        line(10, 5, (5, 6, 0), (5, 4, 0)),
        line(10, 5, (5, 10, 2)),
        line(10, 20),
        line(10, 29),
    ]
    card = score(lines, [], TODAY)
    assert card.on_time_first == Share(4, 6)
    assert card.on_time_last == Share(5, 6)
    assert card.in_full == Share(3, 5)
    assert card.rejected == Share(2, 7)
    assert card.on_time_first.percent == D("66.7")
    assert card.lead_days is not None
    assert (card.lead_days.count, card.lead_days.mean, card.lead_days.shortest, card.lead_days.longest) == (
        5,
        D("4.00"),
        3,
        5,
    )
    assert card.lead_days.deviation == D("0.63")
    assert card.price_index is None


def test_the_price_index_weighs_by_what_is_bought_now() -> None:
    def bought(item_id: int, qty: str, price: str) -> Ordered:
        return Ordered(item_id, TODAY, D(qty), D(price))

    before = [bought(1, "10", "2"), bought(1, "30", "2.4"), bought(2, "5", "10"), bought(3, "1", "0")]
    now = [bought(1, "100", "2.53"), bought(2, "1", "9"), bought(3, "5", "7"), bought(4, "5", "7")]
    assert price_index(now, before) == D("109.2")  # (253 + 9) by (100 at 2.30 + 1 at 10)
    assert price_index(now, []) is None


@given(lines=LINES, before=LINES)
def test_shares_are_shares(lines: list[Ordered], before: list[Ordered]) -> None:
    card = score(lines, before, TODAY)
    for share in (card.on_time_first, card.on_time_last, card.in_full, card.rejected):
        assert 0 <= share.part <= share.whole
        assert (share.percent is None) == (not share.whole)
    assert card.in_full.whole <= len(lines)
    assert price_index(before, before) in (None, D("100.0"))


@given(days=st.lists(st.integers(-5, 90), min_size=1, max_size=40))
def test_mean_and_spread_are_those_of_statistics(days: list[int]) -> None:
    found = spread_of(days)
    assert found is not None
    assert abs(found.mean - D(statistics.fmean(days))) <= D("0.0051")
    assert abs(found.deviation - D(statistics.pstdev(days))) <= D("0.0051")
    assert found.shortest <= found.mean <= found.longest


@given(line=LINE, later=st.integers(0, 30))
def test_a_later_promise_is_never_harder_to_keep(line: Ordered, later: int) -> None:
    if line.first_promise is None or not line.arrivals:
        return
    moved = Ordered(
        line.item_id, line.ordered_on, line.qty, line.price,
        line.first_promise, line.first_promise + timedelta(days=later), line.arrivals,
    )  # fmt: skip
    card = score([moved], [], TODAY)
    assert card.on_time_last.part >= card.on_time_first.part


def test_every_figure_has_its_definition_in_both_languages() -> None:
    assert set(DEFINITIONS) == {field.name for field in fields(Scorecard)}
    assert all(text.render("zh") != text.render("en") for text in DEFINITIONS.values())
