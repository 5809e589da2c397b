"""The first rows of a site."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from core.identity import rules
from core.identity.steps.sign_in import hash_secret
from core.identity.types import NewSite
from core.values import digits_of
from db.enums import PersonKind
from db.identity import Person, PersonRole, Role, Site

SYSTEM_NAME = "Steward"


def seed_identity(sql: Connection, new: NewSite, now: datetime) -> None:
    """The first rows of a site.

    Its rules, the roles that come with the program, the program itself, the administrator.
    """
    rules.check_password(new.password)
    sql.execute(
        insert(Site).values(
            id=1,
            name=new.name,
            name_en=new.name_en,
            currency=new.currency,
            digits=digits_of(new.currency),
            zone=new.zone,
            language=new.language,
            cost_method=new.cost_method,
            created_at=now,
        )
    )
    sql.execute(
        insert(Role),
        [
            {
                "code": code,
                "name": name,
                "name_en": name_en,
                "permissions": [str(p) for p in rights],
                "is_built_in": True,
            }
            for code, (name, name_en, rights) in rules.BUILT_IN_ROLES.items()
        ],
    )
    sql.execute(insert(Person).values(name=SYSTEM_NAME, kind=PersonKind.SYSTEM, created_at=now))
    admin_id = sql.execute(
        insert(Person)
        .values(
            name=rules.clean_name(new.admin, field="admin"),
            kind=PersonKind.HUMAN,
            password_hash=hash_secret(new.password),
            created_at=now,
        )
        .returning(Person.id)
    ).scalar_one()
    role_id = sql.execute(select(Role.id).where(Role.code == rules.ADMINISTRATOR)).scalar_one()
    sql.execute(insert(PersonRole).values(person_id=admin_id, role_id=role_id))
