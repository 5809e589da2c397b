"""The inbox: who is told, what they say of it, who has read, and what was told where."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal as D

import pytest

from core import alerts
from core.alerts import AlertCounts, AlertFilter, AlertPass, QuietHours, RuleEdit, look_for_alerts
from core.alerts.rules.kinds import first_rules
from core.clock import FixedClock
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, Refused
from core.office import Office
from core.words import word
from db.enums import AlertEvent, AlertKind, AlertState, AlertUrgency, ChannelKind
from tests.core.alerts.makers import (
    change_rule,
    channel,
    inbox,
    issue,
    kinds,
    only,
    receive,
    rule_of,
    short_item,
    somebody,
)
from tests.helpers.sites import ADMIN, PASSWORD

K = AlertKind
COOK, BUYER, KEEPER = ("Cook", "Kitchen manager"), ("Bo", "Buyer"), ("Kim", "Storekeeper")


def look(office: Office) -> AlertPass:
    return look_for_alerts(office)


def bell(office: Office) -> tuple[int, int, int]:
    found: AlertCounts = office.ask(alerts.count_alerts)
    return found.open, found.urgent, found.unread


@pytest.fixture
def told(office: Office) -> Office:
    """An alert of which buyers, storekeepers, managers and administrators are told."""
    only(office, K.BELOW_SAFETY)
    short_item(office)
    for name, role in (COOK, BUYER, KEEPER):
        somebody(office, name, role)
    look(office)
    return office


def sign_in(office: Office, name: str) -> None:
    if name == ADMIN:
        office.sign_in(ADMIN, PASSWORD)
    else:
        office.sign_in_with_pin(name, "4711")


def test_only_who_is_told_sees_an_alert(told: Office) -> None:
    alert_id = inbox(told)[0].id
    sign_in(told, "Cook")
    assert kinds(told) == [] and bell(told) == (0, 0, 0)
    with pytest.raises(NotFound):
        told.ask(alerts.get_alert, alert_id=alert_id)
    for command in (alerts.acknowledge_alerts, alerts.mark_alerts_read, alerts.reopen_alerts):
        with pytest.raises(NotFound):
            told.do(command, ids=[alert_id])
    with pytest.raises(NotAllowed):
        told.ask(alerts.list_alerts, wanted=AlertFilter(everybody=True))
    sign_in(told, "Bo")
    assert kinds(told) == [K.BELOW_SAFETY] and bell(told) == (1, 1, 1)


def test_people_may_be_named_and_the_right_still_counts(told: Office) -> None:
    cook = next(one.person_id for one in told.ask(alerts.list_contacts) if one.name == "Cook")
    change_rule(told, K.BELOW_SAFETY, roles=(), people=(cook,))
    assert [one.name for one in told.ask(alerts.list_told, rule_id=rule_of(told, K.BELOW_SAFETY).id)] == ["Cook"]
    assert kinds(told) == [] and kinds(told, everybody=True) == [K.BELOW_SAFETY]
    sign_in(told, "Cook")
    assert kinds(told) == [K.BELOW_SAFETY]


def test_everybody_reads_for_themselves(told: Office) -> None:
    row = inbox(told)[0]
    assert not row.is_read and told.do(alerts.mark_alerts_read, ids=[row.id, row.id]) == 1
    assert inbox(told)[0].is_read and bell(told) == (1, 1, 0) and inbox(told, is_unread=True) == ()
    sign_in(told, "Bo")
    assert bell(told) == (1, 1, 1)
    assert told.do(alerts.mark_alerts_read, ids=[row.id]) == 1
    assert told.ask(alerts.get_alert, alert_id=row.id).readers == (ADMIN, "Bo")


def test_an_acknowledged_alert_is_silent_until_it_is_over(told: Office, clock: FixedClock) -> None:
    row = inbox(told)[0]
    sign_in(told, "Bo")
    assert told.do(alerts.acknowledge_alerts, ids=[row.id], note="  ordered  20 kg ") == 1
    assert bell(told) == (0, 0, 0)
    again = inbox(told, states=(AlertState.ACKNOWLEDGED,))[0]
    assert (again.decided_by, again.note, again.is_read) == ("Bo", "ordered 20 kg", True)
    sign_in(told, ADMIN)
    issue(told, [row.subject_id], "1")
    assert look(told) == AlertPass(updated=1, live=1) and bell(told) == (0, 0, 0)
    assert told.do(alerts.reopen_alerts, ids=[row.id]) == 1 and bell(told)[0] == 1
    with pytest.raises(Refused):
        told.do(alerts.reopen_alerts, ids=[row.id])
    receive(told, [row.subject_id], "50")
    clock.advance(minutes=1)
    look(told)
    with pytest.raises(Refused, match="over"):
        told.do(alerts.acknowledge_alerts, ids=[row.id])
    moments = told.ask(alerts.get_alert, alert_id=row.id).moments
    assert [(one.event, one.person) for one in moments] == [
        (AlertEvent.ACKNOWLEDGED, "Bo"), (AlertEvent.REOPENED, ADMIN), (AlertEvent.CLOSED, ""),
    ]  # fmt: skip


def test_a_snoozed_alert_comes_back_when_its_time_is_over(told: Office, clock: FixedClock) -> None:
    row = inbox(told)[0]
    until = clock.now() + timedelta(hours=8)
    assert told.do(alerts.snooze_alerts, ids=[row.id], until=until) == 1
    assert bell(told) == (0, 0, 0) and inbox(told, states=(AlertState.SNOOZED,))[0].snoozed_until == until
    clock.advance(hours=7)
    assert look(told) == AlertPass(live=1)
    clock.advance(hours=1)
    assert bell(told) == (1, 1, 0), "at once, before anybody has looked"
    assert look(told).woken == 1 and bell(told) == (1, 1, 1), "and to be read again"
    assert told.ask(alerts.get_alert, alert_id=row.id).moments[-1].event is AlertEvent.WOKEN
    with pytest.raises(InvalidInput):
        told.do(alerts.snooze_alerts, ids=[row.id], until=clock.now())


def test_an_alert_that_becomes_worse_comes_back(told: Office, clock: FixedClock) -> None:
    change_rule(told, K.BELOW_SAFETY, urgency=AlertUrgency.NORMAL)
    look(told)
    row = inbox(told)[0]
    told.do(alerts.acknowledge_alerts, ids=[row.id])
    clock.advance(minutes=1)
    change_rule(told, K.BELOW_SAFETY, urgency=AlertUrgency.URGENT)
    assert look(told).raised == 1 and bell(told) == (1, 1, 1)


def test_the_most_urgent_and_then_the_newest_come_first(office: Office, clock: FixedClock) -> None:
    only(office, K.BELOW_SAFETY, K.BACKUP_OLD)
    clock.advance(days=400)
    look(office)
    clock.advance(hours=1)
    first = short_item(office, "A")
    look(office)
    clock.advance(hours=1)
    second = short_item(office, "B")
    look(office)
    assert [row.subject_id for row in inbox(office)] == [second, first, 1]
    assert kinds(office, kinds=(K.BACKUP_OLD,)) == kinds(office, urgencies=(AlertUrgency.HIGH,)) == [K.BACKUP_OLD]
    assert len(inbox(office, since=clock.now() - timedelta(minutes=30))) == 1
    assert len(inbox(office, subject_kind="item", subject_id=first)) == 1
    page = office.ask(alerts.list_alerts, offset=1, limit=1)
    assert (page.total, [row.subject_id for row in page.rows]) == (3, [first])


def test_many_are_acknowledged_at_once_or_none(told: Office) -> None:
    short_item(told, "LEEK")
    look(told)
    ids = [row.id for row in inbox(told)]
    with pytest.raises(NotFound):
        told.do(alerts.acknowledge_alerts, ids=[*ids, 999])
    with pytest.raises(InvalidInput):
        told.do(alerts.acknowledge_alerts, ids=ids, note="x" * 201)
    assert bell(told)[0] == 2
    assert told.do(alerts.acknowledge_alerts, ids=ids) == 2 and bell(told)[0] == 0
    assert told.do(alerts.acknowledge_alerts, ids=[]) == 0


def test_cost_is_for_who_sees_cost(told: Office) -> None:
    """Storekeepers are told of count differences; the money in them is not for everybody."""
    from core.alerts.steps.inbox import told as words_told

    stored = {"item": "x", "unit": "kg", "counted": {"decimal": "1"}, "expected": {"decimal": "2"}, "percent": {"decimal": "50"},
              "number": "C-1", "value": {"decimal": "-9.00"}, "currency": "CNY"}  # fmt: skip
    assert "¥" in str(words_told(K.COUNT_DIFFERENCE, stored, sees_cost=True)[1])
    assert "¥" not in str(words_told(K.COUNT_DIFFERENCE, stored, sees_cost=False)[1])


def test_rules_are_changed_with_the_right_to_and_merged(told: Office) -> None:
    row = rule_of(told, K.EXPIRY)
    seen = row.edit
    mine = RuleEdit(K.EXPIRY, AlertUrgency.HIGH, {"days": D(5)}, is_on=seen.is_on, roles=seen.roles)
    told.do(alerts.save_alert_rule, new=mine, rule_id=row.id, version=row.version, seen=seen)
    theirs = RuleEdit(K.EXPIRY, AlertUrgency.LOW, seen.limits, is_on=seen.is_on, roles=seen.roles)
    told.do(alerts.save_alert_rule, new=theirs, rule_id=row.id, version=row.version, seen=seen)
    now = rule_of(told, K.EXPIRY).edit
    assert (now.limits["days"], now.urgency) == (D(5), AlertUrgency.LOW), "fields not touched by both are merged"
    other = RuleEdit(K.EXPIRY, AlertUrgency.LOW, {"days": D(9)}, is_on=seen.is_on, roles=seen.roles)
    with pytest.raises(Conflict):
        told.do(alerts.save_alert_rule, new=other, rule_id=row.id, version=row.version, seen=seen)
    with pytest.raises(InvalidInput, match="kind"):
        wrong = RuleEdit(K.BACKUP_OLD, AlertUrgency.LOW)
        told.do(alerts.save_alert_rule, new=wrong, rule_id=row.id, version=row.version + 2)
    for named in ({"roles": ("nobody",)}, {"people": (999,)}, {"channels": (999,)}):
        with pytest.raises(InvalidInput):
            told.do(alerts.save_alert_rule, new=RuleEdit(K.EXPIRY, AlertUrgency.LOW, **named))
    second = told.do(alerts.save_alert_rule, new=RuleEdit(K.EXPIRY, AlertUrgency.LOW, name="A month ahead"))
    assert str(next(one.title for one in told.ask(alerts.list_alert_rules) if one.id == second)) == "A month ahead"
    with pytest.raises(NotFound):
        told.do(alerts.remove_alert_rule, rule_id=999)
    sign_in(told, "Bo")
    for command, arguments in (
        (alerts.save_alert_rule, {"new": mine}), (alerts.remove_alert_rule, {"rule_id": second}),
        (alerts.save_quiet_hours, {"new": QuietHours(), "version": 1}), (alerts.remove_channel, {"channel_id": 1}),
        (alerts.save_channel, {"new": alerts.ChannelEdit(ChannelKind.SLACK, "x")}),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            told.do(command, **arguments)


def test_roles_can_be_named_by_their_code(office: Office) -> None:
    codes = {role.code for role in office.ask(alerts.list_alert_roles)}
    assert {role for edit in first_rules() for role in edit.roles} <= codes


def test_quiet_hours_are_kept_and_checked(office: Office) -> None:
    card = office.ask(alerts.get_quiet_hours)
    assert card.quiet == QuietHours()
    assert office.do(alerts.save_quiet_hours, new=QuietHours("22:00", "7:00"), version=card.version) == 2
    assert office.ask(alerts.get_quiet_hours).quiet == QuietHours("22:00", "07:00")
    with pytest.raises(InvalidInput):
        office.do(alerts.save_quiet_hours, new=QuietHours("22:00", ""), version=2)


def test_contacts_are_ones_own_or_need_the_right(told: Office) -> None:
    mine = next(one.person_id for one in told.ask(alerts.list_contacts) if one.name == ADMIN)
    sign_in(told, "Bo")
    (own,) = told.ask(alerts.list_contacts)
    told.do(alerts.save_contact, person_id=own.person_id, email="bo@shop.example", phone="138 0000 1111")
    found = told.ask(alerts.list_contacts)[0]
    assert (found.email, found.phone) == ("bo@shop.example", "13800001111")
    with pytest.raises(NotAllowed):
        told.do(alerts.save_contact, person_id=mine, email="", phone="")
    with pytest.raises(InvalidInput):
        told.do(alerts.save_contact, person_id=own.person_id, email="nobody", phone="")
    sign_in(told, ADMIN)
    told.do(alerts.save_contact, person_id=own.person_id, email="", phone="")
    with pytest.raises(NotFound):
        told.do(alerts.save_contact, person_id=999, email="", phone="")


def test_every_word_of_alerts_stands_in_both_languages() -> None:
    for several in (AlertKind, AlertUrgency, AlertState, AlertEvent, ChannelKind):
        for one in several:
            assert word(one).render("zh") != word(one).render("en")


def test_a_channel_is_changed_and_removed(office: Office) -> None:
    channel_id = channel(office, None, ChannelKind.MAIL, addresses=("a@b.example",), name="Boss")
    row = office.ask(alerts.list_channels)[0]
    edit = alerts.ChannelEdit(ChannelKind.MAIL, "The boss", addresses=("c@b.example",))
    office.do(alerts.save_channel, new=edit, channel_id=channel_id, version=row.version, seen=row.edit)
    row = office.ask(alerts.list_channels)[0]
    assert (row.edit, row.shown) == (edit, "c@b.example")
    with pytest.raises(InvalidInput):
        office.do(alerts.save_channel, new=alerts.ChannelEdit(ChannelKind.SLACK, "x"), channel_id=channel_id)
    with pytest.raises(InvalidInput):
        office.do(alerts.save_channel, new=alerts.ChannelEdit(ChannelKind.MAIL, "x", addresses=("nobody",)))
    office.do(alerts.remove_channel, channel_id=channel_id)
    assert office.ask(alerts.list_channels) == []
    with pytest.raises(NotFound):
        office.do(alerts.remove_channel, channel_id=channel_id)
