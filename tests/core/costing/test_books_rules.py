"""Vouchers balance, whatever they are made of; an amount is shared out to the minor unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.costing.rules.accounts import CHINA, ELSEWHERE, usual_account, voucher_word
from core.costing.rules.books import (
    Leg,
    Moved,
    check_balanced,
    joined,
    legs_of,
    less,
    shared_out,
    sides,
    voucher_of,
)
from core.costing.rules.columns import contribution
from db.enums import AccountUse as U
from db.enums import PostingKind as K

AMOUNT = st.integers(-(10**12), 10**12)
KIND = st.sampled_from([kind for kind in K if voucher_of(kind) is not None])
MOVED = st.builds(
    Moved,
    kind=KIND,
    category_id=st.integers(0, 3),
    value=AMOUNT,
    settled=AMOUNT,
    variance=AMOUNT,
    reason=st.sampled_from(["", "expired", "spoiled"]),
    supplier_id=st.integers(0, 2),
    section=st.sampled_from(["", "厨房"]),
)
LEG = st.builds(Leg, use=st.sampled_from(list(U)), amount=AMOUNT, key=st.sampled_from(["", "7"]))


@given(st.lists(MOVED, max_size=20))
def test_movements_of_stock_balance_and_move_stock_by_their_value(moved: list[Moved]) -> None:
    legs = joined([leg for one in moved for leg in legs_of(one)])
    check_balanced(legs)
    assert sum(leg.amount for leg in legs if leg.use is U.STOCK) == sum(one.value for one in moved)


@given(st.lists(MOVED, max_size=20))
def test_usage_of_the_journal_is_that_of_the_review(moved: list[Moved]) -> None:
    """Where no entry that left has a difference to standard cost, which none has."""
    real = [one for one in moved if not (one.kind in (K.ISSUE, K.RETURN_FROM_CUSTOMER) and one.variance)]
    legs = joined([leg for one in real for leg in legs_of(one)])
    usage = sum(leg.amount for leg in legs if leg.use is U.USAGE)
    back = sum(one.value + one.settled for one in real if one.kind is K.RETURN_FROM_CUSTOMER)
    assert usage == sum(contribution("usage", one.kind, one.value, one.settled) for one in real) - back


@given(st.lists(LEG, max_size=12), st.lists(LEG, max_size=12))
def test_what_is_left_to_book_and_what_is_booked_make_the_whole(wanted: list[Leg], booked: list[Leg]) -> None:
    assert joined([*less(wanted, booked), *booked]) == joined(wanted)
    assert less(wanted, wanted) == ()


@given(AMOUNT, st.dictionaries(st.sampled_from(["0", "6", "9", "13"]), st.integers(0, 10**9)))
def test_an_amount_is_shared_out_whole(amount: int, weights: dict[str, int]) -> None:
    assert sum(shared_out(amount, weights).values()) == amount


@given(AMOUNT)
def test_a_line_has_one_side(amount: int) -> None:
    debit, credit = sides(amount)
    assert debit - credit == amount
    assert debit >= 0 <= credit
    assert not (debit and credit)


def test_a_voucher_that_does_not_balance_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="off by 1"):
        check_balanced([Leg(U.STOCK, 1)])


def test_every_use_has_a_usual_account_and_every_entry_a_voucher() -> None:
    assert set(CHINA) == set(ELSEWHERE) == set(U)
    assert usual_account(U.STOCK, "CNY") == ("1403", "原材料")
    assert usual_account(U.STOCK, "EUR")[0] == "1200"
    assert (voucher_word("CNY"), voucher_word("USD")) == ("记", "GJ")
    assert [kind for kind in K if voucher_of(kind) is None] == [K.TRANSFER, K.REVERSAL]
