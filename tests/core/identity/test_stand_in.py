"""A manager stands in with a PIN for one action; it stands in the log."""

from __future__ import annotations

import pytest

from core import identity
from core.errors import NotAllowed, SignInFailed
from core.identity import AuditFilter, NewPerson
from core.office import Office
from tests.core.identity.conftest import PIN, MakePerson, SignIn
from tests.helpers.sites import ADMIN


@pytest.fixture
def cook(office: Office, make_person: MakePerson, sign_in: SignIn) -> Office:
    """The cook's window; the administrator has a PIN now."""
    from tests.helpers.sites import PASSWORD as ADMIN_PASSWORD

    office.do(identity.set_own_pin, password=ADMIN_PASSWORD, new_pin="8642")
    make_person("小李", "Kitchen manager")
    return sign_in("小李")


def test_who_stands_in_lends_the_right_for_one_action(office: Office, cook: Office) -> None:
    new = NewPerson("小王")
    with pytest.raises(NotAllowed):
        cook.do(identity.add_person, new=new)
    cook.do(identity.add_person, new=new, stand_in=(ADMIN.lower(), "8642"))
    with pytest.raises(NotAllowed):
        cook.do(identity.add_person, new=NewPerson("小张"))
    assert cook.actor is not None
    assert cook.actor.name == "小李"


def test_the_log_says_who_acted_and_who_stood_in(office: Office, cook: Office) -> None:
    cook.do(identity.add_person, new=NewPerson("小王"), stand_in=(ADMIN.lower(), "8642"))
    added, stood_in = office.ask(identity.search_audit, wanted=AuditFilter(station="second")).rows[:2]
    assert (added.person, added.stand_in, added.label.render("zh")) == ("小李", ADMIN, "新增人员")
    assert (stood_in.person, stood_in.label.render("en")) == (ADMIN, "Stand in with a PIN")
    assert office.ask(identity.search_audit, wanted=AuditFilter(text=ADMIN, station="second")).total == 2


def test_a_wrong_pin_does_nothing_and_counts(office: Office, cook: Office) -> None:
    for _try in range(5):
        with pytest.raises(SignInFailed):
            cook.do(identity.add_person, new=NewPerson("小王"), stand_in=(ADMIN, PIN))
    with pytest.raises(SignInFailed, match="Too many wrong tries"):
        cook.do(identity.add_person, new=NewPerson("小王"), stand_in=(ADMIN, "8642"))
    assert [row.name for row in office.ask(identity.list_people)] == [ADMIN, "小李"]
    assert cook.ask(identity.get_me).name == "小李"


def test_a_stand_in_without_the_right_lends_nothing(cook: Office) -> None:
    with pytest.raises(NotAllowed):
        cook.do(identity.add_person, new=NewPerson("小王"), stand_in=("小李", PIN))


def test_nobody_stands_in_for_nobody(site_url: str, office: Office, cook: Office) -> None:
    with Office.open(site_url) as empty, pytest.raises(NotAllowed, match="Sign in first"):
        empty.do(identity.add_person, new=NewPerson("小王"), stand_in=(ADMIN, "8642"))
