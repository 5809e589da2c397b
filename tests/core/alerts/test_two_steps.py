"""A look reads first and writes briefly: nobody who posts waits for it, and what changed in between is not undone by it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from sqlalchemy import select

from core import alerts, catalog
from core.alerts import AlertPass, AlertReading, QuietHours, check_alerts, find_alert_causes, look_for_alerts
from core.alerts.steps import look as look_steps
from core.alerts.steps.causes import FINDERS
from core.clock import FixedClock
from core.errors import Refused
from core.office import Office
from db.enums import AlertKind, AlertState, AlertUrgency
from db.journal import Journal
from tests.core.alerts.makers import change_rule, channel, inbox, kinds, messages, only, receive, rule_of, short_item
from tests.factories import make_item
from tests.helpers.stock import issue

K = AlertKind
LONG = 60
SKIPPED = AlertPass(skipped=True)


def read(office: Office) -> AlertReading:
    return office.ask(find_alert_causes)


def write(office: Office, reading: AlertReading) -> AlertPass:
    return office.do(check_alerts, reading=reading)


@pytest.fixture
def beside(site_url: str, office: Office, clock: FixedClock) -> Any:
    """Another program on the same site."""
    with Office.open(site_url, station="beside", clock=clock) as opened:
        opened.sign_in_as_system()
        yield opened


def while_it_reads(monkeypatch: pytest.MonkeyPatch, kind: AlertKind, happens: Callable[[], object]) -> None:
    """Something that happens, on another thread, in the middle of the first reading; the reading goes on when it is done."""
    find = FINDERS[kind]
    done, fault = threading.Event(), []

    def act() -> None:
        try:
            happens()
        except BaseException as error:
            fault.append(error)
        done.set()

    def finder(stand: Any, limits: Mapping[str, D]) -> Any:
        found = find(stand, limits)
        if not thread.ident:
            thread.start()
            assert done.wait(LONG), "it waited for the reading"
            assert fault == []
        return found

    thread = threading.Thread(target=act)
    monkeypatch.setattr(look_steps, "FINDERS", {**FINDERS, kind: finder})


def test_who_posts_does_not_wait_for_the_reading(
    office: Office, beside: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(office, K.BELOW_SAFETY, K.ABOVE_MAXIMUM)
    item_id = short_item(office, maximum=D(20))
    while_it_reads(monkeypatch, K.BELOW_SAFETY, lambda: receive(beside, [item_id], "50"))
    assert look_for_alerts(office) == AlertPass(opened=1, live=1), "one moment for all rules"
    assert look_for_alerts(office) == AlertPass(opened=1, closed=1, live=1)
    assert kinds(office) == [K.ABOVE_MAXIMUM]


def test_two_programs_that_read_at_once_tell_each_alert_once(
    office: Office, beside: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(office, K.BELOW_SAFETY, channels=(channel(office, None),))
    short_item(office)
    theirs: list[AlertPass] = []
    while_it_reads(monkeypatch, K.BELOW_SAFETY, lambda: theirs.append(look_for_alerts(beside)))
    assert look_for_alerts(office) == AlertPass(live=1), "it read again, and found nothing new"
    assert theirs == [AlertPass(opened=1, live=1, messages=1)]
    assert len(inbox(office)) == 1 and len(office.ask(alerts.get_alerts_due).channels) == 1


def test_one_reading_is_written_once(office: Office, beside: Office) -> None:
    only(office, K.BELOW_SAFETY)
    for number in range(5):
        short_item(office, f"I-{number}")
    reading = read(office)
    found: list[AlertPass] = []
    start = threading.Barrier(2)

    def program(opened: Office) -> None:
        start.wait(LONG)
        found.append(write(opened, reading))

    threads = [threading.Thread(target=program, args=(opened,)) for opened in (office, beside)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert sorted(found, key=lambda one: one.skipped) == [AlertPass(opened=5, live=5), SKIPPED]
    assert write(office, reading) == SKIPPED and len(inbox(office)) == 5


def test_an_older_reading_neither_opens_nor_closes_what_a_newer_one_wrote(office: Office, beside: Office) -> None:
    only(office, K.BELOW_SAFETY)
    item_id = short_item(office)
    assert look_for_alerts(office).opened == 1
    old = read(office)
    issue(office, [item_id], "1")
    receive(office, [item_id], "10")
    assert look_for_alerts(beside).closed == 1
    assert write(office, old) == SKIPPED and kinds(office) == []
    old = read(office)
    issue(office, [item_id], "10")
    assert look_for_alerts(beside).opened == 1
    assert write(office, old) == SKIPPED and kinds(office) == [K.BELOW_SAFETY]


def test_even_with_a_clock_that_stands_still_or_goes_back_no_two_looks_are_taken_for_one(
    office: Office, clock: FixedClock
) -> None:
    only(office, K.BELOW_SAFETY)
    short_item(office)
    old = read(office)
    for _look in range(3):
        look_for_alerts(office)
        assert write(office, old) == SKIPPED
    clock.advance(hours=-3)
    look_for_alerts(office)
    assert write(office, old) == SKIPPED and len(inbox(office)) == 1


@pytest.mark.parametrize("change", ["off", "limits", "removed", "new"])
def test_a_rule_changed_after_the_reading_is_read_again(office: Office, change: str) -> None:
    only(office, K.BELOW_SAFETY)
    short_item(office)
    old = read(office)
    rule = rule_of(office, K.BELOW_SAFETY)
    if change == "removed":
        office.do(alerts.remove_alert_rule, rule_id=rule.id)
    elif change == "new":
        office.do(alerts.save_alert_rule, new=rule.edit)
    else:
        over: dict[str, Any] = {"is_on": False} if change == "off" else {"urgency": AlertUrgency.LOW}
        change_rule(office, K.BELOW_SAFETY, **over)
    assert write(office, old) == SKIPPED and inbox(office) == ()
    opened = look_for_alerts(office).opened
    assert opened == {"off": 0, "limits": 1, "removed": 0, "new": 2}[change]


def test_what_was_acknowledged_or_closed_in_between_stays_so(office: Office, clock: FixedClock) -> None:
    only(office, K.BELOW_SAFETY)
    item_id = short_item(office)
    look_for_alerts(office)
    issue(office, [item_id], "1")
    reading = read(office)
    office.do(alerts.acknowledge_alerts, ids=[inbox(office)[0].id], note="ordered")
    assert write(office, reading) == AlertPass(updated=1, live=1)
    (row,) = inbox(office, states=(AlertState.ACKNOWLEDGED,))
    assert row.note == "ordered" and "2 kg" in str(row.words) and inbox(office) == ()
    receive(office, [item_id], "50")
    reading = read(office)
    office.do(alerts.reopen_alerts, ids=[row.id])
    assert write(office, reading).closed == 1 and inbox(office) == ()
    with pytest.raises(Refused, match="over"):
        office.do(alerts.acknowledge_alerts, ids=[row.id])


@pytest.mark.parametrize("said", ["snooze", "acknowledge", "nothing"])
def test_who_asks_for_more_rest_is_not_woken_by_an_older_reading(office: Office, clock: FixedClock, said: str) -> None:
    only(office, K.BELOW_SAFETY, channels=(channel(office, None),))
    short_item(office)
    look_for_alerts(office)
    (row,) = inbox(office)
    office.do(alerts.snooze_alerts, ids=[row.id], until=clock.at + timedelta(hours=1))
    clock.advance(hours=2)
    reading = read(office)
    if said == "snooze":
        office.do(alerts.snooze_alerts, ids=[row.id], until=clock.at + timedelta(hours=1))
    elif said == "acknowledge":
        office.do(alerts.acknowledge_alerts, ids=[row.id])
    woken = int(said == "nothing")
    assert write(office, reading) == AlertPass(updated=1, woken=woken, live=1, messages=woken)
    assert len(inbox(office)) == woken


def test_what_became_more_urgent_comes_back_though_somebody_had_just_seen_it(office: Office, clock: FixedClock) -> None:
    only(office, K.EXPIRY)
    milk_with_a_lot(office, clock)
    look_for_alerts(office)
    (row,) = inbox(office)
    clock.advance(days=3)
    reading = read(office)
    office.do(alerts.acknowledge_alerts, ids=[row.id])
    assert write(office, reading).raised == 1
    (again,) = inbox(office)
    assert again.urgency is AlertUrgency.URGENT


def milk_with_a_lot(office: Office, clock: FixedClock) -> None:
    """An item with a lot that expires the day after tomorrow."""
    item_id = make_item(office, "MILK", lot_tracked=True)
    receive(office, [item_id], "5", lot="L1", expires_on=(clock.at + timedelta(days=2)).date())


def test_an_item_retired_in_between_is_opened_as_read_and_closed_by_the_next_look(office: Office) -> None:
    only(office, K.BELOW_SAFETY)
    item_id = short_item(office)
    issue(office, [item_id], "3")
    reading = read(office)
    office.do(catalog.retire_item, item_id=item_id, version=office.ask(catalog.get_item, item_id=item_id).version)
    assert write(office, reading) == AlertPass(opened=1, live=1)
    assert str(inbox(office)[0].title)
    assert look_for_alerts(office) == AlertPass(closed=1)


def test_quiet_hours_and_channels_are_those_of_the_writing(office: Office, clock: FixedClock) -> None:
    told = channel(office, None)
    only(office, K.BELOW_SAFETY, channels=(told,), urgency=AlertUrgency.NORMAL)
    short_item(office, "TOM")
    reading = read(office)
    office.do(alerts.save_quiet_hours, new=QuietHours("00:00", "23:59"), version=1)
    assert write(office, reading).messages == 1
    assert office.ask(alerts.get_alerts_due).channels == () and messages(office) == []
    short_item(office, "LEEK")
    reading = read(office)
    office.do(alerts.remove_channel, channel_id=told)
    assert write(office, reading) == AlertPass(opened=1, live=2)


def test_the_operation_log_keeps_that_somebody_looked_and_not_all_that_was_found(office: Office) -> None:
    only(office, K.BELOW_SAFETY)
    short_item(office, "SECRET-ITEM")
    look_for_alerts(office)
    with office._reader.connect() as sql:
        facts = sql.execute(select(Journal.facts).where(Journal.command == "alerts.check_alerts")).scalar_one()
    assert "SECRET-ITEM" not in str(facts)
    assert set(facts["reading"]) == {"made_at", "live"}
