"""Clocks that are set back or differ between PCs, nights of summer time, and what no program can send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import alerts
from core.alerts import AlertRun, ChannelSecret, QuietHours, look_for_alerts, send_due_alerts
from core.alerts.rules.outbox import FURTHEST, is_due
from core.alerts.rules.quiet import told_at
from core.clock import FixedClock
from core.errors import InvalidInput
from core.office import Office
from db.enums import AlertKind, AlertState, ChannelKind, MessageState
from tests.core.alerts.makers import channel, inbox, kinds, messages, only, short_item
from tests.helpers.http_server import HANG, WebServer, running

STOCKHOLM = "Europe/Stockholm"


def send(office: Office) -> AlertRun:
    return send_due_alerts(office, seconds=0.5)


def ready(office: Office, server: WebServer | None, *more: AlertKind) -> int:
    channel_id = channel(office, server)
    only(office, AlertKind.BELOW_SAFETY, *more, channels=(channel_id,))
    short_item(office)
    look_for_alerts(office)
    return channel_id


@pytest.mark.parametrize(
    ("now", "quiet", "expected"),
    [  # as the wall shows it in Stockholm; fold 1: the second time of an hour that comes twice
        ("2026-10-24 23:30", ("22:00", "07:00"), "2026-10-25 07:00"),  # the night is an hour longer
        ("2026-03-28 23:30", ("22:00", "07:00"), "2026-03-29 07:00"),  # an hour shorter
        ("2026-10-25 02:15", ("22:00", "02:30"), "2026-10-25 02:30"),
        ("2026-10-25 02:15 again", ("22:00", "02:30"), "2026-10-25 02:30 again"),
        ("2026-03-29 01:30", ("22:00", "02:30"), "2026-03-29 03:30"),  # there is no half past two
        ("2026-10-25 02:45", ("22:00", "02:30"), "2026-10-25 02:45"),
    ],
)
def test_quiet_hours_when_the_clocks_change(now: str, quiet: tuple[str, str], expected: str) -> None:
    def moment(words: str) -> datetime:
        day, fold = words.removesuffix(" again"), int(words.endswith("again"))
        return datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(STOCKHOLM), fold=fold).astimezone(UTC)

    assert told_at(moment(now), STOCKHOLM, QuietHours(*quiet), breaks=False) == moment(expected)


def test_what_waits_for_a_moment_far_ahead_was_written_by_a_clock_that_was_ahead() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    assert is_due(now, now) and is_due(now - timedelta(days=900), now)
    assert not is_due(now + timedelta(seconds=1), now) and not is_due(now + FURTHEST, now)
    assert is_due(now + FURTHEST + timedelta(seconds=1), now)


def test_a_clock_set_back_holds_no_message_and_sends_none_twice(office: Office, clock: FixedClock) -> None:
    with running(WebServer()) as server:
        ready(office, server)
        clock.advance(days=-40)
        assert send(office) == AlertRun(sent=1)
        look_for_alerts(office)
        assert send(office) == AlertRun() and len(server.heard) == 1
    assert messages(office)[0].state is MessageState.SENT


def test_what_was_put_off_by_a_clock_that_was_ahead_goes_all_the_same(office: Office, clock: FixedClock) -> None:
    with running(WebServer((503, "busy"))) as server:
        ready(office, server)
        assert send(office).later == 1
        server.answer = (200, "ok")
        clock.advance(days=-40)
        assert send(office) == AlertRun(sent=1)


def test_a_message_left_behind_by_a_clock_that_was_ahead_is_asked_about(office: Office, clock: FixedClock) -> None:
    with running(WebServer(HANG)) as server:
        channel_id = ready(office, server)
        assert office.do(alerts.take_message, channel_id=channel_id, holder="killed")
    assert office.ask(alerts.get_alerts_due).stranded == 0
    clock.advance(hours=-1)
    assert office.ask(alerts.get_alerts_due).stranded == 1 and send(office).stranded == 1
    assert messages(office)[0].state is MessageState.UNSURE


def test_reading_counts_though_the_alert_was_told_by_a_clock_ahead(office: Office, clock: FixedClock) -> None:
    only(office, AlertKind.BELOW_SAFETY)
    short_item(office)
    look_for_alerts(office)
    clock.advance(minutes=-10)
    office.do(alerts.mark_alerts_read, ids=[inbox(office)[0].id])
    assert inbox(office)[0].is_read and office.ask(alerts.count_alerts).unread == 0


def test_an_alert_opened_by_a_clock_behind_is_fresh_all_the_same(office: Office, clock: FixedClock) -> None:
    only(office, AlertKind.BELOW_SAFETY)
    short_item(office, "A")
    look_for_alerts(office)
    first = office.ask(alerts.list_fresh_alerts, since=clock.at - timedelta(hours=1))
    assert len(first.rows) == 1 and first.newest_at is not None
    clock.advance(minutes=-30)
    short_item(office, "B")
    look_for_alerts(office)
    fresh = office.ask(alerts.list_fresh_alerts, since=first.newest_at, after_id=first.newest_id)
    assert ["B" in str(row.title) for row in fresh.rows] == [True]
    again = office.ask(alerts.list_fresh_alerts, since=first.newest_at, after_id=fresh.newest_id)
    assert again.rows == ()


def test_a_rest_in_the_past_is_refused_and_one_that_is_over_is_no_rest(office: Office, clock: FixedClock) -> None:
    only(office, AlertKind.BELOW_SAFETY)
    short_item(office)
    look_for_alerts(office)
    ids = [inbox(office)[0].id]
    for until in (clock.at, clock.at - timedelta(days=1)):
        with pytest.raises(InvalidInput, match="future"):
            office.do(alerts.snooze_alerts, ids=ids, until=until)
    office.do(alerts.snooze_alerts, ids=ids, until=clock.at + timedelta(minutes=1))
    clock.advance(minutes=1)
    assert inbox(office)[0].state is AlertState.OPEN, "also before anybody has looked"


def test_what_no_program_can_send_is_told_after_a_while_and_goes_when_one_can(
    office: Office, clock: FixedClock
) -> None:
    ready(office, None, AlertKind.MAIL_STUCK)
    (row,) = office.ask(alerts.list_channels)
    assert (row.waiting, row.why) == (1, None)
    assert len(send(office).troubles) == 1
    clock.advance(minutes=6)
    (row,) = office.ask(alerts.list_channels)
    assert row.waiting == 1 and "no program could send them" in str(row.why)
    clock.advance(hours=2)
    look_for_alerts(office)
    stuck = next(one for one in inbox(office) if one.kind is AlertKind.MAIL_STUCK)
    assert "1 message waits since 2026-03-04 12:00" in str(stuck.words)
    with running(WebServer()) as server:
        alerts.keep_channel_secret(ChannelKind.WEBHOOK, row.key, ChannelSecret(server.url))
        assert send(office).sent == 1
    look_for_alerts(office)
    assert AlertKind.MAIL_STUCK not in kinds(office)
    assert office.ask(alerts.list_channels)[0].why is None


def test_a_channel_says_why_its_last_message_did_not_arrive(office: Office) -> None:
    with running(WebServer((404, "nothing here"))) as server:
        ready(office, server)
        assert send(office).later == 1
        (row,) = office.ask(alerts.list_channels)
        assert row.waiting == 1 and "404" in str(row.why)
        server.answer = (200, "ok")
        office.do(alerts.hurry_messages)
        assert send(office).sent == 1
    (row,) = office.ask(alerts.list_channels)
    assert (row.waiting, row.why) == (0, None)


def test_a_channel_that_gets_through_again_has_no_trouble_left_though_a_message_needs_a_person(
    office: Office, clock: FixedClock
) -> None:
    with running(WebServer((400, "no such group"))) as server:
        ready(office, server)
        assert send(office).refused == 1
        (row,) = office.ask(alerts.list_channels)
        assert row.need_person == 1 and row.why is not None
        clock.advance(minutes=5)
        short_item(office, "LATER")
        look_for_alerts(office)
        server.answer = (200, "ok")
        assert send(office).sent == 1
    (row,) = office.ask(alerts.list_channels)
    assert (row.need_person, row.why) == (1, None)


def test_alerts_by_e_mail_wait_for_a_server_and_somebody_is_told(office: Office, clock: FixedClock) -> None:
    mail_id = channel(office, None, ChannelKind.MAIL, addresses=("chef@corner.example",))
    only(office, AlertKind.BELOW_SAFETY, AlertKind.MAIL_STUCK, channels=(mail_id,))
    short_item(office)
    look_for_alerts(office)
    assert len(send(office).troubles) == 1, "no e-mail server is set up"
    clock.advance(hours=3)
    assert "set up the e-mail server" in str(office.ask(alerts.list_channels)[0].why)
    look_for_alerts(office)
    assert AlertKind.MAIL_STUCK in kinds(office)
    office.do(alerts.remove_channel, channel_id=mail_id)
    look_for_alerts(office)
    assert AlertKind.MAIL_STUCK not in kinds(office)
