"""Who may count, who sees the book, who approves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

import pytest

from core import counting, identity
from core.counting import CountPart, FlagKind, NewCount
from core.errors import NeedsConfirmation, NotAllowed, Refused
from core.office import Office
from db.enums import ApprovalSubject, CountKind, VarianceReason
from tests.core.counting.conftest import PIN, Store

SignIn = Callable[..., Office]


def test_who_counts_blind_is_never_told_the_book(store: Store, sign_in: SignIn) -> None:
    count = store.start()
    clerk = sign_in("小王", "Back-office operator")
    lines = store.lines(count, clerk)
    assert all(line.expected is None for line in lines)
    rice = next(line for line in lines if line.code == "RICE")
    done = clerk.do(counting.enter_count, line_id=rice.id, parts=(CountPart(D(1)),))
    assert (done.expected, done.flags) == (None, ())
    assert next(line for line in store.lines(count, clerk) if line.code == "RICE").expected is None
    assert not clerk.ask(counting.get_count, count_id=count).sees_book
    for query, args in (
        (counting.get_count_review, {"count_id": count}),
        (counting.get_line_story, {"line_id": rice.id}),
        (counting.get_count_sheet, {"count_id": count, "with_quantities": True}),
        (counting.get_difference_sheet, {"count_id": count}),
    ):
        with pytest.raises(NotAllowed):
            clerk.ask(query, **args)


def test_who_runs_counts_sees_the_book_of_a_blind_count(store: Store, sign_in: SignIn) -> None:
    count = store.start()
    keeper = sign_in("老赵", "Storekeeper")
    assert next(line.expected for line in store.lines(count, keeper) if line.code == "RICE") == 100


def test_an_open_count_shows_the_book_to_everybody_who_counts(store: Store, sign_in: SignIn) -> None:
    count = store.start(is_blind=False)
    clerk = sign_in("小王", "Back-office operator")
    assert next(line.expected for line in store.lines(count, clerk) if line.code == "RICE") == 100


def test_blind_counters_only_hear_that_a_figure_is_far_from_the_last_count(store: Store, sign_in: SignIn) -> None:
    first = store.start()
    store.enter_rest(first)
    store.approve(first)
    second = store.start()
    clerk = sign_in("小王", "Back-office operator")
    rice = store.line(second, "RICE")
    done = clerk.do(counting.enter_count, line_id=rice.id, parts=(CountPart(D(4)),))
    assert [flag.kind for flag in done.flags] == [FlagKind.LOOK_AGAIN]
    assert not done.flags[0].about


def test_a_recount_does_not_know_the_first_figure(store: Store, sign_in: SignIn) -> None:
    count = store.start()
    store.enter(count, "OIL", "30")
    store.enter_rest(count)
    store.complete(count)
    clerk = sign_in("小王", "Back-office operator")
    oil = next(line for line in store.lines(count, clerk) if line.code == "OIL")
    assert (oil.needs_recount, oil.counted, oil.parts) == (True, None, ())
    assert store.line(count, "OIL").counted == 30
    assert clerk.do(counting.enter_count, line_id=oil.id, parts=(CountPart(D(47)),)).round == 2


def test_costs_are_only_for_who_may_see_them(store: Store, sign_in: SignIn) -> None:
    count = store.start()
    store.enter(count, "RICE", "90")
    store.enter_rest(count)
    keeper = sign_in("老赵", "Storekeeper")
    review = keeper.ask(counting.get_count_review, count_id=count)
    assert review.rows[0].value is None
    assert (review.gain, review.loss, review.book_value) == (None, None, None)
    assert "value" not in [column.key for column in keeper.ask(counting.get_difference_sheet, count_id=count).columns]
    assert store.office.ask(counting.get_count_review, count_id=count).rows[0].value == D("-60.00")


def test_counters_neither_start_nor_complete_nor_approve(store: Store, sign_in: SignIn) -> None:
    count = store.start()
    clerk, keeper = sign_in("小王", "Back-office operator"), sign_in("老赵", "Storekeeper")
    with pytest.raises(NotAllowed):
        clerk.do(counting.start_count, new=NewCount(CountKind.FULL))
    with pytest.raises(NotAllowed):
        clerk.do(counting.complete_count, count_id=count)
    store.enter_rest(count)
    keeper.do(counting.complete_count, count_id=count)
    with pytest.raises(NotAllowed):
        keeper.do(counting.approve_count, count_id=count)
    viewer = sign_in("技师", "Technician")
    with pytest.raises(NotAllowed):
        viewer.ask(counting.list_counts)


def test_a_manager_stands_in_to_approve(store: Store, sign_in: SignIn) -> None:
    sign_in("店长", "Manager")
    keeper = sign_in("老赵", "Storekeeper")
    count = store.start()
    store.enter_rest(count)
    keeper.do(counting.complete_count, count_id=count)
    keeper.do(counting.approve_count, count_id=count, stand_in=("店长", PIN))
    assert store.office.ask(counting.get_count, count_id=count).approved_by == "店长"


def test_large_differences_need_the_role_of_the_approval_rule(store: Store, sign_in: SignIn) -> None:
    accountant = next(one.role_id for one in store.office.ask(identity.list_roles) if one.name_en == "Cost reviewer")
    rule = next(
        one for one in store.office.ask(identity.list_approval_rules) if one.subject is ApprovalSubject.COUNT_VARIANCE
    )
    store.office.do(
        identity.set_approval_rule,
        subject=ApprovalSubject.COUNT_VARIANCE,
        limit_amount=D(100),
        role_id=accountant,
        version=rule.version,
    )
    manager = sign_in("店长", "Manager")
    count = store.start()
    store.enter(count, "OIL", "45")
    store.enter_rest(count)
    store.complete(count)
    line = store.line(count, "OIL")
    store.office.do(counting.give_reason, count_id=count, line_ids=(line.id,), reason=VarianceReason.UNKNOWN)
    store.complete(count)
    with pytest.raises(NotAllowed, match="100"):
        manager.do(counting.approve_count, count_id=count)
    assert store.held("OIL") == 48
    assert store.office.do(counting.approve_count, count_id=count).value == D("-150.00")


def test_rights_below_one_place_count_only_there(store: Store, sign_in: SignIn) -> None:
    count = store.start()
    clerk = sign_in("冷库小陈", "Back-office operator", store.places["COLD"])
    assert {line.location_code for line in store.lines(count, clerk)} == {"C-1", "C-2"}
    with pytest.raises(NotAllowed, match="干货仓"):
        clerk.do(counting.enter_count, line_id=store.line(count, "RICE").id, parts=(CountPart(D(1)),))
    milk = store.line(count, "MILK")
    clerk.do(counting.enter_count, line_id=milk.id, parts=(CountPart(D(20)),))


def test_only_who_counted_or_runs_the_count_takes_a_figure_back(store: Store, sign_in: SignIn) -> None:
    count = store.start()
    first, second = sign_in("小李", "Back-office operator"), sign_in("小王", "Back-office operator")
    salt = store.line(count, "SALT").id
    first.do(counting.enter_count, line_id=salt, parts=(CountPart(D(9)),))
    with pytest.raises(Refused):
        second.do(counting.clear_count, line_id=salt)
    with pytest.raises(NeedsConfirmation):
        second.do(counting.enter_count, line_id=salt, parts=(CountPart(D(8)),))
    first.do(counting.clear_count, line_id=salt)
