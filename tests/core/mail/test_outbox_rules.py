"""The outbox: whatever happens in whatever order, no mail is handed over a second time unless a person asked for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.i18n import _
from core.mail.rules.outbox import (
    BY_PERSON,
    GIVE_UP_AFTER,
    LONGEST_SENDING,
    LONGEST_WAIT,
    MOVES,
    MailEvent,
    after,
    event_of,
    is_stranded,
    next_due,
    queued,
    unsure_question,
    wait_after,
)
from core.mail.types import Delivery
from core.words import word
from db.enums import MailState

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TAKEN = after(queued(NOW), MailEvent.TAKE, NOW)
MAY_HAVE_LEFT = (MailEvent.ACCEPTED, MailEvent.NO_ANSWER, MailEvent.STRANDED)


def test_every_state_has_its_moves_and_words() -> None:
    assert set(MOVES) == set(MailState)
    for state in MailState:
        assert word(state).render("zh") != word(state).render("en")
    assert "orders@farm.example" in unsure_question("orders@farm.example").render("zh")


def test_a_mail_goes_and_is_done() -> None:
    assert (TAKEN.state, TAKEN.attempts, TAKEN.taken_at) == (MailState.SENDING, 1, NOW)
    done = after(TAKEN, MailEvent.ACCEPTED, NOW)
    assert done.state is MailState.SENT and done.taken_at is None
    for event in MailEvent:
        with pytest.raises(Refused):
            after(done, event, NOW)


def test_without_network_it_waits_longer_each_time_and_gives_up_after_days() -> None:
    mail, now, waits = queued(NOW), NOW, []
    while mail.state is MailState.QUEUED:
        with pytest.raises(Refused):
            after(mail, MailEvent.TAKE, mail.next_at - timedelta(seconds=1))
        waits.append(mail.next_at - now)
        now = mail.next_at
        mail = after(after(mail, MailEvent.TAKE, now), MailEvent.PUT_OFF, now)
    assert waits[:5] == [timedelta(minutes=minutes) for minutes in (0, 1, 2, 4, 8)]
    assert waits == sorted(waits) and waits[-1] == LONGEST_WAIT
    assert mail.state is MailState.FAILED and now - NOW >= GIVE_UP_AFTER
    again = after(mail, MailEvent.SEND_AGAIN, now)
    assert (again.state, again.attempts, again.next_at) == (MailState.QUEUED, 0, now)


@given(st.integers(-5, 10**6))
def test_a_wait_has_its_limits(attempts: int) -> None:
    assert timedelta(minutes=1) <= wait_after(attempts) <= wait_after(attempts + 1) <= LONGEST_WAIT


def test_a_mail_left_behind_by_a_crash_is_asked_about() -> None:
    assert not is_stranded(TAKEN, NOW + LONGEST_SENDING - timedelta(seconds=1))
    assert is_stranded(TAKEN, NOW + LONGEST_SENDING) and not is_stranded(queued(NOW), NOW + GIVE_UP_AFTER)
    unsure = after(TAKEN, MailEvent.STRANDED, NOW)
    assert unsure.state is MailState.UNSURE and next_due([unsure, TAKEN]) is None
    with pytest.raises(Refused):
        after(unsure, MailEvent.TAKE, NOW + GIVE_UP_AFTER)
    assert after(unsure, MailEvent.IT_ARRIVED, NOW).state is MailState.SENT
    assert after(unsure, MailEvent.SEND_AGAIN, NOW).state is MailState.QUEUED
    assert after(unsure, MailEvent.ACCEPTED, NOW).state is MailState.SENT, "the answer came after all"


def test_in_a_restored_site_nothing_goes_by_itself() -> None:
    for waiting in (queued(NOW), TAKEN):
        doubted = after(waiting, MailEvent.RESTORED, NOW)
        assert doubted.state is MailState.UNSURE and doubted.taken_at is None


def test_a_mail_being_sent_cannot_be_withdrawn() -> None:
    with pytest.raises(Refused) as caught:
        after(TAKEN, MailEvent.WITHDRAW, NOW)
    assert "being sent" in str(caught.value) and caught.value.text.render("zh") != str(caught.value)
    assert after(queued(NOW), MailEvent.WITHDRAW, NOW).state is MailState.WITHDRAWN


def test_what_is_due_next_is_told() -> None:
    later = after(TAKEN, MailEvent.PUT_OFF, NOW)
    assert next_due([later, queued(NOW + timedelta(hours=1)), TAKEN]) == NOW + timedelta(minutes=1)
    assert next_due([]) is None


@given(st.lists(st.tuples(st.sampled_from(list(MailEvent)), st.integers(0, 400)), max_size=40))
def test_nothing_is_sent_twice_unless_a_person_asked(story: list[tuple[MailEvent, int]]) -> None:
    mail, now, may_be_there = queued(NOW), NOW, False
    for event, minutes in story:
        now += timedelta(minutes=minutes)
        before = mail
        try:
            mail = after(mail, event, now)
        except Refused:
            assert event not in MOVES[before.state] or now < before.next_at
            continue
        if event is MailEvent.TAKE:
            assert not may_be_there, "handed over although the server may have it"
            assert before.state is MailState.QUEUED and now >= before.next_at
        may_be_there = may_be_there or event in MAY_HAVE_LEFT
        if event is MailEvent.SEND_AGAIN:
            assert event in BY_PERSON
            may_be_there = False
        assert (mail.taken_at is not None) == (mail.state is MailState.SENDING)


def test_a_trouble_of_the_server_puts_a_mail_off_and_never_gives_it_up_at_once() -> None:
    why = _("It arrived")
    assert event_of(Delivery("refused", why)) is MailEvent.REFUSED
    assert event_of(Delivery("refused", why, is_of_server=True)) is MailEvent.PUT_OFF
    assert event_of(Delivery("later", why, is_of_server=True)) is MailEvent.PUT_OFF
    assert event_of(Delivery("unsure", why)) is MailEvent.NO_ANSWER
    assert event_of(Delivery("sent", why)) is MailEvent.ACCEPTED
