"""Signing in: finding the person, checking secrets, counting tries, locking out."""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, update

from core.identity import rules
from core.identity.types import PersonTile, SignInFacts
from core.uow import UnitOfWork
from db.enums import PersonKind
from db.identity import Person

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def sign_in_tiles(sql: Connection) -> tuple[PersonTile, ...]:
    """The active people who can sign in, by name: what the sign-in window shows before anybody is known."""
    rows = sql.execute(
        select(Person.id, Person.name, Person.pin_hash != "", Person.password_hash != "")
        .where(
            Person.is_active, Person.kind == PersonKind.HUMAN, (Person.pin_hash != "") | (Person.password_hash != "")
        )
        .order_by(func.lower(Person.name), Person.id)
    )
    return tuple(PersonTile(*row) for row in rows)


def find_sign_in(sql: Connection, *, name: str = "", badge: str = "") -> SignInFacts | None:
    """An active human by name (capital letters do not matter) or badge, with what checking a secret needs.

    Else None.
    """
    typed = " ".join(unicodedata.normalize("NFC", name).split())
    wanted = Person.badge == badge.strip() if badge else func.lower(Person.name) == func.lower(typed)
    row = sql.execute(
        select(Person.id, Person.name, Person.password_hash, Person.pin_hash, Person.failed_tries, Person.locked_until)
        .where(wanted, Person.is_active, Person.kind == PersonKind.HUMAN)
        .order_by(Person.id)
        .limit(1)
    ).first()
    return None if row is None else SignInFacts(*row)


def record_sign_in(uow: UnitOfWork, person_id: int | None, *, succeeded: bool) -> int:
    """Count a try in the database itself, so that programs trying at once lose none; answer the wrong tries in a row.

    Success clears the count; the fifth failure locks the person out. A person whom another program locked out
    meanwhile is refused with SignInFailed even when the secret is right. Nobody (None) counts nothing.
    """
    if person_id is None:
        return 0
    this = Person.id == person_id
    locked_until = uow.sql.execute(select(Person.locked_until).where(this).with_for_update()).scalar_one()
    rules.check_not_locked_out(locked_until, uow.now)
    if succeeded:
        dirty = (Person.failed_tries > 0) | Person.locked_until.is_not(None)
        uow.sql.execute(update(Person).where(this, dirty).values(failed_tries=0, locked_until=None))
        return 0
    counted = update(Person).where(this).values(failed_tries=Person.failed_tries + 1).returning(Person.failed_tries)
    tries = uow.sql.execute(counted).scalar_one()
    if tries >= rules.MOST_TRIES:
        uow.sql.execute(update(Person).where(this).values(failed_tries=0, locked_until=rules.longest_lock(uow.now)))
    return tries


def shorten_lock(uow: UnitOfWork, person_id: int) -> None:
    """A lock that ends further away than a lock can last was stored before the clock was set back.

    It ends in time now.
    """
    latest = rules.longest_lock(uow.now)
    uow.sql.execute(
        update(Person).where(Person.id == person_id, Person.locked_until > latest).values(locked_until=latest)
    )


@cache
def hasher() -> PasswordHasher:
    """Argon2id (RFC 9106, its second recommended setting); `STEWARD_TEST_HASHES=1` takes the cheapest, for tests."""
    from argon2 import PasswordHasher, profiles

    if os.environ.get("STEWARD_TEST_HASHES") == "1":
        return PasswordHasher.from_parameters(profiles.CHEAPEST)
    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


def hash_secret(secret: str) -> str:
    """The Argon2id hash of a password or PIN; full-width digits count as digits, as an input method may type them."""
    return hasher().hash(unicodedata.normalize("NFKC", secret))


def verify_secret(stored: str, secret: str) -> bool:
    """Whether a password or PIN fits its hash.

    An empty hash fits nothing, and finding that out takes as long as the rest.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    if not stored:
        hash_secret(secret)
        return False
    try:
        return hasher().verify(stored, unicodedata.normalize("NFKC", secret))
    except (VerificationError, InvalidHashError):
        return False
