"""Adding people, changing them, sending them away and letting them back in."""

from __future__ import annotations

from sqlalchemy import insert, update

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.identity import rules
from core.identity.steps import hash_secret
from core.identity.steps.edits import changes_between, merged
from core.identity.steps.people import (
    check_administrator_left,
    check_badge_free,
    check_may_give,
    check_name_free,
    check_not_oneself,
    check_outranks,
    fetch_person,
    fetch_role,
    location_path,
    lock_administrators,
    role_rights,
    roles_in_words,
)
from core.identity.types import NewPerson, PersonEdit
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission, PersonKind
from db.identity import Person, PersonRole


@command(Permission.PERSON_EDIT)
def add_person(uow: UnitOfWork, *, new: NewPerson) -> int:
    """Add a person.

    Answers the id. They sign in with the password, or switch quickly with the PIN or with badge and PIN; each may
    come later. Raises InvalidInput for a name or badge that is taken or a weak secret, NotAllowed for a role with
    rights that one does not hold oneself.
    """
    fields = _checked(PersonEdit(new.name, new.language, new.note))
    check_name_free(uow, fields.name)
    if new.password:
        rules.check_password(new.password)
    if new.pin:
        rules.check_pin(new.pin)
    badge = _checked_badge(uow, new)
    person_id = uow.sql.execute(
        insert(Person)
        .values(
            name=fields.name,
            kind=PersonKind.HUMAN,
            language=fields.language,
            note=fields.note,
            badge=badge,
            password_hash=hash_secret(new.password) if new.password else "",
            pin_hash=hash_secret(new.pin) if new.pin else "",
            created_at=uow.now,
        )
        .returning(Person.id)
    ).scalar_one()
    _give_first_roles(uow, person_id, new)
    if new.roles:
        uow.note(changes={"roles": [[], roles_in_words(uow, person_id)]})
    return person_id


@command(Permission.PERSON_EDIT)
def update_person(
    uow: UnitOfWork, *, person_id: int, version: int, new: PersonEdit, seen: PersonEdit | None = None
) -> int:
    """Change a person.

    Answers the new version. `seen` is what the form started from. Raises NotFound, InvalidInput, or Conflict when
    somebody else changed the same field meanwhile.
    """
    stored = fetch_person(uow, person_id)
    check_outranks(uow, person_id)
    before = PersonEdit(stored.name, stored.language, stored.note)
    after = _checked(merged(before, _checked(new), seen, is_stale=stored.version != version))
    if after.name != before.name:
        check_name_free(uow, after.name, but=person_id)
    uow.sql.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(name=after.name, language=after.language, note=after.note, version=stored.version + 1)
    )
    uow.note(person=before.name, changes=changes_between(before, after))
    return int(stored.version) + 1


@command(Permission.PERSON_EDIT)
def deactivate_person(uow: UnitOfWork, *, person_id: int) -> None:
    """Deactivate a person.

    From this moment they cannot sign in and an open window of theirs can do nothing more; what they did stays under
    their name, their badge becomes free. Raises Refused for oneself and the last administrator, NotAllowed for
    somebody with more rights.
    """
    lock_administrators(uow)
    person = fetch_person(uow, person_id)
    check_not_oneself(uow, person_id, _("You cannot deactivate yourself. Ask another administrator."))
    check_outranks(uow, person_id)
    if not person.is_active:
        raise Refused(_("{name} is not active already.", name=person.name))
    uow.sql.execute(
        update(Person).where(Person.id == person_id).values(is_active=False, badge=None, version=person.version + 1)
    )
    check_administrator_left(uow)
    uow.note(person=person.name)


@command(Permission.PERSON_EDIT)
def reactivate_person(uow: UnitOfWork, *, person_id: int) -> None:
    """Activate a person again.

    They come back with the roles, password and PIN they had. Raises Refused when they are active, NotAllowed for
    somebody with more rights.
    """
    person = fetch_person(uow, person_id)
    check_outranks(uow, person_id)
    if person.is_active:
        raise Refused(_("{name} is active already.", name=person.name))
    uow.sql.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(is_active=True, failed_tries=0, locked_until=None, version=person.version + 1)
    )
    uow.note(person=person.name)


@command(Permission.PERSON_EDIT)
def unlock_person(uow: UnitOfWork, *, person_id: int) -> None:
    """End a lock-out.

    The person may try again at once, with five new tries. Raises NotFound, and NotAllowed for somebody with more
    rights.
    """
    person = fetch_person(uow, person_id)
    check_outranks(uow, person_id)
    uow.sql.execute(update(Person).where(Person.id == person_id).values(failed_tries=0, locked_until=None))
    uow.note(person=person.name)


def _checked(fields: PersonEdit) -> PersonEdit:
    rules.check_language(fields.language, may_be_empty=True)
    return PersonEdit(
        name=rules.clean_name(fields.name),
        language=fields.language,
        note=rules.clean_words(fields.note, longest=400, field="note"),
    )


def _checked_badge(uow: UnitOfWork, new: NewPerson) -> str | None:
    if not new.badge:
        return None
    badge = rules.clean_badge(new.badge)
    if not new.pin:
        raise InvalidInput(_("A badge needs a PIN with it: alone it opens nothing."), field="pin")
    check_badge_free(uow, badge)
    return badge


def _give_first_roles(uow: UnitOfWork, person_id: int, new: NewPerson) -> None:
    for grant in dict.fromkeys(new.roles):
        role = fetch_role(uow, grant.role_id)
        check_may_give(uow, role_rights(role), location_path(uow, grant.location_id))
        uow.sql.execute(
            insert(PersonRole).values(person_id=person_id, role_id=grant.role_id, location_id=grant.location_id)
        )
