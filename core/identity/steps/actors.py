"""The rules of the site, and who acts with which rights at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select

from core.errors import NotAllowed
from core.i18n import _
from core.identity.rules import ADMINISTRATOR
from core.uow import Actor, SiteFacts
from db.enums import CostMethod, Permission, PersonKind
from db.identity import Person, PersonRole, Role, Site
from db.prepared import Prepared

_BY_WORD = {str(permission): permission for permission in Permission}
_EVERY_PERMISSION = frozenset(Permission)
_SITE = Prepared(
    select(
        Site.name,
        Site.name_en,
        Site.address,
        Site.phone,
        Site.currency,
        Site.digits,
        Site.zone,
        Site.language,
        Site.day_start_hour,
        Site.cost_method,
        Site.closed_until,
        Site.lock_minutes,
        Site.tax_number,
        Site.paper_foot,
        Site.paper_days,
    )
)
_RIGHTS = Prepared(
    select(
        Person.id,
        Person.name,
        Person.kind,
        Person.language,
        Person.is_active,
        Role.code,
        Role.permissions,
        PersonRole.location_id,
    )
    .outerjoin(PersonRole, PersonRole.person_id == Person.id)
    .outerjoin(Role, Role.id == PersonRole.role_id)
    .where(Person.id == bindparam("person_id"))
)


def load_site(sql: Connection) -> SiteFacts:
    """The rules of the site as they stand in this transaction."""
    return _SITE.made(sql, _site_of)


def _site_of(rows: list[Any]) -> SiteFacts:
    row = rows[0]
    return SiteFacts(
        name=row.name,
        name_en=row.name_en,
        address=row.address,
        phone=row.phone,
        currency=row.currency,
        digits=row.digits,
        zone=row.zone,
        language=row.language,
        day_start_hour=row.day_start_hour,
        cost_method=CostMethod(row.cost_method),
        closed_until=row.closed_until,
        lock_minutes=row.lock_minutes,
        tax_number=row.tax_number,
        paper_foot=row.paper_foot,
        paper_days=row.paper_days,
    )


def load_actor(sql: Connection, person_id: int) -> Actor:
    """A person with the rights they hold at this moment. Raises NotAllowed when they may no longer sign in."""
    actor = load_rights(sql, person_id)
    if actor is None:
        raise NotAllowed(_("You are no longer active on this site. Ask an administrator."))
    return actor


def load_rights(sql: Connection, person_id: int, *, only_active: bool = True) -> Actor | None:
    """A person with the rights their roles give; None when there is none.

    The administrator's role holds every right, those of newer programs included; the program itself too.
    """
    actor, is_active = _RIGHTS.made(sql, _actor_of, person_id=person_id)
    return actor if is_active or not only_active else None


def _actor_of(rows: list[Any]) -> tuple[Actor | None, bool]:
    """The person of these rows, one for each role, and whether they are active."""
    if not rows:
        return None, False
    first = rows[0]
    if first.kind == PersonKind.SYSTEM:
        return Actor(first.id, first.name, first.language, _EVERY_PERMISSION), first.is_active
    everywhere: frozenset[Permission] = frozenset()
    places: dict[int, frozenset[Permission]] = {}
    for row in rows:
        if not row.location_id:
            everywhere |= rights_of_role(row)
        else:
            places[row.location_id] = places.get(row.location_id, frozenset()) | rights_of_role(row)
    return Actor(first.id, first.name, first.language, everywhere, tuple(sorted(places.items()))), first.is_active


def rights_of_role(role: Any) -> frozenset[Permission]:
    """What a role (its code and stored permissions) lets a person do."""
    return _EVERY_PERMISSION if role.code == ADMINISTRATOR else known_permissions(role.permissions or ())


def known_permissions(words: Iterable[str]) -> frozenset[Permission]:
    """Stored words as permissions; a word of a newer program is passed over."""
    return frozenset(_BY_WORD[word] for word in words if word in _BY_WORD)


def system_actor(sql: Connection) -> Actor:
    """Who the command line and schedules act as: the first active administrator, named in every row they make."""
    row = sql.execute(
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .join(Role, Role.id == PersonRole.role_id)
        .where(Person.is_active, Role.code == ADMINISTRATOR, PersonRole.location_id == 0)
        .order_by(Person.id)
        .limit(1)
    ).first()
    if row is None:
        raise NotAllowed(_("This site has no active administrator."))
    return load_actor(sql, row.id)


def program_id(sql: Connection) -> int:
    """The program itself as a person of the journal.

    For acts nobody can be named for, such as a try with an unknown name.
    """
    return sql.execute(
        select(Person.id).where(Person.kind == PersonKind.SYSTEM).order_by(Person.id).limit(1)
    ).scalar_one()
