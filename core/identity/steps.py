"""Building blocks: the rules of the site, who acts, checking secrets, starting a site's people."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select, update

from core.errors import NotAllowed
from core.i18n import _
from core.identity import rules
from core.identity.types import NewSite, SignInFacts, SignInName
from core.uow import Actor, SiteFacts, UnitOfWork
from core.values import digits_of
from db.enums import CostMethod, Permission, PersonKind
from db.identity import Person, PersonRole, Role, Site

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SYSTEM_NAME = "Steward"


def load_site(sql: Connection) -> SiteFacts:
    """The rules of the site as they stand in this transaction."""
    row = sql.execute(select(Site.__table__)).one()
    return SiteFacts(
        name=row.name, name_en=row.name_en, address=row.address, phone=row.phone, currency=row.currency, digits=row.digits,
        zone=row.zone, language=row.language, day_start_hour=row.day_start_hour, cost_method=CostMethod(row.cost_method),
        closed_until=row.closed_until, lock_minutes=row.lock_minutes,
    )  # fmt: skip


def load_actor(sql: Connection, person_id: int) -> Actor:
    """A person with the rights they hold at this moment. Raises NotAllowed when they may no longer sign in."""
    rows = sql.execute(
        select(Person.name, Person.kind, Person.language, Person.is_active, Role.permissions, PersonRole.location_id)
        .outerjoin(PersonRole, PersonRole.person_id == Person.id)
        .outerjoin(Role, Role.id == PersonRole.role_id)
        .where(Person.id == person_id)
    ).all()
    if not rows or not rows[0].is_active:
        raise NotAllowed(_("You are no longer active on this site. Ask an administrator."))
    if rows[0].kind == PersonKind.SYSTEM:
        return Actor(person_id, rows[0].name, rows[0].language, frozenset(Permission))
    everywhere: set[Permission] = set()
    places: dict[int, set[Permission]] = {}
    for row in rows:
        target = everywhere if not row.location_id else places.setdefault(row.location_id, set())
        target.update(known_permissions(row.permissions or []))
    by_location = tuple((place, frozenset(rights)) for place, rights in sorted(places.items()))
    return Actor(person_id, rows[0].name, rows[0].language, frozenset(everywhere), by_location)


def known_permissions(words: list[str]) -> set[Permission]:
    """Stored words as permissions; a word of a newer program is passed over."""
    known = {str(permission): permission for permission in Permission}
    return {known[word] for word in words if word in known}


def system_actor(sql: Connection) -> Actor:
    """Who the command line and schedules act as: the first active administrator, named in every row they make."""
    row = sql.execute(
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .join(Role, Role.id == PersonRole.role_id)
        .where(Person.is_active, Role.code == "administrator", PersonRole.location_id == 0)
        .order_by(Person.id)
        .limit(1)
    ).first()
    if row is None:
        raise NotAllowed(_("This site has no active administrator."))
    return load_actor(sql, row.id)


def find_sign_in(sql: Connection, *, name: str = "", badge: str = "") -> SignInFacts | None:
    """An active human by name or badge, with what checking a secret needs; None when there is none."""
    wanted = Person.badge == badge if badge else Person.name == name.strip()
    row = sql.execute(
        select(Person.id, Person.name, Person.password_hash, Person.pin_hash, Person.failed_tries, Person.locked_until).where(
            wanted, Person.is_active, Person.kind == PersonKind.HUMAN
        )
    ).first()
    return None if row is None else SignInFacts(*row)


def list_sign_in_names(sql: Connection) -> tuple[SignInName, ...]:
    """The active humans of the site by name, for the tiles of the sign-in window; nothing secret."""
    rows = sql.execute(
        select(Person.name, Person.language, Person.pin_hash != "")
        .where(Person.is_active, Person.kind == PersonKind.HUMAN)
        .order_by(Person.name)
    )
    return tuple(SignInName(name, language, bool(has_pin)) for name, language, has_pin in rows)


def record_sign_in(uow: UnitOfWork, facts: SignInFacts, *, succeeded: bool) -> int:
    """Count a try: success clears the count, failure may lock the person out. Answers the tries so far."""
    tries, locked_until = (0, None) if succeeded else rules.after_failed_try(facts.failed_tries, uow.now)
    if succeeded and not facts.failed_tries:
        return 0
    uow.sql.execute(
        update(Person).where(Person.id == facts.person_id).values(failed_tries=tries % rules.MOST_TRIES, locked_until=locked_until)
    )
    return tries


@cache
def hasher() -> PasswordHasher:
    """Argon2id (RFC 9106, its second recommended setting); `STEWARD_TEST_HASHES=1` takes the cheapest, for tests."""
    from argon2 import PasswordHasher, profiles

    if os.environ.get("STEWARD_TEST_HASHES") == "1":
        return PasswordHasher.from_parameters(profiles.CHEAPEST)
    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


def hash_secret(secret: str) -> str:
    """The Argon2id hash of a password or PIN."""
    return hasher().hash(secret)


def verify_secret(stored: str, secret: str) -> bool:
    """Whether a password or PIN fits its hash; an empty hash fits nothing."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if not stored:
        return False
    try:
        return hasher().verify(stored, secret)
    except (VerificationError, InvalidHashError):
        return False


def seed_identity(sql: Connection, new: NewSite, now: datetime) -> None:
    """The first rows of a site: its rules, the roles that come with the program, the program itself, the administrator."""
    rules.check_password(new.password)
    sql.execute(
        insert(Site).values(
            id=1, name=new.name, name_en=new.name_en, currency=new.currency, digits=digits_of(new.currency), zone=new.zone,
            language=new.language, cost_method=new.cost_method, created_at=now,
        )
    )  # fmt: skip
    sql.execute(
        insert(Role),
        [
            {"code": code, "name": name, "name_en": name_en, "permissions": [str(p) for p in rights], "is_built_in": True}
            for code, (name, name_en, rights) in rules.BUILT_IN_ROLES.items()
        ],
    )
    sql.execute(insert(Person).values(name=SYSTEM_NAME, kind=PersonKind.SYSTEM, created_at=now))
    admin_id = sql.execute(
        insert(Person)
        .values(name=new.admin.strip(), kind=PersonKind.HUMAN, password_hash=hash_secret(new.password), created_at=now)
        .returning(Person.id)
    ).scalar_one()
    role_id = sql.execute(select(Role.id).where(Role.code == "administrator")).scalar_one()
    sql.execute(insert(PersonRole).values(person_id=admin_id, role_id=role_id))
