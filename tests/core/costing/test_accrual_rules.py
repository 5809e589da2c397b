"""Both styles of taking estimates back: whatever happens to receipts, their lines sum to what is open of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.costing.rules.accruals import Estimated, Invoiced, at_month_start, on_invoice

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
AMOUNTS = st.integers(-(10**9), 10**9)
STATES = st.dictionaries(st.integers(1, 8), AMOUNTS, max_size=8)
INVOICED = st.builds(Invoiced, st.integers(1, 8), st.dates(FIRST, LAST), AMOUNTS, st.sampled_from("AB"))


def _by_receipt(lines: list[Estimated]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for line in lines:
        found[line.receipt] += line.amount
    return found


@given(st.lists(st.tuples(STATES, st.lists(INVOICED, max_size=6)), max_size=6))
def test_over_all_months_the_lines_of_a_receipt_sum_to_what_is_open_of_it(
    months: list[tuple[dict[int, int], list[Invoiced]]],
) -> None:
    start: list[Estimated] = []
    invoice: list[Estimated] = []
    before: dict[int, int] = {}
    for now, invoiced in months:
        start += at_month_start(before, now, FIRST, LAST)
        invoice += on_invoice(before, now, invoiced, LAST)
        before = now
    for lines in (_by_receipt(start), _by_receipt(invoice)):
        assert {key: amount for key, amount in lines.items() if amount} == {k: v for k, v in before.items() if v}


@given(STATES, STATES)
def test_the_last_day_of_the_month_shows_what_is_open_when_all_is_taken_back_at_its_start(
    before: dict[int, int], now: dict[int, int]
) -> None:
    lines = at_month_start(before, now, FIRST, LAST)
    assert sum(line.amount for line in lines if line.on == FIRST) == -sum(before.values())
    assert sum(line.amount for line in lines if line.on == LAST) == sum(now.values())


def test_an_estimate_is_taken_back_on_the_day_its_invoice_comes() -> None:
    came = date(2026, 3, 9)
    assert on_invoice({7: 500}, {}, [Invoiced(7, came, 500, "F-1")], LAST) == [Estimated(7, came, -500, "F-1")]


def test_a_receipt_invoiced_in_its_own_month_is_never_estimated() -> None:
    assert on_invoice({}, {}, [Invoiced(7, LAST, 500, "F-1")], LAST) == []


def test_goods_that_went_back_are_taken_off_at_the_end() -> None:
    lines = on_invoice({7: 500}, {7: 100}, [Invoiced(7, FIRST, 300, "F-1")], LAST)
    assert lines == [Estimated(7, FIRST, -300, "F-1"), Estimated(7, LAST, -100)]
