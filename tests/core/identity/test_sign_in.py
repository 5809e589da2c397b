"""Signing in by password, PIN and badge; being locked out, and for how long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from core import identity
from core.clock import FixedClock
from core.errors import NotAllowed, SignInFailed
from core.identity.steps import sign_in as steps
from core.office import Office
from tests.core.identity.conftest import PASSWORD, PIN, MakePerson
from tests.helpers.sites import ADMIN
from tests.helpers.sites import PASSWORD as ADMIN_PASSWORD


@pytest.fixture
def window(site_url: str, clock: FixedClock) -> Iterator[Office]:
    """A window of the same site where nobody is signed in."""
    with Office.open(site_url, station="till", clock=clock) as opened:
        yield opened


def _fail(office: Office, name: str, times: int, *, pin: bool = False) -> str:
    sentence = ""
    for _try in range(times):
        with pytest.raises(SignInFailed) as caught:
            office.sign_in_with_pin(name, "9999") if pin else office.sign_in(name, "wrong wrong")
        sentence = str(caught.value.text)
    return sentence


def test_password_pin_and_badge_open(office: Office, window: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李", "Storekeeper", badge="B-000123")
    assert window.sign_in("小李", PASSWORD).person_id == person_id
    assert window.sign_in_with_pin("小李", PIN).person_id == person_id
    assert window.sign_in_with_badge("B-000123", PIN).person_id == person_id
    assert window.actor is not None
    assert window.actor.name == "小李"


def test_full_width_digits_and_capitals_are_understood(office: Office, window: Office, make_person: MakePerson) -> None:
    person_id = make_person("Mary Ann", "Storekeeper")
    assert window.sign_in_with_pin("  mary  ann ", "２５８０").person_id == person_id


def test_a_badge_alone_or_with_a_wrong_pin_opens_nothing(
    office: Office, window: Office, make_person: MakePerson
) -> None:
    make_person("小李", badge="B-000123")
    for pin in ("", "0000"):
        with pytest.raises(SignInFailed):
            window.sign_in_with_badge("B-000123", pin)
    with pytest.raises(SignInFailed):
        window.sign_in_with_badge("B-999", PIN)
    with pytest.raises(SignInFailed):
        window.sign_in_with_badge("", "")


def test_five_wrong_tries_lock_for_five_minutes(
    office: Office, window: Office, make_person: MakePerson, clock: FixedClock
) -> None:
    make_person("小李")
    assert "4 tries left" in _fail(window, "小李", 1)
    assert "locked for 5 min" in _fail(window, "小李", 4)
    with pytest.raises(SignInFailed, match="Too many wrong tries"):
        window.sign_in("小李", PASSWORD)
    clock.advance(minutes=4, seconds=59)
    with pytest.raises(SignInFailed, match="Try again in 1 min"):
        window.sign_in_with_pin("小李", PIN)
    clock.advance(seconds=1)
    assert window.sign_in("小李", PASSWORD).name == "小李"
    assert "4 tries left" in _fail(window, "小李", 1)


def test_wrong_pins_and_wrong_passwords_count_together(office: Office, window: Office, make_person: MakePerson) -> None:
    make_person("小李", badge="B-000123")
    _fail(window, "小李", 2)
    _fail(window, "小李", 2, pin=True)
    with pytest.raises(SignInFailed, match="locked for 5 min"):
        window.sign_in_with_badge("B-000123", "9999")


def test_success_clears_the_count(office: Office, window: Office, make_person: MakePerson) -> None:
    make_person("小李")
    _fail(window, "小李", 4)
    window.sign_in("小李", PASSWORD)
    assert "4 tries left" in _fail(window, "小李", 1)


def test_two_programs_that_try_at_once_lose_no_count(
    office: Office, site_url: str, make_person: MakePerson, clock: FixedClock
) -> None:
    person_id = make_person("小李")
    windows = [Office.open(site_url, station=f"pc{number}", clock=clock) for number in range(2)]
    together = threading.Barrier(2)

    def try_twice(window: Office) -> None:
        for _try in range(2):
            together.wait()
            with pytest.raises(SignInFailed):
                window.sign_in("小李", "wrong wrong")

    threads = [threading.Thread(target=try_twice, args=(window,)) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for window in windows:
        window.close()
    assert office.ask(identity.get_person, person_id=person_id).failed_tries == 4


def test_the_right_secret_of_a_slow_program_is_refused_once_another_was_locked_out(
    office: Office, window: Office, make_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person("小李")
    real = identity.verify_secret

    def slow(stored: str, secret: str) -> bool:
        monkeypatch.setattr(identity, "verify_secret", real)
        _fail(window, "小李", 5)
        return real(stored, secret)

    monkeypatch.setattr(identity, "verify_secret", slow)
    with pytest.raises(SignInFailed, match="Too many wrong tries"):
        window.sign_in("小李", PASSWORD)


def test_a_clock_set_back_does_not_lengthen_a_lock(
    office: Office, window: Office, make_person: MakePerson, clock: FixedClock
) -> None:
    make_person("小李")
    _fail(window, "小李", 5)
    clock.advance(days=-30)
    with pytest.raises(SignInFailed, match="Try again in 5 min"):
        window.sign_in("小李", PASSWORD)
    clock.advance(minutes=4)
    with pytest.raises(SignInFailed, match="Try again in 1 min"):
        window.sign_in("小李", PASSWORD)
    clock.advance(minutes=1)
    assert window.sign_in("小李", PASSWORD).name == "小李"


def test_a_clock_set_back_does_not_open_a_lock(
    office: Office, window: Office, make_person: MakePerson, clock: FixedClock
) -> None:
    make_person("小李")
    _fail(window, "小李", 5)
    clock.advance(minutes=-2)
    with pytest.raises(SignInFailed, match="Too many"):
        window.sign_in("小李", PASSWORD)


def test_an_administrator_ends_a_lock(office: Office, window: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李")
    _fail(window, "小李", 5)
    assert office.ask(identity.get_person, person_id=person_id).locked_until is not None
    office.do(identity.unlock_person, person_id=person_id)
    assert office.ask(identity.get_person, person_id=person_id).locked_until is None
    assert window.sign_in_with_pin("小李", PIN).name == "小李"


def test_an_unknown_name_takes_the_same_steps(
    office: Office, window: Office, make_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person("小李", pin="")
    hashed: list[str] = []
    real = steps.hash_secret

    def watched(secret: str) -> str:
        hashed.append(secret)
        return real(secret)

    monkeypatch.setattr(steps, "hash_secret", watched)
    before = len(office.ask(identity.search_audit).rows)
    with pytest.raises(SignInFailed, match=r"Name or password is wrong\.$"):
        window.sign_in("nobody", "a wrong guess")
    with pytest.raises(SignInFailed):
        window.sign_in_with_pin("小李", "2580")
    assert hashed == ["a wrong guess", "2580"]
    log = office.ask(identity.search_audit).rows
    assert len(log) == before + 2
    assert log[1].person == "Steward"
    assert all("nobody" not in str(fact.value) for fact in log[1].facts)


def test_who_was_deactivated_is_out_at_once(office: Office, window: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李", "Manager")
    window.sign_in("小李", PASSWORD)
    office.do(identity.deactivate_person, person_id=person_id)
    with pytest.raises(NotAllowed, match="no longer active"):
        window.ask(identity.get_me)
    with pytest.raises(SignInFailed):
        window.sign_in("小李", PASSWORD)


def test_the_tiles_need_nobody_signed_in(office: Office, window: Office, make_person: MakePerson) -> None:
    make_person("小李", pin="")
    gone = make_person("Former")
    office.do(identity.deactivate_person, person_id=gone)
    office.do(identity.add_person, new=identity.NewPerson("No secret yet"))
    tiles = window.people()
    assert [(tile.name, tile.has_pin, tile.has_password) for tile in tiles] == [
        (ADMIN, False, True),
        ("小李", False, True),
    ]
    assert window.actor is None
    assert window.site.name == office.site.name


def test_a_try_and_its_outcome_stand_in_the_log(office: Office, window: Office, clock: FixedClock) -> None:
    _fail(window, ADMIN, 1)
    clock.advance(minutes=1)
    window.sign_in(ADMIN, ADMIN_PASSWORD)
    newest, before = office.ask(identity.search_audit, wanted=identity.AuditFilter(station="till")).rows
    assert (newest.at - before.at) == timedelta(minutes=1)
    assert [row.label.render("zh") for row in (newest, before)] == ["登录", "登录失败"]
    shown = [(fact.label.render("zh"), fact.value.render("zh")) for fact in before.facts]
    assert shown == [("方式", "密码")]
