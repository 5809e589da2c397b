"""Slips of the hand are asked about; what is ordinary is not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.purchasing.rules import slips
from core.purchasing.types.slips import SlipKind

PRICE = st.decimals("0.01", "9999", places=2)
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("price", "last", "kinds"),
    [
        ("12.00", ["12.00"], []),
        ("14.40", ["12.00"], []),
        ("14.41", ["12.00"], [SlipKind.PRICE_JUMP]),
        ("9.60", ["12.00"], []),
        ("9.59", ["12.00"], [SlipKind.PRICE_JUMP]),
        ("120", ["12.00"], [SlipKind.TIMES_TEN]),
        ("118", ["12.00", "11.50", "12.20"], [SlipKind.TIMES_TEN]),
        ("1250", ["12.00"], [SlipKind.TIMES_HUNDRED]),
        ("1.2", ["12.00"], [SlipKind.TENTH]),
        ("0.12", ["12.00"], [SlipKind.HUNDREDTH]),
        ("60", ["12.00"], [SlipKind.PRICE_JUMP]),
        ("0", ["12.00"], [SlipKind.PRICE_ZERO]),
        ("-1", ["12.00"], [SlipKind.NEGATIVE]),
        ("99", [], []),
        ("99", ["0"], []),
        ("12", ["120", "12", "12.1", "11.9"], [SlipKind.PRICE_JUMP]),
    ],
)
def test_a_price_is_asked_about_when_it_looks_wrong(price: str, last: list[str], kinds: list[SlipKind]) -> None:
    assert [slip.kind for slip in slips.price_slips(D(price), [D(one) for one in last])] == kinds


def test_free_goods_cost_nothing_without_a_question() -> None:
    assert slips.price_slips(D(0), [D(12)], is_free=True) == ()


def test_a_jump_says_how_much_in_both_languages() -> None:
    (slip,) = slips.price_slips(D("15.00"), [D("12.00"), D("11.00")])
    assert (slip.usual, slip.percent, slip.key, slip.is_refused) == (D(12), D("25.0"), "price_price_jump", False)
    assert slip.text.render("en") == "15 is 25.0 % more than last time (12). Why?"
    assert slip.text.render("zh") == "15 比上次 (12) 高 25.0%，请说明原因。"


@given(figure=PRICE, usual=PRICE)
def test_a_slip_is_about_ten_or_a_hundred_times(figure: D, usual: D) -> None:
    factors = {
        SlipKind.TIMES_HUNDRED: D(100),
        SlipKind.TIMES_TEN: D(10),
        SlipKind.TENTH: D("0.1"),
        SlipKind.HUNDREDTH: D("0.01"),
    }
    kind = slips.slip_factor(figure, usual)
    near = [
        one for one, factor in factors.items() if usual * factor / D("1.25") <= figure <= usual * factor * D("1.25")
    ]
    assert [kind] == near if near else kind is None


@given(price=st.decimals("-5", "9999", places=2), last=st.lists(PRICE | st.just(D(0)), max_size=7))
def test_at_most_one_question_about_a_price_and_it_can_be_read(price: D, last: list[D]) -> None:
    asked = slips.price_slips(price, last)
    assert len(asked) <= 1
    for slip in asked:
        assert slip.text.render("zh") != slip.text.render("en")
        assert slip.is_refused == (price < 0)
    if price > 0 and last and all(price == one for one in last):
        assert not asked


@given(figures=st.lists(PRICE, max_size=9))
def test_what_is_usual_is_one_of_the_last_five(figures: list[D]) -> None:
    usual = slips.usual_of(figures)
    last = sorted(figures[:5])
    assert usual is None if not last else usual in last[(len(last) - 1) // 2 : len(last) // 2 + 1]


@pytest.mark.parametrize(
    ("qty", "expected", "usual", "kinds"),
    [
        ("12", "12", [], []),
        ("20", "12", [], []),
        ("120", "12", [], [SlipKind.TIMES_TEN]),
        ("0.5", None, ["50", "48"], [SlipKind.HUNDREDTH]),
        ("0", "12", [], []),
        ("-1", "12", [], [SlipKind.NEGATIVE]),
        ("7", None, [], []),
        ("100", "0", ["10"], [SlipKind.TIMES_TEN]),
    ],
)
def test_a_quantity_is_held_against_the_order(
    qty: str, expected: str | None, usual: list[str], kinds: list[SlipKind]
) -> None:
    asked = slips.qty_slips(D(qty), None if expected is None else D(expected), [D(one) for one in usual])
    assert [slip.kind for slip in asked] == kinds


@pytest.mark.parametrize(("days", "kind"), [(0, None), (1, SlipKind.FUTURE), (-365, None), (-366, SlipKind.LONG_AGO)])
def test_what_has_happened_is_not_in_the_future(days: int, kind: SlipKind | None) -> None:
    asked = slips.date_slips(TODAY + timedelta(days=days), TODAY, "invoiced_on")
    assert [(slip.kind, slip.field) for slip in asked] == ([] if kind is None else [(kind, "invoiced_on")])
    assert all(slip.is_refused == (kind is SlipKind.FUTURE) for slip in asked)


@pytest.mark.parametrize(("days", "kind"), [(0, None), (-1, SlipKind.PASSED), (365, None), (366, SlipKind.FUTURE)])
def test_what_is_expected_is_not_in_the_past(days: int, kind: SlipKind | None) -> None:
    asked = slips.promise_slips(TODAY + timedelta(days=days), TODAY, "expected_on")
    assert [slip.kind for slip in asked] == ([] if kind is None else [kind])
    assert not any(slip.is_refused for slip in asked)
