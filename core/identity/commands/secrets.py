"""Setting how another person signs in: password, PIN, badge."""

from __future__ import annotations

from sqlalchemy import update

from core.errors import Refused
from core.i18n import _
from core.identity import rules
from core.identity.steps import hash_secret
from core.identity.steps.people import check_badge_free, check_not_oneself, check_outranks, fetch_person
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission
from db.identity import Person


@command(Permission.PERSON_EDIT)
def set_password(uow: UnitOfWork, *, person_id: int, new_password: str) -> None:
    """Set a person's password.

    Also ends a lock-out. Raises InvalidInput for a weak one, NotAllowed for somebody with more rights, Refused for
    oneself: one's own is changed with the old one (`set_own_password`).
    """
    person = fetch_person(uow, person_id)
    check_not_oneself(uow, person_id, _("Your own password is changed on the page My account, with the old one."))
    check_outranks(uow, person_id)
    rules.check_password(new_password, field="new_password")
    uow.sql.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(password_hash=hash_secret(new_password), failed_tries=0, locked_until=None, version=person.version + 1)
    )
    uow.note(person=person.name)


@command(Permission.PERSON_EDIT)
def set_pin(uow: UnitOfWork, *, person_id: int, new_pin: str) -> None:
    """Set a person's PIN.

    Four to eight digits; empty takes the PIN away, which a badge does not allow. Raises InvalidInput, Refused,
    NotAllowed for somebody with more rights, Refused for oneself (`set_own_pin`).
    """
    person = fetch_person(uow, person_id)
    check_not_oneself(uow, person_id, _("Your own PIN is changed on the page My account, with your password."))
    check_outranks(uow, person_id)
    if new_pin:
        rules.check_pin(new_pin, field="new_pin")
    elif person.badge:
        raise Refused(_("The badge needs a PIN with it. Take the badge away first."), field="new_pin")
    uow.sql.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(
            pin_hash=hash_secret(new_pin) if new_pin else "",
            failed_tries=0,
            locked_until=None,
            version=person.version + 1,
        )
    )
    uow.note(person=person.name, is_removed=not new_pin)


@command(Permission.PERSON_EDIT)
def set_badge(uow: UnitOfWork, *, person_id: int, badge: str) -> None:
    """Give a person a badge.

    `badge` is the code the scanner reads; empty takes the badge away. Raises InvalidInput for a code that is no
    badge or belongs to somebody else, Refused while the person has no PIN, NotAllowed for somebody with more
    rights.
    """
    person = fetch_person(uow, person_id)
    check_outranks(uow, person_id)
    code = rules.clean_badge(badge) if badge.strip() else None
    if code is not None:
        if not person.pin_hash:
            raise Refused(_("A badge needs a PIN with it: alone it opens nothing. Set the PIN first."), field="badge")
        check_badge_free(uow, code, but=person_id)
    uow.sql.execute(update(Person).where(Person.id == person_id).values(badge=code, version=person.version + 1))
    uow.note(person=person.name, is_removed=code is None)
