"""Two people at one claim at the same moment, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from functools import partial

import pytest

from core import expenses
from core.clock import FixedClock
from core.errors import CoreError, Refused
from core.office import Office
from db.enums import ExpenseState, RepayWay
from tests.core.expenses.helping import add_person, claim, line, picture, signed_in
from tests.helpers.sites import ADMIN, PASSWORD

COOK = "Li Cook"


@pytest.fixture
def two(site_url: str, clock: FixedClock) -> Iterator[tuple[Office, Office]]:
    """Two people who may decide, at two PCs."""
    with ExitStack() as stack:
        first, second = (stack.enter_context(Office.open(site_url, station=name, clock=clock)) for name in "ab")
        first.sign_in(ADMIN, PASSWORD)
        add_person(first, COOK, "Kitchen manager")
        add_person(first, "Wang Boss", "Manager")
        second.sign_in("Wang Boss", PASSWORD)
        yield first, second


def outcomes(two: tuple[Office, Office], act: Callable[[Office], object]) -> list[str]:
    """What became of both, at once: done, or the kind of error."""

    def run(office: Office) -> str:
        try:
            act(office)
        except CoreError as fault:
            return type(fault).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, two))


def approve(key: int, office: Office) -> None:
    office.do(expenses.approve_expense, expense_id=key)


def pay(key: int, office: Office) -> None:
    office.do(expenses.pay_expense, expense_id=key, paid_on=date(2026, 3, 4), way=RepayWay.CASH)


def test_a_claim_is_approved_and_paid_back_once(two: tuple[Office, Office]) -> None:
    first, _second = two
    for turn in range(3):
        with signed_in(first, COOK):
            key = claim(first, line(amount=f"{turn + 1}.00", receipts=(picture((80 * turn, 1, 1)),))).expense_id
        assert outcomes(two, partial(approve, key)) == [Refused.__name__, "done"]
        assert outcomes(two, partial(pay, key)) == [Refused.__name__, "done"]
        assert first.ask(expenses.get_expense, expense_id=key).row.state is ExpenseState.PAID


def test_two_claims_at_once_have_two_numbers(two: tuple[Office, Office]) -> None:
    assert outcomes(two, lambda office: claim(office, line(receipts=(picture((3, 3, 3)),)))) == ["done", "done"]
    rows = two[0].ask(expenses.list_expenses)
    assert sorted(row.number for row in rows) == ["EX-2026-000001", "EX-2026-000002"]
