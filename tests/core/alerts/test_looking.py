"""What each rule finds, and that an alert is opened once, kept up to date, and over when its cause is gone."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from sqlalchemy import insert, update

from core import alerts, catalog, counting, maintenance, purchasing, stock
from core.alerts import AlertPass, look_for_alerts
from core.catalog import NewPolicy
from core.clock import FixedClock
from core.counting import CountPart, NewCount
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine
from core.registry import command
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.catalog import Item
from db.enums import (
    AlertKind,
    AlertState,
    AlertUrgency,
    CountKind,
    MailState,
    OrderState,
    RunState,
    Uncounted,
    VarianceReason,
)
from db.mail import MailOutbox
from db.purchasing import PurchaseOrder
from db.reports import ReportRun, ReportSchedule
from tests.core.alerts.makers import change_rule, inbox, issue, kinds, only, receive, rule_of, short_item, somebody
from tests.factories import make_item, make_place, make_supplier

K = AlertKind


@command(None)
def change_for_test(uow: UnitOfWork, *, what: str, key: int = 0, at: object = None) -> None:
    """Put something into the state a test needs."""
    if what == "order":
        uow.sql.execute(
            update(PurchaseOrder).where(PurchaseOrder.id == key).values(state=OrderState.SENT, sent_at=uow.now)
        )
    elif what == "old item":
        uow.sql.execute(update(Item).where(Item.id == key).values(created_at=at))
    elif what == "mail":
        row = {
            "owner_kind": "x", "owner_id": 1, "recipients": "a@b.example", "subject": "s", "message": b"", "state": MailState.FAILED,
            "queued_at": uow.now, "next_at": uow.now, "made_at": uow.now, "person_id": uow.actor.person_id,
            "request_id": "r", "line": 1, "attempts": 1, "taken_by": "", "holder": "",
        }  # fmt: skip
        uow.sql.execute(insert(MailOutbox).values(**row))


@command(None)
def make_schedule_for_test(uow: UnitOfWork) -> int:
    """A schedule for a test."""
    row = {
        "name": "Stock every day", "report": "stock", "view_id": 0, "period": "", "form": "pdf", "language": "zh",
        "rhythm": "daily", "weekdays": 0, "month_day": 0, "at_time": "06:00", "target": "folder", "folder": "x",
        "station": "", "recipients": "", "is_on": True, "is_removed": False, "counted_from": uow.now,
        "person_id": uow.actor.person_id, "saved_at": uow.now, "version": 1,
    }  # fmt: skip
    return int(uow.sql.execute(insert(ReportSchedule).values(**row).returning(ReportSchedule.id)).scalar_one())


@command(None)
def run_schedule_for_test(uow: UnitOfWork, *, key: int, state: RunState) -> None:
    """A run of it that ended so."""
    row = {
        "schedule_id": key, "due_at": uow.now, "month": "", "state": state, "queued_at": uow.now, "next_at": uow.now,
        "attempts": 1, "missed": 0, "holder": "", "taken_by": "", "path": "", "size": 0,
    }  # fmt: skip
    uow.sql.execute(insert(ReportRun).values(**row))


@command(None)
def post_at_for_test(uow: UnitOfWork, *, new: NewPosting) -> stock.Posted:
    """Post anything for a test."""
    return stock.post(uow, new)


def look(office: Office) -> AlertPass:
    return look_for_alerts(office)


def test_a_new_site_has_a_rule_of_each_kind_and_no_alert(office: Office) -> None:
    rows = office.ask(alerts.list_alert_rules)
    assert [row.edit.kind for row in rows] == [facts.kind for facts in office.ask(alerts.list_alert_kinds)]
    assert all(row.edit.is_on for row in rows) and look(office).live == 0


def test_an_alert_is_opened_once_and_over_when_its_cause_is_gone(office: Office, clock: FixedClock) -> None:
    only(office, K.BELOW_SAFETY)
    item_id = short_item(office)
    assert look(office) == AlertPass(opened=1, live=1)
    assert look(office) == AlertPass(live=1), "the same moment looked at twice"
    row = inbox(office)[0]
    assert (row.urgency, row.state, row.subject_id, row.route) == (
        AlertUrgency.URGENT,
        AlertState.OPEN,
        item_id,
        "item",
    )
    assert row.words.render("en") == "3 kg may be used, the safety stock is 5 kg. Nothing is on order."
    assert "安全库存" in row.words.render("zh")
    issue(office, [item_id], "1")
    assert look(office) == AlertPass(updated=1, live=1) and "2 kg" in str(inbox(office)[0].words)
    receive(office, [item_id], "3")
    assert look(office).live == 1, "exactly at its safety stock"
    receive(office, [item_id], "1")
    clock.advance(hours=1)
    assert look(office) == AlertPass(closed=1)
    assert kinds(office) == [] and kinds(office, states=(AlertState.CLOSED,)) == [K.BELOW_SAFETY]
    issue(office, [item_id], "4")
    assert look(office).opened == 1, "it came back: a new alert"


def test_without_safety_stock_the_minimum_counts_and_places_have_their_own(office: Office) -> None:
    only(office, K.BELOW_SAFETY)
    shelf = make_place(office, "SHELF")
    item_id = short_item(office, safety=None, minimum=D(3))
    look(office)
    assert kinds(office) == [], "at its minimum is enough"
    office.do(catalog.save_policy, item_id=item_id, policy=NewPolicy(location_id=shelf, minimum=D(1)))
    look(office)
    row = inbox(office)[0]
    assert row.subject_part == str(shelf) and "SHELF" in row.title.render("en") and "minimum" in str(row.words)


def test_what_is_expired_or_blocked_may_not_be_used(office: Office, clock: FixedClock) -> None:
    only(office, K.BELOW_SAFETY, K.EXPIRY)
    item_id = make_item(office, "MILK", lot_tracked=True)
    office.do(catalog.save_policy, item_id=item_id, policy=NewPolicy(safety=D(2)))
    receive(office, [item_id], "5", lot="L1", expires_on=date(2026, 3, 8))
    look(office)
    assert kinds(office) == []
    clock.advance(days=1)
    look(office)
    row = inbox(office)[0]
    assert (row.kind, row.urgency) == (K.EXPIRY, AlertUrgency.HIGH) and "Use it first" in str(row.words)
    clock.advance(days=4)
    assert look(office).raised == 1
    found = {one.kind: one for one in inbox(office)}
    assert found[K.EXPIRY].urgency is AlertUrgency.URGENT and "book it as waste" in str(found[K.EXPIRY].words)
    assert "0 kg may be used" in str(found[K.BELOW_SAFETY].words) and "5 kg is on hand" in str(
        found[K.BELOW_SAFETY].words
    )


def test_below_zero_and_above_the_maximum(office: Office) -> None:
    only(office, K.NEGATIVE_STOCK, K.ABOVE_MAXIMUM)
    place = make_place(office, "OPEN", allow_negative=True)
    item_id = make_item(office, "SALT")
    office.do(catalog.save_policy, item_id=item_id, policy=NewPolicy(maximum=D(8)))
    receive(office, [item_id], "10")
    look(office)
    assert kinds(office) == [K.ABOVE_MAXIMUM]
    office.do(stock.issue_goods, lines=(NewLine(item_id, D(4), location_id=place),), confirmed=frozenset({"negative"}))
    look(office)
    assert kinds(office) == [K.NEGATIVE_STOCK] and "-4 kg" in str(inbox(office)[0].words)


def used(office: Office, clock: FixedClock, item_id: int, days: int, qty: str) -> None:
    for _day in range(days):
        issue(office, [item_id], qty)
        clock.advance(days=1)


def test_what_is_soon_used_up_with_what_comes_in_time(office: Office, clock: FixedClock) -> None:
    only(office, K.RUNNING_OUT)
    item_id = make_item(office, "RICE")
    receive(office, [item_id], "100")
    used(office, clock, item_id, 8, "10")
    look(office)
    row = inbox(office)[0]
    assert (row.kind, row.urgency) == (K.RUNNING_OUT, AlertUrgency.HIGH) and "At 10 kg a day it lasts until" in str(
        row.words
    )
    change_rule(office, K.RUNNING_OUT, limits={"days": D(1), "usage_days": D(28)})
    assert look(office) == AlertPass(closed=1)
    change_rule(office, K.RUNNING_OUT, limits={"days": D(3), "usage_days": D(28)})
    supplier = make_supplier(office)
    office.do(
        purchasing.create_order,
        order=NewOrder(supplier, (NewOrderLine(item_id, D(50), price=D(1)),), deliver_on=date(2026, 3, 13)),
    )
    order_id = purchasing_order(office)
    assert look(office).opened == 1, "a draft brings nothing"
    office.do(change_for_test, what="order", key=order_id)
    assert look(office) == AlertPass(closed=1), "what comes in time counts"
    issue(office, [item_id], "20")
    look(office)
    assert inbox(office)[0].urgency is AlertUrgency.URGENT and "50 kg is on order" in str(inbox(office)[0].words)


def purchasing_order(office: Office) -> int:
    rows = office.ask(purchasing.list_orders).rows
    return rows[0].id


def test_a_supplier_that_is_late(office: Office, clock: FixedClock) -> None:
    only(office, K.SUPPLIER_LATE)
    item_id = make_item(office, "OIL")
    supplier = make_supplier(office)
    new = NewOrder(supplier, (NewOrderLine(item_id, D(5), price=D(1)),), deliver_on=date(2026, 3, 5))
    office.do(purchasing.create_order, order=new)
    order_id = purchasing_order(office)
    office.do(change_for_test, what="order", key=order_id)
    clock.advance(days=2)
    assert look(office).live == 0
    clock.advance(days=1)
    look(office)
    row = inbox(office)[0]
    assert (row.subject_kind, row.subject_id) == ("order", order_id) and "1 line was due 2026-03-05" in str(row.words)


def test_what_does_not_move(office: Office, clock: FixedClock) -> None:
    only(office, K.NOT_MOVED)
    quiet, busy = make_item(office, "CLOVE"), make_item(office, "SALT")
    receive(office, [quiet, busy], "10")
    for item_id in (quiet, busy):
        office.do(change_for_test, what="old item", key=item_id, at=clock.now() - timedelta(days=400))
    clock.advance(days=170)
    issue(office, [busy], "1")
    clock.advance(days=10)
    assert look(office).live == 0
    clock.advance(days=1)
    look(office)
    row = inbox(office)[0]
    assert row.subject_id == quiet and row.words.render("en") == "10 kg worth ¥100.00 has not moved since 2026-03-04."
    change_rule(office, K.NOT_MOVED, limits={"days": D(180), "amount": D(101)})
    assert look(office).closed == 1


def count(office: Office, line_qty: str) -> None:
    count_id = office.do(counting.start_count, new=NewCount(CountKind.FULL))
    for line in office.ask(counting.list_count_lines, count_id=count_id):
        office.do(
            counting.enter_count, line_id=line.id, parts=(CountPart(D(line_qty)),), confirmed=frozenset({"unlikely"})
        )
    done = office.do(counting.complete_count, count_id=count_id, uncounted=Uncounted.KEEP)
    if done.state != "to_approve":
        review = office.ask(counting.get_count_review, count_id=count_id)
        wanted = tuple(row.id for row in review.rows if row.needs_recount or row.needs_reason)
        office.do(counting.give_reason, count_id=count_id, line_ids=wanted, reason=VarianceReason.UNKNOWN)
        office.do(counting.complete_count, count_id=count_id, uncounted=Uncounted.KEEP)
    office.do(counting.approve_count, count_id=count_id)


def test_a_count_far_from_the_book_until_it_is_counted_right(office: Office, clock: FixedClock) -> None:
    only(office, K.COUNT_DIFFERENCE)
    item_id = make_item(office, "BEEF")
    receive(office, [item_id], "20")
    clock.advance(hours=1)
    count(office, "18")
    look(office)
    row = inbox(office)[0]
    assert row.subject_kind == "count" and "10 % off" in str(row.words) and "-¥10.00" in str(row.words)
    clock.advance(hours=1)
    count(office, "18")
    assert look(office) == AlertPass(closed=1)


def test_a_count_is_forgotten_after_its_days(office: Office, clock: FixedClock) -> None:
    only(office, K.COUNT_DIFFERENCE)
    receive(office, [make_item(office, "BEEF")], "20")
    clock.advance(hours=1)
    count(office, "10")
    assert look(office).opened == 1
    clock.advance(days=15)
    assert look(office).closed == 1


def test_goods_long_on_the_way(office: Office, clock: FixedClock) -> None:
    only(office, K.IN_TRANSIT)
    item_id, place = make_item(office, "OIL"), make_place(office, "BAR")
    receive(office, [item_id], "10")
    assert look(office).live == 0
    office.do(stock.send_transfer, lines=(NewLine(item_id, D(4)),), to_location_id=place)
    clock.advance(days=1)
    assert look(office).live == 0
    clock.advance(days=1)
    look(office)
    assert kinds(office) == [K.IN_TRANSIT] and "2026-03-04" in str(inbox(office)[0].words)


def test_prices_that_jump(office: Office, clock: FixedClock) -> None:
    only(office, K.PRICE_JUMP)
    item_id, supplier = make_item(office, "BEEF"), make_supplier(office)

    def buy(price: str) -> None:
        lines = (NewLine(item_id, D(1), unit_cost=D(price)),)
        office.do(stock.receive_goods, lines=lines, supplier_id=supplier, confirmed=frozenset({"price", "unlikely"}))
        clock.advance(days=1)

    buy("50")
    buy("55")
    assert look(office).live == 0
    buy("70")
    look(office)
    assert "before ¥55: up 27.3 %" in str(inbox(office)[0].words)
    buy("71")
    assert look(office).closed == 1
    buy("40")
    look(office)
    assert "down 43.7 %" in str(inbox(office)[0].words)
    clock.advance(days=14)
    assert look(office).closed == 1


def test_a_month_that_waits_to_be_closed(office: Office, clock: FixedClock) -> None:
    only(office, K.MONTH_OPEN)
    assert look(office).live == 0
    receive(office, [make_item(office, "BEEF")])
    clock.advance(days=31)
    assert look(office).live == 0
    clock.advance(days=2)
    look(office)
    row = inbox(office)[0]
    assert (row.subject_kind, row.subject_id) == ("month", 202603) and "ended on 2026-03-31" in str(row.words)
    clock.advance(days=30)
    look(office)
    assert "1 later month waits too" in str(inbox(office)[0].words) and len(inbox(office)) == 1


def test_a_backup_that_is_old(office: Office, clock: FixedClock) -> None:
    only(office, K.BACKUP_OLD)
    clock.advance(days=400)
    look(office)
    assert "never backed up" in str(inbox(office)[0].words)
    office.do(maintenance.record_backup, file="x.backup", size=1, is_verified=True, head_id=0, head_hash="")
    assert look(office).closed == 1
    clock.advance(hours=49)
    look(office)
    assert "newest backup is of" in str(inbox(office)[0].words)


def test_messages_that_are_stuck_and_schedules_that_failed(office: Office, clock: FixedClock) -> None:
    only(office, K.MAIL_STUCK, K.SCHEDULE_FAILED)
    office.do(change_for_test, what="mail")
    schedule = office.do(make_schedule_for_test)
    office.do(run_schedule_for_test, key=schedule, state=RunState.FAILED)
    look(office)
    assert kinds(office) == [K.MAIL_STUCK, K.SCHEDULE_FAILED]
    assert (
        "1 message needs a person" in str(inbox(office)[0].words) and str(inbox(office)[1].title) == "Stock every day"
    )
    clock.advance(days=1)
    office.do(run_schedule_for_test, key=schedule, state=RunState.DONE)
    assert look(office).closed == 1


def test_a_rule_that_is_off_or_removed_has_no_alerts(office: Office) -> None:
    only(office, K.BELOW_SAFETY)
    short_item(office)
    look(office)
    change_rule(office, K.BELOW_SAFETY, is_on=False)
    assert look(office) == AlertPass(closed=1)
    change_rule(office, K.BELOW_SAFETY, is_on=True)
    assert look(office).opened == 1
    office.do(alerts.remove_alert_rule, rule_id=rule_of(office, K.BELOW_SAFETY).id)
    assert look(office) == AlertPass(closed=1)
    assert kinds(office, states=(AlertState.CLOSED,)) == [K.BELOW_SAFETY] * 2, "the history stays"


def test_who_is_signed_in_changes_nothing_of_what_is_found(office: Office) -> None:
    only(office, K.BELOW_SAFETY, K.NOT_MOVED)
    short_item(office)
    somebody(office, "Cook", "Kitchen manager")
    look(office)
    office.sign_in_with_pin("Cook", "4711")
    assert look(office) == AlertPass(live=1)


def test_two_programs_that_look_at_once_open_each_alert_once(office: Office, site_url: str, clock: FixedClock) -> None:
    only(office, K.BELOW_SAFETY)
    for number in range(10):
        short_item(office, f"I-{number}")
    found: list[AlertPass] = []
    start = threading.Barrier(3)

    def program(station: str) -> None:
        with Office.open(site_url, station=station, clock=clock) as opened:
            opened.sign_in_as_system()
            start.wait(30)
            found.append(look_for_alerts(opened))

    threads = [threading.Thread(target=program, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(run.opened for run in found) == [0, 0, 10] and {run.live for run in found} == {10}
    assert len(inbox(office)) == 10


def test_who_has_just_looked_need_not_look_again(office: Office, clock: FixedClock) -> None:
    assert not look_for_alerts(office, not_within=60).skipped
    assert look_for_alerts(office, not_within=60).skipped
    clock.advance(seconds=61)
    assert not look_for_alerts(office, not_within=60).skipped
    clock.advance(days=-1)
    assert not look_for_alerts(office, not_within=60).skipped, "a clock that was set back"


def test_old_alerts_go_with_their_history(office: Office, clock: FixedClock) -> None:
    only(office, K.BELOW_SAFETY)
    item_id = short_item(office)
    look(office)
    office.do(alerts.acknowledge_alerts, ids=[inbox(office)[0].id], note="ordered")
    receive(office, [item_id], "50")
    look(office)
    clock.advance(days=400)
    look(office)
    assert len(inbox(office, states=(AlertState.CLOSED,))) == 1
    clock.advance(days=1)
    look(office)
    assert inbox(office, states=(AlertState.CLOSED,)) == ()


@pytest.mark.parametrize("kind", list(K))
def test_every_kind_can_be_looked_at_on_an_empty_site(office: Office, kind: AlertKind) -> None:
    only(office, kind)
    assert look(office).live == 0
