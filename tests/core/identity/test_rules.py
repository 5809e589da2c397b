"""Names, secrets and locks, as pure decisions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, SignInFailed
from core.identity import rules
from db.enums import Permission

NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "²²²²", "1111", "1234", "987654", "0000"])
def test_a_weak_pin_is_refused(pin: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rules.check_pin(pin)
    assert caught.value.field == "pin"


@pytest.mark.parametrize("pin", ["2580", "1357", "00010203", "1212"])
def test_a_good_pin_is_taken(pin: str) -> None:
    rules.check_pin(pin)


@pytest.mark.parametrize("password", ["", "short", "a" * 8, "x" * 201])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput):
        rules.check_password(password)


@pytest.mark.parametrize("name", ["", "   ", "\x00\x07", "n" * 81])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        rules.clean_name(name)


@given(st.text(max_size=60))
def test_a_cleaned_name_stays_as_it_is(name: str) -> None:
    try:
        once = rules.clean_name(name)
    except InvalidInput:
        return
    assert rules.clean_name(once) == once
    assert once == once.strip()


def test_names_with_quotes_and_rare_characters_stay() -> None:
    assert rules.clean_name("  O'Neill  “王”  𠮷野 😀 ") == "O'Neill “王” 𠮷野 😀"


@given(st.integers(min_value=1, max_value=10**7))
def test_a_lock_never_says_more_than_the_lock_out_time(seconds: int) -> None:
    with pytest.raises(SignInFailed) as caught:
        rules.check_not_locked_out(NOW + timedelta(seconds=seconds), NOW)
    minutes = dict(caught.value.text.params)["minutes"]
    assert isinstance(minutes, int)
    assert 1 <= minutes <= rules.LOCK_OUT_MINUTES


def test_a_lock_of_the_past_is_open() -> None:
    rules.check_not_locked_out(NOW, NOW)
    rules.check_not_locked_out(NOW - timedelta(days=400), NOW)
    rules.check_not_locked_out(None, NOW)


def test_tries_left_are_said_in_both_languages() -> None:
    assert str(rules.wrong_secret(4)) == "Name or password is wrong. 1 try left."
    assert str(rules.wrong_secret(1)) == "Name or password is wrong. 4 tries left."
    assert "还可以试 4 次" in rules.wrong_secret(1).render("zh")


def test_the_manager_holds_all_but_people_and_maintenance() -> None:
    rights = set(rules.BUILT_IN_ROLES["manager"][2])
    assert set(Permission) - rights == {Permission.PERSON_EDIT, Permission.SITE_MAINTAIN}


@given(st.lists(st.sampled_from(list(Permission))))
def test_rights_in_order_are_a_set(rights: list[Permission]) -> None:
    ordered = rules.in_order(rights)
    assert set(ordered) == set(rights)
    assert len(ordered) == len(set(rights))
    assert ordered == rules.in_order(reversed(rights))
