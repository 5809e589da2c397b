"""Badges of people."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from core.labels.steps.contents.wanted import Wanted, in_order, own, site_fields
from core.labels.types import LabelContent
from core.uow import UnitOfWork
from db.identity import Person, PersonRole, Role
from db.sql import chunks


def person_contents(uow: UnitOfWork, wanted: Wanted) -> list[LabelContent]:
    """One badge for each person: name, roles, and the code of the person. Never what they sign in with: a badge becomes
    that when somebody who may gives it to them."""
    names: dict[int, tuple[int, str]] = {}
    roles: dict[int, list[str]] = defaultdict(list)
    for part in chunks(sorted(set(wanted.ids))):
        people = uow.sql.execute(select(Person.id, Person.name).where(Person.id.in_(part)))
        names.update({row.id: (row.id, row.name) for row in people})
        held = uow.sql.execute(
            select(PersonRole.person_id, Role.name, Role.name_en)
            .join(Role, Role.id == PersonRole.role_id)
            .where(PersonRole.person_id.in_(part))
            .order_by(Role.id)
        )
        for row in held:
            roles[row.person_id].append(wanted.title(row.name, row.name_en))
    site = site_fields(uow, wanted.language)
    between = "、" if wanted.language == "zh" else ", "
    return [
        LabelContent(
            "person",
            person_id,
            name,
            {
                **site,
                "name": name,
                "code": str(person_id),
                "roles": between.join(dict.fromkeys(roles[person_id])),
                "own_code": own("person", str(person_id)),
            },
            wanted.language,
        )
        for person_id, name in in_order(wanted, names)
    ]
