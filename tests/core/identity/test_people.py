"""Adding and changing people, their secrets and badges; every refusal a sentence."""

from __future__ import annotations

import pytest

from core import identity
from core.errors import Conflict, CoreError, InvalidInput, NotAllowed, NotFound, Refused, SignInFailed
from core.identity import NewPerson, PersonEdit, RoleGrant
from core.office import Office
from db.enums import Permission
from tests.core.identity.conftest import PASSWORD, PIN, MakePerson, SignIn, make_role, role_id
from tests.helpers.sites import ADMIN
from tests.helpers.sites import PASSWORD as ADMIN_PASSWORD


def _admin_id(office: Office) -> int:
    return office.ask(identity.get_me).person_id


def test_a_person_is_added_with_roles_and_secrets(office: Office) -> None:
    kitchen = role_id(office, "Kitchen manager")
    new = NewPerson("  王  师傅 ", "zh", "Mornings", PASSWORD, PIN, "B-77", (RoleGrant(kitchen), RoleGrant(kitchen)))
    person_id = office.do(identity.add_person, new=new)
    card = office.ask(identity.get_person, person_id=person_id)
    assert (card.name, card.language, card.note) == ("王 师傅", "zh", "Mornings")
    assert [role.title("en") for role in card.roles] == ["Kitchen manager"]
    assert (card.has_password, card.has_pin, card.has_badge, card.is_active) == (True, True, True, True)
    assert [row.name for row in office.ask(identity.list_people)] == [ADMIN, "王 师傅"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewPerson(""), "name"),
        (NewPerson("a" * 81), "name"),
        (NewPerson(ADMIN.upper()), "name"),
        (NewPerson("steward"), "name"),
        (NewPerson("x", language="fr"), "language"),
        (NewPerson("x", note="n" * 401), "note"),
        (NewPerson("x", password="short"), "password"),
        (NewPerson("x", pin="1234"), "pin"),
        (NewPerson("x", badge="B-77"), "pin"),
        (NewPerson("x", pin=PIN, badge="B"), "badge"),
        (NewPerson("x", roles=(RoleGrant(9999),)), "role_id"),
        (NewPerson("x", roles=(RoleGrant(1, 9999),)), "location_id"),
    ],
)
def test_a_wrong_person_is_refused_at_the_field(office: Office, new: NewPerson, field: str) -> None:
    with pytest.raises(CoreError) as caught:
        office.do(identity.add_person, new=new)
    assert caught.value.field == field
    assert [row.name for row in office.ask(identity.list_people)] == [ADMIN]


def test_a_person_is_changed(office: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李")
    version = office.do(identity.update_person, person_id=person_id, version=1, new=PersonEdit("李明", "en", "Nights"))
    card = office.ask(identity.get_person, person_id=person_id)
    assert (card.name, card.language, card.note, card.version) == ("李明", "en", "Nights", version)
    with pytest.raises(InvalidInput, match="is there already"):
        office.do(identity.update_person, person_id=person_id, version=version, new=PersonEdit(ADMIN))


def test_two_who_change_different_fields_are_both_kept(office: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李")
    seen = office.ask(identity.get_person, person_id=person_id).edit()
    office.do(identity.update_person, person_id=person_id, version=1, new=PersonEdit("小李", "en", ""), seen=seen)
    office.do(identity.update_person, person_id=person_id, version=1, new=PersonEdit("小李", "", "Nights"), seen=seen)
    assert office.ask(identity.get_person, person_id=person_id).edit() == PersonEdit("小李", "en", "Nights")


def test_two_who_change_one_field_are_asked(office: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李")
    seen = office.ask(identity.get_person, person_id=person_id).edit()
    office.do(identity.update_person, person_id=person_id, version=1, new=PersonEdit("小李", "", "Mornings"), seen=seen)
    mine = PersonEdit("小李", "en", "Nights")
    with pytest.raises(Conflict) as caught:
        office.do(identity.update_person, person_id=person_id, version=1, new=mine, seen=seen)
    found = caught.value
    assert (found.base, found.mine, found.theirs) == ({"note": ""}, {"note": "Nights"}, {"note": "Mornings"})
    assert office.ask(identity.get_person, person_id=person_id).note == "Mornings"


def test_deactivating_frees_the_badge_and_can_be_taken_back(office: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李", "Storekeeper", badge="B-77")
    office.do(identity.deactivate_person, person_id=person_id)
    make_person("小王", badge="B-77")
    assert [row.name for row in office.ask(identity.list_people, is_active=False)] == ["小李"]
    with pytest.raises(Refused, match="not active already"):
        office.do(identity.deactivate_person, person_id=person_id)
    with pytest.raises(InvalidInput, match="but not active"):
        make_person("小李")
    office.do(identity.reactivate_person, person_id=person_id)
    card = office.ask(identity.get_person, person_id=person_id)
    assert card.is_active
    assert not card.has_badge
    assert [role.name_en for role in card.roles] == ["Storekeeper"]
    with pytest.raises(Refused, match="active already"):
        office.do(identity.reactivate_person, person_id=person_id)


def test_nobody_deactivates_oneself(office: Office) -> None:
    with pytest.raises(Refused, match="yourself"):
        office.do(identity.deactivate_person, person_id=_admin_id(office))


def test_an_administrator_who_can_sign_in_is_always_left(
    office: Office, make_person: MakePerson, sign_in: SignIn
) -> None:
    """A second administrator without a password does not count; one with a password does."""
    administrator = role_id(office, "Administrator")
    office.do(identity.add_person, new=NewPerson("No password", pin=PIN, roles=(RoleGrant(administrator),)))
    with pytest.raises(Refused, match="last administrator"):
        office.do(identity.take_role, person_id=_admin_id(office), role_id=administrator)
    make_person("Second", "Administrator")
    second = sign_in("Second")
    second.do(identity.deactivate_person, person_id=_admin_id(office))
    with pytest.raises(Refused, match="last administrator"):
        second.do(identity.take_role, person_id=_admin_id(second), role_id=administrator)


def test_the_program_itself_is_no_person_to_change(office: Office) -> None:
    with pytest.raises(NotFound):
        office.do(identity.update_person, person_id=1, version=1, new=PersonEdit("x"))
    with pytest.raises(NotFound):
        office.ask(identity.get_person, person_id=1)


def test_a_password_is_set_for_others_and_changed_for_oneself(
    office: Office, make_person: MakePerson, sign_in: SignIn
) -> None:
    person_id = make_person("小李")
    window = sign_in("小李")
    with pytest.raises(InvalidInput, match="present password") as caught:
        window.do(identity.set_own_password, old_password="wrong wrong", new_password="a better one 1")
    assert caught.value.field == "old_password"
    with pytest.raises(InvalidInput, match="is the old one"):
        window.do(identity.set_own_password, old_password=PASSWORD, new_password=PASSWORD)
    window.do(identity.set_own_password, old_password=PASSWORD, new_password="a better one 1")
    window.sign_in("小李", "a better one 1")
    office.do(identity.set_password, person_id=person_id, new_password=PASSWORD)
    window.sign_in("小李", PASSWORD)
    with pytest.raises(Refused, match="My account"):
        office.do(identity.set_password, person_id=_admin_id(office), new_password=PASSWORD)
    with pytest.raises(Refused, match="My account"):
        office.do(identity.set_pin, person_id=_admin_id(office), new_pin=PIN)


def test_a_pin_is_set_for_others_and_for_oneself_and_taken_away(
    office: Office, make_person: MakePerson, sign_in: SignIn
) -> None:
    person_id = make_person("小李", pin="")
    window = sign_in("小李")
    with pytest.raises(InvalidInput, match="present password"):
        window.do(identity.set_own_pin, password=PIN, new_pin=PIN)
    window.do(identity.set_own_pin, password=PASSWORD, new_pin=PIN)
    window.sign_in_with_pin("小李", PIN)
    office.do(identity.set_badge, person_id=person_id, badge=" B-77 ")
    with pytest.raises(Refused, match="Take the badge away first"):
        office.do(identity.set_pin, person_id=person_id, new_pin="")
    with pytest.raises(Refused, match="Take the badge away first"):
        window.do(identity.set_own_pin, password=PASSWORD, new_pin="")
    office.do(identity.set_badge, person_id=person_id, badge="")
    office.do(identity.set_pin, person_id=person_id, new_pin="")
    with pytest.raises(SignInFailed):
        window.sign_in_with_pin("小李", PIN)


def test_a_person_without_password_cannot_set_a_pin_alone(office: Office) -> None:
    office.do(identity.add_person, new=NewPerson("小李", pin=PIN))
    office.sign_in_with_pin("小李", PIN)
    with pytest.raises(Refused, match="no password yet"):
        office.do(identity.set_own_pin, password="", new_pin="8642")


def test_a_badge_needs_a_pin_and_belongs_to_one_person(office: Office, make_person: MakePerson) -> None:
    first, second = make_person("小李", badge="B-77"), make_person("小王")
    without = make_person("小张", pin="")
    with pytest.raises(InvalidInput, match="belongs to 小李"):
        office.do(identity.set_badge, person_id=second, badge="B-77")
    with pytest.raises(Refused, match="Set the PIN first"):
        office.do(identity.set_badge, person_id=without, badge="B-78")
    with pytest.raises(InvalidInput, match="no"):
        office.do(identity.set_badge, person_id=second, badge="B\x01\x02")
    with pytest.raises(InvalidInput):
        office.do(identity.set_badge, person_id=second, badge="9" * 5000)
    office.do(identity.set_badge, person_id=first, badge="B-77")


def test_ones_own_language(office: Office) -> None:
    office.do(identity.set_own_language, language="en")
    assert office.ask(identity.get_me).language == "en"
    with pytest.raises(InvalidInput):
        office.do(identity.set_own_language, language="sv")
    office.do(identity.set_own_language, language="")
    assert office.ask(identity.get_me).language == ""


def test_who_edits_people_cannot_touch_somebody_with_more_rights(
    office: Office, make_person: MakePerson, sign_in: SignIn
) -> None:
    clerk = make_role(office, "人事", Permission.PERSON_EDIT)
    make_person("Clerk", clerk)
    admin_id, equal = _admin_id(office), make_person("Equal", clerk)
    window = sign_in("Clerk")
    more_rights = "holds rights that you do not hold"
    for taking_over in (
        lambda: window.do(identity.set_password, person_id=admin_id, new_password=PASSWORD),
        lambda: window.do(identity.set_pin, person_id=admin_id, new_pin=PIN),
        lambda: window.do(identity.set_badge, person_id=admin_id, badge="B-1"),
        lambda: window.do(identity.deactivate_person, person_id=admin_id),
        lambda: window.do(identity.unlock_person, person_id=admin_id),
        lambda: window.do(identity.update_person, person_id=admin_id, version=1, new=PersonEdit("Me")),
    ):
        with pytest.raises(NotAllowed, match=more_rights):
            taking_over()
    window.do(identity.set_password, person_id=equal, new_password="another good one")
    office.sign_in(ADMIN, ADMIN_PASSWORD)


def test_secrets_never_stand_in_the_journal(office: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李", badge="B-SECRET-77")
    office.do(identity.set_password, person_id=person_id, new_password="very secret words")
    office.do(identity.set_pin, person_id=person_id, new_pin="8642")
    office.do(identity.set_badge, person_id=person_id, badge="B-SECRET-78")
    for looked_for in (PASSWORD, "very secret", "8642", PIN, "B-SECRET"):
        found = office.ask(identity.search_audit, wanted=identity.AuditFilter(text=looked_for))
        assert found.total == 0, looked_for
