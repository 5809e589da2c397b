"""What of the office's work stands on the first page, and for whom."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from core import costing, identity, reports
from core.clock import FixedClock
from core.costing import BudgetCell
from core.identity import NewPerson, RoleEdit, RoleGrant
from core.office import Office
from core.purchasing import NewOrderLine
from core.reports import FigureKind, Today, TodayFigure, WorkKind, WorkRow
from core.stock import NewLine
from core.words import ApprovalSubject, Permission
from db.enums import PostingKind as K
from tests.core.costing.house import make_room
from tests.core.expenses.helping import add_person, claim, signed_in
from tests.core.purchasing.dock import DAY, came, order, receive
from tests.core.purchasing.order_makers import draft
from tests.factories import make_item, make_supplier
from tests.helpers.sites import PASSWORD

D = Decimal


def today_of(office: Office) -> Today:
    return office.ask(reports.get_today)


def work(office: Office, kind: WorkKind) -> list[WorkRow]:
    return [row for row in today_of(office).work if row.kind is kind]


def figure(office: Office, kind: FigureKind) -> TodayFigure | None:
    return next((one for one in today_of(office).figures if one.kind is kind), None)


def sign_in(office: Office, *rights: Permission) -> None:
    role = office.do(identity.create_role, new=RoleEdit("窄", "Narrow", rights))
    office.do(identity.add_person, new=NewPerson("小陈", password=PASSWORD, roles=(RoleGrant(role),)))
    office.sign_in("小陈", PASSWORD)


def test_deliveries_that_are_due_and_orders_in_full(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    late, (line,) = order(
        office, supplier, NewOrderLine(item, D(10), price=D(2)), deliver_on=DAY - timedelta(days=2)
    )  # fmt: skip
    due, _lines = order(office, supplier, NewOrderLine(item, D(1), price=D(2)))
    order(office, supplier, NewOrderLine(item, D(1), price=D(2)), deliver_on=DAY + timedelta(days=1))
    rows = work(office, WorkKind.DELIVERY)
    assert [(row.id, row.days, row.qty) for row in rows] == [(late, 2, D(1)), (due, 0, D(1))]
    filled = figure(office, FigureKind.FILL_RATE)
    assert filled is not None and (filled.amount, filled.beside) == (D(0), D(1))
    receive(office, supplier, came(item, "10", line), order_ids=(late,))
    filled = figure(office, FigureKind.FILL_RATE)
    assert filled is not None and filled.amount == D(1)
    assert [row.id for row in work(office, WorkKind.DELIVERY)] == [due]
    sign_in(office, Permission.STOCK_VIEW)
    assert work(office, WorkKind.DELIVERY) == [] and figure(office, FigureKind.FILL_RATE) is None


def test_orders_wait_for_who_may_approve_them(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    ids = [draft(office, supplier, NewOrderLine(item, D(1), price=D(price))) for price in (5, 500)]
    assert [row.id for row in work(office, WorkKind.ORDER)] == ids
    manager = next(one.role_id for one in office.ask(identity.list_roles) if one.name_en == "Manager")
    office.do(identity.set_approval_rule, subject=ApprovalSubject.ORDER, limit_amount=D(100), role_id=manager)
    sign_in(office, Permission.PURCHASE_VIEW, Permission.PURCHASE_ORDER, Permission.COST_VIEW)
    (row,) = work(office, WorkKind.ORDER)
    assert (row.id, row.amount) == (ids[0], D(5))


def test_more_than_a_few_are_counted_in_one_line(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    for _n in range(23):
        draft(office, supplier, NewOrderLine(item, D(1), price=D(5)))
    rows = work(office, WorkKind.ORDER)
    assert len(rows) == 6 and (rows[-1].id, rows[-1].count) == (0, 18)


def test_expenses_of_others_wait_for_approval(office: Office) -> None:
    add_person(office, "小李", "Manager")
    claim(office)
    with signed_in(office, "小李"):
        theirs = claim(office)
        assert len(work(office, WorkKind.EXPENSE)) == 1
    (row,) = work(office, WorkKind.EXPENSE)
    assert (row.id, row.name, row.amount) == (theirs.expense_id, "小李", D("58.00"))


def test_the_month_that_is_over_waits_for_who_may_close_it(office: Office, clock: FixedClock) -> None:
    now = clock.now()
    clock.at = now - timedelta(days=40)
    room = make_room(office)
    room.post(K.RECEIPT, NewLine(room.items[0], D(10), value=D(50)))
    clock.at = now
    (row,) = work(office, WorkKind.MONTH)
    assert (row.number, row.id) == ("2026-01", 202601)
    office.do(costing.close_month, month="2026-01", confirmed=frozenset({"open_checks"}))
    (row,) = work(office, WorkKind.MONTH)
    assert row.number == "2026-02"
    sign_in(office, Permission.STOCK_VIEW, Permission.REPORT_VIEW)
    assert work(office, WorkKind.MONTH) == []


def test_the_month_against_its_budgets(office: Office) -> None:
    room = make_room(office)
    assert office.ask(reports.get_today_budget).figure is None
    room.post(K.RECEIPT, NewLine(room.items[0], D(100), value=D(1000)))
    room.post(K.ISSUE, NewLine(room.items[0], D(30)))
    office.do(costing.set_budgets, cells=(BudgetCell("2026-03", 0, D(200)),))
    found = office.ask(reports.get_today_budget)
    assert found.figure is not None
    assert (found.figure.amount, found.figure.beside) == (D("300.00"), D("200.00"))
    assert [(row.id, row.state, row.limit) for row in found.work] == [(-1, "over", D("200.00"))]
    turned = figure(office, FigureKind.TURNOVER)
    assert turned is None, "today's usage alone is no pace"
    sign_in(office, Permission.STOCK_VIEW)
    assert office.ask(reports.get_today_budget) == reports.TodayBudget()


def test_how_often_the_stock_turns(office: Office, clock: FixedClock) -> None:
    now = clock.now()
    room = make_room(office)
    clock.at = now - timedelta(days=20)
    room.post(K.RECEIPT, NewLine(room.items[0], D(100), value=D(1000)))
    clock.at = now - timedelta(days=5)
    room.post(K.ISSUE, NewLine(room.items[0], D(13)))
    clock.at = now
    found = figure(office, FigureKind.TURNOVER)
    values = figure(office, FigureKind.STOCK_VALUE)
    assert found is not None and values is not None
    held = sum(values.trend, D(0)) / 14
    assert found.amount == round(D(10) * 365 / held, 1) and found.beside == D(87)
