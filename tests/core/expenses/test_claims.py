"""A claim from its first line to the money back, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core import documents, expenses, identity
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotAllowed, NotFound, Refused
from core.expenses import ExpenseFilter, NewExpense, NewExpenseKind, NewReceipt
from core.office import Office
from core.registry import query
from core.uow import UnitOfWork
from db.enums import ApprovalSubject, ExpenseState, RepayWay
from tests.core.expenses.helping import add_person, claim, close_books_for_test, line, picture, signed_in
from tests.helpers.sites import PASSWORD

D = Decimal
COOK, BOSS = "Li Cook", "Wang Boss"


@query(None)
def ask_booked_for_test(uow: UnitOfWork, *, first: date, last: date) -> list[expenses.BookedExpense]:
    """What the books take."""
    return expenses.list_booked(uow, first, last)


@query(None)
def ask_waiting_for_test(uow: UnitOfWork, *, first: date, last: date) -> list[expenses.WaitingExpense]:
    """What the month waits for."""
    return expenses.list_waiting(uow, first, last)


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    add_person(office, COOK, "Kitchen manager")
    add_person(office, BOSS, "Manager")


def test_a_claim_is_approved_by_another_and_paid_back(office: Office) -> None:
    with signed_in(office, COOK):
        made = claim(office, line(), line(amount="12.50", tax=D("0.50"), supplier="滴滴", kind_id=2))
    assert (made.state, made.total, made.number) == (ExpenseState.SUBMITTED, D("70.50"), "EX-2026-000001")
    with signed_in(office, BOSS):
        card = office.ask(expenses.get_expense, expense_id=made.expense_id)
        assert card.can == {"approve", "refuse"}
        assert [(one.kind.en, one.amount, one.tax, len(one.receipts)) for one in card.lines] == [
            ("Small purchases", D("58.00"), D(0), 1), ("Local transport", D("12.50"), D("0.50"), 1),
        ]  # fmt: skip
        done = office.do(expenses.approve_expense, expense_id=made.expense_id, version=card.row.version)
        paid = office.do(
            expenses.pay_expense,
            expense_id=made.expense_id,
            paid_on=date(2026, 3, 4),
            way=RepayWay.CASH,
            version=done.version,
        )
        assert paid.state is ExpenseState.PAID
        card = office.ask(expenses.get_expense, expense_id=made.expense_id)
        assert (card.decided_by, card.paid_by, card.paid_way, card.row.paid_on) == (
            BOSS,
            BOSS,
            "cash",
            date(2026, 3, 4),
        )
    booked = office.ask(ask_booked_for_test, first=date(2026, 3, 1), last=date(2026, 3, 31))
    assert [(one.booked_on, one.amount, one.tax, one.by) for one in booked] == [
        (date(2026, 3, 3), D("58.00"), D("0.00"), COOK), (date(2026, 3, 3), D("12.50"), D("0.50"), COOK),
    ]  # fmt: skip


def test_every_step_can_be_taken_back(office: Office) -> None:
    with signed_in(office, COOK):
        key = claim(office).expense_id
        assert office.do(expenses.recall_expense, expense_id=key).state is ExpenseState.DRAFT
        assert office.do(expenses.withdraw_expense, expense_id=key).state is ExpenseState.WITHDRAWN
        assert office.do(expenses.reopen_expense, expense_id=key).state is ExpenseState.DRAFT
        assert office.do(expenses.submit_expense, expense_id=key).state is ExpenseState.SUBMITTED
    with signed_in(office, BOSS):
        office.do(expenses.refuse_expense, expense_id=key, note="not ours")
        assert office.do(expenses.take_back_decision, expense_id=key).state is ExpenseState.SUBMITTED
        office.do(expenses.approve_expense, expense_id=key)
        office.do(expenses.pay_expense, expense_id=key, paid_on=date(2026, 3, 4), way=RepayWay.WAGES)
        assert office.do(expenses.unpay_expense, expense_id=key).state is ExpenseState.APPROVED
        assert office.do(expenses.take_back_decision, expense_id=key).state is ExpenseState.SUBMITTED
        with pytest.raises(Refused) as fault:
            office.do(expenses.unpay_expense, expense_id=key)
        assert "Possible: Approve / Turn down" in fault.value.text.render("en")
    assert office.ask(ask_booked_for_test, first=date(2026, 3, 1), last=date(2026, 3, 31)) == []


def test_nobody_decides_on_their_own_claim_not_even_the_administrator(office: Office) -> None:
    key = claim(office).expense_id
    deciding: list[tuple[Any, dict[str, Any]]] = [
        (expenses.approve_expense, {}),
        (expenses.refuse_expense, {"note": "no"}),
    ]
    paying: list[tuple[Any, dict[str, Any]]] = [
        (expenses.take_back_decision, {}),
        (expenses.pay_expense, {"paid_on": date(2026, 3, 4), "way": RepayWay.CASH}),
    ]
    for use, facts in deciding:
        with pytest.raises(NotAllowed):
            office.do(use, expense_id=key, **facts)
    with signed_in(office, BOSS):
        office.do(expenses.approve_expense, expense_id=key)
    for use, facts in paying:
        with pytest.raises(NotAllowed):
            office.do(use, expense_id=key, **facts)
    assert office.ask(expenses.get_expense, expense_id=key).can == frozenset()


def test_above_the_limit_somebody_with_the_role_approves(office: Office) -> None:
    role = next(one.role_id for one in office.ask(identity.list_roles) if one.name_en == "Administrator")
    office.do(identity.set_approval_rule, subject=ApprovalSubject.EXPENSE, limit_amount=D(50), role_id=role)
    with signed_in(office, COOK):
        key = claim(office).expense_id
    with signed_in(office, BOSS), pytest.raises(NotAllowed) as fault:
        office.do(expenses.approve_expense, expense_id=key)
    assert "Expense over 50" in fault.value.text.render("en")
    assert office.do(expenses.approve_expense, expense_id=key).state is ExpenseState.APPROVED


def test_people_see_their_own_claims_and_receipts_only_and_nobody_sees_drafts(office: Office) -> None:
    with signed_in(office, COOK):
        draft = claim(office, is_submitted=False).expense_id
        receipt = office.ask(expenses.get_expense, expense_id=draft).lines[0].receipts[0]
        assert office.ask(expenses.get_receipt, receipt_id=receipt.id).media_type == "image/jpeg"
        assert [row.number for row in office.ask(expenses.list_expenses)] == ["EX-2026-000001"]
    assert office.ask(expenses.list_expenses) == []
    for ask, facts in (
        (expenses.get_expense, {"expense_id": draft}),
        (expenses.get_receipt, {"receipt_id": receipt.id}),
        (documents.get_attachment, {"attachment_id": receipt.id}),
    ):
        with pytest.raises(NotFound):
            office.ask(ask, **facts)
    line_id = receipt.line_id
    assert office.ask(documents.list_attachments, owner_kind="expense_line", owner_id=line_id) == []
    assert office.ask(documents.list_thumbnails, owner_kind="expense_line", owner_ids=[line_id]) == {}
    with pytest.raises(InvalidInput):
        office.do(documents.remove_attachment, attachment_id=receipt.id)
    with signed_in(office, COOK):
        office.do(expenses.submit_expense, expense_id=draft)
    assert office.ask(expenses.get_receipt, receipt_id=receipt.id).name == "till.jpg"
    assert office.ask(expenses.count_expenses) == 1
    assert office.ask(expenses.find_expense, number="ex-2026-000001") == draft
    with pytest.raises(NotFound):
        office.do(expenses.recall_expense, expense_id=draft)


def test_a_draft_is_changed_line_by_line_and_keeps_its_receipts(office: Office) -> None:
    with signed_in(office, COOK):
        made = claim(office, line(), line(amount="20"), is_submitted=False)
        first, second = office.ask(expenses.get_expense, expense_id=made.expense_id).lines
        gone = first.receipts[0].id
        fresh = NewExpense(
            (line(amount="60", line_id=first.id, receipts=(NewReceipt("e.pdf", b"%PDF-1.4 x"),)), line(amount="1", receipts=())),
            "改过", (gone,),
        )  # fmt: skip
        saved = office.do(expenses.update_expense, expense_id=made.expense_id, version=made.version, new=fresh)
        card = office.ask(expenses.get_expense, expense_id=made.expense_id)
        assert (saved.total, card.row.total, card.row.purpose, card.row.receipts) == (D(61), D(61), "改过", 1)
        assert [(one.id == first.id, [receipt.name for receipt in one.receipts]) for one in card.lines] == [
            (True, ["e.pdf"]), (False, []),
        ]  # fmt: skip
        with pytest.raises(NotFound):
            office.ask(expenses.get_receipt, receipt_id=second.receipts[0].id)
        with pytest.raises(Conflict):
            office.do(expenses.update_expense, expense_id=made.expense_id, version=made.version, new=fresh)
        office.do(expenses.submit_expense, expense_id=made.expense_id, confirmed=frozenset({"expense.receipts"}))
        with pytest.raises(Refused):
            office.do(expenses.update_expense, expense_id=made.expense_id, version=saved.version + 1, new=fresh)


def test_receipts_of_another_claim_are_not_taken_off(office: Office) -> None:
    with signed_in(office, COOK):
        kept = claim(office, is_submitted=False).expense_id
        receipt = office.ask(expenses.get_expense, expense_id=kept).lines[0].receipts[0]
        other = claim(office, line(amount="3", receipts=()), is_submitted=False)
        theirs = office.ask(expenses.get_expense, expense_id=kept).lines[0]
        changed = NewExpense((line(amount="4", line_id=theirs.id, receipts=()),), "", (receipt.id,))
        office.do(expenses.update_expense, expense_id=other.expense_id, version=other.version, new=changed)
        card = office.ask(expenses.get_expense, expense_id=kept)
    assert (card.lines[0].amount, len(card.lines[0].receipts)) == (D(58), 1)


def test_a_line_without_receipt_is_asked_about_unless_its_kind_needs_none(office: Office) -> None:
    with signed_in(office, COOK):
        with pytest.raises(NeedsConfirmation) as asked:
            claim(office, line(), line(amount="2", receipts=()), confirmed=frozenset({"expense.doubts"}))
        assert (asked.value.key, asked.value.text.render("en")) == (
            "expense.receipts",
            "Line 2 has no receipt. Go on without?",
        )
    office.do(
        expenses.update_expense_kind,
        kind_id=1,
        version=1,
        new=NewExpenseKind("零星采购", "Small purchases", needs_receipt=False),
    )
    with signed_in(office, COOK):
        claim(office, line(receipts=()), confirmed=frozenset())


def test_what_looks_like_a_second_claim_is_asked_and_shown(office: Office) -> None:
    with signed_in(office, COOK):
        first = claim(office)
        for again, sign in (
            (line(receipts=(picture((1, 2, 3)),), supplier=" 盒 马"), "EX-2026-000001 of Li Cook has the same already"),
            (line(amount="9.99"), "The receipt till.jpg is in EX-2026-000001"),
        ):
            with pytest.raises(NeedsConfirmation) as asked:
                claim(office, again, confirmed=frozenset())
            assert asked.value.key == "expense.doubts" and sign in asked.value.text.render("en")
        with pytest.raises(NeedsConfirmation) as asked:
            claim(office, line(day="2026-03-01"), line(day="2026-03-01"), confirmed=frozenset())
        second = claim(office)
        claim(office, line(amount="58.00", supplier="别家", receipts=(picture((9, 9, 9)),)), confirmed=frozenset())
    with signed_in(office, BOSS):
        card = office.ask(expenses.get_expense, expense_id=second.expense_id)
        assert len(card.doubts) == 2
        with pytest.raises(NeedsConfirmation):
            office.do(expenses.approve_expense, expense_id=second.expense_id)
        office.do(expenses.refuse_expense, expense_id=second.expense_id, note="twice")
        office.do(expenses.approve_expense, expense_id=first.expense_id)


def test_days_of_a_closed_month_are_asked_about_and_booked_in_the_open_one(office: Office) -> None:
    office.do(close_books_for_test, last=date(2026, 2, 28))
    with signed_in(office, COOK):
        with pytest.raises(NeedsConfirmation) as asked:
            claim(office, line(day="2026-02-20"), confirmed=frozenset())
        assert asked.value.key == "expense.closed" and "2026-03-01" in asked.value.text.render("en")
        made = claim(office, line(day="2026-02-20"), line(day="2026-03-02", amount="3", receipts=()))
        waiting = office.ask(ask_waiting_for_test, first=date(2026, 2, 1), last=date(2026, 2, 28))
        assert [(one.number, one.amount, one.first_day) for one in waiting] == [(made.number, D(58), date(2026, 2, 20))]
    with signed_in(office, BOSS):
        with pytest.raises(NeedsConfirmation):
            office.do(expenses.approve_expense, expense_id=made.expense_id)
        office.do(expenses.approve_expense, expense_id=made.expense_id, confirmed=frozenset({"expense.closed"}))
        lines = office.ask(expenses.get_expense, expense_id=made.expense_id).lines
        assert [(one.booked_on, one.is_moved) for one in lines] == [(date(2026, 3, 1), True), (date(2026, 3, 2), False)]
        office.do(close_books_for_test, last=date(2026, 3, 31))
        with pytest.raises(Refused):
            office.do(expenses.take_back_decision, expense_id=made.expense_id)


def test_wrong_lines_are_named(office: Office) -> None:
    wrong = [
        (line(day="2026-03-05"), "day"),
        (line(amount="0"), "amount"),
        (line(amount="-1"), "amount"),
        (line(amount="0.001"), "amount"),
        (line(tax=D(58)), "tax"),
        (line(tax=D("0.001")), "tax"),
        (line(supplier="店" * 121), "supplier"),
        (line(receipts=(NewReceipt("a.exe", b"MZ"),)), "file"),
        (line(receipts=(NewReceipt("a.png", b"\x89PNG\r\n\x1a\nbroken"),)), "file"),
        (line(receipts=(NewReceipt("empty.pdf", b""),)), "file"),
    ]
    with signed_in(office, COOK):
        for one, field in wrong:
            with pytest.raises(InvalidInput) as fault:
                claim(office, line(amount="1", receipts=()), one)
            assert (fault.value.row, fault.value.field) == (2, field)
        with pytest.raises(Refused):
            claim(office, line(kind_id=999))
        with pytest.raises(InvalidInput):
            office.do(expenses.create_expense, new=NewExpense(()))
        with pytest.raises(NeedsConfirmation) as asked:
            claim(office, line(day="2025-03-03"), confirmed=frozenset())
        assert asked.value.key == "expense.old"
        assert office.ask(expenses.list_expenses) == []


def test_kinds_are_added_changed_and_retired(office: Office) -> None:
    key = office.do(
        expenses.add_expense_kind, new=NewExpenseKind(" 停车费 ", "Parking", "6602.03", needs_receipt=False)
    )
    kinds = {one.id: one for one in office.ask(expenses.list_expense_kinds)}
    assert (kinds[key].name.zh, kinds[key].account, kinds[key].used) == ("停车费", "6602.03", 0)
    with pytest.raises(InvalidInput):
        office.do(expenses.add_expense_kind, new=NewExpenseKind("停车费"))
    with signed_in(office, COOK):
        made = claim(office, line(kind_id=key, receipts=()), is_submitted=False)
    base = NewExpenseKind("停车费", "Parking", "6602.03", needs_receipt=False)
    version = office.do(
        expenses.update_expense_kind, kind_id=key, version=1, new=replace(base, is_active=False), base=base
    )
    assert version == 2
    other = replace(base, name_en="Car park")
    assert office.do(expenses.update_expense_kind, kind_id=key, version=1, new=other, base=base) == 3
    with pytest.raises(Conflict):
        office.do(expenses.update_expense_kind, kind_id=key, version=1, new=replace(base, name_en="P"), base=base)
    assert key not in {one.id for one in office.ask(expenses.list_expense_kinds, is_active=True)}
    with signed_in(office, COOK):
        with pytest.raises(Refused):
            claim(office, line(kind_id=key))
        kept = office.ask(expenses.get_expense, expense_id=made.expense_id).lines[0].id
        again = NewExpense((line(kind_id=key, line_id=kept, amount="7"),))
        office.do(expenses.update_expense, expense_id=made.expense_id, version=made.version, new=again)
        with pytest.raises(NotAllowed):
            office.do(expenses.add_expense_kind, new=NewExpenseKind("别的"))


def test_claims_are_found_by_state_and_words(office: Office) -> None:
    with signed_in(office, COOK):
        claim(office, line(supplier="盒马鲜生"))
        claim(office, line(amount="1", note="出租车"), is_submitted=False)
        assert [row.state for row in office.ask(expenses.list_expenses)] == [ExpenseState.DRAFT, ExpenseState.SUBMITTED]
        assert len(office.ask(expenses.list_expenses, wanted=ExpenseFilter(text="出租"))) == 1
        assert office.ask(expenses.list_expense_shops) == ["盒马", "盒马鲜生"]
    office.sign_in(BOSS, PASSWORD)
    (row,) = office.ask(expenses.list_expenses, wanted=ExpenseFilter((ExpenseState.SUBMITTED,), text="li cook"))
    assert (row.by, row.is_own, row.kinds.zh, row.lines, row.receipts) == (COOK, False, "零星采购", 1, 1)
    assert office.ask(expenses.list_expenses, wanted=ExpenseFilter(is_own=True)) == []
