"""Money of purchasing: whatever is converted, taxed or spread sums to its total."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.purchasing.rules import money, taxes
from core.purchasing.types.money import Debt, Due, PaymentTerms, Priced
from db.enums import SplitBy

AMOUNT = st.integers(-10_000_000, 10_000_000)
RATE = st.decimals("0.000001", "2000", places=6)
DIGITS = st.sampled_from([0, 2, 3])
TAX = st.sampled_from([D(0), D(6), D(9), D(13), D("12.5"), D(25)])
PRICED = st.lists(st.builds(Priced, AMOUNT, TAX), min_size=1, max_size=12)
DAY = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(amounts=st.lists(AMOUNT, min_size=1, max_size=20), rate=RATE, digits=DIGITS, site_digits=DIGITS)
def test_converted_lines_sum_to_the_converted_total(amounts: list[int], rate: D, digits: int, site_digits: int) -> None:
    lines = money.convert_lines(amounts, rate, digits, site_digits)
    assert sum(lines) == money.convert(sum(amounts), rate, digits, site_digits)
    own = [money.convert(amount, rate, digits, site_digits) for amount in amounts]
    changed = [place for place, amount in enumerate(own) if lines[place] != amount]
    assert len(changed) <= 1
    assert all(abs(own[place]) == max(abs(amount) for amount in own) for place in changed)
    assert abs(sum(lines) - sum(own)) <= len(amounts)


@pytest.mark.parametrize(
    ("amount", "rate", "digits", "site_digits", "expected"),
    [
        (10000, "7.85", 2, 2, 78500),
        (1, "7.85", 2, 2, 8),
        (5000, "0.0478", 0, 2, 23900),
        (1234, "1", 3, 2, 123),
        (-15, "0.1", 2, 2, -2),
    ],
)
def test_a_rate_is_site_currency_for_one_of_the_document(
    amount: int, rate: str, digits: int, site_digits: int, expected: int
) -> None:
    assert money.convert(amount, D(rate), digits, site_digits) == expected


@pytest.mark.parametrize("rate", [D(0), D(-1)])
def test_a_rate_is_above_zero(rate: D) -> None:
    with pytest.raises(InvalidInput, match="above zero"):
        money.convert(1, rate, 2, 2)


@given(lines=PRICED, is_incl=st.booleans())
def test_taxes_sum_and_nets_add_up_by_rate(lines: list[Priced], is_incl: bool) -> None:
    sums = taxes.taxes_by_rate(lines, is_incl=is_incl)
    nets = taxes.net_amounts(lines, is_incl=is_incl)
    for one in sums:
        amounts = [line.amount for line in lines if line.rate == one.rate]
        assert (one.gross if is_incl else one.net) == sum(amounts)
        assert sum(net for net, line in zip(nets, lines, strict=True) if line.rate == one.rate) == one.net
        assert abs(2 * one.tax * 100 - 2 * one.net * one.rate) <= 100 + one.rate
    gross = sum(one.gross for one in sums)
    assert sum(taxes.stock_amounts(lines, is_incl=is_incl, is_recoverable=True)) == gross - sum(one.tax for one in sums)
    assert sum(taxes.stock_amounts(lines, is_incl=is_incl, is_recoverable=False)) == gross
    assert taxes.compare_taxes(sums, {one.rate: one.tax for one in sums}, 0) == ()


def test_a_stated_tax_is_compared_by_rate() -> None:
    computed = taxes.taxes_by_rate([Priced(10000, D(13)), Priced(5000, D(6))], is_incl=False)
    assert [(one.rate, one.net, one.tax) for one in computed] == [(D(6), 5000, 300), (D(13), 10000, 1300)]
    assert taxes.compare_taxes(computed, {D(6): 301, D(13): 1300}) == ()
    found = taxes.compare_taxes(computed, {D(13): 1250, D(9): 40})
    assert [(one.rate, one.stated, one.amount) for one in found] == [
        (D(6), None, -300),
        (D(9), 40, 40),
        (D(13), 1250, -50),
    ]
    assert taxes.tax_of(11300, D(13), is_incl=True) == 1300


@pytest.mark.parametrize("rate", [D(-1), D(100)])
def test_a_tax_rate_is_a_percentage(rate: D) -> None:
    with pytest.raises(InvalidInput):
        taxes.taxes_by_rate([Priced(1, rate)], is_incl=False)


@given(total=AMOUNT, weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=30), by=st.sampled_from(SplitBy))
def test_landed_costs_are_spread_without_rest(total: int, weights: list[int], by: SplitBy) -> None:
    if not sum(weights):
        with pytest.raises(InvalidInput):
            money.split_charge(total, weights, by)
        return
    shares = money.split_charge(total, weights, by)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) <= sum(weights)
        assert weight or not share


def test_landed_costs_need_something_to_stand_on() -> None:
    with pytest.raises(InvalidInput, match="no weight"):
        money.split_charge(100, [0, 0], SplitBy.WEIGHT)
    with pytest.raises(InvalidInput, match="returned goods"):
        money.split_charge(100, [5, -5], SplitBy.VALUE)


@pytest.mark.parametrize(
    ("day", "days", "is_end", "due"),
    [
        ("2026-01-15", 30, False, "2026-02-14"),
        ("2026-01-31", 0, True, "2026-01-31"),
        ("2026-01-15", 30, True, "2026-02-28"),
        ("2026-12-31", 60, True, "2027-02-28"),
        ("2026-11-03", 45, True, "2027-01-15"),
        ("2027-12-31", 60, True, "2028-02-29"),
    ],
)
def test_due_dates(day: str, days: int, is_end: bool, due: str) -> None:
    assert money.due_date(date.fromisoformat(day), PaymentTerms(days, is_end)) == date.fromisoformat(due)


@given(day=DAY, days=st.integers(0, 730), is_end=st.booleans())
def test_an_invoice_is_never_due_before_its_date(day: date, days: int, is_end: bool) -> None:
    terms = PaymentTerms(days, is_end)
    assert day <= money.due_date(day, terms) <= money.due_date(day + timedelta(days=31), terms)


def test_terms_have_a_limit() -> None:
    with pytest.raises(InvalidInput):
        money.due_date(date(2026, 1, 1), PaymentTerms(731))


@given(debts=st.lists(st.builds(Debt, AMOUNT, DAY), max_size=20), today=DAY)
def test_ages_sum_to_the_debt(debts: list[Debt], today: date) -> None:
    found = money.ages(debts, today)
    assert list(found) == list(Due) and sum(found.values()) == sum(debt.amount for debt in debts)


@pytest.mark.parametrize(
    ("days", "age"), [(-3, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_a_debt_is_overdue_the_day_after(days: int, age: int) -> None:
    assert money.age_of(date(2026, 6, 1), date(2026, 6, 1) + timedelta(days=days)) is list(Due)[age]
