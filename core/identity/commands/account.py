"""What everybody may change of their own account. No right is needed: it concerns nobody but the person signed in."""

from __future__ import annotations

from sqlalchemy import select, update

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.identity import rules
from core.identity.steps import hash_secret, verify_secret
from core.registry import command
from core.uow import UnitOfWork
from db.identity import Person


@command(None)
def set_own_password(uow: UnitOfWork, *, old_password: str, new_password: str) -> None:
    """Change one's own password.

    Raises InvalidInput when the old one is wrong or the new one is weak or the same.
    """
    _check_old(uow, old_password, field="old_password")
    rules.check_password(new_password, field="new_password")
    if new_password == old_password:
        raise InvalidInput(_("The new password is the old one. Choose another."), field="new_password")
    _change_own(uow, password_hash=hash_secret(new_password))


@command(None)
def set_own_pin(uow: UnitOfWork, *, password: str, new_pin: str) -> None:
    """Change one's own PIN.

    The password is asked, so that an open window is not enough; an empty PIN takes it away, which a badge does not
    allow. Raises InvalidInput, Refused.
    """
    _check_old(uow, password, field="password")
    if new_pin:
        rules.check_pin(new_pin, field="new_pin")
    elif uow.sql.execute(select(Person.badge).where(Person.id == uow.actor.person_id)).scalar_one():
        raise Refused(_("The badge needs a PIN with it. Take the badge away first."), field="new_pin")
    _change_own(uow, pin_hash=hash_secret(new_pin) if new_pin else "")


@command(None)
def set_own_language(uow: UnitOfWork, *, language: str) -> None:
    """Choose one's own language.

    Chinese (zh), English (en), or empty for the site's. Raises InvalidInput.
    """
    rules.check_language(language, may_be_empty=True)
    _change_own(uow, language=language)


def _check_old(uow: UnitOfWork, password: str, *, field: str) -> None:
    stored = uow.sql.execute(select(Person.password_hash).where(Person.id == uow.actor.person_id)).scalar_one()
    if not stored:
        raise Refused(_("You have no password yet. Ask an administrator to set one."), field=field)
    if not verify_secret(stored, password):
        raise InvalidInput(_("This is not your present password."), field=field)


def _change_own(uow: UnitOfWork, **values: str) -> None:
    uow.sql.execute(update(Person).where(Person.id == uow.actor.person_id).values(version=Person.version + 1, **values))
